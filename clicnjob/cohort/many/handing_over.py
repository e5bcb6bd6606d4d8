"""Handing many people over to a colleague in one act, for an absence or for good; each of them is told by a message."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob.cohort import permissions
from clicnjob.cohort.many import messages
from clicnjob.cohort.many.reach import Reach, TickedPeople, ticked_people
from clicnjob.cohort.permissions import Colleague
from clicnjob.cohort.support import handovers
from clicnjob.cohort.support.handovers import EndGone
from clicnjob.errors import NotFound
from clicnjob.french.appointments import day_shown
from clicnjob.models import Account, Actor, Appointment, Handover, ThreadMessage

_FOR_GOOD, _FOR_A_TIME = "Changement de conseiller", "Absence"


def handover_reach(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    to_id: str,
    until: date | None,
    today: date,
) -> Reach:
    """Return who would be handed over: one's own people, for the head everybody's. Three queries.

    A warning names the loan that ends, or an appointment during an absence, which stays in the agenda of who is away. Raises
    what `ticked_people` raises.
    """
    ticked = ticked_people(session, by=by, account_ids=account_ids, today=today)
    out = {
        one.id: "prêté par un collègue, qui seul peut le confier"
        for one in ticked.people
        if not permissions.may_see_all(by) and one.adviser_id != by.id
    }
    out |= {one.id: "déjà suivi par ce collègue" for one in ticked.people if one.adviser_id == to_id}
    warnings = _during_absence(session, ticked, until, today=today) if until else {}
    return ticked.sorted_reach(left_out=out, warnings=warnings | _ending_loans(session, ticked, today=today))


def hand_over_many(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    to_id: str,
    until: date | None,
    shown: str,
    today: date,
    now: datetime,
) -> int:
    """Hand over all whom the screen showed, in one act that `handovers.undo_handover` undoes. Returns how many.

    `until` is the last day of an absence, None for good; then appointments to come pass to the colleague too. Raises
    NotFound, EndGone, what `handover_reach` and `Reach.check_shown` raise.
    """
    colleague = _colleague_with_id(session, by, to_id, today)
    if until is not None and until < today:
        raise EndGone
    reach = handover_reach(session, by=by, account_ids=account_ids, to_id=to_id, until=until, today=today)
    reach.check_shown(shown)
    tell_people(session, by, reach, colleague, until=until, today=today, now=now)
    people = session.exec(select(Account).where(col(Account.id).in_(reach.ids)).order_by(Account.id)).all()
    note = _FOR_GOOD if until is None else _FOR_A_TIME
    handovers.pass_people_on(session, people, by=by, to_id=to_id, until=until, note=note, today=today, now=now)
    return len(people)


def undo_handover_of_many(session: Session, *, by: Actor, at: datetime, today: date, now: datetime) -> int:
    """Undo what one handed over at that instant. Returns how many come back. Raises what `undo_handover` raises."""
    query = select(Handover.id).where(Handover.by_id == by.id, Handover.at == at, col(Handover.ended_at).is_(None))
    handover_id = session.exec(query.order_by(Handover.id).limit(1)).first() or ""
    return handovers.undo_handover(session, by=by, handover_id=handover_id, today=today, now=now)


def told_words(colleague: Colleague, *, until: date | None, today: date) -> str:
    """Return the message that each person receives."""
    name = f"{colleague.first_name} {colleague.last_name}".strip()
    if until is None:
        return f"Bonjour. À partir d’aujourd’hui, {name} te suit. Tes rendez-vous restent prévus."
    return f"Bonjour. Jusqu’au {day_shown(until, today=today)}, {name} te suit. Tu peux lui écrire ici."


def _colleague_with_id(session: Session, by: Actor, to_id: str, today: date) -> Colleague:
    found = permissions.adviser_colleagues(session, of=by, today=today)
    for one in found:
        if one.id == to_id:
            return one
    raise NotFound


def tell_people(
    session: Session, by: Actor, reach: Reach, colleague: Colleague, *, until: date | None, today: date, now: datetime
) -> None:
    """Write to each; who has too many messages already reads it in « Qui a vu mon dossier » only."""
    full = messages.full_threads(session, TickedPeople(reach.receivers, 0), now=now)
    words = told_words(colleague, until=until, today=today)
    session.add_all(
        ThreadMessage(account_id=account_id, by_id=by.id, text=words, at=now)
        for account_id in reach.ids
        if account_id not in full
    )


def _ending_loans(session: Session, ticked: TickedPeople, *, today: date) -> dict[str, str]:
    query = (
        select(Handover.account_id, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(Handover.to_id))
        .where(
            col(Handover.account_id).in_(ticked.ids), col(Handover.until) >= today, col(Handover.ended_at).is_(None)
        )
    )  # fmt: skip
    return {account_id: f"n’est plus confié à {name or 'un collègue'}" for account_id, name in session.exec(query)}


def _during_absence(session: Session, ticked: TickedPeople, until: date, *, today: date) -> dict[str, str]:
    """Return the first appointment that each person has with their adviser during the absence."""
    own = {one.id: one.adviser_id for one in ticked.people}
    first: Any = func.min(col(Appointment.day))
    query = (
        sqlalchemy.select(col(Appointment.account_id), col(Appointment.by_id), first)
        .where(
            col(Appointment.account_id).in_(ticked.ids), col(Appointment.day).between(today, until),
            col(Appointment.withdrawn_at).is_(None), col(Appointment.outcome) == "",
        )
        .group_by(col(Appointment.account_id), col(Appointment.by_id))
    )  # fmt: skip
    rows: Iterable[Any] = session.execute(query)
    return {
        account_id: f"rendez-vous le {day_shown(day, today=today)}, à déplacer"
        for account_id, with_id, day in rows
        if own[account_id] == with_id
    }
