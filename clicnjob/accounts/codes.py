"""The number printed on a card: ten Crockford base-32 symbols and a check symbol, shown as « K7QM2-XHP9D-C »."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata

from clicnjob import config, policy
from clicnjob.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s._\u00ad\u2010-\u2015\u2212-]+")
_LONGEST_TYPED = 64


class TypingError(Refusal):
    """The check symbol does not match. This is found without a query and never counts as a try."""

    sentence = "Erreur de frappe. Recopie le numéro de ta carte, signe par signe."


def new_code() -> str:
    """Return a new code of 50 random bits with its check symbol: 11 characters, no hyphen."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(policy.CARD_SYMBOLS))
    return drawn + check_symbol(drawn)


def read_code(text: str) -> str:
    """Parse a typed code. Case, spaces, hyphens, and O for 0, I or L for 1 are tolerated. Raises TypingError."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST_TYPED]).upper()
    code = _BETWEEN.sub("", folded).translate(_FORGIVEN)
    symbols, check = code[:-1], code[-1:]
    if len(symbols) != policy.CARD_SYMBOLS or not set(code) <= set(ALPHABET):
        raise TypingError
    if check != check_symbol(symbols):
        raise TypingError
    return code


def printed_code(code: str) -> str:
    """The code as printed and displayed: « K7QM2-XHP9D-C »."""
    return f"{code[:5]}-{code[5:10]}-{code[10:]}"


def qr_code_text(code: str, *, address: str) -> str:
    """Return what the QR code of a card holds: the sign-in page of `address`, with the number after « # ».

    Browsers never send the fragment, so it appears in no request, log or referrer. connexion.js copies it into the
    form, then removes it from the history.
    """
    return f"{address.rstrip('/')}/connexion#{code}"


def code_digest(code: str) -> str:
    """Return what the database stores instead of the code: a keyed SHA-256, so that a stolen table reveals no card."""
    return hmac.new(config.secret_pepper(), b"card:" + code.encode(), hashlib.sha256).hexdigest()


def check_symbol(symbols: str) -> str:
    """Return the symbol that makes the weighted sum zero in GF(32).

    Every position has a different weight, so any single wrong symbol and any swap of two symbols is detected. The check
    symbol is always a letter or digit, where Crockford's own (modulo 37) may be `*`, `~` or `$`.
    """
    total = 0
    for place, symbol in enumerate(symbols, start=1):
        total ^= _multiply_in_field(ALPHABET.index(symbol), _POWERS[place])
    return ALPHABET[total]


def _multiply_in_field(left: int, right: int) -> int:
    """Multiply in GF(32), modulo x⁵ + x² + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left = (left << 1) ^ (0b100101 if left & 0b10000 else 0)
        right >>= 1
    return product


def _field_powers() -> tuple[int, ...]:
    kept = [1]
    while len(kept) < 31:
        kept.append(_multiply_in_field(kept[-1], 2))
    return tuple(kept)


_POWERS = _field_powers()
