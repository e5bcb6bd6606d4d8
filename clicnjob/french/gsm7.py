"""The alphabet of an SMS: with other letters (ê, ç, ’), a message of 160 characters would cost three."""

from __future__ import annotations

import re

# Source: 3GPP TS 23.038, 6.2.1, without the control characters. Letters of the extension table count twice.
_BASIC = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà\n\r"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_TYPED = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "–": "-", "…": "."})
_QUOTES = re.compile(r"«\s*|\s*»")
ONE_PART = 160


class OutsideGsm7(ValueError):
    """A text has a letter that an SMS of one part cannot hold."""


def gsm7_text(words: str) -> str:
    """Return the words with the typography of a telephone. Raises OutsideGsm7 with the letters that remain outside."""
    plain = _QUOTES.sub('"', words).translate(_TYPED)
    outside = sorted(set(plain) - _BASIC - _EXTENDED)
    if outside:
        raise OutsideGsm7(" ".join(outside))
    return plain


def gsm7_length(plain: str) -> int:
    """Return how many of the 160 places a text takes."""
    return len(plain) + sum(letter in _EXTENDED for letter in plain)
