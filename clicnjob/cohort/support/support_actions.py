"""What an adviser did with young people on a day: appointments to which they came, and contacts, as i-milo asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Date, literal, null, type_coerce, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col

from clicnjob.cohort import vocabulary
from clicnjob.french import days
from clicnjob.models import Appointment, ContactNote

CAME = "venu"
_INSTANT = ContactNote.__table__.c.at.type  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class SupportAction:
    """What was done on one day. `outcome` is a key of data/conseiller/contacts.yaml, '' for an appointment."""

    id: str
    on: date
    minutes: int
    outcome: str


def support_actions(
    session: Session, *, account_ids: Sequence[str], since: date, until: date
) -> dict[str, tuple[SupportAction, ...]]:
    """Return what was done with these people between two days, both included, by account id. One query.

    The caller checks permission.
    """
    appointments = columns(
        col(Appointment.id), col(Appointment.account_id), col(Appointment.day),
        type_coerce(null(), _INSTANT).label("at"), col(Appointment.minutes), literal("").label("outcome"),
    ).where(
        col(Appointment.account_id).in_(account_ids),
        col(Appointment.day).between(since, until),
        col(Appointment.outcome) == CAME,
        col(Appointment.withdrawn_at).is_(None),
    )  # fmt: skip
    contacts = columns(
        col(ContactNote.id), col(ContactNote.account_id), type_coerce(null(), Date()).label("day"),
        col(ContactNote.at),
        literal(0).label("minutes"), col(ContactNote.outcome),
    ).where(
        col(ContactNote.account_id).in_(account_ids),
        col(ContactNote.at) >= datetime.combine(since, time.min).astimezone() - timedelta(days=1),
        col(ContactNote.undone_at).is_(None),
        col(ContactNote.outcome).in_(vocabulary.contact_outcomes()),
    )  # fmt: skip
    found: dict[str, list[SupportAction]] = defaultdict(list)
    for action_id, account_id, day, at, minutes, outcome in session.execute(union_all(appointments, contacts)):
        on = day or days.local_day(at)
        if since <= on <= until:
            found[account_id].append(SupportAction(action_id, on, minutes or 0, outcome))
    return {account_id: tuple(some) for account_id, some in found.items()}
