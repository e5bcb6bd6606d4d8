"""The message, ready to send: to copy, to open in a mail program, as a letter, read as an employer would."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import policy, text
from clicnjob.apply.employer_reading import ReadingRemark, employer_remarks
from clicnjob.apply.letter_words import Part, letter_words
from clicnjob.apply.letters import Letter
from clicnjob.apply.writing import Message, composed_message, mail_link
from clicnjob.cv.document import final_check
from clicnjob.french import days
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import navigation, session_state, session_strip
from clicnjob.ui.widgets import copy, download, phone
from clicnjob.ui.young.sending import letter_desk, mail, phrases
from clicnjob.ui.young.sending.letter_desk import LetterDesk

_CHOSEN_HERE: tuple[tuple[Part, str], ...] = (("objet", "L’objet"), ("salut", "Le bonjour"), ("fin", "La fin"))


def draw_message(now: LetterDesk, letter: Letter) -> None:
    """Draw the message in four tabs: the gestures to send it, what an employer thinks, changing it, the letter."""
    made = composed_message(letter, now.sender, about=now.about)
    remarks = employer_remarks(made, letter, now.sender, other_employers=_other_employers(now, letter))
    wrong = sum(not one.right for one in remarks)
    reading = f"Ce qu’il pense ({wrong})" if wrong else "Ce qu’il pense"
    sending, thinking, changing, paper = st.tabs(
        ["Envoyer", reading, "Changer", "Lettre"], key=f"message-tabs-{letter.id}"
    )
    with sending:
        _draw_sending(now, letter, made)
    with thinking:
        _draw_remarks(letter, remarks)
    with changing:
        _draw_changes(now, letter, made)
    with paper:
        _draw_letter(now, letter)


def draw_sent(now: LetterDesk, letter: Letter) -> None:
    """Say what was noted and what comes next."""
    screens_count = len(letter_desk.screens_of(letter))
    session_strip.note_step(letter_desk.PAGE, step=screens_count, steps=screens_count, done=True)
    st.title("C’est envoyé. Bravo\u00a0!", anchor=False)
    about, today = now.about, date.today()
    if about is not None:
        st.text("C’est noté dans tes candidatures.")
        if about.follow_up_on:
            st.text(f"Sans réponse, relance le {days.shown_day(about.follow_up_on, today=today)}.")
            st.text("Les mots pour relancer seront prêts.")
    with st.container(horizontal=True):
        if st.button("Voir mes candidatures", key="to-list", type="primary", icon=":material/list_alt:"):
            letter_desk.put_aside()
            st.switch_page(navigation.page_path("young/applications.py"))
        st.button("Écrire un autre message", key="another", icon=":material/add:", on_click=letter_desk.put_aside)


def _draw_sending(now: LetterDesk, letter: Letter, made: Message) -> None:
    st.html(
        f'<p class="cj-mail-subject"><strong>Objet\u00a0:</strong> {escape(made.subject)}</p>'
        f'<div class="cj-mail" role="group" aria-label="Ton message">{_paragraphs_html(made.text)}</div>'
    )
    with_cv = letter_words().moments[letter.moment].avec_cv
    with st.container(horizontal=True, vertical_alignment="center"):
        copy.copy_button(made.text, key="copy-message")
        copy.copy_button(made.subject, key="copy-subject", label="Copier l’objet")
        st.html(
            f'<a class="cj-place" href="{escape(mail_link(made), quote=True)}">Ouvrir dans ma messagerie</a>',
            width="content",
        )
    if with_cv:
        _draw_cv_to_check(now)
        st.html(f'<p class="cj-step-line">Joins ton CV\u00a0: <strong>{escape(now.sender.attachment)}</strong></p>')
        download.download_button("Télécharger mon CV", document="pdf", work_id=now.cv_id, icon=":material/attach_file:")
        phone.draw_phone_square(work_id=now.cv_id)
    mail.draw_mail(now, letter)
    st.text("Relis. Envoie. Reviens ici.")
    st.button(
        "C’est envoyé",
        key="sent",
        type="primary",
        icon=":material/check:",
        width="stretch",
        on_click=letter_desk.mark_sent,
        args=(letter.id, f"sent-{letter.id}"),
    )


def _draw_cv_to_check(now: LetterDesk) -> None:
    """Say, before the CV leaves, what its final check still asks for; « Ma page » has the gesture."""
    found = final_check.checks_of_answers(now.desk.profile, now.desk.cv, today=date.today())
    if not found:
        return
    with st.container(key="cj-cv-to-check", border=True):
        st.text(f"Regarde ton CV avant de l’envoyer. {found[0].sentence}")
        if st.button("Vérifier ma page", key="check-cv", icon=":material/fact_check:"):
            st.switch_page(navigation.page_path("young/sheet.py"))


def _paragraphs_html(said: str) -> str:
    rows = said.split("\n\n")
    return "".join(f"<p>{'<br>'.join(escape(line) for line in row.split(chr(10)))}</p>" for row in rows)


def _draw_remarks(letter: Letter, remarks: tuple[ReadingRemark, ...]) -> None:
    """Draw the points to mend with their gesture, then those that are right in one list."""
    st.text("On lit ton message comme un employeur.")
    for position, one in enumerate(remarks):
        if not one.right:
            with st.container(key=f"cj-remark-{position}", border=True):
                st.text(one.said)
                if one.part == "qui":
                    st.button(
                        one.gesture, key=f"remark-{position}", on_click=letter_desk.go_to, args=(_job_screen(letter),)
                    )
                else:
                    st.html(f'<p class="cj-help">→ {escape(one.gesture)}</p>')
    right = "".join(f"<li>{escape(one.said)}</li>" for one in remarks if one.right)
    st.html(f'<ul class="cj-right">{right}</ul>')


def _job_screen(letter: Letter) -> str:
    return letter_desk.screens_of(letter)[0]


def _draw_changes(now: LetterDesk, letter: Letter, made: Message) -> None:
    """Offer other subjects, greetings and ends, then the whole text to edit."""
    text_boxes.draw_line(
        "L’objet",
        name=f"subject-{letter.id}",
        kept=made.subject,
        take=letter_desk.field_taker(letter, "subject", most=policy.NAME_LENGTH),
        most=policy.NAME_LENGTH,
    )
    if not letter.edited:
        for part, label in _CHOSEN_HERE[1:]:
            st.html(f'<p class="cj-or">{label}</p>')
            phrases.choose_sentence(letter_desk.phrase_desk(now, letter), part, label)
    text_boxes.draw_lines(
        "Le message",
        name=f"edited-{letter.id}",
        kept=made.text,
        take=_edited_taker(letter, made),
        most=policy.LETTER_LENGTH,
        height=320,
    )
    if letter.edited:
        st.button(
            "Revenir aux phrases cochées",
            key="compose-again",
            type="tertiary",
            icon=":material/replay:",
            on_click=_compose_again,
            args=(letter.id,),
        )


def _edited_taker(letter: Letter, made: Message) -> text_boxes.Take:
    def take(typed: str) -> bool:
        said = text.clean_paragraph(typed, most=policy.LETTER_LENGTH)
        return True if said == made.text else letter_desk.change_letter(letter.id, edited=said)

    return take


def _compose_again(letter_id: str) -> None:
    if letter_desk.change_letter(letter_id, edited="", subject=""):
        session_state.renew_widgets()


def _draw_letter(now: LetterDesk, letter: Letter) -> None:
    st.text("La même chose, en lettre. Utile si on te la demande, ou pour la déposer.")
    part = f"{letter.id}.{now.cv_id}"
    download.download_button("La lettre en PDF", document="letter-pdf", work_id=part, icon=":material/picture_as_pdf:")
    download.download_button("La lettre en Word", document="letter-docx", work_id=part, icon=":material/article:")
    st.text("Elle ne contient pas ton adresse. La ville suffit.")


def _other_employers(now: LetterDesk, letter: Letter) -> tuple[str, ...]:
    """Return the names of the other companies of the list, which a copied message may still bear.

    The places of the person's own experience belong in the message.
    """
    own = " ".join(deed.place for deed in now.sender.deeds)
    named = {one.employer for one in now.listed.applications} | {one.employer for one in now.kept.letters}
    return tuple(sorted(name for name in named if name and name != letter.employer and name not in own))
