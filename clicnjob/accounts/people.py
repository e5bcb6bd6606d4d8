"""Accounts of young people, who have a card, and of guests, who do not and whose data ends with their visit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, true, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from clicnjob import audit, db, policy, workshop_policy
from clicnjob.accounts import cards, departures, presence, reauthentication
from clicnjob.accounts.names import person_name, usual_capitals
from clicnjob.accounts.permissions import may_enrol_young, may_renew_any_card
from clicnjob.accounts.presence import Present
from clicnjob.accounts.reauthentication import Proof
from clicnjob.errors import ChangedMeanwhile, NotFound, Refusal
from clicnjob.models import (
    Account,
    Actor,
    Attendance,
    Card,
    GroupAnswer,
    ParticipantState,
    PortfolioLine,
    Role,
    SignIn,
    Workshop,
    WorkshopHelp,
    WorkshopParticipant,
)


class MayNotEnrolYoung(Refusal):
    """The actor is not a professional who may sign young people up."""

    sentence = "Seul un professionnel de la structure peut inscrire un jeune."


class TooManyGuests(Refusal):
    """An address, or the whole server, has reached its limit of people without a card."""

    sentence = "Beaucoup de personnes essaient en même temps. Attends dix minutes, ou demande une carte."


class NotAtSession(Refusal):
    """A trainer may make cards only for the people noted present at their running session."""

    sentence = "Notez d’abord ce jeune présent à votre séance en cours."


class CardJustMade(ChangedMeanwhile):
    """Somebody else has made a card for the same person since the actor was asked to confirm."""

    sentence = "Un collègue vient de faire une carte pour ce jeune. Demandez-lui avant d’en faire une autre."


def enrol_young(
    session: Session, *, by: Account | Present, first_name: str, last_name: str, now: datetime
) -> tuple[Account, str]:
    """Sign a young person up in the structure of `by`. Returns the account and the code of its first card.

    An adviser follows the people whom they sign up; anybody signed up by somebody else waits for an adviser. Raises
    MayNotEnrolYoung, EmptyName.
    """
    if not may_enrol_young(by):
        raise MayNotEnrolYoung
    account = Account(
        organisation_id=by.organisation_id,
        role=Role.YOUNG,
        first_name=usual_capitals(person_name(first_name)),
        last_name=usual_capitals(person_name(last_name)),
        created_at=now,
        adviser_id=by.id if Role.ADVISER in by.roles else None,
    )
    session.add(account)
    session.flush()
    audit.note_act(session, by=by, act="young person signed up", whom_id=account.id, now=now)
    return account, cards.issue_card(session, account=account, now=now)


def add_guest(session: Session, *, now: datetime) -> Account:
    """Create the account of a person without a card. It lasts as long as its sign-in and belongs to no structure.

    Raises TooManyGuests.
    """
    here = session.exec(select(func.count()).where(Account.role == Role.GUEST)).one()
    if here >= policy.GUESTS_AT_ONCE:
        raise TooManyGuests
    account = Account(role=Role.GUEST, created_at=now)
    session.add(account)
    session.flush()
    return account


def leave_for_good(session: Session, token: str, *, reason: str, now: datetime) -> None:
    """End the sign-in of a token. Who is signed in nowhere else calls for no help any more; a guest goes with all their work.

    A guest of a running group session who did not say « J’ai fini » (`reason` is not « done »: somebody else signs in at
    the computer that they share, or their browser crashed) keeps their work until its end, to find their place again.
    """
    account_id = presence.end_sign_in(session, token, reason=reason, now=now)
    if account_id is not None:
        _forget_who_left(session, account_id, reason=reason, now=now)


def _forget_who_left(session: Session, account_id: str, *, reason: str, now: datetime) -> None:
    _close_help(session, account_id, now=now)
    in_workshop = select(Account.id).where(Account.id == account_id, _in_workshop(now))
    if reason == "done" or session.exec(in_workshop).first() is None:
        erase_guest(session, account_id=account_id, now=now)


def _close_help(session: Session, account_id: str, *, now: datetime) -> None:
    """Close the call for help that somebody leaves open, since it may show their page, and draw the boards again."""
    places = select(WorkshopParticipant.id).where(WorkshopParticipant.account_id == account_id)
    call = WorkshopHelp
    closing = update(call).where(col(call.participant_id).in_(places), col(call.done_at).is_(None))
    if session.exec(closing.values(done_at=now).execution_options(synchronize_session="fetch")).rowcount:
        _change_boards(session, places)


def _change_boards(session: Session, places: SelectOfScalar[str]) -> None:
    whose = select(WorkshopParticipant.workshop_id).where(col(WorkshopParticipant.id).in_(places))
    raised = update(Workshop).where(col(Workshop.id).in_(whose), col(Workshop.ended_at).is_(None))
    raised = raised.values(board_version=Workshop.board_version + 1)
    session.exec(raised.execution_options(synchronize_session=False))


def end_departed(session: Session, *, now: datetime) -> frozenset[str]:
    """End the visits that were left while the database could not be written.

    Returns their digests, which the caller removes from `departures` once this is committed.
    """
    waiting = departures.unwritten_departures()
    for token_digest in waiting:
        slept = select(SignIn.id).where(SignIn.token_digest == token_digest, col(SignIn.slept_at).is_not(None))
        reason = "done" if session.exec(slept).first() is None else "asleep"
        account_id = presence.end_by_digest(session, token_digest, reason=reason, now=now)
        if account_id is not None:
            _forget_who_left(session, account_id, reason=reason, now=now)
    return waiting


def erase_guest(session: Session, *, account_id: str, now: datetime) -> None:
    """Delete a guest and, by cascade, all their rows. Any other account is left untouched."""
    whose = (col(Account.id) == account_id, col(Account.role) == Role.GUEST)
    _keep_first_name_in_workshops(session, *whose, now=now)
    session.exec(delete(Account).where(*whose))
    db.forget_erased_text(session)


def sweep_guests(session: Session, *, now: datetime) -> int:
    """Delete the guests whose sign-in has ended or expired. Returns how many."""
    still_there = exists(
        select(SignIn.id).where(
            SignIn.account_id == Account.id,
            col(SignIn.ended_at).is_(None),
            SignIn.seen_at > now - presence.YOUTH.idle,
            SignIn.started_at > now - presence.YOUTH.whole,
        )
    )
    whose = (col(Account.role) == Role.GUEST, ~still_there, ~_in_workshop(now))
    _keep_first_name_in_workshops(session, *whose, now=now)
    gone = session.exec(delete(Account).where(*whose)).rowcount
    if gone:
        db.forget_erased_text(session)
    return gone


def _in_workshop(now: datetime) -> ColumnElement[bool]:
    """Whether a guest takes part in a group session: they may sit beside their partner's turn, or come back.

    Those who are not at the screen at its end have a little time to take their work along.
    """
    since = now - workshop_policy.WORKSHOP_RETURN_AFTER_END
    running = col(Workshop.ended_at).is_(None) & (col(Workshop.began_at) > since - workshop_policy.WORKSHOP_ENDS_AFTER)
    return exists(
        select(WorkshopParticipant.id)
        .join(Workshop, col(Workshop.id) == col(WorkshopParticipant.workshop_id))
        .where(
            WorkshopParticipant.account_id == Account.id,
            WorkshopParticipant.state == ParticipantState.ADMITTED,
            col(WorkshopParticipant.left_at).is_(None),
            running | (col(Workshop.ended_at) > since),
        )
    )


def _keep_first_name_in_workshops(session: Session, *whose: ColumnElement[bool], now: datetime) -> None:
    """Detach guests from the group sessions they came to, so that the attendance sheet still lists their first name.

    In a running session they have left, and whoever only waited at its door was never there: neither counts among its
    people any more. Their portfolio lines and answers have left with them on paper or in their file, and go too.
    """
    rows = select(WorkshopParticipant.id).join(Account, col(Account.id) == col(WorkshopParticipant.account_id))
    of_guests = rows.where(*whose)
    for table in (PortfolioLine, GroupAnswer):
        session.exec(delete(table).where(col(table.participant_id).in_(of_guests)))
    _change_boards(session, of_guests)
    row, quietly = WorkshopParticipant, {"synchronize_session": False}
    waiting = (col(row.id).in_(of_guests), col(row.state) == ParticipantState.WAITING)
    session.exec(delete(row).where(*waiting), execution_options=quietly)
    running = select(Workshop.id).where(col(Workshop.ended_at).is_(None))
    here = (col(row.id).in_(of_guests), col(row.left_at).is_(None), col(row.workshop_id).in_(running))
    session.exec(update(row).where(*here).values(left_at=now), execution_options=quietly)
    detached = update(row).where(col(row.id).in_(of_guests)).values(account_id=None)
    session.exec(detached, execution_options=quietly)


def renew_card(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    proof: Proof | None,
    now: datetime,
    shown_at: datetime | None = None,
) -> str:
    """Give a young person of the actor's structure a new card, which voids the old one. Returns the code.

    Whoever holds the code can sign in as that person, so the actor must have just proved who they are, and a trainer
    must have the person at their session. A card made since `shown_at`, when the screen asked, is not cancelled unseen; None
    where no screen asked. Raises MayNotEnrolYoung, NotAtSession, ProofNeeded, CardJustMade; NotFound for an unknown person and
    for one of another structure alike.
    """
    person = _of_own_structure(session, by=by, account_id=account_id, now=now)
    reauthentication.check_proof(by, proof, now=now)
    latest = session.exec(select(func.max(Card.created_at)).where(Card.account_id == person.id)).one()
    if shown_at is not None and latest is not None and latest > shown_at:
        raise CardJustMade
    presence.end_all(session, account_id=person.id, reason="card", now=now)
    code = cards.issue_card(session, account=person, remade_by=by, now=now)
    audit.note_act(session, by=by, act="card renewed", whom_id=person.id, now=now)
    return code


def unlock_card(session: Session, *, by: Actor, account_id: str, now: datetime) -> None:
    """End the wait of a card after wrong tries. Its number and PIN stay, so this gives nobody access.

    Raises MayNotEnrolYoung, NotAtSession, NotFound.
    """
    person = _of_own_structure(session, by=by, account_id=account_id, now=now)
    if cards.unlock_card(session, account_id=person.id):
        audit.note_act(session, by=by, act="card unlocked", whom_id=person.id, now=now)


def renewable_accounts(actor: Actor, *, now: datetime) -> ColumnElement[bool]:
    """Select the accounts whose card the actor may renew: the structure's, or those at the actor's running session."""
    if may_renew_any_card(actor):
        return true()
    running = select(Attendance.account_id).join(Workshop, col(Workshop.id) == col(Attendance.workshop_id))
    running = running.where(
        Attendance.account_id == Account.id,
        Workshop.by_id == actor.id,
        col(Workshop.ended_at).is_(None),
        col(Workshop.began_at) > now - workshop_policy.WORKSHOP_ENDS_AFTER,
    )
    return exists(running.correlate(Account))


def _of_own_structure(session: Session, *, by: Actor, account_id: str, now: datetime) -> Account:
    if not may_enrol_young(by):
        raise MayNotEnrolYoung
    person = session.get(Account, account_id)
    if person is None or person.role is not Role.YOUNG or person.closed_at is not None:
        raise NotFound
    if by.organisation_id is None or person.organisation_id != by.organisation_id:
        raise NotFound
    if session.exec(select(Account.id).where(Account.id == person.id, renewable_accounts(by, now=now))).first() is None:
        raise NotAtSession
    return person
