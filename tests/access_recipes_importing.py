"""How each function of imports and merges is called in the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from clicnjob.cohort.importing import enrolment, intake, remainders, remembered_layouts
from clicnjob.cohort.importing.candidates import AsideRow, Candidate, RowMistake
from clicnjob.cohort.importing.layouts import Layout
from clicnjob.cohort.importing.tables import BroughtSheet, BroughtTable
from clicnjob.cohort.merging import file_merges, likely_files, merge_undo, own_merges
from clicnjob.cohort.merging.file_merges import MergeChoices
from clicnjob.models import Account, FileMerge, ImportRemainder
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
TABLE = BroughtTable((BroughtSheet("", ((1, ("Prénom", "Nom")), (2, ("Ana", "Neuve")))),), "CSV")
CHOSEN = Layout(0, 0, {"first_name": (1,), "last_name": (0,)})
NEW = Candidate(line=2, first_name="Ana", last_name="Neuve")
ASIDE = (AsideRow(2, {"first_name": "Ana"}, (RowMistake(2, "Nom", "Il manque le nom.", "last_name"),)),)
MENDED = {"first_name": "Ana", "last_name": "Neuve"}


def _double(c: Case) -> str:
    """Another account of the person of the case, followed by the same adviser; an unknown person has none."""
    person = c.session.get(Account, c.it.whom)
    if person is None:
        return "inconnu"
    double = Account(
        organisation_id=person.organisation_id,
        role=person.role,
        first_name=person.first_name,
        last_name=person.last_name,
        adviser_id=person.adviser_id,
    )
    c.session.add(double)
    c.session.flush()
    return double.id


def _choices(c: Case) -> MergeChoices:
    return MergeChoices(c.it.whom, c.it.whom, c.it.whom, c.it.whom, agreed=True)


def _merged(c: Case) -> str:
    """A merge into the file of the case, made by somebody else."""
    double = _double(c)
    if double == "inconnu":
        return "inconnu"
    merge = FileMerge(kept_id=c.it.whom, other_id=double, by_id=c.world.head, at=NOW)
    merge.before = dict.fromkeys(("first_name", "last_name", "phone", "birth_month", "seen_at", "adviser"), "")
    c.session.add(merge)
    c.session.flush()
    return merge.id


def _remainder(c: Case) -> str:
    """A row that the professional of the case put aside: their own, or that of who follows the person of the case."""
    whose = c.it.member or c.me.id
    if c.session.get(Account, c.it.whom) is None:
        return "inconnu"
    by = c.session.get(Account, whose)
    place = by.organisation_id if by else None
    if place is None:
        return "inconnu"
    c.session.execute(delete(ImportRemainder))
    row = ImportRemainder(organisation_id=place, by_id=whose, line=2, typed=MENDED, at=NOW)
    c.session.add(row)
    c.session.flush()
    return row.id


def _shown(c: Case) -> intake.Preview:
    return intake.import_preview(c.session, TABLE, by=c.me, today=TODAY)


ON_SOMEBODY: dict[str, Recipe] = {
    "cohort.importing.enrolment.enrol_late": lambda c: enrolment.enrol_late(
        c.session, NEW, batch_id=c.it.batch, by=c.me, now=NOW
    ),
    "cohort.importing.remainders.save_part": lambda c: remainders.save_part(
        c.session, _remainder(c), by=c.me, part="first_name", typed="Zoé"
    ),
    "cohort.importing.remainders.mend_remainder": lambda c: remainders.mend_remainder(
        c.session, _remainder(c), MENDED, by=c.me, today=TODAY, now=NOW
    ),
    "cohort.importing.remainders.forget_remainders": lambda c: remainders.forget_remainders(
        c.session, by=c.me, remainder_id=_remainder(c)
    ),
    "cohort.merging.likely_files.likely_files": lambda c: likely_files.likely_files(c.session, **c.today),
    "cohort.merging.file_merges.own_person": lambda c: file_merges.own_person(c.session, **c.today),
    "cohort.merging.file_merges.merge_sides": lambda c: file_merges.merge_sides(
        c.session, **c.today, other_id=_double(c)
    ),
    "cohort.merging.file_merges.merge_files": lambda c: file_merges.merge_files(
        c.session, **c.today, other_id=_double(c), choices=_choices(c), proof=c.proof, now=NOW
    ),
    "cohort.merging.merge_undo.undo_merge": lambda c: merge_undo.undo_merge(
        c.session, by=c.me, merge_id=_merged(c), today=TODAY, now=NOW
    ),
    "cohort.merging.merge_undo.merges_of_person": lambda c: merge_undo.merges_of_person(c.session, **c.today, now=NOW),
    "cohort.merging.own_merges.mark_merge_read": lambda c: own_merges.mark_merge_read(
        c.session, by=c.me, merge_id=_merged(c), now=NOW
    ),
    "cohort.merging.own_merges.work_aside": lambda c: own_merges.work_aside(
        c.session, of=c.me, merge_id=_merged(c), now=NOW
    ),
}
ON_ONESELF: dict[str, Recipe] = {
    "cohort.importing.enrolment.enrol_person": lambda c: enrolment.enrol_person(
        c.session, by=c.me, first_name="Zoé", last_name="Bâ", phone="", now=NOW
    ),
    "cohort.importing.enrolment.enrolled_people": lambda c: enrolment.enrolled_people(c.session, by=c.me),
    "cohort.importing.enrolment.too_many_lists": lambda c: enrolment.too_many_lists(c.session, [NEW], by=c.me),
    "cohort.importing.intake.import_preview": lambda c: _shown(c),
    "cohort.importing.intake.suggested_layout": lambda c: intake.suggested_layout(c.session, TABLE, by=c.me),
    "cohort.importing.intake.take_in": lambda c: intake.take_in(
        c.session, TABLE, _shown(c), by=c.me, kept=frozenset(), now=NOW
    ),
    "cohort.importing.remainders.keep_remainders": lambda c: remainders.keep_remainders(
        c.session, ASIDE, by=c.me, batch=None, now=NOW
    ),
    "cohort.importing.remainders.own_remainders": lambda c: remainders.own_remainders(c.session, of=c.me),
    "cohort.importing.remainders.remainders_file": lambda c: remainders.remainders_file(c.session, of=c.me),
    "cohort.importing.remembered_layouts.remembered_layout": lambda c: remembered_layouts.remembered_layout(
        c.session, TABLE, of=c.me
    ),
    "cohort.importing.remembered_layouts.remember_layout": lambda c: remembered_layouts.remember_layout(
        c.session, TABLE, CHOSEN, by=c.me, now=NOW
    ),
    "cohort.merging.own_merges.unread_merge": lambda c: (_merged(c), own_merges.unread_merge(c.session, of=c.me))[1],
}
FILTERING = {"cohort.merging.own_merges.unread_merge"}  # it answers who has read of no merge with nothing
