"""The apostrophes and no-break spaces of French, put into what people type on a keyboard that has none."""

from __future__ import annotations

import regex

_NO_BREAK = "\u00a0"
_BEFORE = regex.compile(r" +(?=[:;?!»%€])|(?<=[\p{L}\p{N}])(?=[?!;»€%])|(?<=\p{L})(?=:(?:\s|$))")
_AFTER = regex.compile(r"(?<=«) *(?=[\p{L}\p{N}])|(?<=«) +")
_UNIT = regex.compile(r"(?<=\d) (?=(?:h|ans|heures|kilos|kg|km|euros|mois|semaines|minutes)\b)")


def typeset_text(text: str) -> str:
    """Return the text with ’ for ' and no-break spaces before : ; ? ! » % €, after « and between a number and its unit."""
    spaced = _AFTER.sub(_NO_BREAK, _BEFORE.sub(_NO_BREAK, text.replace("'", "’")))
    return _UNIT.sub(_NO_BREAK, spaced)
