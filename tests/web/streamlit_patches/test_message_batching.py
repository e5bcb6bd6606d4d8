"""One run travels in one piece: everything, in order, and the loop is woken a few times."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner_utils.run_descriptor import RunDescriptor

from clicnjob.web.streamlit_patches import message_batching, new_session_messages
from tests.web.test_server import run_page

pytest_plugins = ["tests.sign_in_pages"]
FEW = 5  # the start of a run, its end, its thread's end, and the same once more when a page hands over to another


@pytest.mark.slow
def test_a_run_arrives_whole_and_in_order(browser: TestClient) -> None:
    browser.post("/connexion/essai")
    told = run_page(browser)
    kinds = [message.WhichOneof("type") for message in told]
    assert kinds[0] == "new_session" and kinds[-1] == "script_finished"
    drawn = [tuple(m.metadata.delta_path) for m in told if m.WhichOneof("type") == "delta"]
    assert len(drawn) > 10 and len(set(drawn)) == len(drawn)
    seen: set[tuple[int, ...]] = set()
    for place in drawn:  # a container comes before what it holds
        assert len(place) == 2 or place[:-1] in seen
        seen.add(place)


def test_a_long_page_arrives_in_order_however_it_is_cut(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The runtime's own loop gives way between two messages: what is drawn meanwhile must not overtake them."""
    monkeypatch.setattr(message_batching, "_AT_ONCE", 3)
    monkeypatch.setattr(message_batching, "_LONGEST_WAIT", 0.002)
    browser.post("/connexion/essai")
    for _ in range(15):
        told = run_page(browser)
        assert told[0].WhichOneof("type") == "new_session"
        children: dict[tuple[int, ...], int] = {}
        for place in (tuple(m.metadata.delta_path) for m in told if m.WhichOneof("type") == "delta"):
            assert place[-1] <= children.get(place[:-1], 0), f"{place} came before its elder"
            children[place[:-1]] = max(children.get(place[:-1], 0), place[-1] + 1)


def test_the_loop_is_woken_a_few_times_for_a_run(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.post("/connexion/essai")
    woken: list[Any] = []
    plain = AppSession._call_soon_on_event_loop

    def counted(self: AppSession, callback: Any) -> None:
        woken.append(callback)
        plain(self, callback)

    monkeypatch.setattr(AppSession, "_call_soon_on_event_loop", counted)
    assert len(run_page(browser)) > 20 and len(woken) <= FEW


def test_the_settings_told_at_the_start_of_a_run_are_those_of_streamlit(browser: TestClient) -> None:
    browser.post("/connexion/essai")
    first, second = (run_page(browser)[0].new_session for _ in range(2))
    assert first.custom_theme == second.custom_theme and first.custom_theme.primary_color == "#0B6B61"
    assert first.config == second.config and not first.config.gather_usage_stats


def test_the_first_message_of_a_run_is_what_streamlit_writes(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written once for a tab, and anew when its pages or its state change; each message names its own run and page."""
    run = RunDescriptor("first", ("a fragment",))
    pages = {"1": page_info("accueil"), "2": page_info("mon_cv")}
    plain: list[tuple[str, Any]] = []

    def create(self: Any, page: str, descriptor: Any, shown: Any) -> ForwardMsg:
        plain.append((page, shown))
        message = ForwardMsg()
        app_session._set_run_identity(message, descriptor)
        message.new_session.page_script_hash = page
        message.new_session.initialize.session_id = self.id
        AppSession._populate_app_pages(self, message.new_session, shown)
        return message

    session = SimpleNamespace(id="lou", _state=AppSessionState.APP_IS_RUNNING)
    written = new_session_messages.write_once(create)
    for descriptor, page in ((run, "1"), (RunDescriptor("second", ()), "2"), (run, "1")):
        again = {key: dict(one) for key, one in pages.items()}  # as `st.navigation` makes them in each run
        assert written(session, page, descriptor, again) == create(session, page, descriptor, pages)
    assert len(plain) == 3 + 1, "once by the wrapped one"
    assert written(session, "1", run, {"1": pages["1"]}) == create(session, "1", run, {"1": pages["1"]})
    session._state = AppSessionState.SHUTDOWN_REQUESTED
    written(session, "1", run, {"1": pages["1"]})
    assert len(plain) == 4 + 3


def page_info(name: str) -> dict[str, Any]:
    return {"page_name": name, "icon": "", "page_script_hash": "", "script_path": ""}
