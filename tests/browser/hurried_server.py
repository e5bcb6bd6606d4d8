"""The app as it is, whose visits fall asleep in seconds instead of minutes: a program of its own, since nobody waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import uvicorn

from clicnjob import policy

policy.TABS_GONE_SLEEPS = timedelta(seconds=10)  # a page must have the time to load
policy.TABS_WRITTEN_EVERY = timedelta(seconds=1)
_RUN = uvicorn.run


def _hurried(app: Any, **named: Any) -> None:
    """A socket whose browser stands still is given up in seconds too."""
    _RUN(app, ws_ping_interval=2, ws_ping_timeout=3, **named)


uvicorn.run = _hurried

if __name__ == "__main__":
    from clicnjob.__main__ import main

    main()
