"""What an adviser sent to a young person, as the young person sees it: steps, comments, appointments, help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import appointment_requests, comments, help_requests, next_steps, notes, threads
from clicnjob.cohort.support.appointment_requests import AskedAppointment
from clicnjob.cohort.support.appointments import Proposal
from clicnjob.cohort.support.comments import READY_ANSWERS, SECTIONS, ShownComment
from clicnjob.cohort.support.help_requests import HelpRequest
from clicnjob.cohort.support.next_steps import ProposedStep
from clicnjob.cohort.support.notes import WrittenNote
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.french import days
from clicnjob.ui.forms import draft_boxes
from clicnjob.ui.shell import appointment_strip, layout, navigation, session_state, transactions
from clicnjob.ui.young import appointments
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.learn import opening

_CALL_WORD = "call-word"


@dataclass(frozen=True)
class MessagesToYoung:
    """What the adviser sent; empty for a guest."""

    step: ProposedStep | None = None
    call: HelpRequest | None = None
    appointments: tuple[Proposal, ...] = ()
    asked: AskedAppointment | None = None
    comments: tuple[ShownComment, ...] = ()
    unread: int = 0


def read_messages(me: Present) -> MessagesToYoung:
    """Read it in six queries, or none for a guest."""
    if not help_requests.may_ask(me):
        return MessagesToYoung()
    with db.read_transaction() as session:
        return MessagesToYoung(
            next_steps.for_young(session, of=me),
            help_requests.latest_help_request(session, of=me),
            appointment_strip.read_coming(session, me),
            appointment_requests.latest_appointment_request(session, of=me),
            comments.of_young(session, of=me),
            threads.unread_by_young(session, of=me),
        )


def follow_to_step() -> None:
    """Open the page of the proposed step if its button was pressed."""
    if page := session_state.OPEN_STEP.take():
        st.switch_page(navigation.page_path(page))


def on_home(told: MessagesToYoung) -> None:
    """Draw unread messages first, then the proposed step, the help request, and what waits for an answer."""
    if told.unread:
        words = "Tu as un message" if told.unread == 1 else f"Tu as {told.unread} messages"
        if st.button(words, key="go-thread", icon=":material/mail:", type="primary", width="stretch"):
            st.switch_page(navigation.page_path("young/told.py"))
    if told.step:
        _draw_step(told.step)
    _draw_help_request(told.call)
    appointments.draw_on_home(told.appointments, told.asked)
    waiting = sum(said.waits for said in told.comments)
    if waiting:
        words = "Un commentaire t’attend" if waiting == 1 else f"{waiting} commentaires t’attendent"
        if st.button(words, key="go-told", icon=":material/chat_bubble:", width="stretch"):
            st.switch_page(navigation.page_path("young/told.py"))


def in_place(me: Present, section: str = "") -> None:
    """Draw the unanswered comments on one section of the CV; '' means on all of it."""
    if not help_requests.may_ask(me):
        return
    with db.read_transaction() as session:
        found = comments.of_young(session, of=me, waiting=True)
    for said in found:
        if section in ("", said.section):
            draw_comment(said, place=section)


def draw_comment(said: ShownComment, *, place: str = "") -> None:
    """Draw one comment with its ready answers, a free answer, and « C’est réglé »."""
    with st.container(key=f"cj-comment-{said.id}", border=True):
        section = SECTIONS.get(said.section, "")
        about = "" if place else f" sur «\u00a0{section}\u00a0»"
        st.html(f'<p class="cj-about">{escape(said.by)}{about}</p>')
        st.text(said.text)
        if not said.waits:
            st.html(_done_html(said))
            return
        box = f"words-{said.id}"
        draft_boxes.draw_ready_words(READY_ANSWERS, name=box, most=policy.COMMENT_LENGTH)
        draft_boxes.draw_draft("Ta réponse", name=box, most=policy.COMMENT_LENGTH, height=90)
        with st.container(horizontal=True, gap="small"):
            icon = ":material/send:"
            st.button("Envoyer", key=f"send-{said.id}", icon=icon, on_click=_send_own_answer, args=(said.id,))
            icon = ":material/check:"
            st.button("C’est réglé", key=f"settle-{said.id}", icon=icon, on_click=_settle_comment, args=(said.id,))


def draw_history(told: MessagesToYoung, written: tuple[WrittenNote, ...]) -> None:
    """Draw everything the adviser sent: appointments, comments, notes."""
    today = date.today()
    appointments.draw_section(told.appointments, told.asked)
    st.header("Sur mon CV", anchor=False)
    if not told.comments:
        st.text("Aucun commentaire pour l’instant.")
    for said in reversed(told.comments):
        draw_comment(said)
    st.header("Les notes sur mon parcours", anchor=False)
    if not written:
        st.text("Aucune note. Si ton conseiller en écrit, tu les lis ici.")
    for note in written:
        with st.container(key=f"cj-note-{note.id}", border=True):
            st.text(note.text)
            st.html(
                f'<p class="cj-codes">{escape(note.by)}, {days.shown_day(days.local_day(note.at) or today, today=today)}</p>'
            )


def notes_of(me: Present) -> tuple[WrittenNote, ...]:
    """Read the notes about this person, which they may read."""
    with db.read_transaction() as session:
        return notes.of_young(session, of=me)


def _done_html(said: ShownComment) -> str:
    if said.answer:
        return f'<p class="cj-understood">Ta réponse\u00a0: {escape(said.answer)}</p>'
    return '<p class="cj-saved">✓ C’est réglé.</p>'


def _draw_step(one: ProposedStep) -> None:
    with st.container(key="cj-next-step", border=True):
        st.html(f'<p class="cj-about">{escape(one.by)} te propose</p>')
        if one.word:
            st.text(one.word)
        words, icon = layout.escape_markdown(one.step.phrase), ":material/flag:"
        place = (one.step.page, one.step.ecran, one.content_id)
        st.button(words, key="go-step", type="primary", icon=icon, width="stretch", on_click=_open_page, args=place)
        st.button(
            "C’est fait", key="step-done", type="tertiary", icon=":material/check:", on_click=_step_done, args=(one.id,)
        )


def _draw_help_request(call: HelpRequest | None) -> None:
    if call is None:
        return
    if call.settled_at is not None:
        if call.seen_by and (date.today() - (days.local_day(call.settled_at) or date.min)).days < 3:
            seen_by = layout.escape_markdown(call.seen_by)
            st.info(f"{seen_by} a vu ton message. Vous en parlez bientôt.", icon=":material/done_all:")
        return
    with st.container(key="cj-call", border=True):
        st.text("Tu as demandé de l’aide. Ton conseiller va le voir.")
        if call.word:
            st.text(f"«\u00a0{call.word}\u00a0»")
        label = "Changer mon mot" if call.word else "Ajouter un mot (pas obligatoire)"
        draft_boxes.draw_draft(label, name=_CALL_WORD, most=policy.SHORT_WORD_LENGTH)
        st.button("Envoyer mon mot", key="call-word-send", icon=":material/send:", on_click=_add_word)
        st.button(
            "C’est bon, j’ai trouvé", key="call-back", type="tertiary", icon=":material/check:", on_click=_take_back
        )


def _act_and_tell(doing: Callable[..., object], words: str) -> bool:
    saved = transactions.run_action(doing)
    if saved:
        session_state.tell_once(words)
    return saved is not None


def _open_page(page: str, screen: str, content_id: str) -> None:
    if screen:
        way.start_at(GuidePlace(screen))
    if content_id:
        (opening.open_lesson if page == opening.LESSON else opening.open_scene)(content_id)
        session_state.OPEN_LEARNING.clear()
    session_state.OPEN_STEP.set(page)


def _step_done(step_id: str) -> None:
    _act_and_tell(
        lambda session, me: next_steps.mark_step_done(session, by=me, step_id=step_id, now=models.utc_now()),
        "Bravo\u00a0! Ton conseiller le voit.",
    )


def _send_own_answer(comment_id: str) -> None:
    draft_boxes.send_draft(
        f"words-{comment_id}",
        lambda s, me, words: comments.answer_comment(
            s, by=me, comment_id=comment_id, words=words, now=models.utc_now()
        ),
        told="C’est envoyé.",
    )


def _settle_comment(comment_id: str) -> None:
    _act_and_tell(
        lambda s, me: comments.settle_comment(s, by=me, comment_id=comment_id, now=models.utc_now()), "C’est réglé."
    )


def _add_word() -> None:
    draft_boxes.send_draft(
        _CALL_WORD,
        lambda session, me, word: help_requests.ask_for_help(session, by=me, word=word, now=models.utc_now()),
        told="Ton mot est envoyé.",
    )


def _take_back() -> None:
    _act_and_tell(
        lambda session, me: help_requests.take_back(session, by=me, now=models.utc_now()),
        "Super. Tu peux redemander quand tu veux.",
    )
