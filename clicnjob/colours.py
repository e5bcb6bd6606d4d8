"""The colours of static/tokens.css, for what cannot read CSS variables: a file taken home, a QR code."""

from __future__ import annotations

import re
from functools import cache

from clicnjob.paths import STATIC

_TOKEN = re.compile(r"--cj-([a-z-]+): (#[0-9A-F]{6});")


@cache
def house_colours() -> dict[str, str]:
    """Return the colours as « #RRGGBB » by their name: « paper », « teal_deep »."""
    found = _TOKEN.findall((STATIC / "tokens.css").read_text(encoding="utf-8"))
    return {name.replace("-", "_"): colour for name, colour in found}
