"""« Effacer mes données »: at once, or in seven days. Only the person may ask for it or cancel it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from clicnjob import audit, db, policy
from clicnjob.accounts import people
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, ErasurePlan, ErasureWhy, FileMerge, Role
from clicnjob.privacy.erasure import tombstones
from clicnjob.privacy.permissions import may_decide


class NotYourData(Refusal):
    """The actor tried to erase somebody else's data or to cancel their erasure."""

    sentence = "Seule la personne peut décider pour ses données."


class FileFrozen(Refusal):
    """The file is frozen: erasing it would destroy what somebody has a right to ask for."""

    sentence = "Ton dossier est gelé\u00a0: rien ne s’efface pour l’instant. Demande pourquoi à ta structure."


class NeedsOwnPin(Refusal):
    """The PIN is required, so that nobody can erase a file from an unattended screen."""

    sentence = "Pour tout effacer, écris ton code secret."


class NeedsACard(Refusal):
    """A guest cannot plan an erasure: their work is deleted when the visit ends anyway."""

    sentence = "Sans carte, tout s’efface quand tu pars. Tu peux aussi tout effacer maintenant."


@dataclass(frozen=True, slots=True)
class PlannedErasure:
    """The planned erasure of a file: why and when, and why it is frozen ('' when it is not)."""

    why: ErasureWhy | None
    due_at: datetime | None
    frozen_why: str


def planned_erasure(session: Session, *, of: Actor) -> PlannedErasure:
    """Return the planned erasure of the person's own file. One query. Raises NotFound."""
    query = select(Account.frozen_at, Account.frozen_why, ErasurePlan.why, ErasurePlan.due_at)
    query = query.join(ErasurePlan, col(ErasurePlan.account_id) == Account.id, isouter=True)
    row = session.exec(query.where(Account.id == of.id)).first()
    if row is None:
        raise NotFound
    frozen_at, frozen_why, why, due_at = row
    return PlannedErasure(ErasureWhy(why) if why else None, due_at, (frozen_why or "other") if frozen_at else "")


def ask_for_erasure(session: Session, *, by: Actor, now: datetime) -> datetime:
    """Plan the erasure of the actor's own file in seven days and return the date. A second request keeps it.

    Raises NotYourData, NeedsACard, FileFrozen.
    """
    account = _own_account(session, by)
    if account.role is Role.GUEST:
        raise NeedsACard
    plan = session.get(ErasurePlan, by.id)
    if plan is None or plan.why is not ErasureWhy.ASKED:
        if plan:
            session.delete(plan)
            session.flush()
        plan = ErasurePlan(account_id=by.id, why=ErasureWhy.ASKED, noted_at=now, due_at=now + policy.ERASURE_WAITS)
        session.add(plan)
        audit.note_act(session, by=by, act="erasure asked", whom_id=by.id, now=now)
    return plan.due_at


def change_mind(session: Session, *, by: Actor, now: datetime) -> None:
    """Cancel the erasure that the actor asked for (« Je change d’avis »). Raises NotYourData."""
    if not may_decide(by):
        raise NotYourData
    plan = session.get(ErasurePlan, by.id)
    if plan is not None and plan.why is ErasureWhy.ASKED:
        session.delete(plan)
        audit.note_act(session, by=by, act="erasure taken back", whom_id=by.id, now=now)


def erase_at_once(session: Session, *, by: Actor, proof: OwnSecretGiven | None = None, now: datetime) -> None:
    """Erase the actor's own file for good, with their sign-ins. `proof` is not needed for a guest, who has no PIN.

    Raises NotYourData, FileFrozen, NeedsOwnPin.
    """
    account = _own_account(session, by)
    if account.role is Role.GUEST:
        people.erase_guest(session, account_id=account.id, now=now)
    elif proof is None or proof.account_id != account.id:
        raise NeedsOwnPin
    else:
        erase_account(session, account.id, by=by, why=ErasureWhy.ASKED.value, now=now)


def erase_account(session: Session, account_id: str, *, by: Actor, why: str, now: datetime) -> None:
    """Delete an account and, by cascade, all its rows; leave a tombstone and one line in the audit log.

    An account that was merged into it goes too, before the row that says so.
    """
    merged = select(FileMerge.other_id).where(FileMerge.kept_id == account_id, col(FileMerge.undone_at).is_(None))
    for other_id in session.exec(merged).all():
        erase_account(session, other_id, by=by, why=why, now=now)
    tombstones.lay_tombstone(session, account_id, now=now)
    audit.note_act(session, by=by, act="file erased", whom_id=account_id, why=why, now=now)
    session.exec(delete(Account).where(col(Account.id) == account_id))
    db.forget_erased_text(session)


def _own_account(session: Session, by: Actor) -> Account:
    if not may_decide(by):
        raise NotYourData
    account = session.get(Account, by.id)
    if account is None:
        raise NotFound
    if account.frozen_at is not None:
        raise FileFrozen
    return account
