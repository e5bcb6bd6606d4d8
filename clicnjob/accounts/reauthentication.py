"""Reauthentication of a professional, just before an act that gives access to somebody else's account.

An unattended screen or a borrowed sign-in is then not enough to sign in as a young person or a colleague.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from clicnjob import policy
from clicnjob.accounts import second_factor, staff
from clicnjob.accounts.console import CONSOLE
from clicnjob.accounts.presence import Present
from clicnjob.accounts.second_factor import SignInStep
from clicnjob.accounts.staff import PasswordAttempt
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, Password


class ProofNeeded(Refusal):
    """The act came without a proof, with somebody else's, or with an expired one."""

    sentence = "Donnez votre code ou votre mot de passe, puis recommencez."


class SignInAgain(Refusal):
    """The professional has neither code nor password here, so they must sign in again at the outside provider."""

    sentence = "Déconnectez-vous, entrez de nouveau, puis recommencez dans les 5 minutes."


class ProofWay(StrEnum):
    """How a professional proves who they are: the strongest way that they have here."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - the word, not a password
    FRESH_SIGN_IN = "fresh sign-in"


@dataclass(frozen=True, slots=True)
class Proof:
    """A record that somebody has just proved who they are, valid for one minute and for them only."""

    account_id: str
    at: datetime


def proof_way(session: Session, *, of: Actor) -> ProofWay:
    """Return how this professional must prove who they are. Two or three queries."""
    account, password = session.get(Account, of.id), session.get(Password, of.id)
    if account is not None and second_factor.next_sign_in_step(session, account) is SignInStep.CODE:
        return ProofWay.CODE
    return ProofWay.PASSWORD if password is not None and password.hash else ProofWay.FRESH_SIGN_IN


def prove_by_code(session: Session, *, of: Actor, code: str, now: datetime) -> Proof | None:
    """Prove by the phone's code or a recovery code; None for a wrong one.

    The try is counted, so commit whatever the answer. Raises TooManyTries.
    """
    fits = second_factor.code_passes(session, account_id=of.id, code=code, now=now)
    return Proof(of.id, now) if fits else None


def prove_by_password(session: Session, *, of: Actor, attempt: PasswordAttempt, now: datetime) -> Proof:
    """Prove by password, once `attempt` fitted. Raises WrongPassword; ProofNeeded when a code is required instead."""
    if attempt.account_id != of.id or proof_way(session, of=of) is not ProofWay.PASSWORD:
        raise ProofNeeded
    staff.admit_professional(session, attempt, now=now)
    return Proof(of.id, now)


def prove_by_sign_in(session: Session, *, of: Present, now: datetime) -> Proof:
    """Prove by a recent sign-in, for a professional who has no other way here. Raises SignInAgain, ProofNeeded."""
    if proof_way(session, of=of) is not ProofWay.FRESH_SIGN_IN:
        raise ProofNeeded
    if now - of.started_at > policy.FRESH_SIGN_IN:
        raise SignInAgain
    return Proof(of.id, now)


def check_proof(by: Actor, proof: Proof | None, *, now: datetime) -> None:
    """Check that `by` has just proved who they are. Raises ProofNeeded.

    The server's console needs no proof: whoever can use it can already read and change the database.
    """
    if by.id == CONSOLE:
        return
    if proof is None or proof.account_id != by.id or not now - policy.PROOF_LASTS <= proof.at <= now:
        raise ProofNeeded
