"""The ten codes kept on paper for the day when the telephone is lost: each serves once, and only a keyed digest is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from clicnjob import config, policy
from clicnjob.accounts.codes import ALPHABET
from clicnjob.models import RecoveryCode

_SYMBOLS = 10
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_recovery_codes(session: Session, *, account_id: str) -> tuple[str, ...]:
    """Ten fresh codes, shown « K7QM2-XHP9D »; earlier ones are void."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    drawn = ["".join(secrets.choice(ALPHABET) for _ in range(_SYMBOLS)) for _ in range(policy.RECOVERY_CODES)]
    session.add_all(RecoveryCode(account_id=account_id, code_digest=_digest(account_id, code)) for code in drawn)
    session.flush()
    return tuple(f"{code[:5]}-{code[5:]}" for code in drawn)


def count_unused_codes(session: Session, *, account_id: str) -> int:
    """How many codes can still serve."""
    unused = select(func.count()).where(RecoveryCode.account_id == account_id, col(RecoveryCode.used_at).is_(None))
    return session.exec(unused).one()


def take_recovery_code(session: Session, *, account_id: str, typed: str, now: datetime) -> bool:
    """Whether a code that was never used was typed, whatever its writing; it is then used up."""
    code = "".join(c for c in typed[:64].upper() if c.isalnum()).translate(_FORGIVEN)
    if len(code) != _SYMBOLS:
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


def _digest(account_id: str, code: str) -> str:
    """Ten symbols are 50 random bits: a keyed digest is enough, as for the number of a card."""
    said = f"recovery:{account_id}:{code}".encode("utf-8", "replace")
    return hmac.new(config.pepper(), said, hashlib.sha256).hexdigest()
