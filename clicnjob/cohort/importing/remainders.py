"""The rows of a list that could not be enrolled: kept for a few days for whoever imported them, mended, or downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from clicnjob import db, policy, text
from clicnjob.accounts.people import MayNotEnrolYoung
from clicnjob.accounts.permissions import may_enrol_young
from clicnjob.cohort.importing import candidates, enrolment
from clicnjob.cohort.importing.candidates import PARTS, AsideRow, Candidate
from clicnjob.cohort.importing.likeness import Description
from clicnjob.cohort.reports import spreadsheets
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, ImportBatch, ImportRemainder

NAME = "lignes-a-corriger.xlsx"
_AT_ONCE = 100


class StillWrong(Refusal):
    """The row is not mended yet; the sentence says every reason."""


class LooksEnrolled(Refusal):
    """The mended row looks like somebody who is enrolled; a professional has to say that it is somebody else."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """One row as it is mended: its line in the file, its parts (of PARTS) as typed, and what is wrong with each."""

    id: str
    line: int
    typed: Mapping[str, str]
    reasons: Mapping[str, str]


def keep_remainders(
    session: Session, rows: Sequence[AsideRow], *, by: Actor, batch: ImportBatch | None, now: datetime
) -> None:
    """Keep rows to be mended. Beyond `policy.IMPORT_ROWS` of one professional, the oldest go. Raises MayNotEnrolYoung."""
    structure = _structure_of(by)
    for start in range(0, len(rows), _AT_ONCE):
        session.add_all(
            ImportRemainder(
                organisation_id=structure,
                by_id=by.id,
                batch_id=batch.id if batch else None,
                line=row.line,
                typed={part: cell[: policy.IMPORT_CELL_LENGTH] for part, cell in row.typed.items()},
                reasons={mistake.part: mistake.sentence for mistake in row.mistakes},
                at=now,
            )
            for row in rows[start : start + _AT_ONCE]
        )
        session.flush()
    newest = (
        select(ImportRemainder.id)
        .where(_own_remainders(by))
        .order_by(col(ImportRemainder.at).desc(), col(ImportRemainder.line))
    )
    kept = newest.limit(policy.IMPORT_ROWS).subquery()
    session.exec(delete(ImportRemainder).where(_own_remainders(by), col(ImportRemainder.id).not_in(select(kept.c.id))))


def own_remainders(session: Session, *, of: Actor) -> tuple[Remainder, ...]:
    """Return the rows that the actor has still to mend, latest file first. One query. Raises MayNotEnrolYoung."""
    _structure_of(of)
    query = select(ImportRemainder).where(_own_remainders(of))
    rows = session.exec(query.order_by(col(ImportRemainder.at).desc(), col(ImportRemainder.line), ImportRemainder.id))
    return tuple(Remainder(one.id, one.line, one.typed, one.reasons) for one in rows)


def save_part(session: Session, remainder_id: str, *, by: Actor, part: str, typed: str) -> None:
    """Store what is typed into one box of a row, so that a reload loses nothing. Raises NotFound, `text.clean_line`'s."""
    row = _own_row(session, remainder_id, by)
    if part not in PARTS:
        raise NotFound
    row.typed = {**row.typed, part: text.clean_line(typed, most=policy.IMPORT_CELL_LENGTH)}
    session.flush()


def mend_remainder(
    session: Session,
    remainder_id: str,
    typed: Mapping[str, str],
    *,
    by: Actor,
    is_other: bool = False,
    today: date,
    now: datetime,
) -> Candidate:
    """Enrol the person of a mended row. `is_other`: the professional has said that it is nobody already enrolled.

    Raises NotFound, StillWrong, LooksEnrolled, MayNotEnrolYoung, TooManyLists.
    """
    row = _own_row(session, remainder_id, by)
    candidate, wrong = candidates.read_parts(row.line, {part: typed.get(part, "") for part in PARTS}, today=today)
    if candidate is None:
        raise StillWrong(" ".join(f"{mistake.column}\u00a0: {mistake.sentence}" for mistake in wrong))
    if not is_other:
        described = Description(candidate.first_name, candidate.last_name, candidate.birth_month, candidate.phone)
        if found := next(enrolment.enrolled_people(session, by=by).people_alike(described), None):
            raise LooksEnrolled(
                f"{candidate.first_name} {candidate.last_name} semble {found.where}\u00a0: {found.why}."
            )
    if enrolment.too_many_lists(session, [candidate], by=by):
        candidate = replace(candidate, people_list="")
    enrolment.enrol_late(session, candidate, batch_id=row.batch_id or "", by=by, now=now)
    session.delete(row)
    session.flush()
    return candidate


def forget_remainders(session: Session, *, by: Actor, remainder_id: str = "") -> int:
    """Delete one of the actor's own rows, or all of them; returns how many. Raises NotFound, MayNotEnrolYoung."""
    _structure_of(by)
    whose = (_own_remainders(by), col(ImportRemainder.id) == remainder_id) if remainder_id else (_own_remainders(by),)
    gone = session.exec(delete(ImportRemainder).where(*whose)).rowcount
    if remainder_id and not gone:
        raise NotFound
    db.forget_erased_text(session)
    return gone


def remainders_file(session: Session, *, of: Actor) -> bytes:
    """Return the actor's rows as a workbook that can be mended and imported again, with the reasons. Raises MayNotEnrolYoung."""
    rows = own_remainders(session, of=of)
    columns = (*PARTS.values(), "Ligne du fichier", "À corriger")
    said: list[tuple[spreadsheets.Cell, ...]] = [
        (*(row.typed.get(part, "") for part in PARTS), row.line,
         " ".join(f"{PARTS.get(part, part)}\u00a0: {sentence}" for part, sentence in row.reasons.items()))
        for row in rows
    ]  # fmt: skip
    return spreadsheets.xlsx_workbook([("À corriger", columns, said)])


def _structure_of(actor: Actor) -> str:
    if not may_enrol_young(actor) or actor.organisation_id is None:
        raise MayNotEnrolYoung
    return actor.organisation_id


def _own_remainders(actor: Actor) -> ColumnElement[bool]:
    """Select what this professional put aside: a colleague has no need to read names that nobody enrolled."""
    return (col(ImportRemainder.by_id) == actor.id) & (col(ImportRemainder.organisation_id) == actor.organisation_id)


def _own_row(session: Session, remainder_id: str, by: Actor) -> ImportRemainder:
    _structure_of(by)
    row = session.exec(select(ImportRemainder).where(_own_remainders(by), ImportRemainder.id == remainder_id)).first()
    if row is None:
        raise NotFound
    return row
