"""The retention rules: what is deleted after the durations of policy.py, daily and by `purge_expired`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import audit, db, policy
from clicnjob.accounts import people, tickets, waits
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.models import (
    STAFF_ROLES,
    Account,
    Actor,
    Attendance,
    Card,
    Comment,
    ErasurePlan,
    ErasureWhy,
    FileMerge,
    ImportBatch,
    ImportRemainder,
    Instant,
    Invitation,
    MissingWord,
    Note,
    Revision,
    Role,
    SentMail,
    SentNotification,
    SignIn,
    ThreadMessage,
    Work,
    Workshop,
)
from clicnjob.privacy.erasure import erasure_request, tombstones
from clicnjob.privacy.machine import MACHINE
from clicnjob.privacy.permissions import may_see_plans
from clicnjob.privacy.retention import workshop_rules
from clicnjob.privacy.retention.rows import delete_rows


class MayNotReadErasures(Refusal):
    """The actor is neither an adviser nor a head, so they need not know whom to call."""

    sentence = "Cette liste est pour les conseillers et le responsable de la structure."


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One rule: what it removes, in French for who runs `purge_expired`, and the function, which returns how many."""

    words: str
    apply: Callable[[Session, datetime], int]


@dataclass(frozen=True, slots=True)
class UpcomingErasure:
    """A file to be erased, as an adviser or the head lists it."""

    account_id: str
    name: str
    why: ErasureWhy
    due_at: datetime
    frozen: bool


def purge_expired(session: Session, *, now: datetime) -> tuple[tuple[str, int], ...]:
    """Apply every rule in one transaction and return (words, number removed) for each. Roll back for a dry run."""
    return tuple((rule.words, rule.apply(session, now)) for rule in RULES)


def upcoming_erasures(session: Session, *, of: Actor) -> tuple[UpcomingErasure, ...]:
    """List the files to be erased, soonest first: an adviser's own, or for the head the structure's.

    One query. Raises MayNotReadErasures.
    """
    if not may_see_plans(of):
        raise MayNotReadErasures
    query = select(Account, ErasurePlan).join(ErasurePlan, col(ErasurePlan.account_id) == Account.id)
    query = query.where(col(Account.organisation_id).is_not(None), Account.organisation_id == of.organisation_id)
    if Role.HEAD not in of.roles:
        query = query.where(Account.adviser_id == of.id)
    rows = session.exec(query.order_by(col(ErasurePlan.due_at), Account.id))
    return tuple(
        UpcomingErasure(row.id, f"{row.first_name} {row.last_name}", plan.why, plan.due_at, row.frozen_at is not None)
        for row, plan in rows
    )


def _erase_due(session: Session, now: datetime) -> int:
    """Erase people who asked seven days ago, or were announced and did not come back; never a frozen file."""
    query = select(Account.id, ErasurePlan.why).join(ErasurePlan, col(ErasurePlan.account_id) == Account.id)
    due = query.where(col(ErasurePlan.due_at) <= now, col(Account.frozen_at).is_(None)).order_by(Account.id)
    found = session.exec(due).all()
    for account_id, why in found:
        erasure_request.erase_account(session, account_id, by=MACHINE, why=ErasureWhy(why).value, now=now)
    return len(found)


def _forget_announcements(session: Session, now: datetime) -> int:
    """Cancel the announced erasure of people who came back since."""
    came_back = exists(select(Account.id).where(Account.id == ErasurePlan.account_id, ErasurePlan.noted_at < _CONTACT))
    return session.exec(delete(ErasurePlan).where(col(ErasurePlan.why) == ErasureWhy.IDLE, came_back)).rowcount


def _announce_erasures(session: Session, now: datetime) -> int:
    """Plan the erasure of long-absent people, always at least thirty days ahead, however late this runs."""
    limit = now - policy.KEPT_AFTER_LAST_CONTACT + policy.ERASURE_ANNOUNCED
    query = select(Account.id, _CONTACT).where(
        Account.role == Role.YOUNG, limit >= _CONTACT, _ACTIVATED, ~_PLANNED, col(Account.frozen_at).is_(None)
    )
    found = session.exec(query.order_by(Account.id)).all()
    for account_id, contact in found:
        due = max(contact + policy.KEPT_AFTER_LAST_CONTACT, now + policy.ERASURE_ANNOUNCED)
        session.add(ErasurePlan(account_id=account_id, why=ErasureWhy.IDLE, noted_at=now, due_at=due))
        audit.note_act(session, by=MACHINE, act="erasure announced", whom_id=account_id, now=now)
    return len(found)


def _never_activated(session: Session, now: datetime) -> int:
    query = select(Account.id).where(
        Account.role == Role.YOUNG,
        now - policy.NEVER_ACTIVATED_KEPT >= _CONTACT,
        ~_ACTIVATED,
        col(Account.frozen_at).is_(None),
    )
    found = session.exec(query.order_by(Account.id)).all()
    for account_id in found:
        erasure_request.erase_account(session, account_id, by=MACHINE, why="never activated", now=now)
    return len(found)


def _closed_staff(session: Session, now: datetime) -> int:
    limit = now - policy.CLOSED_STAFF_KEPT
    gone = delete(Account).where(col(Account.role).in_(STAFF_ROLES), col(Account.closed_at) <= limit)
    return session.exec(gone).rowcount


def _sign_ins(session: Session, now: datetime) -> int:
    return delete_rows(session, SignIn, col(SignIn.seen_at) <= now - policy.SIGN_INS_KEPT)


def _void_cards(session: Session, now: datetime) -> int:
    """Keep a used card until a newer one is used, because it is what shows that the person came."""
    newer = aliased(Card)
    used = exists(
        select(newer.id).where(newer.account_id == Card.account_id, col(newer.pin_chosen_at) > Card.pin_chosen_at)
    )
    old = col(Card.voided_at) <= now - policy.VOID_CARDS_KEPT
    return delete_rows(session, Card, old, col(Card.pin_chosen_at).is_(None) | used)


def _sent_mails(session: Session, now: datetime) -> int:
    return delete_rows(session, SentMail, col(SentMail.at) <= now - policy.SENT_MAILS_KEPT)


def _sent_notifications(session: Session, now: datetime) -> int:
    return delete_rows(session, SentNotification, col(SentNotification.at) <= now - policy.SENT_MAILS_KEPT)


def _purge_revisions(session: Session, now: datetime) -> int:
    """Delete old versions, but never a work's current one nor those of a frozen file."""
    present = exists(select(Work.id).where(Work.id == Revision.work_id, Work.version == Revision.version))
    frozen = exists(
        select(Work.id).join(Account).where(Work.id == Revision.work_id, col(Account.frozen_at).is_not(None))
    )
    return delete_rows(session, Revision, col(Revision.at) <= now - policy.REVISIONS_KEPT_FOR, ~present, ~frozen)


def _removed_works(session: Session, now: datetime) -> int:
    frozen = exists(select(Account.id).where(Account.id == Work.account_id, col(Account.frozen_at).is_not(None)))
    return delete_rows(session, Work, col(Work.deleted_at) <= now - policy.REMOVED_WORK_KEPT, ~frozen)


def _missing_words(session: Session, now: datetime) -> int:
    return delete_rows(
        session, MissingWord, col(MissingWord.last_on) <= days.local_day(now - policy.MISSING_WORDS_KEPT)
    )


def _removed_words(session: Session, now: datetime) -> int:
    """Delete what professionals wrote and removed."""
    limit = now - policy.REMOVED_WORK_KEPT
    return sum(delete_rows(session, table, col(table.removed_at) <= limit) for table in (Comment, Note, ThreadMessage))


def _purge_imports(session: Session, now: datetime) -> int:
    return delete_rows(session, ImportBatch, col(ImportBatch.made_at) <= now - policy.AUDIT_KEPT)


def _purge_remainders(session: Session, now: datetime) -> int:
    gone = delete_rows(session, ImportRemainder, col(ImportRemainder.at) <= now - policy.IMPORT_ASIDE_KEPT)
    if gone:
        db.forget_erased_text(session)
    return gone


def _merged_accounts(session: Session, now: datetime) -> int:
    """Erase what stayed with the other account of a merged file; a young person's account is closed by nothing else."""
    kept = aliased(Account)
    held = exists(
        select(FileMerge.id)
        .join(kept, col(kept.id) == col(FileMerge.kept_id))
        .where(FileMerge.other_id == Account.id, col(FileMerge.undone_at).is_(None), col(kept.frozen_at).is_not(None))
    )
    query = select(Account.id).where(
        Account.role == Role.YOUNG,
        col(Account.closed_at) <= now - policy.REMOVED_WORK_KEPT,
        col(Account.frozen_at).is_(None),
        ~held,
    )
    found = session.exec(query.order_by(Account.id)).all()
    for account_id in found:
        erasure_request.erase_account(session, account_id, by=MACHINE, why="merged", now=now)
    return len(found)


def _or_later(than: Any, at: Any, *theirs: ColumnElement[bool]) -> Any:
    """Return an instant of an account, or the latest `at` of their rows if that is later."""
    later = select(func.max(at)).where(*theirs, at > than).correlate(Account)
    return func.coalesce(later.scalar_subquery(), than, type_=Instant)


# The last contact: the last sign-in or the enrolment or, if later, a card made for the person or a group session where
# they were noted present.
_SEEN = func.coalesce(Account.seen_at, Account.created_at)
_CARD_OR_SEEN = _or_later(_SEEN, col(Card.created_at), col(Card.account_id) == col(Account.id))
_CONTACT = _or_later(
    _CARD_OR_SEEN,
    col(Workshop.began_at),
    col(Workshop.id) == col(Attendance.workshop_id),
    col(Attendance.account_id) == col(Account.id),
)
_ACTIVATED = col(Account.seen_at).is_not(None)
_PLANNED = exists(select(ErasurePlan.account_id).where(ErasurePlan.account_id == Account.id))


def _purge_invitations(session: Session, now: datetime) -> int:
    return session.exec(delete(Invitation).where(col(Invitation.made_at) < now - policy.INVITATIONS_KEPT)).rowcount


RULES: tuple[RetentionRule, ...] = (
    RetentionRule("annonces levées : la personne est revenue", _forget_announcements),
    RetentionRule("dossiers effacés à leur date", _erase_due),
    RetentionRule("dossiers annoncés : 24 mois sans contact dans 30 jours", _announce_erasures),
    RetentionRule("inscrits jamais connectés en 3 mois", _never_activated),
    RetentionRule("invités partis", lambda session, now: people.sweep_guests(session, now=now)),
    RetentionRule("cartes annulées depuis 3 mois", _void_cards),
    RetentionRule("visites de plus de 6 mois", _sign_ins),
    RetentionRule("liens de téléchargement passés", lambda session, now: tickets.sweep_tickets(session, now=now)),
    RetentionRule("comptes d’essais passés", lambda session, now: waits.forget_old(session, now=now)),
    RetentionRule("liens d’invitation de plus de 30 jours", _purge_invitations),
    RetentionRule("traces de messages envoyés de plus de 6 mois", _sent_mails),
    RetentionRule("traces de rappels partis de plus de 6 mois", _sent_notifications),
    RetentionRule("anciennes versions de plus de 6 mois", _purge_revisions),
    RetentionRule("travaux supprimés depuis 30 jours", _removed_works),
    RetentionRule("remarques et notes retirées depuis 30 jours", _removed_words),
    RetentionRule("listes d’inscription de plus de 12 mois", _purge_imports),
    RetentionRule("lignes de listes à corriger depuis 7 jours", _purge_remainders),
    RetentionRule("restes de dossiers réunis depuis 30 jours", _merged_accounts),
    RetentionRule("séances de groupe de plus de 12 mois", workshop_rules.purge_workshops),
    RetentionRule("séances prévues dont le jour est passé depuis 30 jours", workshop_rules.forget_past_plans),
    RetentionRule("réponses au groupe de plus de 30 jours", workshop_rules.purge_answers),
    RetentionRule("participants et moments des séances de plus de 3 mois", workshop_rules.purge_live_workshops),
    RetentionRule("mots non trouvés depuis 12 mois", _missing_words),
    RetentionRule("comptes professionnels fermés depuis 12 mois", _closed_staff),
    RetentionRule(
        "lignes du journal de plus de 12 mois",
        lambda session, now: audit.forget_before(session, at=now - policy.AUDIT_KEPT),
    ),
    RetentionRule(
        "traces d’effacement de plus de 3 ans",
        lambda session, now: tombstones.forget_before(session, at=now - policy.TOMBSTONES_KEPT),
    ),
)
