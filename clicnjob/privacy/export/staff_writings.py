"""What professionals wrote about a person and what the person answered, as shown to the person."""

from __future__ import annotations

from datetime import date, datetime

import sqlmodel
from sqlalchemy import literal, select, union_all
from sqlmodel import Session, col

from clicnjob.french.appointments import OUTCOMES, half_day_shown, stored_half_day, where_shown
from clicnjob.french.days import local_day
from clicnjob.french.durations import minutes_shown
from clicnjob.french.moments import shown_day, shown_hour
from clicnjob.models import (
    Account,
    Appointment,
    AppointmentRequest,
    Archive,
    Comment,
    Draft,
    HelpAsked,
    ImiloEntry,
    NextStep,
    Note,
    ThreadMessage,
)

# Label, table, and the columns of instant, words and removal ('' if it cannot be removed).
_PARTS = (
    ("Note", Note, "at", "text", "removed_at"),
    ("Remarque", Comment, "at", "text", "removed_at"),
    ("Ta réponse", Comment, "answered_at", "answer", "removed_at"),
    ("Message", ThreadMessage, "at", "text", "removed_at"),
    ("Étape proposée", NextStep, "at", "word", "withdrawn_at"),
    ("Ta demande d’aide", HelpAsked, "at", "word", ""),
    ("Ton brouillon", Draft, "at", "text", ""),
    ("Fin du suivi", Archive, "at", "comment", "undone_at"),
)
_ENTERED = {"seance": "Une séance de groupe", "action": "Un rendez-vous ou un appel"}  # other lines name their week


def written_on_file(session: Session, *, account_id: str) -> tuple[tuple[str, datetime, str], ...]:
    """Return (label, instant, words), earliest first, without what was removed. Four queries."""
    parts = []
    for what, model, at, words, gone in _PARTS:
        columns = model.__table__.c  # type: ignore[union-attr]
        part = select(literal(what), columns[at], columns[words]).where(
            columns.account_id == account_id, columns[words] != ""
        )
        parts.append(part.where(columns[gone].is_(None)) if gone else part)
    rows = session.execute(union_all(*parts)).all()
    found = [(row[0], row[1], row[2]) for row in rows]
    found += _appointment_lines(session, account_id) + _request_lines(session, account_id)
    found += _imilo_entry_lines(session, account_id)
    return tuple(sorted(found, key=lambda row: row[1]))


def _appointment_lines(session: Session, account_id: str) -> list[tuple[str, datetime, str]]:
    query = sqlmodel.select(Appointment).where(
        Appointment.account_id == account_id, col(Appointment.withdrawn_at).is_(None)
    )
    return [("Rendez-vous", one.at, _appointment_words(one)) for one in session.exec(query)]


def _appointment_words(one: Appointment) -> str:
    hour = f" à {shown_hour(one.start)}" if one.start else ""
    parts = (shown_day(one.day) + hour, where_shown(one.kind, one.place), one.words, OUTCOMES.get(one.outcome, ""))
    return ". ".join(part for part in parts if part)


def _imilo_entry_lines(session: Session, account_id: str) -> list[tuple[str, datetime, str]]:
    """Say which lines somebody noted as typed into i-milo: a week of work, a group session, a meeting or a call."""
    query = (
        sqlmodel.select(ImiloEntry, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(ImiloEntry.by_id))
        .where(ImiloEntry.account_id == account_id, col(ImiloEntry.undone_at).is_(None))
    )
    return [("Noté dans i-milo", one.at, _entry_words(one, by)) for one, by in session.exec(query)]


def _entry_words(one: ImiloEntry, by: str | None) -> str:
    start, _, category = one.line.partition(":")
    what = _ENTERED.get(start) or f"{category}, semaine du {shown_day(date.fromisoformat(start))}"
    spent = f", {minutes_shown(one.minutes)}" if one.minutes else ""
    return f"{what}{spent}. Par {by or 'un professionnel'}."


def _request_lines(session: Session, account_id: str) -> list[tuple[str, datetime, str]]:
    kept = session.get(AppointmentRequest, account_id)
    if kept is None:
        return []
    on = local_day(kept.at)
    chosen = [half_day_shown(stored_half_day(key), today=on) for key in kept.half_days.split()]
    return [("Ta demande de rendez-vous", kept.at, ". ".join([*chosen, *kept.reasons.split("|")]))]
