"""Argon2id over peppered secrets: the one door to argon2. A decoy makes an unknown person cost as much."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from clicnjob import config, policy

_ARGON2 = PasswordHasher(
    time_cost=policy.ARGON2_PASSES,
    memory_cost=policy.ARGON2_MEMORY_KIB,
    parallelism=policy.ARGON2_LANES,
)
_TURNS = BoundedSemaphore(policy.HASHES_AT_ONCE)


def sealed(*secret: str) -> str:
    """The text to keep for a secret (a code and its PIN, a password). 25 ms: before any query."""
    with _TURNS:
        return _ARGON2.hash(_peppered(secret))


def fits(*secret: str, kept: str | None) -> bool:
    """Whether the secret is the one sealed. With nothing kept it meets a decoy, in the same time."""
    peppered = _peppered(secret)
    with _TURNS:
        try:
            return _ARGON2.verify(kept or decoy(), peppered) and kept is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


@cache
def decoy() -> str:
    """A seal of nothing anybody knows; made once, at the start, since making it takes as long as a try."""
    return _ARGON2.hash(secrets.token_hex())


def _peppered(secret: tuple[str, ...]) -> str:
    """The parts keyed with the pepper, each preceded by its length: ("1", "23") and ("12", "3") differ."""
    joined = "".join(f"{len(part)}:{part}" for part in secret)
    return hmac.new(config.pepper(), joined.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
