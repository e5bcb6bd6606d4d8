"""The questions of « Envoyer mon CV »: what for, what is looked for, to whom, and the sentences of each part."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import streamlit as st

from clicnjob import policy
from clicnjob.apply.letter_words import Part, letter_words
from clicnjob.apply.letters import Letter
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import layout, session_state, session_strip
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.sending import letter_desk, message, phrases, send_buttons
from clicnjob.ui.young.sending.letter_desk import LetterDesk

_TO_FINISH = 3
_CONTACTS = ("Madame", "Monsieur")
_SOURCES = ("France Travail", "Indeed", "Le Bon Coin", "votre vitrine", "votre site", "les réseaux")


def draw_moments(now: LetterDesk) -> None:
    """Ask what the message is for, and offer the messages to finish."""
    st.title("Envoyer mon CV", anchor=False)
    st.text("Coche des phrases. Le message s’écrit avec ton CV.")
    turn.to_title("moment")
    with st.container(key="cj-entry-cards"):
        for moment in letter_words().moments.values():
            with st.container(key=f"cj-entry-card-{moment.cle}", border=True):
                st.button(
                    moment.nom,
                    key=f"moment-{moment.cle}",
                    icon=moment.icone,
                    width="stretch",
                    type="primary" if moment.cle == "offre" else "secondary",
                    on_click=letter_desk.begin_letter,
                    args=(moment.cle, now.desk.cv.job_wanted, now.desk.cv.aim),
                )
                st.html(f'<p class="cj-help">{moment.aide}</p>')
    send_buttons.draw_rehearse_button()
    unfinished = [one for one in reversed(now.kept.letters) if one.sent_on is None][:_TO_FINISH]
    if unfinished:
        st.header("À finir", anchor=False)
    for one in unfinished:
        words = letter_words().moments[one.moment].nom
        about = layout.escape_markdown(one.employer or one.title)
        st.button(
            f"{words}\u00a0: {about}" if about else words,
            key=f"finish-{one.id}",
            icon=":material/edit:",
            on_click=letter_desk.open_letter,
            args=(one.id, letter_desk.MESSAGE),
        )


def draw_screen(now: LetterDesk, letter: Letter, screen: str) -> None:
    """Draw one question with its navigation."""
    screens = letter_desk.screens_of(letter)
    position = screens.index(screen)
    words = letter_words()
    session_strip.note_step(letter_desk.PAGE, step=position + 1, steps=len(screens))
    st.html(f'<p class="cj-about">{words.moments[letter.moment].nom} · {position + 1} sur {len(screens)}</p>')
    with st.container(key="cj-card"):
        asked = _TITLES.get(screen) or words.questions[cast(Part, screen)][letter.moment]
        st.title(asked, anchor=False)
        turn.to_title(f"{letter.id}-{screen}")
        with st.container(key="cj-answers"):
            draw = _SCREENS.get(screen)
            if draw is not None:
                draw(now, letter)
            else:
                phrases.ask_part(letter_desk.phrase_desk(now, letter), cast(Part, screen))
        _draw_steps(screens, position)


def _draw_steps(screens: tuple[str, ...], position: int) -> None:
    with st.container(key="cj-steps", horizontal=True, gap="small"):
        if position:
            back, args = letter_desk.go_to, (screens[position - 1],)
            st.button("Retour", key="back", icon=":material/arrow_back:", on_click=back, args=args)
        else:
            st.button("Retour", key="back", icon=":material/arrow_back:", on_click=letter_desk.put_aside)
        if position < len(screens) - 1:
            st.button("Continuer", key="next", type="primary", on_click=_go_forward, args=(screens[position + 1],))
    if position < len(screens) - 2:
        to_end, args = letter_desk.go_to, (letter_desk.MESSAGE,)
        st.button("Voir mon message", key="see-message", type="tertiary", on_click=to_end, args=args)


def _go_forward(screen: str) -> None:
    if session_state.current_faults():
        session_state.tell_once("Regarde la phrase sous la case.")
        return
    letter_desk.go_to(screen)


def _ask_aim(now: LetterDesk, letter: Letter) -> None:
    aims = letter_words().aims
    text_boxes.draw_line(
        "Quel métier\u00a0?",
        name=f"title-{letter.id}",
        kept=letter.title,
        take=letter_desk.field_taker(letter, "title", most=80),
        most=80,
        placeholder="Exemple\u00a0: serveuse",
    )
    choice_boxes.draw_choice(
        "Que cherches-tu\u00a0?",
        list(aims),
        name=f"aim-{letter.id}",
        chosen=letter.looked_for,
        take=lambda aim: letter_desk.change_letter(letter.id, aim=aim or "", edited=""),
        shown=lambda key: next(one.nom for one in aims.values() if one.cle == key),
    )


def _ask_who(now: LetterDesk, letter: Letter) -> None:
    _draw_field(letter, "employer", "L’entreprise", example="Brasserie du Parc")
    _draw_field(letter, "contact", "La personne, si tu la connais", example="Madame Martin")
    if not letter.contact:
        choice_boxes.draw_choice(
            "Madame ou monsieur\u00a0?",
            _CONTACTS,
            name=f"civility-{letter.id}",
            chosen=None,
            take=lambda said: letter_desk.change_letter(letter.id, contact=said or "", edited=""),
        )
    if part := choice_boxes.folded_part("Tu en sais plus\u00a0?", key=f"who-more-{letter.id}"):
        with part:
            _draw_field(letter, "town", "La ville", example="Lille")
            if letter.moment == "offre":
                _draw_field(letter, "reference", "Le numéro de l’annonce", example="184KZPQ")
                st.html('<p class="cj-or">Où as-tu vu l’annonce\u00a0?</p>')
                choice_boxes.draw_choice(
                    "Où as-tu vu l’annonce\u00a0?",
                    _SOURCES,
                    name=f"source-{letter.id}",
                    chosen=letter.source,
                    take=lambda said: letter_desk.change_letter(letter.id, source=said or "", edited=""),
                )


def _draw_field(letter: Letter, field: str, label: str, *, example: str) -> None:
    text_boxes.draw_line(
        label,
        name=f"{field}-{letter.id}",
        kept=getattr(letter, field),
        take=letter_desk.field_taker(letter, field),
        most=policy.NAME_LENGTH,
        placeholder=f"Exemple\u00a0: {example}",
    )


_TITLES = {"but": "Que cherches-tu\u00a0?", "qui": "À qui écris-tu\u00a0?", letter_desk.MESSAGE: "Ton message est prêt"}
_SCREENS: dict[str, Callable[[LetterDesk, Letter], None]] = {
    "but": _ask_aim,
    "qui": _ask_who,
    letter_desk.MESSAGE: message.draw_message,
}
