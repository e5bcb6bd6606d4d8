"""The judge: every acknowledged act is in the database exactly once, and nothing is there by half."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from clicnjob import audit, db
from clicnjob.models import (
    Account,
    Card,
    ContactNote,
    Enrolment,
    ImportBatch,
    Note,
    Revision,
    ThreadMessage,
    Work,
    WorkKind,
)
from clicnjob.operations import anchors
from tests.faults.ledger import Acknowledged

TYPED_MARK = r"n\d{4}t\d{4}"  # what benchmarks.load_person types


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge found, each as « act mark »; `half` names what is inconsistent."""

    acknowledged: int
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    half: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.doubled or self.half)


def judge_database(address: str, acknowledged: Iterable[Acknowledged], *, anchored: bool = True) -> Verdict:
    """Compare the ledger with this database, by its rows alone; a copy is not `anchored`: the log went on without it."""
    told = tuple(acknowledged)
    engine = db.connect_engine(address)
    try:
        with db.read_transaction(engine) as session:
            found = {act: _occurrences(session, act) for act in _READERS}
            half = (
                *_torn_works(session),
                *_torn_people(session),
                *_torn_imports(session),
                *_broken_database(session, anchored),
            )
    finally:
        engine.dispose()
    lost = tuple(f"{one.act} {one.mark}" for one in told if not found[one.act][one.mark])
    doubled = tuple(f"{act} {mark}" for act, marks in found.items() for mark, times in marks.items() if times > 1)
    return Verdict(len(told), lost, doubled, half)


def _occurrences(session: Session, act: str) -> Counter[str]:
    return Counter(mark for mark in _READERS[act](session) if mark)


def _enrolled(session: Session) -> Iterator[str]:
    yield from session.exec(select(Account.id).join(Card, col(Card.account_id) == Account.id))


def _answered(session: Session) -> Iterator[str]:
    """An answer is there once when the profile took it once and the CV took it once."""
    profiles, cvs = _new_values(session, WorkKind.PROFILE, "town"), _new_values(session, WorkKind.CV, "job_wanted")
    for mark in profiles | cvs:
        yield from [mark] * (1 if profiles[mark] == cvs[mark] == 1 else profiles[mark] + cvs[mark] - 1)


def _new_values(session: Session, kind: WorkKind, field: str) -> Counter[str]:
    query = select(Revision.body).join(Work, col(Work.id) == Revision.work_id).where(Work.kind == kind)
    return Counter(mark for body in session.exec(query) if (mark := str(body.get(field, ""))).startswith("acte "))


def _applied(session: Session) -> Iterator[str]:
    for body in session.exec(select(Work.body).where(Work.kind == WorkKind.APPLICATIONS)):
        yield from (str(one["title"]) for one in body["applications"])


def _written(session: Session) -> Iterator[str]:
    yield from session.exec(select(ThreadMessage.text))


def _noted(session: Session) -> Iterator[str]:
    yield from session.exec(select(Note.text))


def _called(session: Session) -> Iterator[str]:
    yield from session.exec(select(ContactNote.id))


def _imported(session: Session) -> Iterator[str]:
    """An import is there when everybody of it is."""
    people = dict(session.exec(select(Enrolment.batch_id, sa.func.count()).group_by(col(Enrolment.batch_id))).all())
    yield from (batch.id for batch in session.exec(select(ImportBatch)) if people.get(batch.id) == batch.people)


def _kept_from_before(session: Session) -> Iterator[str]:
    """What an earlier release saved: the work and its revision."""
    query = select(Work.account_id, Work.body).join(Revision, col(Revision.work_id) == Work.id)
    yield from (who for who, body in session.exec(query.where(Revision.version == 1)) if body.get("town") == "Calais")


def _listed(session: Session) -> Iterator[str]:
    """A line of a list is there when the latest profile has it."""
    for body in session.exec(select(Work.body).where(Work.kind == WorkKind.PROFILE)):
        yield from (str(line) for line in body.get("skills", ()))


def _typed(session: Session) -> Iterator[str]:
    """A text typed on a page is there when a revision has it; a box is filled, not added to, so it cannot be doubled."""
    bodies = session.exec(select(sa.cast(Revision.body, sa.Text)).join(Work, col(Work.id) == Revision.work_id))
    yield from {mark for body in bodies for mark in re.findall(TYPED_MARK, body)}


_READERS: dict[str, Any] = {
    "enrolment": _enrolled,
    "answer": _answered,
    "application": _applied,
    "message": _written,
    "note": _noted,
    "call": _called,
    "import": _imported,
    "line of a list": _listed,
    "typed text": _typed,
    "old answer": _kept_from_before,
}


def _torn_works(session: Session) -> Iterator[str]:
    """A work whose latest revision is not its body, and an answer of which one work has half."""
    latest: dict[str, tuple[int, Any]] = {}
    for work_id, version, body in session.exec(select(Revision.work_id, Revision.version, Revision.body)):
        latest[work_id] = max(latest.get(work_id, (0, None)), (version, body), key=lambda pair: pair[0])
    by_person: dict[str, dict[str, str]] = {}
    for work in session.exec(select(Work)):
        if latest.get(work.id) != (work.version, work.body):
            yield f"work {work.id}"
        field = {WorkKind.PROFILE: "town", WorkKind.CV: "job_wanted"}.get(work.kind, "")
        if str(mark := work.body.get(field, "")).startswith("acte "):
            by_person.setdefault(work.account_id, {})[field] = str(mark)
    yield from (
        f"answers of {who}" for who, marks in by_person.items() if len(marks) != 2 or len({*marks.values()}) > 1
    )


def _torn_people(session: Session) -> Iterator[str]:
    """Whoever was enrolled has a card and a bag of two works."""
    for account_id in session.exec(select(Account.id).where(Account.last_name == "Panne")):
        cards = session.exec(select(sa.func.count()).where(Card.account_id == account_id)).one()
        kinds = set(session.exec(select(Work.kind).where(Work.account_id == account_id)))
        if cards != 1 or not {WorkKind.PROFILE, WorkKind.CV} <= kinds:
            yield f"person {account_id}"


def _torn_imports(session: Session) -> Iterator[str]:
    """An import of which only some people are there."""
    whole = set(_imported(session))
    yield from (f"import {one}" for one in session.exec(select(ImportBatch.id)) if one not in whole)


def _broken_database(session: Session, anchored: bool) -> Iterator[str]:
    if (line := audit.first_broken(session)) is not None:
        yield f"audit log, line {line}"
    if anchored and (unmet := audit.first_unmet(session, anchors.read_anchors().anchors)) is not None:
        yield f"audit log, anchor of line {unmet.line_id}"
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        told = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        if told != "ok":
            yield f"database: {told}"
        yield from (f"reference {tuple(row)}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
