"""One run travels in one piece: everything, in order, and the loop is woken a few times."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

from clicnjob.web.streamlit_patches import config_messages, message_batching
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


def test_an_empty_part_of_the_settings_stays_absent() -> None:
    populate = config_messages.cache_messages(lambda message, section: None)
    message = ForwardMsg().new_session.custom_theme
    populate(message.light, "theme.light")
    assert not message.HasField("light")
