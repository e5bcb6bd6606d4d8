"""The attendance sheet of a group session, to be signed: who was there and when, guests apart.

It bears what funders expect (organisation, title, place, day, hours, trainers, names, signatures each half-day) and no
reason, score or diagnosis. Absent people are struck by hand: the app does not know whom the trainer expected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from clicnjob import audit, typeset
from clicnjob.accounts import names
from clicnjob.cohort.reports import imilo
from clicnjob.french import days
from clicnjob.french.moments import shown_day, shown_hour
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.models import (
    Account,
    Actor,
    Attendance,
    Organisation,
    ParticipantState,
    Workshop,
    WorkshopParticipant,
    WorkshopTrainer,
)
from clicnjob.workshops import permissions
from clicnjob.workshops.records import minutes_in_words

NAME = "feuille-de-presence.pdf"
_PAGE = "_common/workshops/attendance.typ"
_NOON = time(13)
_BLANK_ROWS = 3  # for people who were in no list


@dataclass(frozen=True, slots=True)
class PresentPerson:
    """Somebody who was there. The times are known only of who joined on a screen."""

    name: str
    arrived_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """What the sheet says. `ended_at` is None while the session runs; `guests` have no account, so not in i-milo."""

    organisation: str
    title: str
    place: str
    began_at: datetime
    ended_at: datetime | None
    minutes: int
    kind: str
    trainers: tuple[str, ...]
    people: tuple[PresentPerson, ...]
    guests: tuple[PresentPerson, ...]


def attendance_sheet(session: Session, *, by: Actor, workshop_id: str) -> AttendanceSheet:
    """Return the sheet of a session that the actor leads, names in order. Five queries. Raises NotFound."""
    workshop = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    organisation = session.get(Organisation, workshop.organisation_id)
    joined = _joined_people(session, workshop)
    noted = session.exec(
        select(Account)
        .join(Attendance, col(Attendance.account_id) == col(Account.id))
        .where(Attendance.workshop_id == workshop.id, Account.organisation_id == workshop.organisation_id)
        .order_by(Account.last_name, Account.first_name, Account.id)
    ).all()
    times = {row.account_id: row for row in joined if row.account_id}
    people = tuple(_present_person(_whole_name(one), times.get(one.id)) for one in noted)
    guests = tuple(_present_person(row.first_name, row) for row in joined if row.guest)
    return AttendanceSheet(
        organisation.name if organisation else "",
        workshop.title,
        workshop.place,
        workshop.began_at,
        workshop.ended_at,
        workshop.minutes,
        workshop.kind,
        _trainer_names(session, workshop),
        people,
        guests,
    )


def attendance_sheet_pdf(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> FileToBuild:
    """Return the sheet as PDF/UA-1, and write in the journal that it was made. Raises NotFound."""
    shown = attendance_sheet(session, by=by, workshop_id=workshop_id)
    audit.note_act(session, by=by, act="attendance sheet printed", now=now)
    return FileToBuild(NAME, PDF, partial(typeset.sheet_pdf, _PAGE, sheet_data(shown)))


def sheet_data(shown: AttendanceSheet) -> dict[str, Any]:
    """Return the data of the sheet's template: texts only."""
    began, ended = shown.began_at.astimezone(), shown.ended_at.astimezone() if shown.ended_at else None
    line = imilo.workshop_line(kind=shown.kind, title=shown.title, on=days.local_day(began), minutes=shown.minutes)
    return {
        "fallbacks": typeset.FALLBACK_FONTS,
        "organisation": shown.organisation,
        "title": shown.title,
        "place": shown.place,
        "day": shown_day(days.local_day(began)),
        "hours": f"{shown_hour(began.time())} – {shown_hour(ended.time())}" if ended else shown_hour(began.time()),
        "halves": _half_days(began, ended),
        "minutes": minutes_in_words(shown.minutes),
        "category": line.category if line else "",
        "trainers": list(shown.trainers),
        "people": [_row_data(one) for one in shown.people],
        "guests": [_row_data(one) for one in shown.guests],
        "blank": _BLANK_ROWS,
    }


def _joined_people(session: Session, workshop: Workshop) -> list[WorkshopParticipant]:
    query = select(WorkshopParticipant).where(
        WorkshopParticipant.workshop_id == workshop.id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.simulated).is_(False),
    )
    return list(session.exec(query.order_by(WorkshopParticipant.first_name, WorkshopParticipant.id)).all())


def _trainer_names(session: Session, workshop: Workshop) -> tuple[str, ...]:
    """Return who began the session, then the co-trainers by name."""
    others = select(WorkshopTrainer.account_id).where(WorkshopTrainer.workshop_id == workshop.id)
    query = select(Account).where((col(Account.id) == workshop.by_id) | col(Account.id).in_(others))
    found = sorted(session.exec(query).all(), key=lambda one: (one.id != workshop.by_id, one.last_name, one.first_name))
    return tuple(_whole_name(one) for one in found)


def _whole_name(account: Account) -> str:
    return names.name_on_screen(account.first_name, account.last_name, projected=False)


def _present_person(name: str, row: WorkshopParticipant | None) -> PresentPerson:
    return PresentPerson(name, row.admitted_at, row.left_at) if row else PresentPerson(name)


def _row_data(one: PresentPerson) -> dict[str, str]:
    return {"name": one.name, "arrived": _hour_of(one.arrived_at), "left": _hour_of(one.left_at)}


def _hour_of(at: datetime | None) -> str:
    return shown_hour(at.astimezone().time()) if at else ""


def _half_days(began: datetime, ended: datetime | None) -> list[str]:
    """Return « matin », « après-midi » or both: people sign once each half-day."""
    halves = ["matin"] if began.time() < _NOON else ["après-midi"]
    if ended and began.time() < _NOON < ended.time():
        halves.append("après-midi")
    return halves
