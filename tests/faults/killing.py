"""kill -9 in the middle of writing, again and again; and the control, which shows that the judge sees a loss."""

from __future__ import annotations

import random
import time

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from clicnjob import db
from clicnjob.models import Card, ContactNote, Note, Revision, ThreadMessage, Work, WorkKind
from tests.faults.faults import Chosen, Outcome, judged_outcome
from tests.faults.installations import Workshop, forget_connections
from tests.faults.judge import judge_database
from tests.faults.ledger import Acknowledged
from tests.faults.processes import writers_running

_TOGETHER = 2
REMOVED = 6  # acts that the control removes: one of each kind
_LONGEST = 0.12  # seconds of writing before the kill


def kill_while_writing(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """Two writers at a time are killed at any instant; the next two open what they left."""
    made, chance = workshop.new_installation(kind), random.Random(chosen.seed)
    slowest = 0.0
    for _ in range(max(1, chosen.kills // _TOGETHER)):
        began = time.monotonic()
        with writers_running(made, _TOGETHER):
            slowest = max(slowest, made.ledger.wait_for_act(since=began))
            time.sleep(chance.uniform(0, _LONGEST))
    return judged_outcome(made, slowest, f"{chosen.kills} kills")


def remove_acknowledged_acts(workshop: Workshop, kind: str, _chosen: Chosen) -> Outcome:
    """The control: one acknowledged act of each kind is taken out of the database on purpose."""
    made = workshop.new_installation(kind)
    with writers_running(made):
        time.sleep(1)
    assert judge_database(made.address, made.ledger.read_acts()).is_clean, "before anything is removed"
    by_kind = {one.act: one for one in made.ledger.read_acts()}
    assert len(by_kind) == REMOVED, "each kind of act was written"
    with db.write_transaction() as session:
        for one in by_kind.values():
            _remove_act(session, one)
    forget_connections()
    return judged_outcome(made, None, f"{len(by_kind)} acts removed on purpose")


def _remove_act(session: Session, one: Acknowledged) -> None:
    if one.act == "message":
        session.exec(delete(ThreadMessage).where(col(ThreadMessage.text) == one.mark))
    elif one.act == "note":
        session.exec(delete(Note).where(col(Note.text) == one.mark))
    elif one.act == "call":
        session.exec(delete(ContactNote).where(col(ContactNote.id) == one.mark))
    elif one.act == "enrolment":
        session.exec(delete(Card).where(col(Card.account_id) == one.mark))
    elif one.act == "answer":
        session.exec(delete(Revision).where(col(Revision.id).in_(_revisions_with(session, one))))
    else:
        work = session.exec(_works_of(one, WorkKind.APPLICATIONS)).one()
        kept = [application for application in work.body["applications"] if application["title"] != one.mark]
        work.body = {**work.body, "applications": kept}


def _revisions_with(session: Session, one: Acknowledged) -> list[int | None]:
    (work,) = session.exec(_works_of(one, WorkKind.PROFILE))
    every = session.exec(select(Revision).where(Revision.work_id == work.id))
    return [revision.id for revision in every if revision.body["town"] == one.mark]


def _works_of(one: Acknowledged, kind: WorkKind) -> SelectOfScalar[Work]:
    return select(Work).where(Work.account_id == one.person_id, Work.kind == kind)
