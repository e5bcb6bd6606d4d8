"""A QR code as a drawing inside a plain page."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr(content: str) -> Markup:
    """The SVG of a square to scan. Its module is ours; the content is coded as dots, so nothing of it is markup."""
    return Markup(segno.make(content, error="m", micro=False).svg_inline(scale=5, border=2))  # noqa: S704
