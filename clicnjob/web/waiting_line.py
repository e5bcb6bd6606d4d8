"""The line in which newcomers wait while a process serves as many people as it can serve well.

Whoever is inside is never sent to it: a reload, a cut network or a restart keeps the place. Professionals and people of
a group session do not wait. Each process has its own line, in memory: after a restart, open pages reconnect without asking.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from clicnjob import policy

LONGEST = 2_000  # sign-ins; later ones are told to wait without keeping a place
FORGOTTEN_AFTER = 30.0  # seconds since the page of somebody in the line last asked
ENTERS_WITHIN = 30.0  # seconds from being let in to the page's first connection


@dataclass(slots=True)
class WaitingLine:
    """Sign-ins that are inside or wait, by id. Every instant is a monotonic clock's, in seconds."""

    _entered: dict[str, float] = field(default_factory=dict)  # let in, and maybe not connected yet
    _inside: dict[str, float] = field(default_factory=dict)  # when a tab of theirs was last seen
    _asked: dict[str, float] = field(default_factory=dict)  # in the order of their arrival

    def find_place(self, sign_in_id: str, *, connected: set[str], most: int, clock: float) -> int:
        """Return the place in the line, from 1, or 0 to let this sign-in in.

        `connected`: the sign-ins with an open tab; `most`: how many may be inside, 0 for no limit.
        """
        if not most or not self._must_wait(sign_in_id, connected=connected, clock=clock):
            return 0
        if sign_in_id not in self._asked and len(self._asked) >= LONGEST:
            return len(self._asked) + 1
        self._asked[sign_in_id] = clock
        place = list(self._asked).index(sign_in_id) + 1
        if place > most - len(connected | self._entered.keys()):
            return place
        del self._asked[sign_in_id]
        self._entered[sign_in_id] = clock
        return 0

    def count_waiting(self) -> int:
        """Return how many people wait, the ones who closed their page since the last newcomer included."""
        return len(self._asked)

    def _must_wait(self, sign_in_id: str, *, connected: set[str], clock: float) -> bool:
        self._inside.update(dict.fromkeys(connected, clock))
        for one in connected & self._entered.keys():
            del self._entered[one]
        _forget_older(self._entered, clock - ENTERS_WITHIN)
        _forget_older(self._inside, clock - policy.TABS_GONE_SLEEPS.total_seconds())
        _forget_older(self._asked, clock - FORGOTTEN_AFTER)
        return sign_in_id not in self._inside and sign_in_id not in self._entered


def _forget_older(known: dict[str, float], instant: float) -> None:
    for one in [one for one, at in known.items() if at < instant]:
        del known[one]


LINE = WaitingLine()
