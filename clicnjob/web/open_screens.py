"""How many boards and projectors of a session are open at once, in this process: a screen more is told to wait.

A screen names itself by a random word that its page makes; one that asks no more gives its place back within seconds.
"""

from __future__ import annotations

from clicnjob import workshop_policy
from clicnjob.errors import Refusal

_NAME_LENGTH, _SESSIONS_REMEMBERED = 32, 1_000


class TooManyBoards(Refusal):
    """As many boards are open as a session may have."""

    sentence = (
        f"{workshop_policy.WORKSHOP_BOARDS} tableaux de cette séance sont déjà ouverts. "
        "Celui-ci ne suit plus\u00a0: fermez-en un, il reprendra tout seul."
    )


class TooManyProjectors(Refusal):
    """As many projectors show the session as it may have."""

    sentence = (
        f"{workshop_policy.WORKSHOP_PROJECTORS} écrans montrent déjà cette séance. "
        "Fermez-en un\u00a0: celui-ci reprendra tout seul."
    )


class OpenScreens:
    """The open screens of one kind: for each session, the name of each and when it last asked, in seconds of a clock."""

    def __init__(self, most: int, refusal: type[Refusal]) -> None:
        self._most, self._refusal = most, refusal
        self._asked: dict[str, dict[str, float]] = {}

    def hold_place(self, session_id: str, screen: str, *, clock: float) -> None:
        """Note that a screen asks. Who has a place keeps it while it asks. Raises the refusal when all are taken."""
        here = self._open_at(session_id, clock)
        name = screen[:_NAME_LENGTH]
        if name not in here and len(here) >= self._most:
            raise self._refusal
        self._asked[session_id] = here | {name: clock}
        if len(self._asked) > _SESSIONS_REMEMBERED:
            self._asked = {one: found for one in self._asked if (found := self._open_at(one, clock))}

    def _open_at(self, session_id: str, clock: float) -> dict[str, float]:
        since = clock - workshop_policy.SCREEN_ALIVE_FOR.total_seconds()
        return {name: at for name, at in self._asked.get(session_id, {}).items() if at > since}
