"""The second factor of professionals: a code from their phone (TOTP, RFC 6238) or one of ten recovery codes."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pyotp
from sqlalchemy import delete
from sqlmodel import Session, col

from clicnjob import audit, policy
from clicnjob.accounts import presence, structure_settings, vault
from clicnjob.accounts.console import UnknownPerson
from clicnjob.accounts.recovery_codes import count_unused_codes, new_recovery_codes, take_recovery_code
from clicnjob.accounts.waits import count_try
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.models import Account, OutsideIdentity, Password, RecoveryCode, SecondFactor
from clicnjob.text import usual_digits

WAIT = "Trop d’essais. Attendez {wait}, ou demandez à votre responsable."
_PURPOSE = "second factor"


class WrongCode(Refusal):
    """The code is neither the current one nor an unused recovery code."""

    sentence = "Ce code n’est pas le bon. Prenez le code affiché maintenant sur votre téléphone."


class NotBegun(Refusal):
    """There is no new secret to confirm."""

    sentence = "La double vérification n’est pas commencée. Revenez au début."


class NotAwaited(Refusal):
    """The request is not the step that follows the last one of this sign-in."""

    sentence = "Ce n’est pas la prochaine étape. Recommencez avec votre mot de passe."


class MustStay(Refusal):
    """The installation or the structure requires a second factor."""

    sentence = "La double vérification est obligatoire ici. Vous pouvez changer de téléphone."


class SignInStep(StrEnum):
    """The sign-in step that follows the password."""

    NONE = "none"
    CODE = "code"
    SET_UP = "set up"


@dataclass(frozen=True, slots=True)
class SecondFactorState:
    """The second factor on an account page. `password`: there is one; otherwise an outside provider signs them in."""

    since: datetime | None
    codes_left: int
    required: bool
    password: bool


def is_required(session: Session, account: Account) -> bool:
    """Whether this professional must have a second factor, by the installation's settings or their structure's."""
    if current_settings().second_factor_required:
        return True
    return structure_settings.current_settings(session, organisation_id=account.organisation_id).body.second_factor


def next_sign_in_step(session: Session, account: Account) -> SignInStep:
    """Return the step that follows this professional's password."""
    kept = session.get(SecondFactor, account.id)
    if kept is not None and kept.confirmed_at is not None:
        return SignInStep.CODE
    return SignInStep.SET_UP if is_required(session, account) else SignInStep.NONE


def sequence_mark(session: Session, account_id: str) -> str:
    """Return a digest that changes with every sign-in step made and every credential changed.

    A sequence begun under another mark is void.
    """
    password, outside = session.get(Password, account_id), session.get(OutsideIdentity, account_id)
    kept = session.get(SecondFactor, account_id)
    said = [password.hash if password else "", outside.subject if outside else ""]
    said += [kept.secret, kept.next_secret, str(kept.last_step), str(kept.confirmed_at is None)] if kept else []
    said.append(str(count_unused_codes(session, account_id=account_id)))
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:32]


def second_factor_state(session: Session, account: Account) -> SecondFactorState:
    """Return the state of this professional's second factor."""
    kept, password = session.get(SecondFactor, account.id), session.get(Password, account.id)
    return SecondFactorState(
        since=kept.confirmed_at if kept else None,
        codes_left=count_unused_codes(session, account_id=account.id),
        required=is_required(session, account),
        password=bool(password and password.hash),
    )


def begin_set_up(session: Session, *, account: Account, now: datetime) -> None:
    """Start a set-up during sign-in, if a second factor is required and missing. Otherwise raises NotAwaited."""
    if next_sign_in_step(session, account) is not SignInStep.SET_UP:
        raise NotAwaited
    _begin_factor(session, account, now)


def begin_change(session: Session, *, account: Account, code: str, now: datetime) -> bool:
    """Start a set-up from « Mon compte », after the password; a phone already in use must first give its code.

    The try is counted, so commit whatever the answer. Raises TooManyTries.
    """
    kept = session.get(SecondFactor, account.id)
    if kept and kept.confirmed_at and not code_passes(session, account_id=account.id, code=code, now=now):
        return False
    _begin_factor(session, account, now)
    return True


def set_up_address(session: Session, *, account: Account, now: datetime) -> str:
    """Return the otpauth:// address, for a QR code, of the secret that waits for its first code. Raises NotBegun."""
    kept = session.get(SecondFactor, account.id)
    if kept is None or not kept.next_secret:
        raise NotBegun
    password = session.get(Password, account.id)
    name = password.login if password else account.first_name or "clicnjob"
    return pyotp.TOTP(_opened_secret(kept.next_secret, now)).provisioning_uri(name=name, issuer_name="ClicNJob")


def secret_of(uri: str) -> str:
    """Return the secret of an otpauth:// address in groups of four, for people who cannot scan it."""
    found = pyotp.parse_uri(uri)
    return " ".join(found.secret[at : at + 4] for at in range(0, len(found.secret), 4))


def confirm_set_up(session: Session, *, account: Account, code: str, now: datetime) -> tuple[str, ...] | None:
    """As `confirm_change`, during a sign-in where there is no phone yet. Raises NotAwaited, NotBegun, TooManyTries."""
    _locked_factor(session, account.id)  # if two browsers set it up at once, one wins
    if next_sign_in_step(session, account) is not SignInStep.SET_UP:
        raise NotAwaited
    return confirm_change(session, account=account, code=code, now=now)


def confirm_change(
    session: Session, *, account: Account, code: str, sign_in_id: str = "", now: datetime
) -> tuple[str, ...] | None:
    """Activate the new secret with its first code. Returns the recovery codes, shown once; None for a wrong code.

    Other sign-ins than `sign_in_id` end. The try is counted, so commit whatever the answer. Raises NotBegun,
    TooManyTries.
    """
    kept = _locked_factor(session, account.id)
    if kept is None or not kept.next_secret:
        raise NotBegun
    _count_wrong_code(kept, now)
    used = _step_of(_opened_secret(kept.next_secret, now), code, after=0, now=now)
    if used is None:
        _note_refused_code(session, account, now)
        return None
    kept.secret, kept.next_secret, kept.last_step, kept.confirmed_at = kept.next_secret, "", used, now
    _forgive_tries(kept)
    _note_changed_factor(session, account, "second factor set up", sign_in_id, now)
    return new_recovery_codes(session, account_id=account.id)


def code_passes(session: Session, *, account_id: str, code: str, now: datetime) -> bool:
    """Whether a phone code or a recovery code is right. It is then used up, and the count of wrong tries is reset.

    The try is counted, so commit whatever the answer. Raises TooManyTries.
    """
    kept, account = _locked_factor(session, account_id), session.get(Account, account_id)
    if kept is None or account is None or kept.confirmed_at is None:
        return False
    _count_wrong_code(kept, now)
    used = _step_of(_opened_secret(kept.secret, now), code, after=kept.last_step, now=now)
    if used is not None:
        kept.last_step = used
    elif not take_recovery_code(session, account_id=account_id, typed=code, now=now):
        _note_refused_code(session, account, now)
        return False
    _forgive_tries(kept)
    session.flush()
    if used is None:
        _note_own_act(session, account_id, "recovery code used", now)
    return True


def remove_second_factor(session: Session, *, account: Account, code: str, sign_in_id: str, now: datetime) -> bool:
    """Remove a professional's own second factor, with the code in use; other sign-ins end. False for a wrong code.

    The try is counted, so commit whatever the answer. Raises MustStay where it is required, TooManyTries.
    """
    if is_required(session, account):
        raise MustStay
    if not code_passes(session, account_id=account.id, code=code, now=now):
        return False
    forget_second_factor(session, account_id=account.id)
    _note_changed_factor(session, account, "second factor removed", sign_in_id, now)
    return True


def renew_recovery_codes(
    session: Session, *, account: Account, code: str, sign_in_id: str, now: datetime
) -> tuple[str, ...] | None:
    """Return ten new recovery codes, with the code in use; other sign-ins end. None for a wrong code.

    The try is counted, so commit whatever the answer. Raises TooManyTries.
    """
    if not code_passes(session, account_id=account.id, code=code, now=now):
        return None
    _note_changed_factor(session, account, "recovery codes renewed", sign_in_id, now)
    return new_recovery_codes(session, account_id=account.id)


def forget_second_factor(session: Session, *, account_id: str) -> None:
    """Delete the second factor with its recovery codes."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    session.exec(delete(SecondFactor).where(col(SecondFactor.account_id) == account_id))
    session.expire_all()


def _begin_factor(session: Session, account: Account, now: datetime) -> None:
    """Store a new secret, since an earlier one may have been seen. The old one works until the new one's first code."""
    kept = session.get(SecondFactor, account.id) or SecondFactor(account_id=account.id)
    kept.next_secret, kept.made_at = vault.locked_text(_PURPOSE, pyotp.random_base32(), now=now), now
    session.add(kept)
    session.flush()


def _locked_factor(session: Session, account_id: str) -> SecondFactor | None:
    """Return the row, locked for the transaction: concurrent tries are counted one by one on PostgreSQL too."""
    return session.get(SecondFactor, account_id, with_for_update=True)


def _note_own_act(session: Session, account_id: str, act: str, now: datetime) -> None:
    acting = presence.acting_person(session, account_id, now=now)
    audit.note_act(session, by=acting, act=act, whom_id=account_id, now=now)


def _note_refused_code(session: Session, account: Account, now: datetime) -> None:
    by = UnknownPerson(account.organisation_id)
    audit.note_act(session, by=by, act="code refused", whom_id=account.id, now=now)


def _note_changed_factor(session: Session, account: Account, act: str, sign_in_id: str, now: datetime) -> None:
    """End the other sign-ins, which may have used the old factor, and log the act."""
    session.flush()
    presence.end_all(session, account_id=account.id, reason="second factor", but=sign_in_id, now=now)
    _note_own_act(session, account.id, act, now)


def _count_wrong_code(kept: SecondFactor, now: datetime) -> None:
    kept.wrong_tries, kept.wait_until = count_try(kept.wrong_tries, kept.wait_until, now=now, sentence=WAIT)


def _forgive_tries(kept: SecondFactor) -> None:
    kept.wrong_tries, kept.wait_until = 0, None


def _step_of(secret: str, typed: str, *, after: int, now: datetime) -> int | None:
    """Return the 30-second step of the typed code, now or a neighbour, later than `after`; None for a wrong code."""
    digits = "".join(usual_digits(typed[:32]).split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    application = pyotp.TOTP(secret, interval=policy.SECOND_FACTOR_STEP)
    this = int(now.timestamp()) // policy.SECOND_FACTOR_STEP
    around = policy.SECOND_FACTOR_STEPS_AROUND
    for at in range(max(this - around, after + 1), this + around + 1):
        if hmac.compare_digest(application.generate_otp(at), digits):
            return at
    return None


def _opened_secret(secret: str, now: datetime) -> str:
    found = vault.opened_text(_PURPOSE, secret, now=now)
    if found is None:
        raise WrongCode("Le secret du serveur a changé. Demandez à votre responsable de réinitialiser votre compte.")
    return found
