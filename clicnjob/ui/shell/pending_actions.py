"""Actions that the database could not store: they wait in the session and are retried until it can.

Only actions whose answer is visible in a widget (text, tick, choice) wait, because the page already shows them as done.
The page triggers the retries itself, at growing intervals (`shell/reconnect/`).
"""

from __future__ import annotations

from collections.abc import Callable

from clicnjob.ui.shell import run_cache, session_state

Act = Callable[[], bool]  # returns whether the database has stored it
_ASKED = "asked_again"


def mark_stuck(stuck: bool) -> None:
    """Record whether the last action failed because the database could not write."""
    session_state.DATABASE_STUCK.set(stuck)


def is_stuck() -> bool:
    """Whether something is waiting for the database."""
    return session_state.DATABASE_STUCK.get() or bool(session_state.WAITING_ACTIONS.entries())


def do_or_wait(key: str, act: Act) -> bool:
    """Run an action of the widget `key`; return whether it was stored.

    It replaces an earlier action of this widget that is waiting. It waits itself if the database cannot write.
    """
    waiting = session_state.WAITING_ACTIONS.entries()
    waiting.pop(key, None)
    mark_stuck(False)
    done = act()
    if not done and session_state.DATABASE_STUCK.get():
        waiting[key] = act
    return done


def is_waiting(key: str) -> bool:
    """Whether an action of this widget is waiting."""
    return key in session_state.WAITING_ACTIONS.entries()


def retry_pending() -> None:
    """Run the waiting actions in order until the database fails again. Callback of the page's automatic retry."""
    run_cache.put_read(_ASKED, True)
    waiting = session_state.WAITING_ACTIONS.entries()
    mark_stuck(False)
    for key, act in list(waiting.items()):
        act()
        if session_state.DATABASE_STUCK.get():
            return
        waiting.pop(key, None)


def retry_requested() -> bool:
    """Whether the current run is such a retry."""
    return run_cache.peek_read(_ASKED, bool) is True
