"""« Ce que l’employeur pense »: what is right first, then one thing to mend at a time; then the way to a real message."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob.apply.letter_words import Box
from clicnjob.apply.letters import Letter
from clicnjob.apply.mailbox import exercise_reading, folders
from clicnjob.apply.mailbox.exercise_reading import ExerciseReading
from clicnjob.apply.writing import mail_link
from clicnjob.ui.widgets import copy
from clicnjob.ui.young.mailbox import inbox, mailbox_desk
from clicnjob.ui.young.mailbox.mailbox_desk import COPIES, FILE, SENDER, SUBJECT, TEXT, TO, ExerciseDesk, MailboxDesk
from clicnjob.ui.young.sending import letter_desk

_RIGHT_AT_ONCE = 5
_STEPS: dict[Box, str] = {
    "objet": SUBJECT,
    "message": TEXT,
    "qui": TEXT,
    "email": SENDER,
    "destinataire": TO,
    "copie": COPIES,
    "piece": FILE,
}


def draw_opinion(now: MailboxDesk, work: ExerciseDesk) -> None:
    """Draw what the employer thinks of the message, and what one can do next."""
    reading = exercise_reading.exercise_reading(work.mail, work.exercise, work.sender)
    who = work.exercise.contact or work.exercise.employeur
    with st.container(key="cj-mb-opinion"):
        lost = any(one.remark.check == "destinataire" for one in reading.to_mend)
        told = f"{who} n’a rien reçu." if lost else f"{who} ouvre ton message."
        st.html(f'<p class="cj-mb-who"><span aria-hidden="true">💬</span> {escape(told)}</p>')
        _draw_right(reading)
        if reading.to_mend:
            _draw_next_to_mend(reading)
        else:
            _draw_answer(now, work)
            _draw_real(now, work)


def _draw_right(reading: ExerciseReading) -> None:
    """Draw what is right, a few lines at once."""
    first, rest = reading.right[:_RIGHT_AT_ONCE], reading.right[_RIGHT_AT_ONCE:]
    st.html(_right_html(first))
    if rest:
        with st.expander("Ce qui va bien aussi", key="more-right"):
            st.html(_right_html(rest))


def _right_html(lines: tuple[str, ...]) -> str:
    return f'<ul class="cj-right">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def _draw_next_to_mend(reading: ExerciseReading) -> None:
    """Draw the first point with the button that leads to its box; the others wait."""
    first, *others = reading.to_mend
    with st.container(key="cj-remark-next", border=True):
        st.html(f'<p class="cj-mb-thought">{escape(first.remark.said)}</p>')
        if first.why:
            st.text(first.why)
        step = _STEPS[first.remark.part or "message"]
        st.button(
            first.remark.gesture,
            key="mend",
            type="primary",
            icon=":material/edit:",
            on_click=mailbox_desk.go_to,
            args=(step,),
        )
    if others:
        st.html(f'<p class="cj-help">Après, il reste {_count_of_things(len(others))} à regarder.</p>')


def _count_of_things(count: int) -> str:
    return "une chose" if count == 1 else f"{count} choses"


def _draw_answer(now: MailboxDesk, work: ExerciseDesk) -> None:
    """Draw what the employer writes back."""
    answer = folders.answer_mail(work.exercise, work.mail, now.person)
    with st.container(key="cj-mb-answer"):
        st.html(
            f'<div class="cj-mb-head"><h2>{escape(answer.subject)}</h2><p><strong>{escape(answer.name)}</strong> · '
            f"{escape(answer.when)}</p></div>"
        )
        inbox.draw_mail_lines(answer.lines)


def _draw_real(now: MailboxDesk, work: ExerciseDesk) -> None:
    """Offer to take the message out of the rehearsal: a copy, one's own mail programme, or a real message from here."""
    made = exercise_reading.rehearsal_message(work.mail, work.sender)
    st.header("Le même, pour de vrai", anchor=False)
    st.text("Change le nom de l’entreprise. Puis envoie-le à qui tu veux.")
    st.button(
        "L’écrire à un vrai employeur",
        key="write-for-real",
        type="primary",
        icon=":material/outgoing_mail:",
        on_click=letter_desk.begin_copy,
        args=(_real_letter(now, work),),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        copy.copy_button(made.text, key="copy-rehearsal")
        st.html(
            f'<a class="cj-place" href="{escape(mail_link(made), quote=True)}">Ouvrir dans ma messagerie</a>',
            width="content",
        )


def _real_letter(now: MailboxDesk, work: ExerciseDesk) -> Letter:
    """Return a message with the sentences ticked here, about the person's own job and no employer yet."""
    rehearsed = work.mail.letter
    return Letter(
        moment=rehearsed.moment,
        aim=now.desk.cv.aim,
        title=now.desk.cv.job_wanted,
        picks=rehearsed.picks,
        own=rehearsed.own,
        started_on=date.today(),
    )
