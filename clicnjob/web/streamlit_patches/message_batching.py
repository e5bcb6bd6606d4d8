"""Batches the messages of one script run, so that they reach the browser together.

Streamlit wakes the event loop for each of some fifty messages, goes through every session each time and writes each
message to the socket separately. Each of these steps releases the interpreter, for which four hundred people wait. Here
the messages wait for the end of the run, or for a tenth of a second when it takes longer, and the loop wakes once.

Uses Streamlit and uvicorn internals: tests/test_delivery.py lists them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session, get_instance
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.session_manager import ActiveSessionInfo, SessionClientDisconnectedError
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

_LONGEST_WAIT = 0.1  # seconds that an element waits for the end of its run
_AT_ONCE = 250  # messages; half of the backlog at which Streamlit considers a browser gone
_MARK = "in_one_piece"
_SESSION = "_session_told"
_SENDING = "_sending"
_SETTLED = AppSession.on_flushed_messages_sent


def in_one_piece() -> None:
    """Install the batching for every session of this process; a second call changes nothing."""
    if hasattr(AppSession, _MARK):
        return
    setattr(AppSession, _MARK, True)
    AppSession._on_scriptrunner_event = _note_event  # type: ignore[method-assign,assignment]
    AppSession._create_scriptrunner = _patched_creation(AppSession._create_scriptrunner)  # type: ignore[method-assign]
    AppSession.flush_browser_queue = _patched_beginning(AppSession.flush_browser_queue)  # type: ignore[method-assign]
    AppSession.on_flushed_messages_sent = _note_sent  # type: ignore[method-assign,assignment]
    ScriptRunner._enqueue_forward_msg = _patched_drawing(ScriptRunner._enqueue_forward_msg)  # type: ignore[method-assign]
    app_session._populate_theme_msg = _patched_populate(app_session._populate_theme_msg)
    app_session._populate_config_msg = _patched_populate(app_session._populate_config_msg)


def _note_event(self: AppSession, sender: Any, event: ScriptRunnerEvent, forward_msg: Any = None, **told: Any) -> None:
    """Queue an event, on the script's thread. Elements do not wake the loop; the start and the end of a run do."""
    _waiting_events(self).append((sender, event, forward_msg, told))
    if event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
        self._call_soon_on_event_loop(lambda: _deliver_waiting(self))


def _patched_drawing(plain: Any) -> Any:
    """Queue an element directly, without Streamlit's signal dispatch: only its session listens to a run."""

    def enqueue(self: ScriptRunner, message: ForwardMsg) -> None:
        session = self.__dict__.get(_SESSION)
        if session is None:
            plain(self, message)
        else:
            self._maybe_handle_execution_control_request()
            _waiting_events(session).append((self, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, message, {}))

    return enqueue


def _patched_creation(plain: Any) -> Any:
    def create(self: AppSession, *args: Any, **named: Any) -> None:
        plain(self, *args, **named)
        self._scriptrunner.__dict__[_SESSION] = self

    return create


def _waiting_events(session: AppSession) -> deque[tuple[Any, ScriptRunnerEvent, Any, dict[str, Any]]]:
    return session.__dict__.setdefault("_waiting", deque())  # type: ignore[no-any-return]


def _deliver_waiting(session: AppSession) -> None:
    """Send the queued events to the browser, on the event loop.

    While the runtime's own loop is sending to this session (it yields between messages), or while the browser is
    disconnected, everything goes through Streamlit's queue instead: a message that overtakes another breaks the page.
    """
    runtime = get_instance()
    active = runtime._session_mgr.get_active_session_info(session.id)
    if active is None or session.__dict__.get(_SENDING):
        _handle_waiting(session, session._enqueue_forward_msg)
    else:
        messages = session._browser_queue.flush()
        wake, session._message_enqueued_callback = session._message_enqueued_callback, None
        try:
            _handle_waiting(session, messages.append, told=lambda: messages.extend(session._browser_queue.flush()))
        finally:
            session._message_enqueued_callback = wake
        _send_messages(runtime, active, messages)
    if session._state is AppSessionState.APP_IS_RUNNING and not session.__dict__.get("_looking_again"):
        session.__dict__["_looking_again"] = True
        asyncio.get_running_loop().call_later(_LONGEST_WAIT, _look_again, session)


def _handle_waiting(
    session: AppSession, drawn: Callable[[ForwardMsg], None], *, told: Callable[[], None] = lambda: None
) -> None:
    """Handle the queued events in order; `told` is called after each event for which the session may add messages."""
    waiting = _waiting_events(session)
    while waiting:
        sender, event, forward_msg, named = waiting.popleft()
        if event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
            session._handle_scriptrunner_event_on_event_loop(sender, event, forward_msg, **named)
            told()
        elif sender is session._scriptrunner:
            drawn(forward_msg)


def _look_again(session: AppSession) -> None:
    session.__dict__["_looking_again"] = False
    if session._state is AppSessionState.APP_IS_RUNNING:
        _deliver_waiting(session)


def _send_messages(runtime: Runtime, active: ActiveSessionInfo, messages: list[ForwardMsg]) -> None:
    """Send as the runtime's own loop would. A large backlog is left to that loop, which yields between messages."""
    session = active.session
    if len(messages) > _AT_ONCE:
        session._browser_queue._queue += messages  # not enqueued: that would merge messages of different runs
        if session._message_enqueued_callback:
            session._message_enqueued_callback()
        return
    try:
        for message in messages:
            runtime._send_message(active, message)
    except SessionClientDisconnectedError:
        runtime.disconnect_session(session.id, client=active.client)
    _note_sent(session)


def _patched_beginning(plain: Any) -> Any:
    """Mark the session as being sent to, from when the runtime's loop takes its messages until they are sent."""

    def flush_browser_queue(self: AppSession) -> list[ForwardMsg]:
        self.__dict__[_SENDING] = True
        return plain(self)  # type: ignore[no-any-return]

    return flush_browser_queue


def _note_sent(session: AppSession) -> None:
    session.__dict__[_SENDING] = False
    _SETTLED(session)


def _patched_populate(populate: Any) -> Any:
    """Cache the configuration messages of each run's start, which do not change while the server runs."""
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
    """A transport that collects what is written during one loop iteration and writes it at once."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Collect data until the end of this loop iteration."""
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)

    def flush(self) -> None:
        """Write what was collected."""
        if self._parts:
            parts, self._parts = self._parts, []
            self._transport.write(b"".join(parts))

    def close(self) -> None:
        """Write what was collected, then close."""
        self.flush()
        self._transport.close()


class Socket(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, which sends the messages of one loop iteration together."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wrap the transport."""
        super().connection_made(Gathered(transport, self.loop))  # type: ignore[arg-type]
