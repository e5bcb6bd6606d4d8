"""One run travels in one piece: everything, in order, the loop woken a few times and the socket written once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.runtime import Runtime

from clicnjob.web.streamlit_patches import message_batching
from tests.test_server import run_page

pytest_plugins = ["tests.doors"]
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
    populate = message_batching._patched_populate(lambda message, section: None)
    message = ForwardMsg().new_session.custom_theme
    populate(message.light, "theme.light")
    assert not message.HasField("light")


class Wire:
    """A transport that remembers what it was given."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def test_what_is_written_in_one_turn_of_the_loop_leaves_together() -> None:
    wire = Wire()

    async def turn() -> None:
        gathered = message_batching.Gathered(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
        gathered.write(b"un ")
        gathered.write(b"deux")
        assert wire.written == [] and not gathered.is_closing()
        await asyncio.sleep(0)
        gathered.write(b"trois")
        gathered.close()

    asyncio.run(turn())
    assert (wire.written, wire.closed) == ([b"un deux", b"trois"], True)


def test_streamlit_still_has_what_this_reaches_into() -> None:
    assert {"_handle_scriptrunner_event_on_event_loop", "_create_scriptrunner"} <= set(dir(AppSession))
    assert isinstance(ForwardMsgQueue()._queue, list)
    assert {"flush_browser_queue", "on_flushed_messages_sent"} <= set(Runtime._loop_coroutine.__code__.co_names)
    assert "_populate_theme_msg" in AppSession._create_new_session_message.__code__.co_names
    assert {"_populate_theme_msg", "_populate_config_msg"} <= set(vars(app_session))
