"""The codes that people copy by hand in a session: symbols that do not look alike, read as they are copied."""

from __future__ import annotations

import secrets

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L, which look alike on a wall
_FORGIVEN = str.maketrans({"0": "Q", "O": "Q", "1": "7", "I": "J", "L": "J"})


def new_code(length: int) -> str:
    """Return a random code of so many symbols."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(length))


def read_symbols(typed: str, length: int) -> str:
    """Return a typed code without spaces and hyphens, in capitals, signs that look alike forgiven; '' for no code."""
    code = "".join(one for one in typed[:20].upper() if one.isalnum()).translate(_FORGIVEN)
    return code if len(code) == length and set(code) <= set(SYMBOLS) else ""


def shown_code(code: str) -> str:
    """Return a code as it is shown, in two halves."""
    half = len(code) // 2
    return f"{code[:half]}\u00a0{code[half:]}"
