"""Says how somebody gets to work in one sentence, as a person would: « à pied, en bus ou en scooter »."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TRIP = re.compile(r"Déplacements (?P<how>(?:à|en) [^,;]+?)(?:,? (?P<reach>jusqu’à \d+ km))?")


def mobility_texts(said: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of mobility as the page prints them: several « Déplacements … » become one.

    A distance stands in brackets when other ways follow or precede, so that it says how far by which one.
    """
    trips = [(line, _TRIP.fullmatch(line)) for line in said]
    joined = [found for _, found in trips if found]
    others = tuple(line for line, found in trips if line and not found)
    if len(joined) < 2:
        return tuple(line for line in said if line)
    ways = [f"{found['how']} ({found['reach']})" if found["reach"] else found["how"] for found in joined]
    return (f"Déplacements {', '.join(ways[:-1])} ou {ways[-1]}", *others)
