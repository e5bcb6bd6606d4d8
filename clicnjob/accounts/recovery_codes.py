"""Ten recovery codes kept on paper in case the phone is lost: each works once; only a keyed digest is stored."""

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
    """Return ten new codes, shown as « K7QM2-XHP9D », and void earlier ones."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    drawn = ["".join(secrets.choice(ALPHABET) for _ in range(_SYMBOLS)) for _ in range(policy.RECOVERY_CODES)]
    session.add_all(RecoveryCode(account_id=account_id, code_digest=_code_digest(account_id, code)) for code in drawn)
    session.flush()
    return tuple(f"{code[:5]}-{code[5:]}" for code in drawn)


def count_unused_codes(session: Session, *, account_id: str) -> int:
    """Count the codes that still work."""
    unused = select(func.count()).where(RecoveryCode.account_id == account_id, col(RecoveryCode.used_at).is_(None))
    return session.exec(unused).one()


def take_recovery_code(session: Session, *, account_id: str, typed: str, now: datetime) -> bool:
    """Whether an unused code was typed, in any case and spacing. It is then used up."""
    code = "".join(c for c in typed[:64].upper() if c.isalnum()).translate(_FORGIVEN)
    if len(code) != _SYMBOLS:
        return False
    query = select(RecoveryCode).where(
        RecoveryCode.code_digest == _code_digest(account_id, code),
        RecoveryCode.account_id == account_id,
        col(RecoveryCode.used_at).is_(None),
    )
    found = session.exec(query.with_for_update()).first()
    if found is None:
        return False
    found.used_at = now
    return True


def _code_digest(account_id: str, code: str) -> str:
    """Return a keyed digest. A code has 50 random bits, so this is enough, as for the number of a card."""
    said = f"recovery:{account_id}:{code}".encode("utf-8", "replace")
    return hmac.new(config.secret_pepper(), said, hashlib.sha256).hexdigest()
