"""The lesson that a stage of « Mon chemin » proposes, drawn in its card."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html import escape

import regex
import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.apply import applications
from clicnjob.apply.applications import Applications
from clicnjob.french.days import local_day
from clicnjob.interview import days
from clicnjob.interview.notebook import Notebook
from clicnjob.jobs.choices import JobChoices
from clicnjob.learn import on_the_way
from clicnjob.learn.on_the_way import LessonProposal, Situation, Stage
from clicnjob.ui.shell import layout, navigation
from clicnjob.ui.young.first_visit.answering import Acquaintance
from clicnjob.ui.young.learn import listing, opening

_SOON = timedelta(days=8)  # « la semaine prochaine »
_BY_VIDEO = regex.compile(r"\b(visio|vid[ée]o|zoom|teams|skype|google meet|en ligne)", regex.IGNORECASE)

Proposals = dict[Stage, LessonProposal]


def read_proposals(
    me: Present,
    kept: JobChoices,
    sent: Applications,
    notes: Notebook,
    *,
    known: Acquaintance,
    page_ready: bool,
    now: datetime,
) -> Proposals:
    """Read what the person did of lessons, in one query, and choose at most one for each stage."""
    doing = current_situations(kept, sent, notes, page_ready=page_ready, today=local_day(now)) | told_situations(known)
    return on_the_way.proposed_lessons(doing, listing.read_records(me), now=now) if doing else {}


def current_situations(
    kept: JobChoices, sent: Applications, notes: Notebook, *, page_ready: bool, today: date
) -> frozenset[Situation]:
    """Say what the person is doing, from what they wrote themselves."""
    states = {one.state for one in sent.applications}
    coming = [
        f"{one.title} {one.employer} {one.note}"
        for one in sent.applications
        if one.state == "interview" and one.interview_on and today <= one.interview_on <= today + _SOON
    ]
    coming += [
        f"{day.place} {day.employer}"
        for day in notes.days
        if (on := days.on_day(day)) is not None and today <= on <= today + _SOON
    ]
    true: dict[Situation, bool] = {
        "garde_un_metier": bool(kept.favourites) and not sent.applications,
        "page_prete": page_ready and not states - {"to_send"},
        "relance_a_faire": any(applications.is_due(one, today=today) for one in sent.applications),
        "candidature_a_envoyer": "to_send" in states,
        "candidature_envoyee": "sent" in states,
        "entretien_en_video": any(_BY_VIDEO.search(words) for words in coming),
        "entretien_proche": bool(coming),
        "embauche": "answer_yes" in states,
    }
    return frozenset(key for key, value in true.items() if value)


def told_situations(known: Acquaintance) -> frozenset[Situation]:
    """Say what the person told us themselves, at their first visit or in the digital check."""
    answers, check = known.visit.answers, known.check or {}
    true: dict[Situation, bool] = {
        "dit_joindre": bool({"aide", "jamais"} & {*check.get("joindre", ())}),
        "dit_envoyer": "envoyer" in answers.get("envie", ()),
        "dit_entretien": bool({"bientot", "loin"} & {*answers.get("entretien", ())}),
    }
    return frozenset(key for key, value in true.items() if value)


def draw_proposal(stage: Stage, found: Proposals) -> None:
    """Draw the lesson of this stage, if there is one."""
    if (one := found.get(stage)) is None:
        return
    with st.container(key=f"cj-proposed-{stage}"):
        st.html(f'<p class="cj-small">{escape(one.why)}</p>')
        st.button(
            layout.escape_markdown(one.lesson.titre),
            key=f"propose-{stage}",
            icon=":material/school:",
            type="tertiary",
            wrap=True,
            on_click=opening.open_lesson,
            args=(one.lesson.id,),
        )


def draw_link() -> None:
    """Draw the way to all lessons and scenes on the home page."""
    with st.container(key="cj-learn-home", border=True):
        st.header("Apprendre", anchor=False)
        st.text("Des leçons de quelques minutes, et des situations à jouer.")
        if st.button("Voir les leçons", key="go-learn", icon=":material/school:"):
            st.switch_page(navigation.page_path(opening.LEARN))
