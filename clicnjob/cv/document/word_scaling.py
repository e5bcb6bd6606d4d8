"""Scales the lengths of a Word file, which is built at the model's first size and air 1, to those of a page."""

from __future__ import annotations

import re
from collections.abc import Callable

from clicnjob.cv.document.gauge import PT_PER_MM
from clicnjob.cv.document.templates import Template

Recast = Callable[[bytes], bytes]
_TAG = re.compile(rb"<w:(sz|szCs|ind|spacing|top|left|bottom|right)( [^>]*)/>")
_NUMBER = re.compile(rb'w:(val|left|right|hanging|firstLine|before|line|space)="(-?\d+)"')
_MARGIN = re.compile(rb'(<w:pgMar [^>]*w:left=")\d+')
_EXACT = b'w:lineRule="exact"'
_LEADING = 0.38  # em of a line's white that the air does not stretch; see `lead` in page.typ
_MORE_LEADING = 37  # 240ths of a line that one more unit of air adds
_MOST_SPACE = 31  # points; Word's limit for the distance of a border
_TWIPS = 20  # in a point


def scaling_of(model: Template, *, size: float, air: float, left_margin: float) -> Recast:
    """Return the function that scales the XML of one part to `size` points and `air`.

    Letters, indents and exact heights follow the size. Spaces above paragraphs are multiplied by the air, without the
    white that belongs to their first line; the other lines get a little more white. Absolute lengths, such as the short
    bars of 16 mm, stay as they are, except `left_margin`, in millimetres, which may depend on the photo.
    """
    scale = size / model.sizes[0]
    kept = _LEADING * model.sizes[0] * _TWIPS  # twips
    margin = b"%d" % round(left_margin * PT_PER_MM * _TWIPS)

    def number(kind: bytes, name: bytes, value: int, *, exact: bool, alone: bool) -> int:
        if kind in (b"sz", b"szCs"):
            return max(2, round(value * scale))
        if kind == b"ind":
            return value if name == b"right" and alone else round(value * scale)
        if kind == b"spacing" and name == b"before":
            return max(0, round(scale * (value * air + kept * (air - 1)))) if value else 0
        if kind == b"spacing" and name == b"line":
            return round(value * scale) if exact else round(value + _MORE_LEADING * (air - 1))
        if name == b"space":
            stretched = air if kind in (b"top", b"bottom") else 1
            return min(_MOST_SPACE, round(value * scale * stretched))
        return value

    def tag(found: re.Match[bytes]) -> bytes:
        kind, attributes = found[1], found[2]
        exact, alone = _EXACT in attributes, b"w:left" not in attributes
        return (
            b"<w:%b" % kind
            + _NUMBER.sub(
                lambda n: b'w:%b="%d"' % (n[1], number(kind, n[1], int(n[2]), exact=exact, alone=alone)), attributes
            )
            + b"/>"
        )

    return lambda content: _MARGIN.sub(rb"\g<1>" + margin, _TAG.sub(tag, content))
