"""Saves what a tab sent just before it was reloaded or closed.

The last text typed arrives together with the end of its connection. Streamlit then stops the session, and an event that no
run has begun is dropped. Here its callbacks still run, and the run stops where it would begin to draw.
"""

from __future__ import annotations

from typing import Any

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests, ScriptRequestType

from clicnjob.web.streamlit_patches.patch import Patch

_LAST = "_last_rerun"  # the event after which a run stops; a later event, of a tab that came back, replaces it


def request_stop_after_last(requests: Any) -> bool:
    """Make a runner stop after the event that waits. Return False if none waits."""
    with requests._lock:
        if requests._state is not ScriptRequestType.RERUN:
            return False
        setattr(requests, _LAST, requests._rerun_data)
        return True


def _stopped_after(requests: Any, waiting: Any, request: ScriptRequest | None) -> ScriptRequest | None:
    """Stop the runner if it now takes `waiting`, its last event."""
    if request is not None and request.type is ScriptRequestType.RERUN and waiting is getattr(requests, _LAST, None):
        requests.request_stop()
    return request


def save_last_words() -> None:
    """Let a session that is stopped take the event that waits."""
    stop = AppSession.request_script_stop
    at_yield, when_ready = ScriptRequests.on_scriptrunner_yield, ScriptRequests.on_scriptrunner_ready

    def request_script_stop(self: AppSession) -> None:
        runner = self._scriptrunner
        if runner is None or not request_stop_after_last(runner._requests):
            stop(self)

    def on_scriptrunner_yield(self: ScriptRequests) -> ScriptRequest | None:
        waiting = self._rerun_data
        return _stopped_after(self, waiting, at_yield(self))

    def on_scriptrunner_ready(self: ScriptRequests) -> ScriptRequest:
        waiting = self._rerun_data
        request = when_ready(self)
        _stopped_after(self, waiting, request)
        return request

    AppSession.request_script_stop = request_script_stop  # type: ignore[method-assign]
    ScriptRequests.on_scriptrunner_yield = on_scriptrunner_yield  # type: ignore[method-assign]
    ScriptRequests.on_scriptrunner_ready = on_scriptrunner_ready  # type: ignore[method-assign]


_REQUESTS_SOURCE = "streamlit.runtime.scriptrunner_utils.script_requests.ScriptRequests"
PATCH = Patch(
    name="last_words",
    why="Streamlit drops an event that no run has begun when its tab goes, and the last text typed was lost.",
    level="none",
    install=save_last_words,
    replaces={
        "streamlit.runtime.app_session.AppSession.request_script_stop": "9f90595416b4c265",
        f"{_REQUESTS_SOURCE}.on_scriptrunner_yield": "47cdfab7c77299fd",
        f"{_REQUESTS_SOURCE}.on_scriptrunner_ready": "89daaa18f02d9fa3",
    },
    reads={
        f"{_REQUESTS_SOURCE}.request_stop": "350cf0a04f26a7db",
        f"{_REQUESTS_SOURCE}.request_rerun": "358d9fc2e184ef05",
    },
)
