"""Reruns the page as soon as a lost connection is back, and retries what could not be saved.

If the server has lost the session meanwhile, Streamlit starts a new one at the person's next action, and that action is
lost because a new session knows no callback. static/keeping.js requests a retry by the event « cj-again ».
"""

from __future__ import annotations

from clicnjob.ui.shell import pending_actions
from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html="<span></span>")


def at_once() -> None:
    """Draw the invisible component; every page needs it."""
    _component(
        key="reconnect",
        on_back_change=lambda: None,
        on_again_change=pending_actions.retry_pending,
        height="content",
        width="content",
    )
