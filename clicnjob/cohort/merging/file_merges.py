"""Making two files of one young person one, by who follows both; `merge_undo` separates them again within a day.

The kept account signs in as before; the other one is closed, and what was not taken over stays with it for a while, for
the young person alone. Nothing that they do not show becomes visible: after a merge they show only what both files did.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from clicnjob import audit, consents
from clicnjob.accounts import presence, reauthentication
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort import permissions
from clicnjob.cohort.merging import moved_rows
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import handovers
from clicnjob.errors import ChangedMeanwhile, NotFound, Refusal
from clicnjob.models import (
    Account,
    Actor,
    Card,
    Consent,
    ConsentTo,
    Enrolment,
    ErasurePlan,
    ErasureWhy,
    FileMerge,
    SharedObstacle,
    Sharing,
    Work,
    WorkKind,
)
from clicnjob.privacy.sharing import CHOICES

VOIDED = "card voided"  # among the moves: a card of the other account that the merge voided


class NotAgreedToMerge(Refusal):
    """Only the young person can say that both accounts are theirs."""

    sentence = "Demandez d’abord au jeune si les deux comptes sont à lui. Puis cochez «\u00a0vu avec le jeune\u00a0»."


class FileCannotMerge(Refusal):
    """One of the two files is frozen, about to be erased at its owner’s request, or closed."""

    sentence = "Un des deux dossiers est gelé, archivé, ou va être effacé. Il ne peut pas être réuni."


@dataclass(frozen=True, slots=True)
class MergeChoices:
    """Which of the two accounts, by id, gives each thing that only one can give."""

    name_of: str
    phone_of: str
    month_of: str
    bag_of: str
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of two files, as they are compared: only what its adviser sees anyway.

    `seen_at` is the last visit; `has_card`: a card that opens it, with its PIN chosen.
    """

    id: str
    first_name: str
    last_name: str
    phone: str
    birth_month: str
    enrolled_at: datetime
    seen_at: datetime | None
    has_card: bool
    cvs: int
    cv_changed_at: datetime | None


def merge_sides(
    session: Session, *, by: Actor, account_id: str, other_id: str, today: date
) -> tuple[MergeSide, MergeSide]:
    """Return both files to compare, the one that was used last first: it is the one to keep. Raises NotFound, FileCannotMerge."""
    return _sorted_sides(session, *_mergeable_pair(session, by, account_id, other_id, today))


def merge_files(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    other_id: str,
    choices: MergeChoices,
    shown: Collection[MergeSide] = (),
    proof: Proof | None = None,
    today: date,
    now: datetime,
) -> FileMerge:
    """Take the file of `other_id` into that of `account_id`, which stays.

    What somebody keeps private then opens with the card of the kept file, as after a new card: the actor must have just
    proved who they are, unless nobody has used the other account yet. `shown` is the pair as the screen compared it, empty
    where no screen did. Raises NotFound, FileCannotMerge, ChangedMeanwhile, NotAgreedToMerge, ProofNeeded.
    """
    _lock_pair(session, account_id, other_id)
    kept, other = _mergeable_pair(session, by, account_id, other_id, today)
    if shown and _compared_words(shown) != _compared_words(_sorted_sides(session, kept, other)):
        raise ChangedMeanwhile
    if not choices.agreed:
        raise NotAgreedToMerge
    if other.seen_at is not None:
        reauthentication.check_proof(by, proof, now=now)
    before = _told_before(session, kept, other)
    moves = _voided_cards(session, other.id, now)
    moves += moved_rows.move_rows(session, kept_id=kept.id, other_id=other.id)
    moves += moved_rows.move_work(session, kept_id=kept.id, other_id=other.id, bag_of=choices.bag_of)
    _move_photo_consent(session, moves, kept, other)
    if other.seen_at is not None:
        _show_only_common(session, kept, other, now)
    _forget_announcements(session, kept, other)
    _take_identity(session, kept, other, choices)
    presence.end_all(session, account_id=other.id, reason="merged", now=now)
    other.closed_at, other.organisation_id, other.adviser_id = now, None, None
    permissions.copy_place(session, other)
    merge = FileMerge(kept_id=kept.id, other_id=other.id, by_id=by.id, at=now, moved=moves, before=before)
    session.add(merge)
    session.flush()
    refreshing.refresh_progress(session, [kept.id], now=now)
    audit.note_all(session, by=by, act="files merged", whom_ids=(kept.id, other.id), now=now)
    return merge


def own_person(session: Session, *, by: Actor, account_id: str, today: date) -> Account:
    """Return somebody whom the actor follows themselves or as head: a merge ends a following, like a handover.

    Raises NotFound.
    """
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if not handovers.may_hand(by, person):
        raise NotFound
    return person


def _lock_pair(session: Session, *account_ids: str) -> None:
    """Let two merges of the same files come one after the other; SQLite has a single writer anyway."""
    pair = select(Account.id).where(col(Account.id).in_(account_ids)).order_by(Account.id)
    session.exec(pair.with_for_update()).all()


def _mergeable_pair(
    session: Session, by: Actor, account_id: str, other_id: str, today: date
) -> tuple[Account, Account]:
    if account_id == other_id:
        raise NotFound
    kept, other = (own_person(session, by=by, account_id=one, today=today) for one in (account_id, other_id))
    asked = select(ErasurePlan.account_id).where(
        col(ErasurePlan.account_id).in_((kept.id, other.id)), ErasurePlan.why == ErasureWhy.ASKED
    )
    is_held = any(one.frozen_at is not None or one.archived_at is not None for one in (kept, other))
    if is_held or session.exec(asked).first() is not None:
        raise FileCannotMerge
    return kept, other


def _merge_side(session: Session, person: Account) -> MergeSide:
    enrolled = session.get(Enrolment, person.id)
    working = select(Card.id).where(
        Card.account_id == person.id, col(Card.voided_at).is_(None), col(Card.pin_hash).is_not(None)
    )
    changed = session.exec(
        select(Work.changed_at).where(
            Work.account_id == person.id, Work.kind == WorkKind.CV, col(Work.deleted_at).is_(None)
        )
    ).all()
    return MergeSide(
        person.id,
        person.first_name,
        person.last_name,
        enrolled.phone if enrolled else "",
        enrolled.birth_month if enrolled else "",
        person.created_at,
        person.seen_at,
        session.exec(working.limit(1)).first() is not None,
        len(changed),
        max(changed, default=None),
    )


def _sorted_sides(session: Session, *both: Account) -> tuple[MergeSide, MergeSide]:
    first, second = sorted((_merge_side(session, one) for one in both), key=_last_used, reverse=True)
    return first, second


def _compared_words(sides: Collection[MergeSide]) -> list[tuple[str, ...]]:
    """Return, in order, what somebody chose between; visits and CVs go on while it is read."""
    return [(one.id, one.first_name, one.last_name, one.phone, one.birth_month) for one in sides]


def _last_used(side: MergeSide) -> tuple[bool, float, int, float]:
    """Order by the card that the person has in hand, which must go on working, then by their visits and their CVs."""
    seen = side.seen_at.timestamp() if side.seen_at else 0.0
    return side.has_card, seen, side.cvs, -side.enrolled_at.timestamp()


def _told_before(session: Session, kept: Account, other: Account) -> dict[str, str]:
    enrolled = session.get(Enrolment, kept.id)
    return {
        "first_name": kept.first_name,
        "last_name": kept.last_name,
        "phone": enrolled.phone if enrolled else "",
        "birth_month": enrolled.birth_month if enrolled else "",
        "seen_at": kept.seen_at.isoformat() if kept.seen_at else "",
        "adviser": other.adviser_id or "",
    }


def _voided_cards(session: Session, account_id: str, now: datetime) -> list[moved_rows.Move]:
    """Void the cards of the other account, since whoever found one must not open the merged file."""
    live = select(Card.id).where(Card.account_id == account_id, col(Card.voided_at).is_(None))
    ids = list(session.exec(live))
    session.exec(update(Card).where(col(Card.id).in_(ids)).values(voided_at=now))
    return [[VOIDED, card_id, account_id, account_id] for card_id in ids]


def _move_photo_consent(session: Session, moves: list[moved_rows.Move], kept: Account, other: Account) -> None:
    """Let the consent to a photo follow the photo."""
    if not any(move[0] == "photo" for move in moves) or consents.has_consented(
        session, of=kept.id, what=ConsentTo.PHOTO
    ):
        return
    given = select(Consent).where(
        Consent.account_id == other.id, Consent.what == ConsentTo.PHOTO, col(Consent.withdrawn_at).is_(None)
    )
    for consent in session.exec(given).all():
        consent.account_id = kept.id
        moves.append(["consent", {"id": consent.id}, other.id, kept.id])
    session.flush()


def _show_only_common(session: Session, kept: Account, other: Account, now: datetime) -> None:
    """Stop showing what the other account did not show: some of it is in the kept one now."""
    if session.exec(select(SharedObstacle).where(SharedObstacle.account_id == kept.id)).first() is None:
        consents.withdraw_consent(session, by=kept, what=ConsentTo.OBSTACLES, now=now)
    ours, theirs = session.get(Sharing, kept.id), session.get(Sharing, other.id)
    for what in CHOICES if ours else ():
        if getattr(ours, what.value) and not (theirs and getattr(theirs, what.value)):
            setattr(ours, what.value, False)
            consents.withdraw_consent(session, by=kept, what=what, now=now)
    session.flush()


def _forget_announcements(session: Session, kept: Account, other: Account) -> None:
    """Cancel the erasures announced for want of visits: of the other account, and of the kept one if it was used less lately."""
    used_later = other.seen_at is not None and (kept.seen_at is None or other.seen_at > kept.seen_at)
    ids = (kept.id, other.id) if used_later else (other.id,)
    for plan in session.exec(select(ErasurePlan).where(col(ErasurePlan.account_id).in_(ids))):
        session.delete(plan)
    session.flush()


def _take_identity(session: Session, kept: Account, other: Account, choices: MergeChoices) -> None:
    """Give the kept account the chosen name, telephone and month of birth, and the later visit of both."""
    given = {one.id: session.get(Enrolment, one.id) for one in (kept, other)}
    if choices.name_of == other.id:
        kept.first_name, kept.last_name = other.first_name, other.last_name
    phone, month = given.get(choices.phone_of), given.get(choices.month_of)
    set_enrolment(session, kept.id, phone=phone.phone if phone else "", month=month.birth_month if month else "")
    kept.seen_at = max(filter(None, (kept.seen_at, other.seen_at)), default=None)
    session.flush()


def set_enrolment(session: Session, account_id: str, *, phone: str, month: str) -> None:
    """Write the telephone and the month of birth of a file."""
    row = session.get(Enrolment, account_id) or Enrolment(account_id=account_id)
    row.phone, row.birth_month = phone, month
    session.add(row)
    session.flush()
