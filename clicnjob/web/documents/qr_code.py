"""QR codes as inline SVG for the plain pages."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_drawing(content: str) -> Markup:
    """Return the SVG of a QR code. It is safe markup: the content only appears as dots, never as text."""
    return Markup(segno.make(content, error="m", micro=False).svg_inline(scale=5, border=2))  # noqa: S704
