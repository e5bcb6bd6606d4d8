"""What one run of a page draws travels in one piece.

Streamlit wakes the server's loop once for each of some fifty messages, looks through every session at each waking and
writes each message to the socket by itself. Each of these gives the interpreter away, and four hundred people wait for
it. Here a run's messages wait for its end (or a tenth of a second, when it takes longer), and the loop wakes once.

Reaches into Streamlit and uvicorn: tests/test_delivery.py says what it relies on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session, get_instance
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

_LONGEST_WAIT = 0.1  # seconds that a drawing waits for the end of its run
_AT_ONCE = 250  # messages; half of what Streamlit lets wait for one browser before it takes it for dead
_MARK = "in_one_piece"
_SESSION = "_session_told"


def in_one_piece() -> None:
    """From now on, in every session of this process; a second call changes nothing."""
    if hasattr(AppSession, _MARK):
        return
    setattr(AppSession, _MARK, True)
    AppSession._on_scriptrunner_event = _noted  # type: ignore[method-assign,assignment]
    AppSession._create_scriptrunner = _known(AppSession._create_scriptrunner)  # type: ignore[method-assign]
    ScriptRunner._enqueue_forward_msg = _drawn(ScriptRunner._enqueue_forward_msg)  # type: ignore[method-assign]
    app_session._populate_theme_msg = _remembered(app_session._populate_theme_msg)
    app_session._populate_config_msg = _remembered(app_session._populate_config_msg)


def _noted(self: AppSession, sender: Any, event: ScriptRunnerEvent, forward_msg: Any = None, **told: Any) -> None:
    """On the script's thread: remember in order; a drawing wakes nobody, the start and the end of a run do."""
    _waiting(self).append((sender, event, forward_msg, told))
    if event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
        self._call_soon_on_event_loop(lambda: _deliver(self))


def _drawn(plain: Any) -> Any:
    """The same for a drawing, without asking who listens to this run: only its session does."""

    def enqueue(self: ScriptRunner, message: ForwardMsg) -> None:
        session = self.__dict__.get(_SESSION)
        if session is None:
            plain(self, message)
        else:
            self._maybe_handle_execution_control_request()
            _waiting(session).append((self, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, message, {}))

    return enqueue


def _known(plain: Any) -> Any:
    def create(self: AppSession, *args: Any, **named: Any) -> None:
        plain(self, *args, **named)
        self._scriptrunner.__dict__[_SESSION] = self

    return create


def _waiting(session: AppSession) -> deque[tuple[Any, ScriptRunnerEvent, Any, dict[str, Any]]]:
    return session.__dict__.setdefault("_waiting", deque())  # type: ignore[no-any-return]


def _deliver(session: AppSession) -> None:
    """On the loop: what waited, to the browser."""
    waiting, wake = _waiting(session), session._message_enqueued_callback
    messages: list[ForwardMsg] = []
    session._message_enqueued_callback = None
    try:
        while waiting:
            sender, event, forward_msg, told = waiting.popleft()
            if event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
                session._handle_scriptrunner_event_on_event_loop(sender, event, forward_msg, **told)
                messages += session.flush_browser_queue()
            elif sender is session._scriptrunner:
                messages.append(forward_msg)
    finally:
        session._message_enqueued_callback = wake
    _send(get_instance(), session, messages)
    if session._state is AppSessionState.APP_IS_RUNNING and not session.__dict__.get("_looking_again"):
        session.__dict__["_looking_again"] = True
        asyncio.get_running_loop().call_later(_LONGEST_WAIT, _look_again, session)


def _look_again(session: AppSession) -> None:
    session.__dict__["_looking_again"] = False
    if session._state is AppSessionState.APP_IS_RUNNING:
        _deliver(session)


def _send(runtime: Runtime, session: AppSession, messages: list[ForwardMsg]) -> None:
    """What the runtime's own loop does for each session in turn. It still does when there is very much, so that the
    socket can breathe, or when the browser is away for a moment."""
    active = runtime._session_mgr.get_active_session_info(session.id)
    if active is None or len(messages) > _AT_ONCE or not session._browser_queue.is_empty():
        for message in messages:
            session._enqueue_forward_msg(message)
        return
    try:
        for message in messages:
            runtime._send_message(active, message)
    except SessionClientDisconnectedError:
        runtime.disconnect_session(session.id, client=active.client)
    session.on_flushed_messages_sent()


def _remembered(populate: Any) -> Any:
    """The settings told at the start of each run do not change while the server runs."""
    known: dict[Any, Any] = {}

    def populated(message: Any, *section: str) -> None:
        if section not in known:
            made = type(message)()
            populate(made, *section)
            known[section] = made
        if known[section].ByteSize():
            message.MergeFrom(known[section])

    return populated


class Gathered:
    """A transport that writes at the end of the loop's turn what was given to it meanwhile, in one piece."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep it for the end of this turn."""
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)

    def flush(self) -> None:
        """Write what was kept."""
        if self._parts:
            parts, self._parts = self._parts, []
            self._transport.write(b"".join(parts))

    def close(self) -> None:
        """Nothing is left behind."""
        self.flush()
        self._transport.close()


class Socket(WebSocketsSansIOProtocol):
    """uvicorn's web socket, whose messages of one turn leave together."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called when a connection is made."""
        super().connection_made(Gathered(transport, self.loop))  # type: ignore[arg-type]
