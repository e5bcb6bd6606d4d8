"""The work of a young person as their adviser sees it: timeline, notes, CV, and what is shared of the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.apply import applications
from clicnjob.apply.applications import STATES
from clicnjob.cohort.support import comments, lessons_done, notes, timeline
from clicnjob.cohort.support import lists as people_lists
from clicnjob.cohort.support.comments import ShownComment
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.cv.document import compose, preview
from clicnjob.cv.model import advice
from clicnjob.french import days
from clicnjob.jobs import finder
from clicnjob.ui.adviser.cohort import lists
from clicnjob.ui.adviser.person import contact, shared_part
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, transactions

_SECTION = "comment-section"


def follow_up(me: Present, shown: PersonFile) -> None:
    """Draw the telephone and what came of a call, then the timeline, the notes and the lists."""
    today = date.today()
    contact.draw_contact(me, shown)
    left, right = st.columns([11, 9], gap="large")
    with left:
        st.header("Ce qui s’est passé", anchor=False)
        lines = "".join(
            f"<li><span>{days.shown_day(event.day, today=today)}</span> {escape(event.words)}</li>"
            for event in timeline.timeline_events(shown, today=today)
        )
        st.html(f'<ol class="cj-timeline">{lines}</ol>')
        shared_part.draw_shared_part(me, shown)
    with right:
        st.header("Notes", anchor=False)
        if me.projected:
            layout.content_not_shown()
        else:
            _draw_notes(me, shown, today)
        st.header("Listes", anchor=False)
        with db.read_transaction() as session:
            cards = people_lists.lists_by_name(session, of=me)
        lists.of_person(shown.id, cards, shown.holding)


def draw_cv(me: Present, shown: PersonFile) -> None:
    """Draw the CV changed last, the advice on it, and the comments."""
    if me.projected:
        layout.content_not_shown()
        return
    if shown.bag is None:
        st.text("Le CV n’est pas encore commencé.")
        return
    card = max(shown.bag.cvs, key=lambda one: one.changed_at)
    document = compose.compose_document(shown.bag.profile, card.cv, photo=shown.bag.photo)
    left, right = st.columns([11, 9], gap="large")
    with right:
        st.html(
            f'<div class="cj-sheet" tabindex="0" role="group" aria-label="CV">{preview.preview_html(document)}</div>'
        )
    with left:
        _comment_form(shown)
        for said in reversed(shown.comments):
            _draw_comment(me, said)
        st.header("Ce que ClicNJob lui conseille", anchor=False)
        fill = preview.estimate_fill(document)
        found = advice.cv_advice(shown.bag.profile, card.cv, fill=fill, uncovered=(), today=date.today())
        if not found:
            st.text("Rien\u00a0: la page est prête.")
        for one in found[:8]:
            st.html(f'<p class="cj-item">«\u00a0{escape(one.sentence)}\u00a0»</p>')


def jobs_and_applications(shown: PersonFile) -> None:
    """Draw the favourite jobs with their reasons; applications and practice only if they are shared."""
    jobs = finder.job_catalogue().by_key
    st.header("Métiers gardés", anchor=False)
    kept = [(jobs[one.key].nom_m, one.why) for one in shown.jobs.favourites if one.key in jobs]
    if not kept:
        st.text("Aucun métier gardé pour l’instant.")
    for name, why in kept:
        st.html(f'<p class="cj-item"><strong>{escape(name)}</strong> {escape(why)}</p>')
    st.header("Candidatures", anchor=False)
    if shown.applications is None:
        st.text("Non partagées. Le jeune choisit de les montrer, ou non.")
    else:
        _draw_applications(shown)
    st.header("Entraînements à l’entretien", anchor=False)
    count = shown.row.practice_count
    st.text("Non partagés." if count is None else f"{count} faits." if count else "Aucun pour l’instant.")


def draw_lessons(me: Present, shown: PersonFile) -> None:
    """Draw the titles of the finished lessons, if they are shared."""
    today = date.today()
    with db.read_transaction() as session:
        found = lessons_done.lessons_done(session, by=me, account_id=shown.id, now=models.utc_now())
    st.header("Leçons finies", anchor=False)
    if not found.lessons:
        st.text("Aucune pour l’instant." if found.shared else "Non partagées.")
    for one in found.lessons:
        st.html(f'<p class="cj-item">{escape(one.title)}, {days.shown_day(one.on, today=today)}</p>')


def _draw_applications(shown: PersonFile) -> None:
    assert shown.applications is not None
    today = date.today()
    rows = ""
    for one in reversed(shown.applications.applications):
        what = escape(", ".join(part for part in (one.title, one.employer, one.town) if part))
        due = "À relancer" if applications.is_due(one, today=today) else ""
        when = days.shown_day(one.sent_on, today=today) if one.sent_on else ""
        interview = f"Entretien le {days.shown_day(one.interview_on, today=today)}" if one.interview_on else ""
        rows += f"<tr><td>{what}</td><td>{STATES[one.state]}</td><td>{when}</td><td>{due or interview}</td></tr>"
    if not rows:
        st.text("Aucune pour l’instant.")
        return
    head = "".join(f"<th scope='col'>{title}</th>" for title in ("Candidature", "Où en est-elle", "Envoyée", "À faire"))
    table = f'<table class="cj-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    st.html(f'<div class="cj-scroll" tabindex="0" role="group" aria-label="Candidatures">{table}</div>')


def _draw_notes(me: Present, shown: PersonFile, today: date) -> None:
    with st.form("new-note", enter_to_submit=False):
        key = f"note-words-{shown.id}"
        text_boxes.draw_message("Note courte. Le jeune la lira.", key=key, most=policy.NOTE_LENGTH, height=90)
        st.form_submit_button(
            "Écrire la note",
            key="note-write",
            icon=":material/edit_note:",
            on_click=double_click.act_at_first_click,
            args=("note", (key,), _write_note, shown.id, key),
        )
    for note in shown.notes:
        with st.container(key=f"cj-note-{note.id}", border=True):
            st.text(note.text)
            when = days.local_day(note.at) or today
            st.html(f'<p class="cj-codes">{escape(note.by)}, {days.shown_day(when, today=today)}</p>')
            if note.by_id == me.id:
                st.button(
                    "Retirer la note", key=f"note-drop-{note.id}", type="tertiary", on_click=_drop_note, args=(note.id,)
                )


def _comment_form(shown: PersonFile) -> None:
    with st.form("new-comment", enter_to_submit=False):
        st.header("Commenter une partie", anchor=False)
        st.selectbox(
            "Partie du CV",
            list(comments.SECTIONS),
            key=_SECTION,
            format_func=lambda key: comments.SECTIONS[key],
        )
        key = f"comment-words-{shown.id}"
        text_boxes.draw_message(
            "Votre commentaire. Le jeune le voit à cet endroit.", key=key, most=policy.COMMENT_LENGTH, height=90
        )
        st.form_submit_button(
            "Envoyer", key="comment-say", type="primary", icon=":material/chat_bubble:",
            on_click=double_click.act_at_first_click,
            args=("comment", (_SECTION, key), _send_comment, shown.id, key),
        )  # fmt: skip


def _draw_comment(me: Present, said: ShownComment) -> None:
    with st.container(key=f"cj-comment-{said.id}", border=True):
        section = comments.SECTIONS.get(said.section, said.section)
        st.html(f'<p class="cj-codes">{escape(section)} · {escape(said.by)}</p>')
        st.text(said.text)
        if said.answer:
            st.html(f'<p class="cj-understood"><strong>Réponse\u00a0:</strong> {escape(said.answer)}</p>')
        elif said.settled_at:
            st.html('<p class="cj-saved">✓ Réglé par le jeune.</p>')
        with st.container(horizontal=True):
            if said.answered_at and not said.read_at:
                st.button(
                    "J’ai lu la réponse",
                    key=f"read-{said.id}",
                    icon=":material/done:",
                    on_click=_mark_comment_read,
                    args=(said.id,),
                )
            if said.by_id == me.id and said.waits:
                st.button(
                    "Retirer", key=f"comment-drop-{said.id}", type="tertiary", on_click=_drop_comment, args=(said.id,)
                )


def _act_and_tell(doing: Callable[..., object], told: str, *, box: str = "") -> None:
    if transactions.run_action(doing):
        session_state.tell_once(told)
        text_boxes.clear_messages(box)


def _write_note(account_id: str, key: str) -> None:
    words, today = session_state.widget_value(key, str) or "", date.today()
    _act_and_tell(
        lambda s, me: notes.write_note(s, by=me, account_id=account_id, words=words, today=today, now=models.utc_now()),
        "La note est écrite.",
        box=key,
    )


def _drop_note(note_id: str) -> None:
    _act_and_tell(
        lambda s, me: notes.remove_note(s, by=me, note_id=note_id, now=models.utc_now()), "La note est retirée."
    )


def _send_comment(account_id: str, key: str) -> None:
    section, words = session_state.widget_value(_SECTION, str) or "", session_state.widget_value(key, str) or ""
    today = date.today()
    _act_and_tell(
        lambda s, me: comments.add_comment(
            s, by=me, account_id=account_id, section=section, words=words, today=today, now=models.utc_now()
        ),
        "Le commentaire est envoyé.",
        box=key,
    )


def _mark_comment_read(comment_id: str) -> None:
    today = date.today()
    _act_and_tell(
        lambda s, me: comments.mark_comment_read(s, by=me, comment_id=comment_id, today=today, now=models.utc_now()),
        "C’est lu.",
    )


def _drop_comment(comment_id: str) -> None:
    _act_and_tell(
        lambda s, me: comments.remove_comment(s, by=me, comment_id=comment_id, now=models.utc_now()),
        "Le commentaire est retiré.",
    )
