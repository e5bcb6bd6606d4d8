"""The end of a support: archiving a person with a coded reason, and bringing them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from clicnjob import audit, policy, text
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.support import help_requests
from clicnjob.errors import ChangedMeanwhile, NotFound, Refusal
from clicnjob.models import Account, Actor, Archive


class CommentMissing(Refusal):
    """This reason needs a comment."""

    sentence = "Pour cette raison, dites-en un peu plus."


class JustChanged(ChangedMeanwhile):
    """A colleague has archived the file, or brought it back, since the screen was drawn."""

    sentence = "Un collègue vient d’archiver ou de rouvrir ce dossier. Regardez où il en est."


@dataclass(frozen=True, slots=True)
class CaseEnding:
    """Why and when a support ended."""

    reason: str
    comment: str
    by: str
    at: datetime


def close_case(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    reason: str,
    today: date,
    comment: str = "",
    now: datetime,
) -> None:
    """End a support: the young person leaves the cohort, keeps their work and can be brought back.

    An open help request is settled, since nobody would see it any more.

    Raises NotFound, JustChanged, CommentMissing, what `text.clean_paragraph` raises.
    """
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    known = vocabulary.closure_reasons().get(reason)
    if known is None:
        raise NotFound
    if person.archived_at is not None:
        raise JustChanged
    typed = text.clean_paragraph(comment, most=policy.NOTE_LENGTH)
    if known.commentaire and not typed:
        raise CommentMissing
    help_requests.settle_help_request(session, by=by, account_id=account_id, today=today, now=now)
    session.add(Archive(account_id=account_id, by_id=by.id, reason=reason, comment=typed, at=now))
    _set_archived(session, person, now)
    audit.note_act(session, by=by, act="archived", whom_id=account_id, why=reason, now=now)


def bring_back(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> None:
    """Undo `close_case`. Raises NotFound, JustChanged."""
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if person.archived_at is None:
        raise JustChanged
    for kept in session.exec(select(Archive).where(Archive.account_id == account_id, col(Archive.undone_at).is_(None))):
        kept.undone_at = now
    _set_archived(session, person, None)
    audit.note_act(session, by=by, act="brought back", whom_id=account_id, now=now)


def case_ending(session: Session, *, by: Actor, account_id: str, today: date) -> CaseEnding | None:
    """Return why and when somebody's support ended, if it did. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    query = (
        select(Archive, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(Archive.by_id))
        .where(Archive.account_id == account_id, col(Archive.undone_at).is_(None))
        .order_by(col(Archive.at).desc(), Archive.id)
    )
    row = session.exec(query.limit(1)).first()
    if row is None:
        return None
    kept, name = row
    known = vocabulary.closure_reasons().get(kept.reason)
    return CaseEnding(known.libelle if known else kept.reason, kept.comment, name or "", kept.at)


def _set_archived(session: Session, person: Account, at: datetime | None) -> None:
    person.archived_at = at
    permissions.copy_place(session, person)
