"""What `make install-prod` leaves out is taken away from the tests too: every page opens as it does on a server."""

from __future__ import annotations

import re
import sys

from clicnjob.paths import ROOT

SPARED = re.findall(r"^SPARED := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()


def take_away_spared_packages() -> None:
    """Make the import of each of them fail from now on, as where it is not installed."""
    for name in SPARED:
        sys.modules[name] = None  # type: ignore[assignment]
