"""The page of somebody who calls for help: a trainer reads it only if its owner shows it, is there, and still calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob.accounts import presence
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.errors import NotFound
from clicnjob.models import Account, Actor, ParticipantState, WorkshopHelp, WorkshopParticipant
from clicnjob.privacy import views
from clicnjob.workshops import permissions


@dataclass(frozen=True, slots=True)
class ShownPage:
    """The CV that the person changed last; `cv` is None before they began one."""

    first_name: str
    profile: Profile
    cv: Cv | None
    photo: bytes | None


def shown_page(session: Session, *, of: Actor, workshop_id: str, participant_id: str, now: datetime) -> ShownPage:
    """Return the page of an admitted participant whose open call shows it, while they are signed in and a tab is open.

    Raises NotFound in every other case.
    """
    row, owner = _showing_person(session, of, workshop_id, participant_id, now)
    kept = bag.own_bag(session, of=owner)
    if kept is None or not kept.cvs:
        return ShownPage(row.first_name, Profile(), None, None)
    latest = max(kept.cvs, key=lambda one: one.changed_at)
    return ShownPage(row.first_name, kept.profile, latest.cv, kept.photo)


def note_page_seen(session: Session, *, by: Actor, workshop_id: str, participant_id: str, now: datetime) -> None:
    """Note for « Qui a vu mon dossier » that a trainer opened the page. Raises NotFound as `shown_page` does."""
    _, owner = _showing_person(session, by, workshop_id, participant_id, now)
    views.note_view(session, by=by, whom_id=owner.id, what="cv", now=now)


def _showing_person(
    session: Session, actor: Actor, workshop_id: str, participant_id: str, now: datetime
) -> tuple[WorkshopParticipant, Account]:
    workshop = permissions.running_led_workshop(session, by=actor, workshop_id=workshop_id, now=now)
    row = permissions.participant_in(session, workshop=workshop, participant_id=participant_id)
    query = select(WorkshopHelp).where(
        WorkshopHelp.participant_id == row.id,
        col(WorkshopHelp.done_at).is_(None),
        col(WorkshopHelp.page_shown).is_(True),
    )
    owner = session.get(Account, row.account_id) if row.account_id else None
    here = row.state is ParticipantState.ADMITTED and row.left_at is None
    if owner is None or not here or session.exec(query).first() is None:
        raise NotFound
    visits = presence.lasting_sign_ins(session, account_id=owner.id, now=now)
    if all(one.slept_at is not None for one in visits):
        raise NotFound
    return row, owner
