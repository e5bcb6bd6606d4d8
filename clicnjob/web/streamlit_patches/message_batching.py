"""Batches the messages of one script run, so that they reach the browser together.

Streamlit wakes the event loop for each of some fifty messages, goes through every session each time and writes each
message to the socket separately. Each of these steps releases the interpreter, for which four hundred people wait. Here
the messages wait for the end of the run, or for a tenth of a second when it takes longer, and the loop wakes once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.session_manager import ActiveSessionInfo, SessionClientDisconnectedError

from clicnjob.web.streamlit_patches.patch import Patch

_LONGEST_WAIT = 0.1  # seconds that an element waits for the end of its run
_AT_ONCE = 250  # messages; half of the backlog at which Streamlit considers a browser gone
_SESSION = "_session_told"
_SENDING = "_sending"
_SETTLED = AppSession.on_flushed_messages_sent


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


def _install() -> None:
    AppSession._on_scriptrunner_event = _note_event  # type: ignore[method-assign,assignment]
    AppSession._create_scriptrunner = _patched_creation(AppSession._create_scriptrunner)  # type: ignore[method-assign]
    AppSession.flush_browser_queue = _patched_beginning(AppSession.flush_browser_queue)  # type: ignore[method-assign]
    AppSession.on_flushed_messages_sent = _note_sent  # type: ignore[method-assign,assignment]
    ScriptRunner._enqueue_forward_msg = _patched_drawing(ScriptRunner._enqueue_forward_msg)  # type: ignore[method-assign]


_SESSION_SOURCE = "streamlit.runtime.app_session.AppSession"
_RUNNER_SOURCE = "streamlit.runtime.scriptrunner.script_runner.ScriptRunner"
PATCH = Patch(
    name="message_batching",
    why="Streamlit wakes the event loop for each of some fifty messages of a run and goes through every session each time.",
    level="all",
    install=_install,
    replaces={
        f"{_SESSION_SOURCE}._on_scriptrunner_event": "a622d57aa2bacdc2",
        f"{_SESSION_SOURCE}._create_scriptrunner": "1529b64dc24cab50",
        f"{_SESSION_SOURCE}.flush_browser_queue": "3eeadc84646e4e1c",
        f"{_SESSION_SOURCE}.on_flushed_messages_sent": "39d7d8077688ead6",
        f"{_RUNNER_SOURCE}._enqueue_forward_msg": "c0234a7ce02d4f26",
    },
    reads={
        f"{_SESSION_SOURCE}._handle_scriptrunner_event_on_event_loop": "ed8b8b01f1b6a039",
        f"{_SESSION_SOURCE}._enqueue_forward_msg": "a8b367aa7116e720",
        f"{_RUNNER_SOURCE}._maybe_handle_execution_control_request": "5bae9b98a9044a8a",
        "streamlit.runtime.forward_msg_queue.ForwardMsgQueue": "d5172a8451257ea3",
        "streamlit.runtime.runtime.Runtime._loop_coroutine": "f2bf0cf6b7bd78b7",
        "streamlit.runtime.runtime.Runtime._send_message": "3d91c02d4fcbc26a",
    },
)
