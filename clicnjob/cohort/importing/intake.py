"""An import from its file to the printed cards: a preview that changes nothing, then the cards of those enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from clicnjob.cohort.importing import candidates, cards_paper, enrolment, tables
from clicnjob.cohort.importing.candidates import Candidate, RowMistake
from clicnjob.cohort.importing.enrolment import Twin
from clicnjob.cohort.reports import spreadsheets
from clicnjob.models import Actor

_IMPORT = "import:"
_EXAMPLES = (("Léa", "Martin", "06 39 98 12 34", "03/2006", "Atelier CV"), ("Ali", "Ba", "", "", ""))


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do; nothing is changed yet."""

    how: str
    used: tuple[str, ...]
    ignored: tuple[str, ...]
    people: tuple[Candidate, ...]
    mistakes: tuple[RowMistake, ...]
    twins: tuple[Twin, ...]

    def chosen_candidates(self, kept: frozenset[int]) -> tuple[Candidate, ...]:
        """Return everybody without a possible duplicate, and the duplicates whose line is in `kept`."""
        doubtful = {twin.line for twin in self.twins} - kept
        return tuple(person for person in self.people if person.line not in doubtful)


def import_preview(session: Session, content: bytes, *, by: Actor, today: date) -> Preview:
    """Parse a file. Raises UnreadableTable, MissingColumns, MayNotEnrol."""
    found = tables.read_brought_table(content)
    read = candidates.read_candidates(found, today=today)
    doubtful = enrolment.possible_twins(session, read.people, by=by)
    return Preview(found.how, read.used, read.ignored, read.people, read.mistakes, doubtful)


def import_template() -> bytes:
    """Return the workbook to fill in: the columns that the import reads, and two invented rows."""
    return spreadsheets.xlsx_workbook([("Jeunes", candidates.COLUMNS, _EXAMPLES)])


def cards_key(batch_id: str) -> str:
    """Return the name by which a download ticket refers to the cards of an import."""
    return f"{_IMPORT}{batch_id}"


def cards_of(session: Session, key: str, *, by: Actor, address: str, now: datetime) -> bytes:
    """Return the cards of an import (`cards_key`), or of one person by id. Raises what `cards_paper.printed_cards` raises."""
    batch = key.removeprefix(_IMPORT) if key.startswith(_IMPORT) else ""
    ids = enrolment.never_came(session, of=by, batch_id=batch) if batch else [key]
    return cards_paper.printed_cards(session, ids, by=by, address=address, now=now)
