"""Help requests, « J’ai besoin d’aide »: one open request per person until a professional settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, HelpAsked, Role


class NobodyToAsk(Refusal):
    """A guest has no adviser to ask."""

    sentence = "Demande à la personne qui est à côté de toi."


class SupportEnded(Refusal):
    """The file is archived, so nobody would see the request."""

    sentence = "Ton accompagnement est terminé. Appelle ta structure, ou passe à l’accueil."


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """A help request; `seen_by` is the first name of who settled it, '' while it is open."""

    id: str
    word: str
    at: datetime
    settled_at: datetime | None
    seen_by: str


def may_ask(actor: Actor) -> bool:
    """Young people of a structure may, since somebody there follows them."""
    return actor.role is Role.YOUNG and actor.organisation_id is not None


def ask_for_help(session: Session, *, by: Actor, word: str = "", now: datetime) -> None:
    """Ask for help. An open request is renewed with the new word, if any; so is one taken back within the last day.

    Raises NobodyToAsk, SupportEnded, what `text.clean_line` raises.
    """
    if not may_ask(by):
        raise NobodyToAsk
    if session.exec(select(Account.archived_at).where(Account.id == by.id)).one() is not None:
        raise SupportEnded
    typed = text.clean_line(word, most=policy.SHORT_WORD_LENGTH)
    kept = _open_request(session, by.id)
    if kept is None:
        kept = _taken_back(session, by.id, since=now - timedelta(days=1)) or HelpAsked(account_id=by.id)
        kept.word, kept.settled_at, kept.settled_by = "", None, None
    kept.word, kept.at = typed or kept.word, now
    session.add(kept)
    refreshing.mark_outdated(session, account_id=by.id)


def take_back(session: Session, *, by: Actor, now: datetime) -> None:
    """Close the person's own request (« C’est bon, j’ai trouvé »)."""
    if kept := _open_request(session, by.id):
        kept.settled_at, kept.settled_by = now, by.id
        refreshing.mark_outdated(session, account_id=by.id)


def settle_help_request(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> bool:
    """Record that a professional has dealt with the request; False when none was open any more. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    kept = _open_request(session, account_id)
    if kept is None:
        return False
    kept.settled_at, kept.settled_by = now, by.id
    refreshing.mark_outdated(session, account_id=account_id)
    return True


def latest_help_request(session: Session, *, of: Actor) -> HelpRequest | None:
    """Return the young person's latest request, open or settled. One query."""
    query = (
        select(HelpAsked, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(HelpAsked.settled_by))
        .where(HelpAsked.account_id == of.id)
        .order_by(col(HelpAsked.at).desc(), HelpAsked.id)
    )
    row = session.exec(query.limit(1)).first()
    if row is None:
        return None
    kept, name = row
    return HelpRequest(kept.id, kept.word, kept.at, kept.settled_at, (name or "") if kept.settled_by != of.id else "")


def _open_request(session: Session, account_id: str) -> HelpAsked | None:
    query = select(HelpAsked).where(HelpAsked.account_id == account_id, col(HelpAsked.settled_at).is_(None))
    return session.exec(query.order_by(col(HelpAsked.at).desc(), HelpAsked.id).limit(1)).first()


def _taken_back(session: Session, account_id: str, *, since: datetime) -> HelpAsked | None:
    """Return the latest request that the person closed themselves: asking again adds no row, so no loop fills the table."""
    own = (HelpAsked.account_id == account_id, HelpAsked.settled_by == account_id)
    query = select(HelpAsked).where(*own, col(HelpAsked.settled_at) > since)
    return session.exec(query.order_by(col(HelpAsked.at).desc(), HelpAsked.id).limit(1)).first()
