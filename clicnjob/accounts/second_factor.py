"""The second factor of professionals: a code of their telephone (TOTP, RFC 6238), or one of ten codes kept on paper."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pyotp
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from clicnjob import audit, config, policy
from clicnjob.accounts import presence, structure_settings, vault
from clicnjob.accounts.codes import ALPHABET
from clicnjob.accounts.waits import count_try
from clicnjob.config import settings
from clicnjob.errors import Refusal
from clicnjob.models import Account, Password, RecoveryCode, SecondFactor
from clicnjob.text import usual_digits

WAIT = "Trop d’essais. Attendez {wait}, ou demandez à votre responsable."
_PURPOSE = "second factor"
_RECOVERY_SYMBOLS = 10
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


class WrongCode(Refusal):
    """Neither the code of now nor a recovery code that was never used."""

    sentence = "Ce code n’est pas le bon. Prenez le code affiché maintenant sur votre téléphone."


class NotBegun(Refusal):
    """There is no secret to confirm."""

    sentence = "La double vérification n’est pas commencée. Revenez au début."


class MustStay(Refusal):
    """The installation or the structure requires it."""

    sentence = "La double vérification est obligatoire ici. Vous pouvez changer de téléphone."


class Step(StrEnum):
    """What follows the password."""

    NONE = "none"
    CODE = "code"
    SET_UP = "set up"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a professional's account page says: on or off, since when, how many recovery codes are left, whether it must be."""

    since: datetime | None
    codes_left: int
    required: bool


def required(session: Session, account: Account) -> bool:
    """Whether this professional must have one: the installation says so, or their structure does."""
    if settings().second_factor == "required":
        return True
    return structure_settings.current(session, organisation_id=account.organisation_id).body.second_factor


def step(session: Session, account: Account) -> Step:
    """What this professional does after the password."""
    kept = session.get(SecondFactor, account.id)
    if kept is not None and kept.confirmed_at is not None:
        return Step.CODE
    return Step.SET_UP if required(session, account) else Step.NONE


def standing(session: Session, account: Account) -> Standing:
    """Where this professional's second factor stands."""
    kept = session.get(SecondFactor, account.id)
    unused = select(func.count()).where(RecoveryCode.account_id == account.id, col(RecoveryCode.used_at).is_(None))
    return Standing(kept.confirmed_at if kept else None, session.exec(unused).one(), required(session, account))


def begin(session: Session, *, account: Account, now: datetime) -> str:
    """The address (otpauth://…) to show as a QR code: the same until its first code; the factor in use goes on until then."""
    kept = session.get(SecondFactor, account.id)
    if kept is None:
        kept = SecondFactor(account_id=account.id, made_at=now)
        session.add(kept)
    if not kept.next_secret:
        kept.next_secret, kept.made_at = vault.locked(_PURPOSE, pyotp.random_base32(), now=now), now
    session.flush()
    return address(session, account=account, now=now)


def address(session: Session, *, account: Account, now: datetime) -> str:
    """The address of the secret that waits for its first code. Raises NotBegun."""
    kept = session.get(SecondFactor, account.id)
    if kept is None or not kept.next_secret:
        raise NotBegun
    password = session.get(Password, account.id)
    name = password.login if password else account.first_name or "clicnjob"
    return pyotp.TOTP(_opened(kept.next_secret, now)).provisioning_uri(name=name, issuer_name="ClicNJob")


def secret_of(uri: str) -> str:
    """The secret of an address, in groups of four, for who cannot scan."""
    found = pyotp.parse_uri(uri)
    return " ".join(found.secret[at : at + 4] for at in range(0, len(found.secret), 4))


def confirm(session: Session, *, account: Account, code: str, now: datetime) -> tuple[str, ...] | None:
    """The first right code turns the new secret on; gives the recovery codes, known only now, or None for a wrong code.

    The try is counted: commit whatever the answer. Raises NotBegun, TooManyTries.
    """
    kept = _held(session, account.id)
    if kept is None or not kept.next_secret:
        raise NotBegun
    _count(kept, now)
    used = _step_of(_opened(kept.next_secret, now), code, after=0, now=now)
    if used is not None:
        kept.secret, kept.next_secret, kept.last_step, kept.confirmed_at = kept.next_secret, "", used, now
        _forgive(kept)
    session.flush()
    if used is None:
        return None
    _noted(session, account.id, "second factor set up", now)
    return new_recovery_codes(session, account_id=account.id)


def passes(session: Session, *, account_id: str, code: str, now: datetime) -> bool:
    """Whether a code of the telephone or a recovery code is right; it is then used up, and wrong tries are forgiven.

    The try is counted: commit whatever the answer. Raises TooManyTries.
    """
    kept = _held(session, account_id)
    if kept is None or kept.confirmed_at is None:
        return False
    _count(kept, now)
    used = _step_of(_opened(kept.secret, now), code, after=kept.last_step, now=now)
    if used is not None:
        kept.last_step = used
    fits = used is not None or _take_recovery(session, account_id, code, now)
    if fits:
        _forgive(kept)
    session.flush()
    if fits and used is None:
        _noted(session, account_id, "recovery code used", now)
    return fits


def remove(session: Session, *, account: Account, now: datetime) -> None:
    """One's own wish to go on without it. Raises MustStay where it is required."""
    if required(session, account):
        raise MustStay
    forget(session, account_id=account.id)
    _noted(session, account.id, "second factor removed", now)


def renew_recovery_codes(session: Session, *, account: Account, now: datetime) -> tuple[str, ...]:
    """Ten fresh codes for somebody who is signed in. Raises NotBegun without a factor in use."""
    kept = session.get(SecondFactor, account.id)
    if kept is None or kept.confirmed_at is None:
        raise NotBegun
    _noted(session, account.id, "recovery codes renewed", now)
    return new_recovery_codes(session, account_id=account.id)


def new_recovery_codes(session: Session, *, account_id: str) -> tuple[str, ...]:
    """Ten fresh codes, shown « K7QM2-XHP9D »; earlier ones are void."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    drawn = ["".join(secrets.choice(ALPHABET) for _ in range(_RECOVERY_SYMBOLS)) for _ in range(policy.RECOVERY_CODES)]
    session.add_all(RecoveryCode(account_id=account_id, code_digest=_digest(account_id, code)) for code in drawn)
    session.flush()
    return tuple(f"{code[:5]}-{code[5:]}" for code in drawn)


def forget(session: Session, *, account_id: str) -> None:
    """Take the factor away with its recovery codes: the telephone was lost, or another one comes."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    session.exec(delete(SecondFactor).where(col(SecondFactor.account_id) == account_id))
    session.expire_all()


def _held(session: Session, account_id: str) -> SecondFactor | None:
    """The row, locked until the transaction ends: tries sent together are counted one by one on PostgreSQL too."""
    return session.get(SecondFactor, account_id, with_for_update=True)


def _noted(session: Session, account_id: str, act: str, now: datetime) -> None:
    acting = presence.acting(session, account_id, now=now)
    audit.note(session, by=acting, act=act, whom_id=account_id, now=now)


def _count(kept: SecondFactor, now: datetime) -> None:
    kept.wrong_tries, kept.wait_until = count_try(kept.wrong_tries, kept.wait_until, now=now, sentence=WAIT)


def _forgive(kept: SecondFactor) -> None:
    kept.wrong_tries, kept.wait_until = 0, None


def _step_of(secret: str, typed: str, *, after: int, now: datetime) -> int | None:
    """The half minute whose code was typed: this one or one beside it, later than `after`; None for a wrong code."""
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


def _take_recovery(session: Session, account_id: str, typed: str, now: datetime) -> bool:
    code = "".join(c for c in typed[:64].upper() if c.isalnum()).translate(_FORGIVEN)
    if len(code) != _RECOVERY_SYMBOLS:
        return False
    query = select(RecoveryCode).where(
        RecoveryCode.code_digest == _digest(account_id, code),
        RecoveryCode.account_id == account_id,
        col(RecoveryCode.used_at).is_(None),
    )
    found = session.exec(query.with_for_update()).first()
    if found is None:
        return False
    found.used_at = now
    return True


def _opened(secret: str, now: datetime) -> str:
    found = vault.opened(_PURPOSE, secret, now=now)
    if found is None:
        raise WrongCode("Le secret du serveur a changé. Demandez à votre responsable de réinitialiser votre compte.")
    return found


def _digest(account_id: str, code: str) -> str:
    """Ten symbols are 50 random bits: a keyed digest is enough, as for the number of a card."""
    said = f"recovery:{account_id}:{code}".encode("utf-8", "replace")
    return hmac.new(config.pepper(), said, hashlib.sha256).hexdigest()
