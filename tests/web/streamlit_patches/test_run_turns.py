"""Pages are drawn in turn: a few at once, in the order in which they came, each as in a thread of its own."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Iterator

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import SCRIPT_RUN_CONTEXT_ATTR_NAME

from clicnjob.web.streamlit_patches import run_turns

SOON = 10  # seconds: how long a test waits for what must come
MARK: contextvars.ContextVar[str] = contextvars.ContextVar("mark", default="clean")


class Drawing:
    """A run that says when it began and ends when told."""

    def __init__(self, *, until: threading.Event | None = None) -> None:
        self._script_thread: threading.Thread | None = None
        self.began, self.ended = threading.Event(), threading.Event()
        self._until = until

    def _run_script_thread(self) -> None:
        self.thread, self.mark = threading.current_thread(), MARK.get()
        self.owned = self._script_thread is self.thread
        self.context = get_script_run_ctx(suppress_warning=True)
        MARK.set("left behind")
        setattr(self.thread, SCRIPT_RUN_CONTEXT_ATTR_NAME, self)
        self.began.set()
        if self._until is not None:
            self._until.wait(SOON)
        self.ended.set()


@pytest.fixture
def end() -> Iterator[threading.Event]:
    told = threading.Event()
    yield told
    told.set()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> run_turns.Hands:
    monkeypatch.setattr(run_turns, "_PATIENCE", SOON)
    return run_turns.Hands()


def begun(hands: run_turns.Hands, *, until: threading.Event) -> list[Drawing]:
    """As many as may draw at once, all drawing."""
    drawing = [Drawing(until=until) for _ in range(run_turns.AT_ONCE)]
    for one in drawing:
        hands.take_runner(one)
    assert all(one.began.wait(SOON) for one in drawing)
    return drawing


def test_the_next_one_waits_for_its_turn(patient: run_turns.Hands, end: threading.Event) -> None:
    begun(patient, until=end)
    later = Drawing()
    patient.take_runner(later)
    assert not later.began.wait(0.2)
    end.set()
    assert later.ended.wait(SOON)


def test_a_page_that_takes_long_does_not_hold_the_others(end: threading.Event) -> None:
    hands = run_turns.Hands()
    long = begun(hands, until=end)
    later = Drawing()
    hands.take_runner(later)
    assert later.ended.wait(SOON) and not any(one.ended.is_set() for one in long)


def test_nothing_of_the_run_before_is_there(patient: run_turns.Hands) -> None:
    first, second = Drawing(), Drawing()
    for one in (first, second):
        patient.take_runner(one)
        assert one.ended.wait(SOON)
        while one._script_thread is one.thread:  # it gives its thread back
            pass
    assert (second.mark, second.context, second.owned) == ("clean", None, True)


def test_a_run_that_breaks_leaves_the_place_to_the_next(
    patient: run_turns.Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda what: told.append(str(what.exc_value)))
    for _ in range(run_turns.AT_ONCE + 1):
        broken = Drawing()
        broken._run_script_thread = lambda: 1 / 0  # type: ignore[method-assign,assignment]
        patient.take_runner(broken)
    after = Drawing()
    patient.take_runner(after)
    assert after.ended.wait(SOON) and told == ["division by zero"] * (run_turns.AT_ONCE + 1)
