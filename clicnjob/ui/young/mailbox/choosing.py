"""The first screen of « M’entraîner au mail »: the exercises, and what was already done of each."""

from __future__ import annotations

import streamlit as st

from clicnjob.apply.mailbox.mailbox_words import Exercise, mailbox_words
from clicnjob.apply.mailbox.rehearsals import RehearsalMail
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.mailbox import mailbox_desk
from clicnjob.ui.young.mailbox.mailbox_desk import MailboxDesk


def draw_exercises(now: MailboxDesk) -> None:
    """Ask which message to write; the box to sort is one more exercise."""
    st.title("M’entraîner au mail", anchor=False)
    st.text("C’est une messagerie pour de faux. Rien ne part, personne ne lit.")
    turn.to_title("exercises")
    with st.container(key="cj-entry-cards"):
        for one in mailbox_words().exercises.values():
            mail = now.kept.mails.get(one.cle)
            _draw_card(one.cle, one.nom, one.icone, one.aide, _state_of(one, mail), step=_place_of(mail))
        done = "Tu as déjà trié des messages." if now.kept.sorted else ""
        _draw_card(mailbox_desk.SORTING, "Trier ma boîte", ":material/inbox:", "Un vrai, une pub, une arnaque.", done)


def _draw_card(key: str, name: str, icon: str, help_line: str, state: str, *, step: str = mailbox_desk.READ) -> None:
    with st.container(key=f"cj-entry-card-{key}", border=True):
        st.button(
            name,
            key=f"exercise-{key}",
            icon=icon,
            width="stretch",
            on_click=mailbox_desk.open_exercise,
            args=(key, step),
        )
        st.html(f'<p class="cj-help">{help_line}</p>')
        if state:
            st.html(f'<p class="cj-small cj-mb-state">{state}</p>')


def _state_of(exercise: Exercise, mail: RehearsalMail | None) -> str:
    if mail is None:
        return ""
    if mail.good_on:
        return f"✓ {exercise.employeur} t’a répondu."
    return "Message commencé. Tu peux le finir."


def _place_of(mail: RehearsalMail | None) -> str:
    """Return where an exercise is taken up again: what was sent is read, what was begun is written on."""
    if mail is None:
        return mailbox_desk.READ
    return mailbox_desk.OPINION if mail.sends else mailbox_desk.TO
