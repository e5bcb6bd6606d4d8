"""The act on many people that somebody has just made, and its undo in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from clicnjob.cohort.many import handing_over, listing, meetings, messages, steps
from clicnjob.cohort.many.listing import ListedPeople
from clicnjob.models import Actor

_UNDOING = {
    "step": steps.undo_proposals,
    "message": messages.take_messages_back,
    "appointment": meetings.withdraw_from_many,
    "handover": handing_over.undo_handover_of_many,
}


@dataclass(frozen=True, slots=True)
class LastAct:
    """What was done, how many people it reached, and when; `listed` for a list."""

    kind: str
    people: int
    at: datetime
    listed: ListedPeople | None = None


def undo_last_act(session: Session, *, by: Actor, act: LastAct, today: date, now: datetime) -> int:
    """Undo it where nothing has come of it yet. Returns for how many people. Raises what its own undo raises."""
    if act.listed is not None:
        return listing.take_off_list(session, by=by, listed=act.listed)
    return _UNDOING[act.kind](session, by=by, at=act.at, today=today, now=now)
