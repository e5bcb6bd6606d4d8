"""The notebook on the table: read once a run, changed one act at a time, saved at once."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.interview import notebook
from clicnjob.interview.notebook import Alter, Kept
from clicnjob.ui import desk, navigation, state

HUB = "young/interview.py"


def read(me: Present) -> Kept:
    """The notebook of this person; empty before any."""
    with db.reading() as session:
        return notebook.notebook(session, of=me)


def change(alter: Alter, *, place: str | None = None) -> bool:
    """Save one act, and the place in the training where it leads. Says whether it was kept. For callbacks."""
    operation = works.new_operation()

    def doing(session: object, me: Present) -> None:
        notebook.change(session, by=me, alter=alter, operation=operation)  # type: ignore[arg-type]
        if place is not None:
            notebook.mark_place(session, by=me, place=place)  # type: ignore[arg-type]

    return desk.act(doing)


def go(place: str) -> None:
    """Go to a place of the training, and remember it for the next visit."""
    state.forget_faults()
    desk.act(lambda session, me: notebook.mark_place(session, by=me, place=place))


def undo() -> None:
    """Take back the latest change of the notebook."""
    operation = works.new_operation()
    if desk.act(lambda session, me: notebook.undo(session, by=me, operation=operation)):
        state.renew_widgets()
        state.tell("C’est annulé.")


def tools() -> None:
    """« Enregistré », undo, and the way back, at the foot of every page of the interview."""
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        desk.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=undo)
        back()


def back() -> None:
    """To the page of the interview."""
    if st.button("Mon entretien", key="to-interview", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page(navigation.page(HUB))
