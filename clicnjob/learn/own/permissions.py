"""Who writes the lessons of a structure, and who learns with them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.models import SUPPORT_ROLES, Actor, ParticipantState, Workshop, WorkshopParticipant


def may_write(actor: Actor) -> bool:
    """Trainers, advisers and heads write what their own young people learn with.

    The technical administrator meets no young people.
    """
    return bool(actor.roles & SUPPORT_ROLES) and actor.organisation_id is not None


def learning_structures(session: Session, *, of: Actor, now: datetime) -> frozenset[str]:
    """Return the structures whose published lessons somebody may open.

    It is their own one, and that of the running session that let them in: a guest of a group does what the group does.
    One query for who has no structure, none for everybody else.
    """
    if of.organisation_id is not None:
        return frozenset({of.organisation_id})
    row = WorkshopParticipant
    taking_part = (
        row.account_id == of.id,
        row.state == ParticipantState.ADMITTED,
        col(row.left_at).is_(None),
        col(Workshop.ended_at).is_(None),
        col(Workshop.began_at) > now - workshop_policy.WORKSHOP_ENDS_AFTER,
    )
    query = select(Workshop.organisation_id).join(row, col(row.workshop_id) == Workshop.id).where(*taking_part)
    return frozenset(session.exec(query))
