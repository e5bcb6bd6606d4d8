"""The page « La séance »: the sentence for who waits; for who is in, what to do now, the question, help, the way out."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cv.model import bag, guide
from clicnjob.models import YOUNG_ROLES, LearningKind, ParticipantState
from clicnjob.ui.shell import (
    layout,
    navigation,
    open_work,
    run_cache,
    session_state,
    session_strip,
    signed_in,
    transactions,
)
from clicnjob.ui.shell.session_push import follow_session
from clicnjob.ui.widgets import countdown
from clicnjob.ui.young import portfolio
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.learn import opening
from clicnjob.ui.young.workshop import answering, keeping, sharing
from clicnjob.workshops.live import (
    activities,
    help_requests,
    joining,
    participant_screen,
    progress,
)
from clicnjob.workshops.live.help_requests import OpenHelp
from clicnjob.workshops.live.participant_screen import ParticipantView, SessionScreen

_SHORT_CV = "cv.court"
SteadyPart = tuple[ParticipantState, str, OpenHelp | None, tuple[str, ...]]


def draw_page(me: Present) -> None:
    """Draw the page in two fragments: what the trainer changes follows the session, the rest stays as it is meanwhile."""
    shown = _read_screen(me)
    kept = portfolio.read_page(me) if shown is None else None
    if kept is not None and kept.ended:
        st.title("La séance est finie", anchor=False)
        to_keep = keeping.draw_keeping(me, page_written=not kept.is_empty)
        st.text(
            "Tu peux écrire ta page, pour toi."
            if kept.is_empty
            else "Ta page est écrite. Tu peux encore la télécharger."
        )
        kind: Literal["primary", "secondary"] = "secondary" if to_keep else "primary"
        words = "Écrire ma page" if kept.is_empty else "Voir ma page"
        if st.button(words, key="write-page", type=kind, icon=":material/assignment_turned_in:"):
            portfolio.open_own_page(kept)
        return
    if shown is None:
        st.title("Tu n’es pas dans une séance", anchor=False)
        st.text("Ton formateur a un code\u00a0? Tape-le ici.")
        st.html('<a class="cj-button" href="/rejoindre" target="_self">J’ai un code de séance</a>')
        return
    waiting = shown.view.state is ParticipantState.WAITING
    st.title("Tu attends à la porte" if waiting else layout.escape_markdown(shown.view.title), anchor=False)
    with st.container(key="cj-narrow"):
        _draw_live(_steady_part(shown))
        _draw_steady()


def _read_screen(me: Present) -> SessionScreen | None:
    """Read what the person sees, once a run for both fragments."""
    return run_cache.read_once("session screen", lambda: _screen_now(me))


def _screen_now(me: Present) -> SessionScreen | None:
    with db.read_transaction() as session:
        return participant_screen.session_screen(session, of=me, now=models.utc_now())


def _steady_part(shown: SessionScreen) -> SteadyPart:
    """Return what `_draw_steady` and the title show of the screen."""
    return shown.view.state, shown.view.title, shown.view.help, shown.mates


@st.fragment(key="session_page_fragment")
def _draw_live(steady: SteadyPart) -> None:
    """Draw what a push changes. Twenty-five screens draw it at once, so only this runs again.

    `steady` is what the rest of the page shows: a change of that draws the whole page.
    """
    me, now = signed_in.still_present(*YOUNG_ROLES), models.utc_now()
    shown = _read_screen(me)
    if shown is None or _steady_part(shown) != steady:
        st.rerun()
    follow_session(shown.view, now=now)
    if shown.view.state is not ParticipantState.WAITING:
        _draw_admitted(me, shown)
    elif shown.given_back is not None:
        sharing.draw_given_back(shown.given_back)
    else:
        st.html('<p role="status">Le formateur voit que tu attends. Il peut lire ton prénom. Il va t’ouvrir.</p>')


@st.fragment(key="session_steady_fragment")
def _draw_steady() -> None:
    """Draw the call for help and the way out, which a push leaves as they are."""
    shown = _read_screen(signed_in.still_present(*YOUNG_ROLES))
    if shown is None:
        st.rerun()
    if shown.view.state is ParticipantState.WAITING:
        _draw_leaving("Je ne veux plus entrer")
        return
    _draw_help(shown.view)
    sharing.draw_first_turn(shown.mates)
    _draw_leaving("Quitter la séance")


def _draw_admitted(me: Present, shown: SessionScreen) -> None:
    view = shown.view
    if view.paused_until is not None:
        st.html('<p class="cj-about" role="alert">Regarde le formateur. Ton travail est gardé.</p>')
        _draw_seconds(view.paused_until, "pause", "C’est reparti.")
    answering.draw_group(shown.together)
    sharing.draw_sharing(shown.mates)
    _draw_hint(view)
    if shown.question is not None:
        answering.draw_question(shown.question)
    _draw_activity(me, view)
    if view.timer_ends_at is not None:
        _draw_seconds(view.timer_ends_at, "timer", "Le temps est passé. Finis tranquillement.")


def _draw_activity(me: Present, view: ParticipantView) -> None:
    """Draw what to do now, with the button that opens it; the page changes only when the person touches it."""
    activity = view.activity
    with st.container(key="cj-session-activity", border=True):
        if activity is None:
            st.header("Écoute le formateur", anchor=False)
            st.text("Ce que tu dois faire arrive ici. Ton travail reste à toi.")
            return
        st.header(layout.escape_markdown(activity.title), anchor=False)
        if words := session_strip.together_words(view, go="Touche «\u00a0Ouvrir\u00a0».", now=models.utc_now()):
            st.html(f'<p class="cj-about" role="status">{words}</p>')
        if activity.instruction:
            st.html(f'<p class="cj-help">{escape(activity.instruction)}</p>')
        if activity.page and st.button(
            "Continuer" if activity.opened else "Ouvrir",
            key=f"open-activity-{activity.number}",
            type="primary",
            icon=":material/arrow_forward:",
        ):
            _note_step(opened=activity.page)
            if activity.key == _SHORT_CV and bag.is_empty(open_work.opened_desk(me).bag):
                way.start_at(guide.SHORT_START)
            _open_content(activity.key)
            if activity.page == portfolio.FILE:
                portfolio.open_own_page(portfolio.read_page(me))
            st.switch_page(navigation.page_path(activity.page))
        if activity.done:
            st.html('<p role="status">Tu as fini. Bravo, tu peux aider quelqu’un.</p>')
        else:
            st.button(
                "J’ai fini cette activité", key=f"done-{activity.number}", icon=":material/check:", on_click=_note_step
            )


def _open_content(activity: str) -> None:
    """Choose the lesson or the scene that the group works with; its page notes the steps for the trainer's board."""
    if (chosen := activities.content_of_activity(activity)) is None:
        return
    kind, content_id = chosen
    session_state.WORKSHOP_CONTENT.set(content_id)
    (opening.open_lesson if kind is LearningKind.LESSON else opening.open_scene)(content_id)
    session_state.OPEN_LEARNING.clear()


def _draw_hint(view: ParticipantView) -> None:
    if view.hint is not None:
        with st.container(key="cj-session-hint", border=True):
            st.html(f'<p role="status"><strong>Un conseil\u00a0:</strong> {escape(view.hint.sentence)}</p>')
            st.button(
                "J’ai lu", key=f"hint-{view.hint.id}", icon=":material/check:", on_click=_put_away, args=(view.hint.id,)
            )


def _draw_help(view: ParticipantView) -> None:
    """Draw the private call for help: three reasons, or what became of the open call."""
    if view.help is not None:
        said = (
            "Le formateur l’a vu, il arrive."
            if view.help.seen
            else "Le formateur est prévenu. Les autres ne le voient pas."
        )
        st.html(f'<p class="cj-help" role="status">{said}</p>')
        st.button("C’est bon, j’ai trouvé", key="help-done", icon=":material/undo:", on_click=_withdraw_help)
        return
    with st.expander("Je suis bloqué", icon=":material/back_hand:", key="help-fold"):
        shown = st.checkbox("Le formateur peut regarder ma page pendant qu’il m’aide", key="help-page")
        for reason in activities.stuck_reasons().values():
            st.button(
                reason.jeune, key=f"help-{reason.cle}", icon=f":material/{reason.icone}:", width="stretch",
                on_click=_ask_for_help, args=(reason.cle, shown),
            )  # fmt: skip


def _draw_seconds(until: datetime, place: str, over: str) -> None:
    seconds = max(0, int((until - models.utc_now()).total_seconds()))
    countdown.draw_countdown(
        place=f"{place}-{until.timestamp():.0f}",
        seconds=seconds,
        label="Temps qui reste",
        over=over,
        key=f"session-{place}",
    )


def _draw_leaving(words: str) -> None:
    st.button(words, key="leave-session", icon=":material/logout:", type="tertiary", on_click=_leave_workshop)


def _note_step(opened: str = "") -> None:
    def note_step(session: Session, me: Present) -> None:
        if opened:
            session_state.STEP_NOTED.clear()
            session_state.JOBS_OPENED.clear()
            progress.note_opened(session, of=me, page=opened, now=models.utc_now())
        else:
            progress.note_done(session, of=me, page="", now=models.utc_now())

    transactions.run_action(note_step)


def _ask_for_help(reason: str, shown: bool) -> None:
    transactions.run_action(
        lambda session, me: help_requests.ask_help(
            session, by=me, reason=reason, page_shown=shown, now=models.utc_now()
        )
    )


def _withdraw_help() -> None:
    transactions.run_action(lambda session, me: help_requests.withdraw_help(session, by=me, now=models.utc_now()))


def _put_away(hint_id: str) -> None:
    transactions.run_action(
        lambda session, me: help_requests.put_hint_away(session, by=me, hint_id=hint_id, now=models.utc_now())
    )


def _leave_workshop() -> None:
    if transactions.run_action(lambda session, me: joining.leave_workshop(session, by=me, now=models.utc_now())):
        session_state.tell_once("Tu as quitté la séance. Ton travail est gardé.")
