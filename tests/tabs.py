"""An open tab without a screen, over the real socket of the served app: what it asks, and what it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from clicnjob.web import COOKIE

STREAM = "/_stcore/stream"
OURS = "http://testserver"


class Tab:
    """One socket. `shown` is everything that it ever received, as bytes."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self.session_id = ""
        self.script = ""  # the hash of the page, as the page itself is told
        self.shown = b""
        self.widgets: dict[str, str] = {}  # key → id
        self.fragments: dict[str, str] = {}  # id → the part of the page that is drawn anew by it alone
        self.errors = 0

    def visit(self, page: str = "") -> bytes:
        """Open a page by its address; gives what came."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        return self.send(asked)

    def press(self, button_id: str) -> bytes:
        """Press a button by the id of its widget, whether this tab shows it or not."""
        fragment = self.fragments.get(button_id, "")
        return self.set(WidgetState(id=button_id, trigger_value=True), fragment_id=fragment)

    def set(self, state: WidgetState, **more: str) -> bytes:
        """Send the state of one widget; `more` are other fields of the message (page_script_hash, fragment_id)."""
        asked = BackMsg()
        asked.rerun_script.widget_states.widgets.append(state)
        for name, value in more.items():
            setattr(asked.rerun_script, name, value)
        return self.send(asked)

    def send(self, asked: BackMsg) -> bytes:
        """Any message that ends in a run of the script; gives what came."""
        self.say(asked)
        came = b"".join(self._until_finished())
        self.shown += came
        return came

    def say(self, asked: BackMsg) -> None:
        """A message that may be answered by nothing."""
        self._socket.send_bytes(asked.SerializeToString())

    def _until_finished(self) -> Iterator[bytes]:
        while True:
            told = ForwardMsg.FromString(content := self._socket.receive_bytes())
            yield content
            match told.WhichOneof("type"):
                case "new_session":
                    self.session_id = told.new_session.initialize.session_id or self.session_id
                    self.widgets = {}
                case "navigation":
                    self.script = told.navigation.page_script_hash
                case "delta":
                    self._note(told)
                case "script_finished" if told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return

    def _note(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        self.errors += kind == "exception"
        widget_id = str(getattr(getattr(element, kind), "id", "")) if kind else ""
        if widget_id.startswith("$$ID-"):
            self.widgets[widget_id.split("-", 2)[-1]] = widget_id
            self.fragments[widget_id] = told.delta.fragment_id


@contextmanager
def tab(browser: TestClient, token: str, *, resuming: str = "", **headers: str) -> Iterator[Tab]:
    """A tab of the browser that holds this sign-in token; `resuming` asks for an earlier Streamlit session."""
    spoken = ["streamlit", "x", *([resuming] if resuming else [])]
    sent = {"origin": OURS, "cookie": f"{COOKIE}={token}", **headers}
    with browser.websocket_connect(STREAM, subprotocols=spoken, headers=sent) as socket:
        yield Tab(socket)
