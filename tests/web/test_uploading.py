"""What a browser may send: a file only into a box that its page shows, messages only of the size that a page makes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from clicnjob import db, models, policy
from clicnjob.accounts import people, presence
from clicnjob.cv.model import bag
from clicnjob.paths import PACKAGE, PAGES
from clicnjob.web import COOKIE
from clicnjob.web.middleware import messages, uploading
from clicnjob.web.middleware.allowance import Allowance
from clicnjob.web.streamlit_patches import uploaded_files
from clicnjob.web.streamlit_patches.uploaded_files import SentFile
from tests.tabs import Tab, tab

pytest_plugins = ["tests.sign_in_pages"]
WITH_BOX, WITHOUT = "reprendre", "metiers"


@pytest.fixture
def token(browser: TestClient) -> str:
    """A guest: whoever comes first may be hostile."""
    with db.write_transaction() as session:
        guest = people.add_guest(session, now=models.utc_now())
        bag.open_bag(session, by=guest, operation=models.random_id())
        return presence.begin_sign_in(session, account=guest, now=models.utc_now())


@pytest.fixture
def open_tab(browser: TestClient, token: str) -> Iterator[Tab]:
    with tab(browser, token) as mine:
        yield mine


def send(browser: TestClient, token: str, tab: Tab, size: int, *, name: str = "a", **headers: str) -> tuple[int, str]:
    browser.get("/_stcore/health")
    proof = browser.cookies["_streamlit_xsrf"]
    sent = {"cookie": f"{COOKIE}={token}; _streamlit_xsrf={proof}", "x-xsrftoken": proof, **headers}
    path = f"/_stcore/upload_file/{tab.session_id}/{name}"
    answer = browser.put(path, headers=sent, files={"file": ("cv.pdf", b"0" * size)})
    return answer.status_code, answer.text


def kept(tab: Tab) -> list[int]:
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return [len(file.data) for file in manager.file_storage.get(tab.session_id, {}).values()]


# --- files


def test_a_file_is_let_in_where_a_box_is_shown_only(browser: TestClient, token: str, open_tab: Tab) -> None:
    open_tab.visit(WITHOUT)
    assert send(browser, token, open_tab, 100) == (403, uploading.NOT_ASKED_FOR)
    open_tab.visit(WITH_BOX)
    assert send(browser, token, open_tab, 100)[0] == 204
    open_tab.visit(WITHOUT)
    assert send(browser, token, open_tab, 100)[0] == 403
    assert kept(open_tab) in ([100], [])


def test_a_file_larger_than_its_box_is_refused_unread(browser: TestClient, token: str, open_tab: Tab) -> None:
    open_tab.visit(WITH_BOX)
    assert send(browser, token, open_tab, policy.UPLOAD_BYTES + 100_000) == (413, uploading.TOO_BIG)
    assert send(browser, token, open_tab, 100, **{"content-length": "99999999999"})[0] == 413
    assert send(browser, token, open_tab, 100, **{"content-length": "x"})[0] == 411
    assert not kept(open_tab)


def test_more_than_was_announced_is_cut(browser: TestClient, token: str, open_tab: Tab) -> None:
    open_tab.visit(WITH_BOX)
    assert send(browser, token, open_tab, 400_000, **{"content-length": "1000"})[0] == 413
    assert not kept(open_tab)


def test_few_files_of_a_visit_stay_the_latest_ones(browser: TestClient, token: str, open_tab: Tab) -> None:
    open_tab.visit(WITH_BOX)
    for number in range(5):
        assert send(browser, token, open_tab, policy.UPLOAD_BYTES - 1_000, name=f"f{number}")[0] == 204
    assert sum(kept(open_tab)) <= policy.UPLOADS_KEPT_A_VISIT


def test_a_visit_that_sends_without_end_is_asked_to_wait(browser: TestClient, token: str, open_tab: Tab) -> None:
    open_tab.visit(WITH_BOX)
    many = 2 + policy.UPLOADS_BYTES_AT_ONCE // policy.UPLOAD_BYTES
    said = [send(browser, token, open_tab, policy.UPLOAD_BYTES - 1_000, name=f"g{n}") for n in range(many)]
    assert said[0][0] == 204 and said[-1] == (429, uploading.TOO_MANY)


def test_of_all_visits_the_oldest_files_go(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "UPLOADS_KEPT", 250)
    manager = uploaded_files._upload_manager()
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec

    sent = [SentFile(f"visit {n}", f"session {n}", f"file {n}", 100) for n in range(4)]
    for one in sent:
        uploaded_files.make_room(one)
        manager.add_file(one.session_id, UploadedFileRec(one.file_id, "x", "y", b"0" * 100))
        uploaded_files.note_arrival(one)
    left = [n for n, one in enumerate(sent) if manager.file_storage.get(one.session_id)]
    assert left == [2, 3]
    for one in sent:
        manager.remove_session_files(one.session_id)


def test_leaving_forgets_the_files_of_a_box_too(browser: TestClient, token: str, open_tab: Tab) -> None:
    open_tab.visit(WITH_BOX)
    assert send(browser, token, open_tab, 100)[0] == 204 and kept(open_tab)
    with db.read_transaction() as session:
        found = presence.present_person(session, token, now=models.utc_now())
    assert found is not None
    uploaded_files.drop_files_of(found.sign_in_id)
    assert not kept(open_tab) and not uploaded_files.expected_bytes(open_tab.session_id)


def test_every_box_is_known_to_the_gate() -> None:
    """A box that Streamlit draws without `uploads` would refuse its files."""
    for path in (*PAGES.rglob("*.py"), *(PACKAGE / "ui").rglob("*.py")):
        if path.name != "uploads.py":
            code = path.read_text(encoding="utf-8")
            assert "file_uploader(" not in code and "audio_input(" not in code and "camera_input(" not in code, (
                path.name
            )
            assert "chat_input(" not in code, path.name


# --- messages


def closing_code(tab: Tab) -> int:
    """How the server closed the socket, after what it still had to say."""
    with pytest.raises(WebSocketDisconnect) as closed:
        for _ in range(100):
            tab._socket.receive_bytes()
    return closed.value.code


def test_too_many_widgets_close_the_socket(browser: TestClient, token: str, open_tab: Tab) -> None:
    open_tab.visit(WITHOUT)
    asked = BackMsg()
    for number in range(policy.MESSAGE_WIDGETS + 1):
        asked.rerun_script.widget_states.widgets.append(WidgetState(id=str(number), trigger_value=True))
    open_tab.say(asked)
    assert closing_code(open_tab) == 1009


@pytest.mark.parametrize("kind", ["bytes", "names"])
def test_too_long_a_message_closes_the_socket(browser: TestClient, open_tab: Tab, kind: str) -> None:
    open_tab.visit(WITHOUT)
    asked = BackMsg()
    if kind == "bytes":
        asked.rerun_script.query_string = "x" * policy.MESSAGE_BYTES
    else:
        asked.file_urls_request.file_names.extend(["x"] * 1_000)
    open_tab.say(asked)
    assert closing_code(open_tab) == 1009


def test_a_visit_has_so_many_tabs(browser: TestClient, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "TABS_AT_ONCE", 2)
    with tab(browser, token), tab(browser, token), pytest.raises(WebSocketDisconnect), tab(browser, token):
        pass
    with tab(browser, token) as again:
        assert again.visit()


def test_an_allowance_fills_with_time() -> None:
    some = Allowance(at_once=10, a_second=2)
    assert some.take_amount("a", 10, now=0) and not some.take_amount("a", 1, now=0) and some.take_amount("b", 10, now=0)
    assert some.take_amount("a", 2, now=1) and not some.take_amount("a", 1, now=1)
    assert some.wait_after("a", 4, now=1) == 2 and some.wait_after("a", 0, now=3) == 0


def test_messages_beyond_the_rate_come_later_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MESSAGES_AT_ONCE", 2)
    coming = [{"type": "websocket.receive", "bytes": b""} for _ in range(6)]
    seen: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        for _ in range(6):
            seen.append(await receive())

    async def receive() -> Message:
        return coming.pop(0)

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is closed")

    begun = time.monotonic()
    scope = {"type": "websocket", "state": {"present": SimpleNamespace(sign_in_id="visit")}}
    asyncio.run(messages.Messages(app)(scope, receive, send))
    assert len(seen) == 6 and time.monotonic() - begun > 3 / policy.MESSAGES_A_SECOND
