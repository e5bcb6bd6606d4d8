"""Argon2id hashes of peppered secrets; the only module that imports argon2."""

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


def sealed_secret(*secret: str) -> str:
    """Return the hash to store for a secret (a card's code and PIN, a password). 25 ms: call it before any query."""
    with _TURNS:
        return _ARGON2.hash(_peppered_secret(secret))


def secret_fits(*secret: str, kept: str | None) -> bool:
    """Whether the secret matches the stored hash. With nothing stored it checks a decoy, which takes the same time."""
    peppered = _peppered_secret(secret)
    with _TURNS:
        try:
            return _ARGON2.verify(kept or decoy_seal(), peppered) and kept is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


@cache
def decoy_seal() -> str:
    """Return the hash of a random secret, made once at the start since making it takes as long as a try."""
    return _ARGON2.hash(secrets.token_hex())


def _peppered_secret(secret: tuple[str, ...]) -> str:
    """Return the parts keyed with the pepper, each prefixed with its length: ("1", "23") and ("12", "3") differ."""
    joined = "".join(f"{len(part)}:{part}" for part in secret)
    return hmac.new(config.secret_pepper(), joined.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
