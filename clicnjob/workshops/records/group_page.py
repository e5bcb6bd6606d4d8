"""The page of a group session for the group and the report: what was done and how many people, never who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session, col, func, select

from clicnjob import audit, typeset
from clicnjob.cohort.reports import imilo
from clicnjob.french.moments import shown_day
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.models import (
    Actor,
    Attendance,
    GroupQuestion,
    Organisation,
    ParticipantState,
    QuestionState,
    Workshop,
    WorkshopEvent,
    WorkshopParticipant,
)
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import questions

NAME = "page-du-groupe.pdf"
_SHEET = "_common/workshops/group.typ"
_WRITTEN = "Réponses écrites"  # how many, since their words are erased before this page is
_SCALE = ("1, pas du tout", "2", "3", "4", "5, tout à fait")


@dataclass(frozen=True, slots=True)
class DoneActivity:
    """One activity of the session: its title, the minutes until the next one, how many people finished it."""

    title: str
    minutes: int
    finished: int


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question put to the group, with how many people gave each answer."""

    question: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What the group did. `people` were noted as present, `guests` joined without an account."""

    organisation: str
    title: str
    goal: str
    began_at: datetime
    minutes: int
    category: str
    people: int
    guests: int
    activities: tuple[DoneActivity, ...]
    questions: tuple[AskedQuestion, ...]


def group_page(session: Session, *, by: Actor, workshop_id: str) -> GroupPage:
    """Return the page of a session that the actor leads. Seven queries at most. Raises NotFound."""
    workshop = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    organisation = session.get(Organisation, workshop.organisation_id)
    on = workshop.began_at.astimezone().date()
    line = imilo.workshop_line(kind=workshop.kind, title=workshop.title, on=on, minutes=workshop.minutes)
    return GroupPage(
        organisation.name if organisation else "",
        workshop.title,
        str(workshop.plan.get("objectif", "")),
        workshop.began_at,
        workshop.minutes,
        line.category if line else "",
        session.exec(select(func.count()).where(col(Attendance.workshop_id) == workshop.id)).one(),
        _count_guests(session, workshop),
        _done_activities(session, workshop),
        _asked_questions(session, workshop),
    )


def group_page_pdf(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> FileToBuild:
    """Return the page as PDF/UA-1, and write in the journal that it was made. Raises NotFound."""
    page = group_page(session, by=by, workshop_id=workshop_id)
    audit.note_act(session, by=by, act="group page printed", now=now)
    return FileToBuild(NAME, PDF, partial(typeset.sheet_pdf, _SHEET, page_data(page)))


def page_data(page: GroupPage) -> dict[str, Any]:
    """Return the data of the template: texts and numbers."""
    return {
        "fallbacks": typeset.FALLBACK_FONTS,
        "organisation": page.organisation,
        "title": page.title,
        "goal": page.goal,
        "day": shown_day(page.began_at.astimezone().date()),
        "minutes": page.minutes,
        "category": page.category,
        "people": page.people,
        "guests": page.guests,
        "activities": [
            {"title": one.title, "minutes": one.minutes, "finished": one.finished} for one in page.activities
        ],
        "questions": [
            {"question": one.question, "counts": [{"answer": answer, "people": count} for answer, count in one.counts]}
            for one in page.questions
        ],
    }


def _count_guests(session: Session, workshop: Workshop) -> int:
    query = select(func.count()).where(
        WorkshopParticipant.workshop_id == workshop.id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.guest),
        ~col(WorkshopParticipant.simulated),
    )
    return session.exec(query).one()


def _done_activities(session: Session, workshop: Workshop) -> tuple[DoneActivity, ...]:
    """Return what was pushed, each until the next push or the end; a push of a minute or less was a mistake."""
    kinds = ("pushed", "finished activity")
    query = select(WorkshopEvent).where(WorkshopEvent.workshop_id == workshop.id, col(WorkshopEvent.kind).in_(kinds))
    found = session.exec(query.order_by(col(WorkshopEvent.at), WorkshopEvent.id)).all()
    pushes = [one for one in found if one.kind == "pushed"]
    ends = [*(one.at for one in pushes[1:]), workshop.ended_at]
    done = []
    for push, until in zip(pushes, ends, strict=False):
        key, title = events.pushed_activity(push)
        finished = {
            one.participant_id
            for one in found
            if one.kind == "finished activity"
            and one.detail == key
            and push.at <= one.at
            and (not until or one.at <= until)
        }
        minutes = int((until - push.at).total_seconds()) // 60 if until else 0
        if minutes or until is None:
            done.append(DoneActivity(title or key, minutes, len(finished)))
    return tuple(done)


def _asked_questions(session: Session, workshop: Workshop) -> tuple[AskedQuestion, ...]:
    query = select(GroupQuestion).where(
        GroupQuestion.workshop_id == workshop.id, GroupQuestion.state != QuestionState.DRAFT
    )
    rows = session.exec(query.order_by(col(GroupQuestion.asked_at), GroupQuestion.id)).all()
    return tuple(AskedQuestion(row.question, _named_counts(row)) for row in rows)


def _named_counts(row: GroupQuestion) -> tuple[tuple[str, int], ...]:
    """Return each answer in words with how many people gave it, () when nobody answered."""
    if not row.counts.get("answers"):
        return ()
    names: Sequence[str] = row.choices if row.kind == "choix" else _SCALE
    if row.kind in questions.WRITTEN_KINDS:
        names = (_WRITTEN,)
    return tuple(zip(names, questions.answer_counts(row), strict=True))
