"""Attempts to reach a young person: a call, how it ended, and when to try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.progress import alert_silences, refreshing
from clicnjob.cohort.support.comments import SOMEBODY
from clicnjob.errors import ChangedMeanwhile, NotFound, Refusal
from clicnjob.french import contact
from clicnjob.models import Account, Actor, ContactNote, Enrolment


class BadReminder(Refusal):
    """The day to be reminded is past, or too far away."""

    sentence = "Choisissez un jour à venir, dans l’année."


class TooManyContacts(Refusal):
    """More contacts in one day than a person can have."""

    sentence = "Il y a déjà beaucoup d’appels notés aujourd’hui pour ce jeune."


@dataclass(frozen=True, slots=True)
class NotedContact:
    """One contact as shown. `words` say how it ended; `remind_on` is the day to try again, if any."""

    id: str
    outcome: str
    words: str
    by: str
    by_id: str
    at: datetime
    remind_on: date | None


def note_contact(
    session: Session, *, by: Actor, account_id: str, outcome: str, remind_on: date | None, today: date, now: datetime
) -> str:
    """Note how a contact ended; the latest one decides when the adviser is reminded. Returns its id, to undo it.

    The alerts that ask for a call leave the list of who called, until the reminder or for as long as the outcome says.
    Raises NotFound (also for an unknown outcome), BadReminder, TooManyContacts.
    """
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if outcome not in vocabulary.contact_outcomes():
        raise NotFound
    if remind_on is not None and not today < remind_on <= today + policy.REMINDER_AHEAD:
        raise BadReminder
    since = now - timedelta(days=1)
    recent = select(ContactNote.id).where(ContactNote.account_id == account_id, col(ContactNote.at) > since)
    if len(session.exec(recent.limit(policy.CONTACTS_A_DAY)).all()) >= policy.CONTACTS_A_DAY:
        raise TooManyContacts
    noted = ContactNote(account_id=account_id, by_id=by.id, outcome=outcome, remind_on=remind_on, at=now)
    session.add(noted)
    session.flush()
    refreshing.refresh_progress(session, [account_id], now=now)
    rests = vocabulary.contact_outcomes()[outcome].repos
    alert_silences.silence_calls(
        session, by=by, account_id=account_id, until=remind_on or today + timedelta(days=rests), now=now
    )
    return noted.id


def undo_contact(session: Session, *, by: Actor, contact_id: str, today: date, now: datetime) -> None:
    """Take back a contact that one noted oneself; the alerts that it quieted are heard again. Raises NotFound."""
    noted = session.get(ContactNote, contact_id)
    if noted is None or noted.by_id != by.id or noted.undone_at is not None:
        raise NotFound
    permissions.followed_person(session, by=by, account_id=noted.account_id, today=today)
    noted.undone_at = now
    alert_silences.undo_silences_at(session, by=by, account_id=noted.account_id, at=noted.at, now=now)
    refreshing.refresh_progress(session, [noted.account_id], now=now)


def on_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[NotedContact, ...]:
    """Return the latest contacts of somebody, newest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    query = (
        select(ContactNote, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(ContactNote.by_id))
        .where(ContactNote.account_id == account_id, col(ContactNote.undone_at).is_(None))
        .order_by(col(ContactNote.at).desc(), ContactNote.id)
        .limit(policy.CONTACTS_SHOWN)
    )
    known = vocabulary.contact_outcomes()
    return tuple(
        NotedContact(n.id, n.outcome, known[n.outcome].fait, name or SOMEBODY, n.by_id, n.at, n.remind_on)
        for n, name in session.exec(query)
        if n.outcome in known
    )


def change_phone(session: Session, *, by: Actor, account_id: str, typed: str, today: date, shown: str = "") -> str:
    """Write the number to call; '' removes it. Returns it in E.164. `shown` is the number on the screen, '' for none.

    Raises NotFound, contact.WrongPhone, ChangedMeanwhile.
    """
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    number = contact.phone_number(typed[: policy.PHONE_TYPED])
    kept = session.get(Enrolment, account_id) or Enrolment(account_id=account_id)
    if kept.phone not in (shown, number):
        raise ChangedMeanwhile
    kept.phone = number
    session.add(kept)
    session.flush()
    return number
