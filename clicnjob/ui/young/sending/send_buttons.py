"""The buttons that lead to « Envoyer mon CV » from other pages, and from there to the rehearsal mailbox."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from clicnjob.apply.applications import Application, State
from clicnjob.apply.letter_words import MomentKey, letter_words
from clicnjob.jobs.catalogue import Category
from clicnjob.ui.shell import navigation, session_state
from clicnjob.ui.young.sending import letter_desk

_MOMENTS: dict[State, tuple[MomentKey, ...]] = {
    "to_send": ("offre", "spontanee"),
    "sent": ("relance",),
    "followed_up": ("relance",),
    "interview": ("accepter", "reporter", "merci"),
    "answer_yes": ("merci", "refuser"),
}


def draw_send_button(*, primary: bool = False) -> None:
    """On « Ma page », draw the button that opens « Envoyer mon CV »."""
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if st.button("Envoyer mon CV", key="to-sending", type=kind, icon=":material/outgoing_mail:", width="stretch"):
        letter_desk.put_aside()
        st.switch_page(navigation.page_path(letter_desk.PAGE))


def draw_job_button(job: Category) -> None:
    """On the page of a job, draw the button that starts a message about it; `follow_to_letter` then opens it."""
    st.button(
        "Écrire mon message",
        key="write-for-job",
        icon=":material/outgoing_mail:",
        on_click=letter_desk.begin_elsewhere,
        args=("spontanee", job.nom_m.split(",")[0]),
    )


def draw_application_buttons(one: Application) -> None:
    """On an application, draw one button for each message that its state calls for."""
    words = letter_words()
    with st.container(horizontal=True):
        for moment in _MOMENTS.get(one.state, ()):
            st.button(
                words.moments[moment].nom,
                key=f"write-{moment}-{one.id}",
                icon=words.moments[moment].icone,
                on_click=letter_desk.begin_elsewhere,
                args=(moment, one.title, one),
            )


def draw_rehearse_button() -> None:
    """Draw the button that opens the rehearsal mailbox, at its list of exercises."""
    if st.button("M’entraîner au mail", key="to-rehearsal", icon=":material/mark_email_read:", type="tertiary"):
        session_state.EXERCISE.clear()
        st.switch_page(navigation.page_path("young/mailbox.py"))
