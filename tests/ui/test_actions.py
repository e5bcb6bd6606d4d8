"""A callback runs to its end even when the next act has already arrived."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from clicnjob.web.streamlit_patches import whole_callbacks


class NextAct(Exception):
    """What Streamlit raises at an access to the session when another act waits."""


class Waiting:
    """Another act has arrived: any access that may be interrupted is."""

    arrived = False

    def look(self) -> None:
        if self.arrived:
            raise NextAct


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Waiting]:
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", SafeSessionState.on_script_will_rerun)
    whole_callbacks.run_callbacks_whole()
    yield Waiting()


def session_with_callback(waiting: Waiting) -> SafeSessionState:
    """A session whose run begins with a callback of two accesses; the next act arrives between them."""

    class Running(SessionState):
        def on_script_will_rerun(self, *args: Any, **named: Any) -> None:
            waiting.arrived = True
            kept["first"] = 1
            kept["second"] = 2

    kept = SafeSessionState(Running(), waiting.look)
    return kept


def test_a_callback_is_not_cut_short(waiting: Waiting) -> None:
    session = session_with_callback(waiting)
    session.on_script_will_rerun(None)
    waiting.arrived = False
    assert (session["first"], session["second"]) == (1, 2)


def test_the_drawing_that_follows_still_gives_way_to_the_next_act(waiting: Waiting) -> None:
    session = session_with_callback(waiting)
    session.on_script_will_rerun(None)
    with pytest.raises(NextAct):
        session["first"]
