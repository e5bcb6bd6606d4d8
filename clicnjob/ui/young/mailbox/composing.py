"""The window in which a message is written: one box at a time is open, the others show what they hold and lead there."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob import policy, text
from clicnjob.apply.letter_words import Part
from clicnjob.apply.mailbox import exercise_reading
from clicnjob.apply.writing import Message
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.young.mailbox import file_picker, mailbox_desk
from clicnjob.ui.young.mailbox.mailbox_desk import COPIES, FILE, SEND, SENDER, SUBJECT, TEXT, TO, ExerciseDesk
from clicnjob.ui.young.sending import phrases

_WHOLE_HEAD = (TO, COPIES, SENDER, SEND)  # elsewhere « De » and an empty « Cc » only take room
_PREVIEW = 110  # characters of a box that is closed
_ENDS: tuple[tuple[Part, str], ...] = (("salut", "Le bonjour"), ("fin", "La fin"))
_READY_SUBJECTS = ("CV", "Bonjour")  # what many write, among those that say more


def draw_window(work: ExerciseDesk) -> None:
    """Draw the message as a window of a mail programme, with the box of this step open."""
    if work.step == FILE and file_picker.is_open():
        file_picker.draw_picker(work)
        return
    made = exercise_reading.rehearsal_message(work.mail, work.sender)
    whole = work.step in _WHOLE_HEAD
    with st.container(key="cj-mb-compose"):
        if whole:
            _draw_row(work, SENDER, "De", work.sender.email)
        _draw_row(work, TO, "À", work.mail.to)
        if whole or work.mail.copies:
            _draw_row(work, COPIES, "Cc", work.mail.copies)
        _draw_row(work, SUBJECT, "Objet", made.subject)
        files = ", ".join(one.name for one in exercise_reading.attached_files(work.mail, work.sender))
        _draw_row(work, FILE, "Fichier", files)
        _draw_text(work, made)


def _draw_row(work: ExerciseDesk, step: str, label: str, held: str) -> None:
    if step == work.step:
        with st.container(key=f"cj-mb-open-{step}"):
            _BOXES[step](work)
        return
    cut = held if len(held) <= _PREVIEW else f"{held[:_PREVIEW]}…"
    shown = layout.escape_markdown(cut) if held.strip() else "*vide*"
    st.button(f"**{label}** {shown}", key=f"row-{step}", width="stretch", on_click=mailbox_desk.go_to, args=(step,))


def _draw_text(work: ExerciseDesk, made: Message) -> None:
    """Draw the text: to tick, to change, to read again, or its first words while another box is open."""
    part = mailbox_desk.asked_part(work.step)
    if part is not None or work.step == TEXT:
        with st.container(key=f"cj-mb-open-{work.step}"):
            if part is not None:
                phrases.ask_part(mailbox_desk.phrase_desk(work), part)
            else:
                _ask_text(work, made)
    elif work.step == SEND:
        rows = "".join(
            f"<p>{'<br>'.join(escape(line) for line in row.splitlines())}</p>" for row in made.text.split("\n\n")
        )
        st.html(f'<div class="cj-mb-text" role="group" aria-label="Ton message">{rows}</div>')
    else:
        _draw_row(work, TEXT, "Message", " ".join(made.text.split()))


def _ask_sender(work: ExerciseDesk) -> None:
    known = exercise_reading.sender_addresses(work.person)
    choice_boxes.draw_sentences(
        "De quelle adresse\u00a0?",
        list(known.values()),
        name=f"from-{work.exercise.cle}",
        chosen=work.sender.email,
        take=lambda chosen: mailbox_desk.set_field(
            work.exercise.cle, "sender", next((key for key, each in known.items() if each == chosen), "")
        ),
    )


def _ask_address(field: str, label: str) -> Callable[[ExerciseDesk], None]:
    """Return what draws a box of addresses, with the address book of the exercise below."""

    def ask(work: ExerciseDesk) -> None:
        key, held = work.exercise.cle, getattr(work.mail, field)

        def take(typed: str) -> bool:
            return mailbox_desk.set_field(key, field, text.clean_line(typed, most=policy.REHEARSAL_ADDRESSES))

        text_boxes.draw_line(label, name=f"{field}-{key}", kept=held, take=take, most=policy.REHEARSAL_ADDRESSES)
        st.html('<p class="cj-help">Ou choisis dans le carnet d’adresses\u00a0:</p>')
        book = {f"{one.nom}\u00a0: {one.adresse}": one.adresse for one in work.exercise.carnet}
        choice_boxes.draw_sentences(
            "Le carnet d’adresses",
            list(book),
            name=f"book-{field}-{key}",
            chosen=next((said for said, address in book.items() if address == held), None),
            take=lambda said: mailbox_desk.take_address(key, field, book.get(said or "", "")),
        )

    return ask


def _ask_subject(work: ExerciseDesk) -> None:
    key, letter = work.exercise.cle, work.mail.letter
    desk = mailbox_desk.phrase_desk(work)
    ready = phrases.ready_sentences(desk, "objet")
    choice_boxes.draw_sentences(
        "Un objet tout prêt",
        list(dict.fromkeys((*ready[:1], *_READY_SUBJECTS, *ready[1:]))),
        name=f"ready-subject-{key}",
        chosen=letter.subject or None,
        take=lambda said: mailbox_desk.take_subject(key, said or ""),
    )
    text_boxes.draw_line(
        "Ou avec tes mots",
        name=f"subject-{key}",
        kept=letter.subject,
        take=lambda typed: mailbox_desk.set_letter(key, subject=text.clean_line(typed, most=policy.NAME_LENGTH)),
        most=policy.NAME_LENGTH,
    )


def _ask_text(work: ExerciseDesk, made: Message) -> None:
    key, desk = work.exercise.cle, mailbox_desk.phrase_desk(work)

    def take(typed: str) -> bool:
        said = text.clean_paragraph(typed, most=policy.LETTER_LENGTH)
        return True if said == made.text else mailbox_desk.set_letter(key, edited=said)

    if not work.mail.letter.edited:
        for part, label in _ENDS:
            st.html(f'<p class="cj-or">{label}</p>')
            phrases.choose_sentence(desk, part, label)
    text_boxes.draw_lines(
        "Le message", name=f"text-{key}", kept=made.text, take=take, most=policy.LETTER_LENGTH, height=320
    )
    if work.mail.letter.edited:
        st.button(
            "Revenir aux phrases cochées",
            key="compose-again",
            type="tertiary",
            icon=":material/replay:",
            on_click=_compose_again,
            args=(key,),
        )


def _compose_again(exercise: str) -> None:
    if mailbox_desk.set_letter(exercise, edited=""):
        session_state.renew_widgets()


_BOXES: dict[str, Callable[[ExerciseDesk], None]] = {
    SENDER: _ask_sender,
    TO: _ask_address("to", "À"),
    COPIES: _ask_address("copies", "Copie (Cc)"),
    SUBJECT: _ask_subject,
    FILE: file_picker.ask_files,
}
