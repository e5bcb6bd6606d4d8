"""The notebook of interviews: reading it, and the functions through which a page changes it."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.interview import notebook
from clicnjob.interview.notebook import Alter, Kept
from clicnjob.ui.shell import navigation, open_work, session_state

HUB = "young/interview.py"


def read(me: Present) -> Kept:
    """Read the notebook of this person; it is empty at first."""
    with db.reading() as session:
        return notebook.notebook(session, of=me)


def change(alter: Alter, *, place: str | None = None) -> bool:
    """Save one change, and the place of the training if given; return whether it was saved.

    Call it from callbacks.
    """
    operation = works.new_operation()

    def doing(session: object, me: Present) -> None:
        notebook.change(session, by=me, alter=alter, operation=operation)  # type: ignore[arg-type]
        if place is not None:
            notebook.mark_place(session, by=me, place=place)  # type: ignore[arg-type]

    return open_work.act(doing)


def go(place: str) -> None:
    """Go to a place of the training and save it as the place to resume."""
    session_state.forget_faults()
    open_work.act(lambda session, me: notebook.mark_place(session, by=me, place=place))


def undo() -> None:
    """Undo the latest change of the notebook."""
    operation = works.new_operation()
    if open_work.act(lambda session, me: notebook.undo(session, by=me, operation=operation)):
        session_state.renew_widgets()
        session_state.tell("C’est annulé.")


def tools() -> None:
    """Draw the save mark, undo, and the link back, at the bottom of every interview page."""
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=undo)
        back()


def back() -> None:
    """Draw the button back to the interview page."""
    if st.button("Mon entretien", key="to-interview", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page(navigation.page(HUB))
