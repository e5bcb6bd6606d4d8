"""A session that is stopped takes the event that waits, and nothing after it; a tab that comes back goes on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType

from clicnjob.web.streamlit_patches import last_words

RERUN, STOP = ScriptRequestType.RERUN, ScriptRequestType.STOP


@pytest.fixture(autouse=True)
def _patched(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in (
        (AppSession, "request_script_stop"),
        (ScriptRequests, "on_scriptrunner_yield"),
        (ScriptRequests, "on_scriptrunner_ready"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back after the test
    last_words.save_last_words()


def stopped(requests: ScriptRequests) -> ScriptRequests:
    runner = SimpleNamespace(_requests=requests, request_stop=requests.request_stop)
    AppSession.request_script_stop(SimpleNamespace(_scriptrunner=runner))  # type: ignore[arg-type]
    return requests


def waiting(page_name: str = "last") -> ScriptRequests:
    requests = ScriptRequests()
    requests.request_rerun(RerunData(page_name=page_name))
    return requests


def test_the_event_that_waits_is_taken_and_then_the_run_stops() -> None:
    requests = stopped(waiting())
    assert requests.on_scriptrunner_ready().rerun_data.page_name == "last"
    request = requests.on_scriptrunner_yield()
    assert request is not None and request.type is STOP and requests.on_scriptrunner_ready().type is STOP


def test_it_is_taken_by_a_run_in_progress_too() -> None:
    requests = stopped(waiting())
    request = requests.on_scriptrunner_yield()
    assert request is not None and request.type is RERUN
    request = requests.on_scriptrunner_yield()
    assert request is not None and request.type is STOP


def test_a_run_without_any_event_stops_at_once() -> None:
    assert stopped(ScriptRequests()).on_scriptrunner_ready().type is STOP


def test_a_tab_that_comes_back_before_is_drawn_whole() -> None:
    requests = stopped(waiting())
    requests.request_rerun(RerunData(page_name="back"))
    assert requests.on_scriptrunner_ready().rerun_data.page_name == "back"
    assert requests.on_scriptrunner_yield() is None
