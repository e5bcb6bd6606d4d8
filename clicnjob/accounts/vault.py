"""Encryption, keyed from the pepper, of what must be read again; the only module that imports cryptography."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clicnjob import config


def locked_text(purpose: str, text: str, *, now: datetime) -> str:
    """Encrypt a text. What is encrypted for one purpose decrypts for no other."""
    token = _purpose_lock(purpose).encrypt_at_time(text.encode(), int(now.timestamp())).decode("ascii")
    return token.rstrip("=")  # « = » padding is not allowed in a cookie


def opened_text(purpose: str, token: str, *, now: datetime, within: timedelta | None = None) -> str | None:
    """Decrypt a text; None when it is not ours, was changed, or was encrypted longer than `within` ago."""
    lasts = int(within.total_seconds()) if within else None
    whole = token + "=" * (-len(token) % 4)
    try:
        if lasts is None:
            return _purpose_lock(purpose).decrypt(whole).decode()
        return _purpose_lock(purpose).decrypt_at_time(whole, lasts, int(now.timestamp())).decode()
    except (InvalidToken, ValueError, UnicodeError):
        return None


def _purpose_lock(purpose: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"clicnjob:" + purpose.encode()).derive(
        config.secret_pepper()
    )
    return Fernet(base64.urlsafe_b64encode(key))
