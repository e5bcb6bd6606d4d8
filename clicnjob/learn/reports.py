"""« Signaler »: what a young person says is wrong on a screen. Their structure's professionals read it, without a name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import audit, policy, text
from clicnjob.content import ContentModel, loaded_once, read_content
from clicnjob.errors import NotFound, Refusal
from clicnjob.learn import library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import permissions, published
from clicnjob.learn.plain_words import Label
from clicnjob.learn.scene import Scene
from clicnjob.models import Actor, LearningKind, LessonReport, Role

_GONE = "Une leçon qui n’existe plus"


class NoProblemTicked(Refusal):
    """Nothing was ticked."""

    sentence = "Coche une case, pour dire ce qui ne va pas."


class TooManyReports(Refusal):
    """The person reported so much that nobody could read more."""

    sentence = "Tu as déjà signalé beaucoup de choses. On va les lire. Parle aussi à ton conseiller."


class ReportReason(ContentModel):
    """A reason to tick, in the words of the young person and in those of professionals."""

    cle: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=20)]
    jeune: Annotated[str, Field(max_length=40)]
    pro: Label


@dataclass(frozen=True, slots=True)
class OpenReport:
    """One report as professionals read it. `where` names the screen; nothing says who wrote it."""

    id: str
    kind: LearningKind
    content_id: str
    title: str
    where: str
    reasons: tuple[str, ...]
    note: str
    at: datetime


@loaded_once
def report_reasons() -> dict[str, ReportReason]:
    """The reasons by key, in the order of their file. Raises ContentMistakes."""
    return {one.cle: one for one in read_content(list[ReportReason], library.LESSONS / "_signaler.yaml")}


def may_report(actor: Actor) -> bool:
    """Young people of a structure report to its professionals; a guest has nobody who would read it."""
    return actor.role is Role.YOUNG and actor.organisation_id is not None


def report_screen(
    session: Session,
    *,
    by: Actor,
    kind: LearningKind,
    content_id: str,
    place: str,
    reasons: Collection[str],
    note: str = "",
    now: datetime,
) -> None:
    """Report one screen. Said again before anybody has read it, the new words replace the old ones.

    Raises NotFound for a guest, a professional and a screen that does not exist; NoProblemTicked, TooManyReports, what
    `text.clean_line` raises.
    """
    if not may_report(by) or by.organisation_id is None:
        raise NotFound
    entry = published.entry_to_learn(session, of=by, kind=kind, content_id=content_id, now=now)
    if place and place not in _screen_places(entry):
        raise NotFound
    ticked = [key for key in report_reasons() if key in reasons]
    if not ticked:
        raise NoProblemTicked
    said = text.clean_line(note, most=policy.LESSON_REPORT_NOTE)
    row = LessonReport
    here = (row.account_id == by.id, row.kind == kind, row.content_id == content_id, row.place == place)
    report = session.exec(select(row).where(*here, col(row.closed_at).is_(None))).first()
    if report is None:
        _refuse_too_many(session, by, now)
        report = LessonReport(
            organisation_id=by.organisation_id, account_id=by.id, kind=kind, content_id=content_id, place=place
        )
    report.reasons, report.note, report.at = ticked, said, now
    session.add(report)
    session.flush()


def open_reports(session: Session, *, of: Actor, now: datetime) -> tuple[OpenReport, ...]:
    """Return what waits to be read in the professional's structure, the oldest first; two queries. Raises NotFound."""
    if not permissions.may_write(of):
        raise NotFound
    row = LessonReport
    query = select(row).where(row.organisation_id == of.organisation_id, col(row.closed_at).is_(None))
    rows = session.exec(query.order_by(col(row.at), row.id).limit(policy.LESSON_REPORTS_SHOWN)).all()
    written = published.published_entries(session, of=of, now=now) if rows else {}
    return tuple(_open_report(one, _entry_of(one, written)) for one in rows)


def close_report(session: Session, *, by: Actor, report_id: str, now: datetime) -> None:
    """Note that a report is dealt with. Raises NotFound for another structure's, a closed one and an unknown one alike."""
    report = session.get(LessonReport, report_id) if permissions.may_write(by) else None
    if report is None or report.organisation_id != by.organisation_id or report.closed_at is not None:
        raise NotFound
    report.closed_at, report.closed_by = now, by.id
    audit.note_act(session, by=by, act="lesson report closed", now=now)


def said_reasons(report: LessonReport) -> str:
    """Return what its author ticked and wrote, in their own words, for « Mon dossier » and the export."""
    known = report_reasons()
    ticked = ", ".join(known[key].jeune for key in report.reasons if key in known)
    return f"{ticked}. «\u00a0{report.note}\u00a0»" if report.note else ticked


def _refuse_too_many(session: Session, by: Actor, now: datetime) -> None:
    row = LessonReport
    mine = select(func.count()).select_from(row).where(col(row.account_id) == by.id)
    waiting = session.exec(mine.where(col(row.closed_at).is_(None))).one()
    today = session.exec(mine.where(col(row.at) > now - timedelta(days=1))).one()
    if waiting >= policy.LESSON_REPORTS_OPEN or today >= policy.LESSON_REPORTS_A_DAY:
        raise TooManyReports


def _screen_places(entry: Lesson | Scene) -> tuple[str, ...]:
    return entry.places if isinstance(entry, Lesson) else tuple(one.id for one in entry.moments)


def _entry_of(report: LessonReport, written: published.Published) -> Lesson | Scene | None:
    if report.kind is LearningKind.LESSON:
        ours: Lesson | Scene | None = library.shipped_lessons().get(report.content_id)
    else:
        ours = library.shipped_scenes().get(report.content_id)
    return ours or written.get((report.kind, report.content_id))


def _open_report(report: LessonReport, entry: Lesson | Scene | None) -> OpenReport:
    known = report_reasons()
    ticked = tuple(known[key].pro for key in report.reasons if key in known)
    title, where = (entry.titre, _screen_name(entry, report.place)) if entry else (_GONE, "")
    return OpenReport(report.id, report.kind, report.content_id, title, where, ticked, report.note, report.at)


def _screen_name(entry: Lesson | Scene, place: str) -> str:
    """Name a screen: « écran 2 », « le moment : Le chef »."""
    if isinstance(entry, Lesson):
        return f"écran {entry.places.index(place) + 1}" if place in entry.places else ""
    moment = entry.moment_with_id(place)
    return f"le moment «\u00a0{moment.qui}\u00a0»" if moment else ""
