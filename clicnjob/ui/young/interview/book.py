"""The notebook of interviews: reading it, and the functions through which a page changes it."""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.apply import applications
from clicnjob.interview import days, notebook
from clicnjob.interview.notebook import Alter, SavedNotebook
from clicnjob.ui.shell import navigation, open_work, session_state, transactions

HUB = "young/interview.py"


def read_notebook(me: Present) -> SavedNotebook:
    """Read the notebook of this person; it is empty at first."""
    with db.read_transaction() as session:
        return notebook.own_notebook(session, of=me)


def change_notebook(alter: Alter, *, place: str | None = None) -> bool:
    """Save one change, and the place of the training if given; return whether it was saved.

    Call it from callbacks.
    """
    operation = works.new_operation()

    def change_answers(session: Session, me: Present) -> None:
        notebook.change_notebook(session, by=me, alter=alter, operation=operation)
        _tell_applications(session, me, operation)
        if place is not None:
            notebook.mark_place(session, by=me, place=place)

    return transactions.run_action(change_answers) is not None


def go_to(place: str) -> None:
    """Go to a place of the training and save it as the place to resume."""
    session_state.forget_faults()
    transactions.run_action(lambda session, me: notebook.mark_place(session, by=me, place=place))


def undo_last_change() -> None:
    """Undo the latest change of the notebook."""
    operation = works.new_operation()
    if transactions.run_action(lambda session, me: notebook.undo_notebook_change(session, by=me, operation=operation)):
        session_state.renew_widgets()
        session_state.tell_once("C’est annulé.")


def draw_tools() -> None:
    """Draw the save mark, undo, and the link back, at the bottom of every interview page."""
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=undo_last_change)
        draw_way_back()


def draw_way_back() -> None:
    """Draw the button back to the interview page."""
    if st.button("Mon entretien", key="to-interview", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page(navigation.page_path(HUB))


def _tell_applications(session: Session, me: Present, operation: str) -> None:
    """Give each application the day of its prepared interview, so that « Candidatures » never tells another one."""
    dated = {day.application: on for day in notebook.own_notebook(session, of=me).book.days if (on := days.on_day(day))}
    dated.pop("", None)
    listed = applications.own_applications(session, of=me).applications if dated else []
    for one in listed:
        if one.id in dated and one.interview_on != dated[one.id]:
            applications.plan_dates(
                session,
                by=me,
                application_id=one.id,
                interview_on=dated[one.id],
                operation=f"{operation}-{one.id}",
            )
