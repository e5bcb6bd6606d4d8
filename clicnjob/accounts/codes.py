"""The number printed on a card: ten Crockford symbols and one that checks them, shown « K7QM2-XHP9D-C »."""

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
    """The check symbol does not fit: told at once, without a look-up, and never counted as a try."""

    sentence = "Erreur de frappe. Recopie le numéro de ta carte, signe par signe."


def new_code() -> str:
    """A fresh code of 50 random bits, with its check symbol: 11 characters, no hyphen."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(policy.CARD_SYMBOLS))
    return drawn + check_symbol(drawn)


def read_code(text: str) -> str:
    """The code as a person types it; case, spaces, hyphens, O/0, I/L/1 are forgiven. Raises TypingError."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST_TYPED]).upper()
    code = _BETWEEN.sub("", folded).translate(_FORGIVEN)
    symbols, check = code[:-1], code[-1:]
    if len(symbols) != policy.CARD_SYMBOLS or not set(code) <= set(ALPHABET):
        raise TypingError
    if check != check_symbol(symbols):
        raise TypingError
    return code


def shown(code: str) -> str:
    """The code as printed and displayed: « K7QM2-XHP9D-C »."""
    return f"{code[:5]}-{code[5:10]}-{code[10:]}"


def scanned(code: str, *, address: str) -> str:
    """What the QR code of a card says: the sign-in page of `address`, and the number after « # ».

    Browsers keep that part to themselves: it is in no request, no log and no referrer. connexion.js puts it in the
    form, then takes it out of the history.
    """
    return f"{address.rstrip('/')}/connexion#{code}"


def digest(code: str) -> str:
    """What the database keeps instead of the code: a keyed SHA-256, so that a stolen table lists no card."""
    return hmac.new(config.pepper(), b"card:" + code.encode(), hashlib.sha256).hexdigest()


def check_symbol(symbols: str) -> str:
    """The symbol that makes the weighted sum zero in the field of 32 elements.

    Every position has a different weight, so one wrong symbol or two exchanged ones are always seen; and the
    check symbol is an ordinary letter or digit, where Crockford's own (modulo 37) may be `*`, `~` or `$`.
    """
    total = 0
    for place, symbol in enumerate(symbols, start=1):
        total ^= _times(ALPHABET.index(symbol), _POWERS[place])
    return ALPHABET[total]


def _times(left: int, right: int) -> int:
    """Multiplication in GF(32), modulo x⁵ + x² + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left = (left << 1) ^ (0b100101 if left & 0b10000 else 0)
        right >>= 1
    return product


def _powers() -> tuple[int, ...]:
    kept = [1]
    while len(kept) < 31:
        kept.append(_times(kept[-1], 2))
    return tuple(kept)


_POWERS = _powers()
