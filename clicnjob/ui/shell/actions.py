"""Prevents Streamlit from interrupting a widget callback.

Streamlit stops a run when the next event arrives, at any access to the session state, even inside a callback. On a busy
server an answer was lost when someone typed and pressed « Continuer » at once. The script run after the callbacks may
still be interrupted, because it only renders.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_MARK = "acts_are_whole"


def keep_whole() -> None:
    """Make callbacks run to their end. Calling it twice is harmless. It replaces a private Streamlit method."""
    plain = SafeSessionState.on_script_will_rerun
    if hasattr(plain, _MARK):
        return

    @wraps(plain)
    def whole(self: SafeSessionState, *args: Any, **named: Any) -> None:
        interrupt = self._yield_callback
        object.__setattr__(self, "_yield_callback", lambda: None)
        try:
            plain(self, *args, **named)
        finally:
            object.__setattr__(self, "_yield_callback", interrupt)

    setattr(whole, _MARK, True)
    SafeSessionState.on_script_will_rerun = whole  # type: ignore[method-assign]
