"""Actions that the database could not store: they wait in the session and are retried until it can.

Only actions whose answer is visible in a widget (text, tick, choice) wait, because the page already shows them as done.
The page triggers the retries itself, at growing intervals (`shell/reconnect/`).
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from clicnjob.ui.shell import run_cache

Act = Callable[[], bool]  # returns whether the database has stored it
_WAITING = "waiting_acts"
_STUCK = "database_stuck"
_ASKED = "asked_again"


def mark_stuck(stuck: bool) -> None:
    """Record whether the last action failed because the database could not write."""
    st.session_state[_STUCK] = stuck


def is_stuck() -> bool:
    """Whether something is waiting for the database."""
    return bool(st.session_state.get(_STUCK)) or bool(st.session_state.get(_WAITING))


def do_or_wait(key: str, act: Act) -> bool:
    """Run an action of the widget `key`; return whether it was stored.

    It replaces an earlier action of this widget that is waiting. It waits itself if the database cannot write.
    """
    waiting: dict[str, Act] = st.session_state.setdefault(_WAITING, {})
    waiting.pop(key, None)
    mark_stuck(False)
    done = act()
    if not done and st.session_state.get(_STUCK):
        waiting[key] = act
    return done


def is_waiting(key: str) -> bool:
    """Whether an action of this widget is waiting."""
    return key in st.session_state.get(_WAITING, {})


def retry_pending() -> None:
    """Run the waiting actions in order until the database fails again. Callback of the page's automatic retry."""
    run_cache.put_read(_ASKED, True)
    waiting: dict[str, Act] = st.session_state.get(_WAITING, {})
    mark_stuck(False)
    for key, act in list(waiting.items()):
        act()
        if st.session_state.get(_STUCK):
            return
        waiting.pop(key, None)


def retry_requested() -> bool:
    """Whether the current run is such a retry."""
    return run_cache.peek_read(_ASKED, bool) is True
