"""Help requests, « J’ai besoin d’aide »: one open request per person until a professional settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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
    """Ask for help. If a request is open, it is renewed with the new word, if any.

    Raises NobodyToAsk, SupportEnded, what `text.clean_line` raises.
    """
    if not may_ask(by):
        raise NobodyToAsk
    if session.exec(select(Account.archived_at).where(Account.id == by.id)).one() is not None:
        raise SupportEnded
    typed = text.clean_line(word, most=policy.SHORT_WORD_LENGTH)
    kept = _open_request(session, by.id) or HelpAsked(account_id=by.id, at=now)
    kept.word, kept.at = typed or kept.word, now
    session.add(kept)
    refreshing.mark_outdated(session, account_id=by.id)


def take_back(session: Session, *, by: Actor, now: datetime) -> None:
    """Close the person's own request (« C’est bon, j’ai trouvé »)."""
    if kept := _open_request(session, by.id):
        kept.settled_at, kept.settled_by = now, by.id
        refreshing.mark_outdated(session, account_id=by.id)


def settle_help_request(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> None:
    """Record that a professional has dealt with the request. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if kept := _open_request(session, account_id):
        kept.settled_at, kept.settled_by = now, by.id
        refreshing.mark_outdated(session, account_id=account_id)


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
