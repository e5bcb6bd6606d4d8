"""An act of a person is never cut short.

Streamlit stops a run when the next act arrives, at any access to the session, callbacks included: what was left of
the callback was lost, and with it an answer (typing, then « Continuer » at once, on a busy server). The run that
follows the callbacks may still be stopped: it only draws.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_MARK = "acts_are_whole"


def keep_whole() -> None:
    """From now on, callbacks run to their end; a second call changes nothing. Reaches into Streamlit: see its test."""
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
