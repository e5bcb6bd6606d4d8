"""What an adviser sees of one appointment wherever it is shown: when, where, the answer, and how it ended."""

from __future__ import annotations

from datetime import date, time
from html import escape

import streamlit as st

from clicnjob import models
from clicnjob.cohort.support import appointments
from clicnjob.french.appointments import OUTCOMES, hours_shown, where_shown
from clicnjob.ui.shell import session_state, transactions

_ANSWERS = {None: "Pas encore de réponse", True: "✓ Accepté", False: "Ne peut pas venir"}


def meeting_html(
    heading: str, *, start: time | None, minutes: int | None, kind: str, place: str, words: str, accepted: bool | None
) -> str:
    """Return the lines of one appointment; `heading` is its day, or '' where the day is said above."""
    hours = hours_shown(start, minutes) if start else ""
    first = ", ".join(part for part in (heading, hours) if part) or "Sans heure"
    lines = [f'<p class="cj-meeting-when">{escape(first)}</p>']
    where = where_shown(kind, place)
    lines += [f"<p>{escape(part)}</p>" for part in (where[:1].upper() + where[1:], words) if part]
    state = {None: "waits", True: "yes", False: "no"}[accepted]
    return "".join(lines) + f'<p class="cj-meeting-{state}">{_ANSWERS[accepted]}</p>'


def draw_outcome(appointment_id: str, *, outcome: str) -> None:
    """Draw the three ends of an appointment that has begun, or the one noted with the button that takes it back."""
    with st.container(key=f"cj-outcome-{appointment_id}", horizontal=True, gap="small", vertical_alignment="center"):
        if outcome:
            st.html(f'<p class="cj-saved">{OUTCOMES[outcome]}</p>', width="content")
            st.button(
                "Annuler", key=f"outcome-undo-{appointment_id}", type="tertiary", icon=":material/undo:",
                on_click=_note_outcome, args=(appointment_id, "", outcome),
            )  # fmt: skip
            return
        for key, words in OUTCOMES.items():
            name = f"outcome-{key}-{appointment_id}"
            st.button(words, key=name, on_click=_note_outcome, args=(appointment_id, key, ""))


def _note_outcome(appointment_id: str, outcome: str, shown: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: appointments.note_outcome(
            session,
            by=me,
            appointment_id=appointment_id,
            outcome=outcome,
            shown=shown,
            today=today,
            now=models.utc_now(),
        )
    ):
        noted = f"C’est noté\u00a0: {OUTCOMES[outcome].lower()}." if outcome else "C’est annulé."
        session_state.tell_once(noted)
