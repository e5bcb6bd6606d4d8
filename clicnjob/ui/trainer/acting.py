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


def act_on_session(workshop_id: str, act: Callable[..., object], *, told: str = "", **more: Any) -> None:
    """As `run_on_session`, for the `on_click` of a button, whose `args` are the session and the function."""
    run_on_session(workshop_id, act, told=told, **more)


def run_on_session(workshop_id: str, act: Callable[..., object], *, told: str = "", **more: Any) -> bool:
    """Run a feature function (`by`, `workshop_id`, `now` and `more`) in one transaction; return whether it was done.

    Then `told` is said; otherwise the sentence of the refusal.
    """

    def run(session: Session, me: Present) -> None:
        act(session, by=me, workshop_id=workshop_id, now=models.utc_now(), **more)

    done = transactions.run_action(run) is not None
    if done and told:
        session_state.tell_once(told)
    return done


def open_asked_page() -> None:
    """Open the page that the callback of an act asked for (`session_state.TRAINER_PAGE`): Streamlit lets only a page do so."""
    if file := session_state.TRAINER_PAGE.take():
        st.switch_page(navigation.page_path(file))
