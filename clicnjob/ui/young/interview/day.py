"""« Le jour J »: the list of interviews, the selected one, and the callbacks that change its fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import streamlit as st

from clicnjob.errors import NotFound
from clicnjob.french import moments
from clicnjob.interview import days
from clicnjob.interview.notebook import InterviewDay, Notebook, SavedNotebook, new_id
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.widgets import download
from clicnjob.ui.young.interview import asking, book


def chosen_day(kept: SavedNotebook) -> InterviewDay | None:
    """Return the selected interview, or None. One that comes from an application opens at what is still missing."""
    asked = kept.book.day_of_application(session_state.INTERVIEW_APPLICATION.take())
    if asked is not None:
        open_day(asked.id, "page" if asked.date and asked.time else "quand")
    try:
        return kept.book.day_with_id(session_state.INTERVIEW_DAY.get())
    except NotFound:
        return None


def current_screen() -> str:
    """Return the screen of the selected interview: the name of a question, « page » or « apres »."""
    return session_state.INTERVIEW_DAY_STEP.get()


def draw_days(kept: SavedNotebook) -> None:
    """Draw every interview as a card, the nearest first."""
    st.title("Le jour J", anchor=False)
    st.text("Prépare tout avant. Le jour même, tu n’as plus qu’à y aller.")
    for day in days.in_order(kept.book, today=date.today()):
        _draw_day_card(day)
    st.button(
        "Préparer un entretien",
        key="new-day",
        type="primary" if not kept.book.days else "secondary",
        icon=":material/add:",
        on_click=_add_day,
    )
    with st.expander("Sur papier", icon=":material/print:", key="day-paper"):
        download.download_button("La feuille à remplir au stylo", document="blank-day", icon=":material/description:")


def go_to(to: str) -> None:
    """Go to another screen of the selected interview."""
    session_state.forget_faults()
    session_state.INTERVIEW_DAY_STEP.set(to)


def open_day(day_id: str, to: str = "page") -> None:
    """Select an interview and go to one of its screens."""
    session_state.INTERVIEW_DAY.set(day_id)
    go_to(to)


def put_aside() -> None:
    """Deselect the interview, which shows the list again."""
    session_state.INTERVIEW_DAY.clear()


def put_in_field(day: InterviewDay, field: str) -> Callable[[Notebook, object], None]:
    """Return a callback that sets one field of this interview."""

    def put(notes: Notebook, value: object) -> None:
        setattr(notes.day_with_id(day.id), field, value)

    return put


def _draw_day_card(day: InterviewDay) -> None:
    on, start = days.on_day(day), days.interview_start(day)
    past = days.is_past(day, now=datetime.now())  # noqa: DTZ005 - local time, as people say it
    with st.container(key=f"cj-day-{day.id}", border=True):
        st.header(layout.escape_markdown(days.interview_name(day)), anchor=False)
        if on:
            hour = f" à {moments.shown_hour(start.time())}" if start else ""
            when = moments.in_days(on, today=date.today())
            st.html(f'<p class="cj-help">{moments.shown_day(on).capitalize()}{hour} · {when}</p>')
        if day.result:
            st.html(f'<p class="cj-help">{days.RESULTS[day.result][0]}</p>')
        with st.container(horizontal=True):
            after = "Et après\u00a0?" if past else "Continuer"
            st.button(after, key=f"open-{day.id}", on_click=open_day, args=(day.id, "apres" if past else "page"))
            st.button(
                "Effacer",
                key=f"remove-{day.id}",
                type="tertiary",
                icon=":material/delete:",
                on_click=_remove_day,
                args=(day.id,),
            )


def leaving_told(day: InterviewDay) -> str:
    """Return when to leave and why, as HTML (« Pars à 13 h 40 »); '' while something needed is unknown."""
    leaving = days.leaving_plan(day)
    if leaving is None:
        return ""
    hour = moments.shown_hour(leaving.at.time())
    return (
        f"<strong>Pars à {hour}.</strong> Ça fait {day.minutes} minutes de trajet, {leaving.margin} minutes de marge, "
        f"et {leaving.early} minutes d’avance."
    )


def tick_in_field(day: InterviewDay, field: str, key: str) -> asking.PutTick:
    """Return a callback that adds `key` to a list field of this interview, or removes it."""

    def put(notes: Notebook, ticked: bool) -> None:
        kept = notes.day_with_id(day.id)
        others = [each for each in getattr(kept, field) if each != key]
        setattr(kept, field, [*others, key] if ticked else others)

    return put


def _add_day() -> None:
    made = InterviewDay(id=new_id())
    if book.change_notebook(lambda notes: days.add_day(notes, made)):
        open_day(made.id, "qui")


def _remove_day(day_id: str) -> None:
    if book.change_notebook(lambda notes: days.remove_day(notes, day_id)):
        session_state.tell_once("C’est effacé. Touche « Annuler » pour revenir en arrière.")
