"""Acts that the database could not take: they wait in the session, and are done again until they are in it.

An act that waits is one whose answer stands in a widget (a text, a tick, a choice): the page shows it, so it must come to
be kept. The page asks again by itself (`widgets/reconnect.py`), longer and longer apart.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from clicnjob.ui import once

Act = Callable[[], bool]  # says whether it is in the database
_WAITING = "waiting_acts"
_STUCK = "database_stuck"
_ASKED = "asked_again"


def mark_stuck(stuck: bool) -> None:
    """Whether the last act failed because the database could not write."""
    st.session_state[_STUCK] = stuck


def is_stuck() -> bool:
    """Whether something waits for the database."""
    return bool(st.session_state.get(_STUCK)) or bool(st.session_state.get(_WAITING))


def do_or_wait(key: str, act: Act) -> bool:
    """Do this act of the widget `key`; it takes the place of an earlier one that waits, and waits itself if it must."""
    waiting: dict[str, Act] = st.session_state.setdefault(_WAITING, {})
    waiting.pop(key, None)
    mark_stuck(False)
    done = act()
    if not done and st.session_state.get(_STUCK):
        waiting[key] = act
    return done


def is_waiting(key: str) -> bool:
    """Whether an act of this widget waits."""
    return key in st.session_state.get(_WAITING, {})


def retry_pending() -> None:
    """All that waits, in order, until the database refuses again. The callback of the page's own asking."""
    once.put(_ASKED, True)
    waiting: dict[str, Act] = st.session_state.get(_WAITING, {})
    mark_stuck(False)
    for key, act in list(waiting.items()):
        act()
        if st.session_state.get(_STUCK):
            return
        waiting.pop(key, None)


def retry_requested() -> bool:
    """Whether the page asked, in this run, that what is not kept be kept."""
    return once.peek(_ASKED, bool) is True
