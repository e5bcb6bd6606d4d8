"""Three boards and two projectors of a session at once: one more is told so in French, and follows once there is room."""

from __future__ import annotations

import pytest

from clicnjob import workshop_policy
from clicnjob.errors import Refusal
from clicnjob.web import board_version, projector
from clicnjob.web.open_screens import OpenScreens, TooManyBoards, TooManyProjectors

GONE = workshop_policy.SCREEN_ALIVE_FOR.total_seconds()


@pytest.mark.parametrize(("most", "refusal"), [(3, TooManyBoards), (2, TooManyProjectors)])
def test_one_screen_more_waits_until_another_closes(most: int, refusal: type[Refusal]) -> None:
    assert f"{most} " in refusal.sentence
    screens = OpenScreens(most, refusal)
    for number in range(most):
        screens.hold_place("a", str(number), clock=0)
    with pytest.raises(refusal):
        screens.hold_place("a", "more", clock=1)
    screens.hold_place("b", "more", clock=1)  # another session has places of its own
    for clock in range(1, 60):
        for number in range(1, most):  # the first is closed
            screens.hold_place("a", str(number), clock=clock)
        if clock >= GONE:
            screens.hold_place("a", "more", clock=clock)
    with pytest.raises(refusal):
        screens.hold_place("a", "0", clock=60)


def test_names_and_sessions_without_end_fill_no_memory() -> None:
    screens = OpenScreens(2, TooManyProjectors)
    for number in range(3_000):
        screens.hold_place(f"session {number}", "x" * 10_000, clock=float(number))
    assert len(screens._asked) <= 1_001
    assert {len(name) for one in screens._asked.values() for name in one} == {32}


def test_both_routes_hold_places() -> None:
    assert (board_version._boards._most, projector._projectors._most) == (3, 2)
    assert (workshop_policy.WORKSHOP_BOARDS, workshop_policy.WORKSHOP_PROJECTORS) == (3, 2)
