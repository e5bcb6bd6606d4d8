"""One screen of « M’entraîner au mail »: its title, the window of the mail programme, and the way on."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.apply.letter_words import letter_words
from clicnjob.apply.mailbox.mailbox_words import mailbox_words
from clicnjob.ui.shell import open_work, session_state, session_strip
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.mailbox import composing, file_picker, inbox, mailbox_desk, opinion
from clicnjob.ui.young.mailbox.mailbox_desk import (
    COPIES,
    FILE,
    OPINION,
    READ,
    SEND,
    SENDER,
    SUBJECT,
    TEXT,
    TO,
    ExerciseDesk,
    MailboxDesk,
)

_TITLES = {
    TO: ("À qui écris-tu\u00a0?", "Recopie l’adresse, lettre par lettre."),
    COPIES: ("Qui reçoit une copie\u00a0?", "Le plus souvent, personne. Laisse la case vide."),
    SENDER: ("De quelle adresse écris-tu\u00a0?", "L’employeur la voit avant ton message."),
    SUBJECT: ("Choisis l’objet", "C’est le titre de ton message. Il donne envie de l’ouvrir, ou pas."),
    TEXT: ("Relis ton message", "Tu peux tout changer, mot par mot."),
    FILE: ("Joins ton CV", "Cherche le bon fichier, comme sur un ordinateur."),
    SEND: ("On l’envoie\u00a0?", "Relis une dernière fois. Ici, rien ne part."),
    OPINION: ("Ce que l’employeur pense", ""),
}


def draw_exercise(now: MailboxDesk, work: ExerciseDesk) -> None:
    """Draw the step of an exercise."""
    title, help_line = _words_of(work)
    steps = work.steps
    place = f" · {steps.index(work.step) + 1} sur {len(steps)}" if work.step in steps else ""
    st.html(f'<p class="cj-about">{escape(work.exercise.nom)}{place}</p>')
    st.title(title, anchor=False)
    turn.to_title(f"{work.exercise.cle}-{work.step}")
    if help_line:
        st.html(f'<p class="cj-help">{escape(help_line)}</p>')
    writes = work.step not in (READ, OPINION)
    with st.container(key="cj-mb-window" if work.step == READ else "cj-mb-window-narrow"):
        _draw_bar("Nouveau message" if writes else "Ma messagerie")
        with st.container(key="cj-mb-body"):
            if work.step == READ:
                inbox.draw_box(now)
            elif work.step == OPINION:
                opinion.draw_opinion(now, work)
            else:
                composing.draw_window(work)
    if work.step == FILE:
        file_picker.focus_files(work)
    if writes:
        inbox.draw_again(now, work)
    _draw_steps(work)
    number = steps.index(work.step) + 1 if work.step in steps else len(steps)
    session_strip.note_step(mailbox_desk.PAGE, step=number, steps=len(steps), title=work.exercise.nom)


def draw_sorting(now: MailboxDesk) -> None:
    """Draw the box to sort."""
    st.html('<p class="cj-about">Trier ma boîte</p>')
    st.title("Que fais-tu de ces messages\u00a0?", anchor=False)
    turn.to_title("sorting")
    st.html('<p class="cj-help">Ouvre-les. Ici, tu ne risques rien.</p>')
    with st.container(key="cj-mb-window"):
        _draw_bar("Ma messagerie")
        with st.container(key="cj-mb-body"):
            inbox.draw_sorting(now)


def draw_tools(now: MailboxDesk) -> None:
    """Draw the line below: saved, undo, begin again, another exercise; nothing beside the open window of files."""
    if file_picker.is_open():
        return
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        st.button(
            "Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=mailbox_desk.undo_last_change
        )
        if now.work is not None and now.work.exercise.cle in now.kept.mails:
            st.button(
                "Recommencer",
                icon=":material/replay:",
                key="restart",
                type="tertiary",
                on_click=mailbox_desk.restart_exercise,
                args=(now.work.exercise.cle,),
            )
        if session_state.EXERCISE.get():
            st.button(
                "Un autre exercice",
                icon=":material/apps:",
                key="other-exercise",
                type="tertiary",
                on_click=mailbox_desk.put_aside,
            )


def _words_of(work: ExerciseDesk) -> tuple[str, str]:
    """Return the title of a step and the line below it."""
    if work.step == READ:
        mail = mailbox_words().mails[work.exercise.lire]
        title = {"site": "Regarde la page", "envoyes": "Relis le message que tu as envoyé"}.get(mail.dossier, "")
        return title or f"Lis le message de {mail.de}", work.exercise.mission
    if (part := mailbox_desk.asked_part(work.step)) is not None:
        return letter_words().questions[part][work.exercise.moment], "Coche ce qui est vrai pour toi."
    if work.step == TO and work.exercise.facon == "repondre" and work.mail.to:
        return _TITLES[TO][0], "Ta messagerie a mis l’adresse. Regarde si c’est la bonne."
    return _TITLES[work.step]


def _draw_bar(name: str) -> None:
    st.html(
        f'<p class="cj-mb-bar"><span>{escape(name)}</span><span class="cj-mb-safe">Pour de faux\u00a0: rien ne part</span></p>'
    )


def _draw_steps(work: ExerciseDesk) -> None:
    """Draw the way back and the way on; « Envoyer » is the way on of the last step."""
    if work.step in (READ, OPINION) or file_picker.is_open():
        return
    steps = work.steps
    at = steps.index(work.step) if work.step in steps else steps.index(TO)
    sent_once = work.mail.sends > 0
    with st.container(key="cj-steps", horizontal=True, gap="small"):
        back = steps[at - 1] if work.step in steps else TO
        st.button("Retour", key="back", icon=":material/arrow_back:", on_click=mailbox_desk.go_to, args=(back,))
        if work.step == SEND or sent_once:
            st.button(
                "Renvoyer" if sent_once else "Envoyer",
                key="send",
                type="primary",
                icon=":material/send:",
                on_click=mailbox_desk.send_message,
                args=(work,),
            )
        if work.step != SEND:
            st.button(
                "Continuer",
                key="next",
                type="secondary" if sent_once else "primary",
                on_click=mailbox_desk.go_to,
                args=(steps[at + 1],),
            )
