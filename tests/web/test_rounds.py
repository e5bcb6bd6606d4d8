"""What the server does by itself, again and again: nothing that one round meets ends all rounds for everybody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from clicnjob import workshop_policy
from clicnjob.web import life, polling_screens
from clicnjob.web.streamlit_patches import uploaded_files

# `tests.sign_in_pages` replaces the rounds while its server runs.
_REPEAT, _FOLLOW = life._repeat_forever, polling_screens.follow_forever


class _Enough(BaseException):
    """The test has seen enough rounds."""


def _failing(rounds: list[int]) -> Callable[[], None]:
    def fail() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            raise _Enough
        raise ValueError("a row of another version")

    return fail


def test_a_round_that_fails_on_whatever_it_reads_is_followed_by_the_next(caplog: pytest.LogCaptureFixture) -> None:
    rounds: list[int] = []
    with caplog.at_level(logging.ERROR), pytest.raises(_Enough):
        asyncio.run(_REPEAT(_failing(rounds), timedelta(0)))
    assert len(rounds) == 3 and len(caplog.records) == 2


def test_the_screens_of_sessions_go_on_after_a_round_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    fail = _failing(rounds)

    async def refresh(*, clock: float) -> None:
        fail()

    monkeypatch.setattr(polling_screens.SCREENS, "refresh_screens", refresh)
    monkeypatch.setattr(workshop_policy, "SCREEN_VERSIONS_READ_EVERY", timedelta(0))
    with pytest.raises(_Enough):
        asyncio.run(_FOLLOW())
    assert len(rounds) == 3


def test_what_is_to_be_erased_is_erased_whatever_else_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ValueError("a row of another version")

    monkeypatch.setattr(uploaded_files, "sweep_closed_tabs", fail)
    for name in ("_sweep_departed", "_sweep_sessions", "_sweep_progress"):
        monkeypatch.setattr(life, name, fail)
    monkeypatch.setattr(life, "_purge_once_a_day", lambda: done.append("purged"))
    monkeypatch.setattr(life._LEASE, "is_held", lambda: True)
    life.sweep_everything()
    assert done == ["purged"]


def test_a_process_that_does_not_lead_sweeps_its_own_memory_only(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(uploaded_files, "sweep_closed_tabs", lambda: done.append("uploads"))
    for name in ("_sweep_departed", "_sweep_sessions", "_sweep_progress", "_purge_once_a_day", "_tidy_up"):
        monkeypatch.setattr(life, name, lambda name=name: done.append(name))
    monkeypatch.setattr(life._LEASE, "is_held", lambda: False)
    life.sweep_everything()
    assert done == ["uploads", "_tidy_up"]
