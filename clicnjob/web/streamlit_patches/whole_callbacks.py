"""Prevents Streamlit from interrupting a widget callback.

Streamlit stops a run when the next event arrives, at any access to the session state, even inside a callback. On a busy
server an answer was lost when someone typed and pressed « Continuer » at once. The script run after the callbacks may
still be interrupted, because it only renders.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

from clicnjob.web.streamlit_patches.patch import Patch


def run_callbacks_whole() -> None:
    """Make callbacks run to their end."""
    plain = SafeSessionState.on_script_will_rerun

    @wraps(plain)
    def whole(self: SafeSessionState, *args: Any, **named: Any) -> None:
        interrupt = self._yield_callback
        object.__setattr__(self, "_yield_callback", lambda: None)
        try:
            plain(self, *args, **named)
        finally:
            object.__setattr__(self, "_yield_callback", interrupt)

    SafeSessionState.on_script_will_rerun = whole  # type: ignore[method-assign]


PATCH = Patch(
    name="whole_callbacks",
    why="Streamlit interrupts a callback when the next event arrives, and an answer being saved was lost.",
    level="none",
    install=run_callbacks_whole,
    replaces={"streamlit.runtime.state.safe_session_state.SafeSessionState.on_script_will_rerun": "61c14e58f2181666"},
)
