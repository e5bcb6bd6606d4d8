"""The private calendar of a professional: an address that their own calendar program reads, and nothing else can be done with.

What it holds leaves to wherever that program keeps it (Google, Outlook). So it says the hour, the length and the place, and
of the young person nothing, or the first name and an initial where the professional chose so (docs/decisions/0023).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from clicnjob import audit, policy, text
from clicnjob.accounts import presence, reauthentication
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort.permissions import FollowsNobody, may_follow
from clicnjob.cohort.support import agenda, appointments
from clicnjob.cohort.support.agenda import AgendaLine
from clicnjob.errors import NotFound
from clicnjob.french import calendar_file, days
from clicnjob.french.appointments import KINDS
from clicnjob.french.calendar_file import CalendarEvent
from clicnjob.models import Account, Actor, CalendarFeed, Role, RoleHeld

NAMES = {"aucun": "«\u00a0Rendez-vous\u00a0», sans nom", "prenom": "Le prénom et l’initiale du nom"}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """The private calendar of the actor: since when its address lives, and what it says of people, a key of NAMES."""

    made_at: datetime
    names: str


@dataclass(frozen=True, slots=True)
class FeedOwner:
    """Whose calendar an address opens, with the roles of today; it serves as the actor of one reading, and of nothing else."""

    id: str
    role: Role
    roles: frozenset[Role]
    organisation_id: str | None
    names: str


def own_feed(session: Session, *, of: Actor) -> OwnFeed | None:
    """Return the actor's private calendar, None without one. One query. Raises FollowsNobody."""
    if not may_follow(of):
        raise FollowsNobody
    kept = session.get(CalendarFeed, of.id)
    return None if kept is None else OwnFeed(kept.made_at, kept.names)


def make_feed(session: Session, *, by: Actor, names: str, proof: Proof | None, now: datetime) -> str:
    """Make a new address, which ends the one before, and return its token; only the digest is stored.

    Who sits down at an unattended screen must not take the calendar along. Raises FollowsNobody, ProofNeeded, NotFound for
    an unknown choice of names.
    """
    if not may_follow(by):
        raise FollowsNobody
    if names not in NAMES:
        raise NotFound
    reauthentication.check_proof(by, proof, now=now)
    token = secrets.token_urlsafe(policy.TOKEN_BYTES)
    kept = session.get(CalendarFeed, by.id) or CalendarFeed(account_id=by.id, token_digest="")
    kept.token_digest, kept.names, kept.made_at = presence.token_digest(token), names, now
    session.add(kept)
    session.flush()
    audit.note_act(session, by=by, act="calendar address made", whom_id=by.id, why=names, now=now)
    return token


def stop_feed(session: Session, *, by: Actor, now: datetime) -> None:
    """End the actor's address at once. Raises FollowsNobody; a lost role has ended the address already."""
    if not may_follow(by):
        raise FollowsNobody
    if kept := session.get(CalendarFeed, by.id):
        session.delete(kept)
        session.flush()
        audit.note_act(session, by=by, act="calendar address stopped", whom_id=by.id, now=now)


def may_be_token(token: str) -> bool:
    """Whether this has the form of a token; anything else costs no query."""
    return _TOKEN.fullmatch(token) is not None


def feed_owner(session: Session, *, token: str, now: datetime) -> FeedOwner:
    """Return whose calendar a token opens. One query.

    Raises NotFound, the same for an unknown or ended token, an account that is closed or frozen, and a lost role.
    """
    query: Any = (
        select(Account, CalendarFeed.names, RoleHeld)
        .join(CalendarFeed, col(CalendarFeed.account_id) == col(Account.id))
        .outerjoin(RoleHeld, col(RoleHeld.account_id) == col(Account.id))
        .where(
            CalendarFeed.token_digest == presence.token_digest(token),
            col(Account.closed_at).is_(None),
            col(Account.frozen_at).is_(None),
        )
    )
    rows = session.exec(query).all() if may_be_token(token) else ()
    today = days.local_day(now)
    held = frozenset(one.role for _, _, one in rows if one and (one.until is None or one.until >= today))
    found = [FeedOwner(person.id, person.role, held, person.organisation_id, names) for person, names, _ in rows]
    if not found or not may_follow(found[0]):
        raise NotFound
    return found[0]


def feed_file(session: Session, *, owner: FeedOwner, now: datetime) -> bytes:
    """Return the calendar of a professional: their own appointments that were not refused, in one query."""
    today = days.local_day(now)
    first, last = today - policy.CALENDAR_BEFORE, today + policy.CALENDAR_AHEAD
    lines = agenda.own_agenda(session, of=owner, first=first, last=last, today=today, most=policy.CALENDAR_EVENTS)
    events = [_calendar_event(one, owner.names) for one in lines if one.start is not None and one.accepted is not False]
    # The day stands for the instant of making, so that what did not change has the same bytes.
    made = datetime.combine(today, time.min, UTC)
    return calendar_file.calendar_feed(events, part="Agenda", name="Rendez-vous ClicNJob", now=made)


def _calendar_event(one: AgendaLine, names: str) -> CalendarEvent:
    start = appointments.start_instant(one.day, one.start or time.min)
    who = f" avec {text.short_name(one.first_name, one.last_name)}" if names == "prenom" else ""
    return CalendarEvent(
        uid=f"{one.id}@clicnjob",
        start=start,
        lasts=timedelta(minutes=one.minutes or 0),
        summary=f"Rendez-vous{who}",
        place=_shown_place(one, first_name_too=names != "prenom"),
    )


def _shown_place(one: AgendaLine, *, first_name_too: bool) -> str:
    """Return where one meets. A number or a link that was typed for a call stays here, and so does a place with the name."""
    said, name = text.fold_text(one.place), text.fold_text(one.last_name)
    names_somebody = bool(name) and name in said
    if first_name_too and (first := text.fold_text(one.first_name)):
        names_somebody |= re.search(rf"\b{re.escape(first)}\b", said) is not None
    return one.place if one.kind == "sur_place" and one.place and not names_somebody else KINDS.get(one.kind, "")
