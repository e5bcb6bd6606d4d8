"""A trainer's act on a session: the one way the board, its panels and the door change it.

An act is done in the callback of its button: a second click interrupts a page that is drawn, never a callback.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlmodel import Session

from clicnjob import models
from clicnjob.accounts.presence import Present
from clicnjob.ui.shell import navigation, session_state, transactions

_DOUBLE_CLICK = 3  # seconds after which a slow computer has sent both clicks


def act_on_session(workshop_id: str, act: Callable[..., object], *, told: str = "", **more: Any) -> None:
    """As `run_on_session`, for the `on_click` of a button, whose `args` are the session and the function."""
    run_on_session(workshop_id, act, told=told, **more)


def run_on_session(workshop_id: str, act: Callable[..., object], *, told: str = "", **more: Any) -> bool:
    """Run a feature function (`by`, `workshop_id`, `now` and `more`) in one transaction; return whether it was done.

    Then `told` is said; otherwise the sentence of the refusal.
    """

    def act_on_workshop(session: Session, me: Present) -> None:
        act(session, by=me, workshop_id=workshop_id, now=models.utc_now(), **more)

    done = transactions.run_action(act_on_workshop) is not None
    if done and told:
        session_state.tell_once(told)
    return done


def ask_page(file: str, *, told: str = "") -> None:
    """From a callback, ask for another page of the trainer's, which then says `told`."""
    session_state.TRAINER_PAGE.set((file, told))
    session_state.TRAINER_PAGE_LAST.set((file, models.utc_now().timestamp()))


def repeat_page() -> bool:
    """Ask again for the page that a callback asked for a moment ago, and return whether there was one.

    The browser sends the second click of a double click from the page that is being left: without this, that page would be
    drawn again in place of the other.
    """
    file, at = session_state.TRAINER_PAGE_LAST.get()
    if not file or models.utc_now().timestamp() - at > _DOUBLE_CLICK:
        return False
    session_state.TRAINER_PAGE.set((file, ""))
    return True


def open_asked_page(here: str) -> None:
    """Open the page that a callback asked for, unless it is this one (`here`): Streamlit lets only a page do so."""
    file, told = session_state.TRAINER_PAGE.get()
    if file == here:
        session_state.TRAINER_PAGE.clear()
    elif file:
        if told:
            session_state.tell_once(told)
        st.switch_page(navigation.page_path(file))
