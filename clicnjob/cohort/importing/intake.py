"""An import from its file to the printed cards: a preview that changes nothing, then the cards of those enrolled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from clicnjob.cohort import permissions
from clicnjob.cohort.importing import candidates, cards_paper, enrolment, remainders, remembered_layouts
from clicnjob.cohort.importing.candidates import Candidate, Reading
from clicnjob.cohort.importing.enrolment import Twin
from clicnjob.cohort.importing.layouts import Layout
from clicnjob.cohort.importing.tables import BroughtTable
from clicnjob.cohort.reports import spreadsheets
from clicnjob.generated_file import FileToBuild
from clicnjob.models import Account, Actor

_IMPORT = "import:"
_EXAMPLES = (("Léa", "Martin", "06 39 98 12 34", "03/2006", "Atelier CV"), ("Ali", "Ba", "", "", ""))


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a sheet would do; nothing is changed yet. `too_many_lists`: how many the file names, 0 if they fit.

    A twin has the account of those alone whose file the actor may read.
    """

    layout: Layout
    reading: Reading
    twins: tuple[Twin, ...]
    too_many_lists: int

    def chosen_candidates(self, kept: frozenset[int]) -> tuple[Candidate, ...]:
        """Return everybody without a possible duplicate, and the duplicates whose line is in `kept`."""
        doubtful = {twin.line for twin in self.twins} - kept
        people = (person for person in self.reading.people if person.line not in doubtful)
        return tuple(replace(person, people_list="") if self.too_many_lists else person for person in people)


def suggested_layout(session: Session, found: BroughtTable, *, by: Actor) -> Layout:
    """Return how to read a file: as the structure chose for such a file, else by its titles. Raises MayNotEnrolYoung."""
    return remembered_layouts.remembered_layout(session, found, of=by) or candidates.file_layout(found)


def import_preview(
    session: Session,
    found: BroughtTable,
    *,
    by: Actor,
    layout: Layout | None = None,
    with_hidden: bool = False,
    today: date,
) -> Preview:
    """Read a sheet. Raises UnreadableTable, MissingColumns, MayNotEnrolYoung."""
    chosen = layout or suggested_layout(session, found, by=by)
    read = candidates.read_candidates(found, today=today, layout=chosen, with_hidden=with_hidden)
    doubtful = _with_readable_files(session, enrolment.possible_twins(session, read.people, by=by), by=by, today=today)
    lists = enrolment.too_many_lists(session, read.people, by=by)
    return Preview(chosen, read, doubtful, lists)


def _with_readable_files(session: Session, twins: Sequence[Twin], *, by: Actor, today: date) -> tuple[Twin, ...]:
    wanted = {twin.account_id for twin in twins} - {""}
    readable: set[str] = set()
    if wanted and permissions.may_follow(by):
        query = select(Account.id).where(col(Account.id).in_(wanted), permissions.may_be_read(by, today=today))
        readable = set(session.exec(query))
    return tuple(twin if twin.account_id in readable else replace(twin, account_id="") for twin in twins)


def take_in(
    session: Session,
    found: BroughtTable,
    shown: Preview,
    *,
    by: Actor,
    kept: frozenset[int],
    now: datetime,
    done: Callable[[int, int], None] = lambda _done, _all: None,
) -> int:
    """Enrol the good rows of a preview and put the others aside to be mended; return how many people were enrolled.

    `kept` are the lines of duplicates that are other people. A layout that the titles alone did not give is remembered.
    Raises MayNotEnrolYoung, TooManyLists.
    """
    chosen = shown.chosen_candidates(kept)
    batch = enrolment.enrol_many(session, chosen, by=by, now=now, done=done) if chosen else None
    if shown.reading.aside:
        remainders.keep_remainders(session, shown.reading.aside, by=by, batch=batch, now=now)
    if shown.layout != candidates.file_layout(found):
        remembered_layouts.remember_layout(session, found, shown.layout, by=by, now=now)
    return len(chosen)


def import_template() -> bytes:
    """Return the workbook to fill in: the columns that the import reads, and two invented rows."""
    return spreadsheets.xlsx_workbook([("Jeunes", candidates.COLUMNS, _EXAMPLES)])


def cards_key(batch_id: str) -> str:
    """Return the name by which a download ticket refers to the cards of an import."""
    return f"{_IMPORT}{batch_id}"


def cards_of(session: Session, key: str, *, by: Actor, address: str, now: datetime) -> FileToBuild:
    """Return the cards of an import (`cards_key`), or of people by their ids, with commas between.

    Raises what `cards_paper.printed_cards` raises.
    """
    batch = key.removeprefix(_IMPORT) if key.startswith(_IMPORT) else ""
    ids = enrolment.never_came(session, of=by, batch_id=batch) if batch else key.split(",")
    return cards_paper.printed_cards(session, ids, by=by, address=address, now=now)
