"""The page « La séance »: the sentence for who waits; for who is in, what to do now, the question, help, the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cv.model import bag, guide
from clicnjob.models import YOUNG_ROLES, ParticipantState
from clicnjob.ui.shell import layout, navigation, open_work, session_state, session_strip, signed_in, transactions
from clicnjob.ui.widgets import countdown
from clicnjob.ui.young import portfolio
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.workshop import answering
from clicnjob.workshops.live import (
    activities,
    answers,
    draws,
    help_requests,
    joining,
    progress,
    seats,
)
from clicnjob.workshops.live.answers import QuestionToAnswer
from clicnjob.workshops.live.participant_screen import ParticipantView

_SHORT_CV = "cv.court"
_LOOKS_EVERY = 2.0  # seconds: what the trainer sends arrives while it is still being said aloud


@dataclass(frozen=True, slots=True)
class SessionScreen:
    """What the page shows: the person's view of the session, who shares their screen, their group, the question."""

    view: ParticipantView | None
    mates: tuple[str, ...]
    together: tuple[str, ...]
    question: QuestionToAnswer | None


def read_screen(me: Present) -> SessionScreen:
    """Read what the person sees."""
    view, now = session_strip.followed_view(me), models.utc_now()
    if view is None or view.state is not ParticipantState.ADMITTED:
        return SessionScreen(view, (), (), None)
    with db.read_transaction() as session:
        return SessionScreen(
            view,
            seats.seat_mates(session, of=me, now=now),
            draws.own_group(session, of=me, now=now),
            answers.question_to_answer(session, of=me, now=now),
        )


def draw_page(me: Present) -> None:
    """Draw the page in one fragment that looks every few seconds, so that nobody has to press a key."""
    shown = read_screen(me)
    kept = portfolio.read_page(me) if shown.view is None else None
    if kept is not None and kept.ended:
        st.title("La séance est finie", anchor=False)
        st.text("Ton travail est gardé. Tu peux écrire ta page, pour toi.")
        if st.button("Écrire ma page", key="write-page", type="primary", icon=":material/assignment_turned_in:"):
            st.switch_page(navigation.page_path(portfolio.FILE))
        return
    if shown.view is None:
        st.title("Tu n’es pas dans une séance", anchor=False)
        st.text("Ton formateur a un code\u00a0? Tape-le ici.")
        st.html('<a class="cj-button" href="/rejoindre" target="_self">J’ai un code de séance</a>')
        return
    _draw_live()


def draw_link(me: Present) -> None:
    """On the home page: the way back to the session that the person is in, nothing for everybody else."""
    if read_screen(me).view is not None:
        with st.container(key="cj-line-session"):
            st.page_link(
                navigation.page_path(session_strip.PAGE),
                label="Ma séance de groupe est en cours",
                icon=":material/co_present:",
            )


@st.fragment(run_every=_LOOKS_EVERY)
def _draw_live() -> None:
    me = signed_in.still_present(*YOUNG_ROLES)
    shown = read_screen(me)
    if shown.view is None:
        st.rerun()
    elif shown.view.state is ParticipantState.WAITING:
        st.title("Tu attends à la porte", anchor=False)
        st.html('<p role="status">Le formateur voit ton prénom. Il va t’ouvrir. Tu n’as rien à faire.</p>')
        _draw_leaving("Je ne veux plus entrer")
    else:
        _draw_admitted(me, shown, shown.view)


def _draw_admitted(me: Present, shown: SessionScreen, view: ParticipantView) -> None:
    st.title(layout.escape_markdown(view.title), anchor=False)
    if view.paused_until is not None:
        st.html('<p class="cj-about" role="alert">Regarde le formateur. Ton travail est gardé.</p>')
        _draw_seconds(view.paused_until, "pause", "C’est reparti.")
    with st.container(key="cj-narrow"):
        answering.draw_group(shown.together)
        if shown.mates:
            st.text(f"Sur cet écran avec toi\u00a0: {', '.join(shown.mates)}.")
        _draw_hint(view)
        if shown.question is not None:
            answering.draw_question(shown.question)
        _draw_activity(me, view)
        if view.timer_ends_at is not None:
            _draw_seconds(view.timer_ends_at, "timer", "Le temps est passé. Finis tranquillement.")
        _draw_help(view)
        _draw_leaving("Quitter la séance")


def _draw_activity(me: Present, view: ParticipantView) -> None:
    """Draw what to do now, with the button that opens it; the page changes only when the person touches it."""
    activity = view.activity
    with st.container(key="cj-session-activity", border=True):
        if activity is None:
            st.header("Écoute le formateur", anchor=False)
            st.text("Ce que tu dois faire arrive ici. Ton travail reste à toi.")
            return
        st.header(layout.escape_markdown(activity.title), anchor=False)
        if activity.instruction:
            st.html(f'<p class="cj-help">{escape(activity.instruction)}</p>')
        if activity.page and st.button(
            "Ouvrir", key=f"open-activity-{activity.number}", type="primary", icon=":material/arrow_forward:"
        ):
            _note(opened=activity.page)
            if activity.key == _SHORT_CV and bag.is_empty(open_work.opened_desk(me).bag):
                way.start_at(guide.SHORT_START)
            st.switch_page(navigation.page_path(activity.page))
        if activity.done:
            st.html('<p role="status">Tu as fini. Bravo, tu peux aider quelqu’un.</p>')
        else:
            st.button(
                "J’ai fini cette activité", key=f"done-{activity.number}", icon=":material/check:", on_click=_note
            )


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
        st.button("C’est bon, j’ai trouvé", key="help-done", icon=":material/undo:", on_click=_withdraw)
        return
    with st.expander("Je suis bloqué", icon=":material/back_hand:", key="help-fold"):
        shown = st.checkbox("Le formateur peut regarder ma page pendant qu’il m’aide", key="help-page")
        for reason in activities.stuck_reasons().values():
            st.button(
                reason.jeune, key=f"help-{reason.cle}", icon=f":material/{reason.icone}:", width="stretch",
                on_click=_ask, args=(reason.cle, shown),
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
    st.button(words, key="leave-session", icon=":material/logout:", type="tertiary", on_click=_leave)


def _note(opened: str = "") -> None:
    def act(session: Session, me: Present) -> None:
        if opened:
            progress.note_opened(session, of=me, page=opened, now=models.utc_now())
        else:
            progress.note_done(session, of=me, page="", now=models.utc_now())

    transactions.run_action(act)


def _ask(reason: str, shown: bool) -> None:
    transactions.run_action(
        lambda session, me: help_requests.ask_help(
            session, by=me, reason=reason, page_shown=shown, now=models.utc_now()
        )
    )


def _withdraw() -> None:
    transactions.run_action(lambda session, me: help_requests.withdraw_help(session, by=me, now=models.utc_now()))


def _put_away(hint_id: str) -> None:
    transactions.run_action(
        lambda session, me: help_requests.put_hint_away(session, by=me, hint_id=hint_id, now=models.utc_now())
    )


def _leave() -> None:
    if transactions.run_action(lambda session, me: joining.leave_workshop(session, by=me, now=models.utc_now())):
        session_state.tell_once("Tu as quitté la séance. Ton travail est gardé.")
