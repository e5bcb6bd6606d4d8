"""Separating two files again within a day: what moved goes back, what was done since stays with the kept one.

What the person showed is not shown again without them, and what they stopped showing since stays hidden on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from clicnjob import audit, consents, policy
from clicnjob.cohort import permissions
from clicnjob.cohort.merging import file_merges, moved_rows
from clicnjob.cohort.progress import refreshing
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, Card, ConsentTo, Enrolment, FileMerge, SharedObstacle, Sharing
from clicnjob.privacy import sharing


class MergeTooOld(Refusal):
    """A merge can be undone for a day only: the person goes on working in the kept file."""

    sentence = "Plus de 24 heures sont passées. Les deux dossiers restent réunis."


class LaterMergeFirst(Refusal):
    """Another file was taken into the same one since, so that their rows are mixed."""

    sentence = "Un autre dossier a été réuni depuis. Séparez-le d’abord."


@dataclass(frozen=True, slots=True)
class DoneMerge:
    """A merge of a file: what the other one was called, when, and whether it can be undone now."""

    id: str
    other_name: str
    at: datetime
    may_be_undone: bool


def undo_merge(session: Session, *, by: Actor, merge_id: str, today: date, now: datetime) -> None:
    """Separate two files again. Raises NotFound, MergeTooOld, LaterMergeFirst."""
    merge = session.get(FileMerge, merge_id, with_for_update=True)
    if merge is None or merge.undone_at is not None:
        raise NotFound
    kept = file_merges.own_person(session, by=by, account_id=merge.kept_id, today=today)
    if session.get(Account, merge.other_id) is None:
        raise NotFound
    if now - merge.at > policy.UNDO_WITHIN:
        raise MergeTooOld
    if _latest_merge_id(session, kept.id) != merge.id:
        raise LaterMergeFirst
    cards = [move[1] for move in merge.moved if move[0] == file_merges.VOIDED]
    moved_rows.move_back(session, [move for move in merge.moved if move[0] != file_merges.VOIDED])
    session.exec(update(Card).where(col(Card.id).in_(cards)).values(voided_at=None))
    merge, kept = session.get_one(FileMerge, merge_id), session.get_one(Account, kept.id)
    other = session.get_one(Account, merge.other_id)
    _keep_hidden(session, kept, other, since=merge.at, now=now)
    _reopen_file(session, other, kept, adviser_id=merge.before.get("adviser", ""))
    _give_identity_back(session, kept, other, merge.before)
    merge.undone_at = now
    permissions.copy_place(session, other)
    refreshing.refresh_progress(session, [kept.id, other.id], now=now)
    audit.note_all(session, by=by, act="file merge undone", whom_ids=(kept.id, other.id), now=now)


def merges_of_person(
    session: Session, *, by: Actor, account_id: str, today: date, now: datetime
) -> tuple[DoneMerge, ...]:
    """Return the merges into a file that were not undone, latest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    query = select(FileMerge, Account).join(Account, col(Account.id) == col(FileMerge.other_id))
    query = query.where(FileMerge.kept_id == account_id, col(FileMerge.undone_at).is_(None))
    rows = session.exec(query.order_by(col(FileMerge.at).desc(), FileMerge.id))
    return tuple(
        DoneMerge(
            one.id,
            f"{other.first_name} {other.last_name}",
            one.at,
            place == 0 and now - one.at <= policy.UNDO_WITHIN,
        )
        for place, (one, other) in enumerate(rows)
    )


def _latest_merge_id(session: Session, kept_id: str) -> str | None:
    query = select(FileMerge.id).where(FileMerge.kept_id == kept_id, col(FileMerge.undone_at).is_(None))
    return session.exec(query.order_by(col(FileMerge.at).desc(), FileMerge.id).limit(1)).first()


def _keep_hidden(session: Session, kept: Account, other: Account, *, since: datetime, now: datetime) -> None:
    """Show of the other file nothing that its person has stopped showing since in the kept one."""
    stopped = sharing.stopped_since(session, of=kept.id, since=since)
    ours, theirs = session.get(Sharing, kept.id), session.get(Sharing, other.id)
    for what in sharing.CHOICES if theirs else ():
        if what in stopped and getattr(theirs, what.value) and not (ours and getattr(ours, what.value)):
            setattr(theirs, what.value, False)
            consents.withdraw_consent(session, by=other, what=what, now=now)
    if ConsentTo.OBSTACLES in stopped:
        row = SharedObstacle
        shown = select(row.obstacle).where(row.account_id == kept.id)
        session.exec(delete(row).where(col(row.account_id) == other.id, col(row.obstacle).not_in(shown)))
        if session.exec(select(row).where(row.account_id == other.id)).first() is None:
            consents.withdraw_consent(session, by=other, what=ConsentTo.OBSTACLES, now=now)
    session.flush()


def _reopen_file(session: Session, other: Account, kept: Account, *, adviser_id: str) -> None:
    """Open the other file again, with its adviser before, or that of the kept file if they are gone."""
    before = session.get(Account, adviser_id) if adviser_id else None
    is_gone = before is None or before.closed_at is not None or before.organisation_id != kept.organisation_id
    other.closed_at, other.organisation_id = None, kept.organisation_id
    other.adviser_id = kept.adviser_id if adviser_id and is_gone else adviser_id or None
    if kept.frozen_at is not None:
        other.frozen_at, other.frozen_why = kept.frozen_at, kept.frozen_why


def _give_identity_back(session: Session, kept: Account, other: Account, before: Mapping[str, str]) -> None:
    """Return what the kept file had taken over of its person; what was corrected or seen since stays."""
    if (kept.first_name, kept.last_name) == (other.first_name, other.last_name):
        kept.first_name, kept.last_name = before["first_name"], before["last_name"]
    seen_at = datetime.fromisoformat(before["seen_at"]) if before["seen_at"] else None
    if kept.seen_at == max(filter(None, (seen_at, other.seen_at)), default=None):
        kept.seen_at = seen_at
    ours, theirs = (session.get(Enrolment, one) or Enrolment(account_id=one) for one in (kept.id, other.id))
    file_merges.set_enrolment(
        session,
        kept.id,
        phone=before["phone"] if ours.phone == theirs.phone else ours.phone,
        month=before["birth_month"] if ours.birth_month == theirs.birth_month else ours.birth_month,
    )
