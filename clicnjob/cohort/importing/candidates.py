"""Turns the rows of an import into people to enrol; the others keep their cells, each with what is wrong and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from clicnjob import policy, text
from clicnjob.cohort.importing import cells, layouts
from clicnjob.cohort.importing.layouts import Layout
from clicnjob.cohort.importing.tables import BroughtSheet, BroughtTable
from clicnjob.cohort.importing.workbooks import UnreadableTable
from clicnjob.errors import Refusal

COLUMNS = ("Prénom", "Nom", "Téléphone", "Mois de naissance", "Liste")
PARTS = dict(zip(("first_name", "last_name", "phone", "birth_month", "people_list"), COLUMNS, strict=True))
_TOTAL = re.compile(r"(?:sous[ -]?)?total\b.*|(?:effectif|nombre)\b.*|\d+ (?:jeunes?|personnes?|inscrits?)")
_HEADING = re.compile(r"(?:groupe|atelier|promo|promotion|liste|session|secteur|antenne|conseill)\b.*|lundi.*|mardi.*"
                      r"|mercredi.*|jeudi.*|vendredi.*")  # fmt: skip


class MissingColumns(Refusal):
    """Nothing says which column holds the first name and which the last name."""

    sentence = "Dites où sont le prénom et le nom\u00a0: choisissez la ligne des titres, ou les colonnes."


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person to enrol, cleaned. `birth_month` is "YYYY-MM" or ''; the day is never stored."""

    line: int
    first_name: str
    last_name: str
    phone: str = ""
    birth_month: str = ""
    people_list: str = ""


@dataclass(frozen=True, slots=True)
class RowMistake:
    """Why a row is refused: its line in the file, the column as the file calls it, a sentence, and the part (of PARTS)."""

    line: int
    column: str
    sentence: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A row that cannot be enrolled as it is: what it says of each part (of PARTS), to be mended, and every reason."""

    line: int
    typed: Mapping[str, str]
    mistakes: tuple[RowMistake, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet as read. The cells of `ignored` columns are never read; `skipped` are lines that are nobody (totals, titles).

    `hidden` are the lines that the spreadsheet hides, which are read only when they are asked for.
    """

    people: tuple[Candidate, ...]
    aside: tuple[AsideRow, ...]
    used: tuple[str, ...]
    ignored: tuple[str, ...]
    skipped: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()

    @property
    def mistakes(self) -> tuple[RowMistake, ...]:
        """Return every mistake, in the order of the file."""
        return tuple(mistake for row in self.aside for mistake in row.mistakes)


def file_layout(found: BroughtTable) -> Layout:
    """Return how the file is best read, by its titles."""
    return layouts.guessed_layout([one.rows for one in found.sheets], hidden=[one.is_hidden for one in found.sheets])


def read_candidates(
    found: BroughtTable, *, today: date, layout: Layout | None = None, with_hidden: bool = False
) -> Reading:
    """Parse everybody on a sheet, with all mistakes at once. Raises MissingColumns, UnreadableTable."""
    chosen = layout or file_layout(found)
    if not chosen.is_enough:
        raise MissingColumns
    sheet = found.sheets[chosen.sheet]
    if sheet.cut:
        raise UnreadableTable(sheet.cut)
    rows = [row for row in sheet.rows[chosen.titles_at + 1 :] if with_hidden or row[0] not in sheet.hidden_lines]
    if len(rows) > policy.IMPORT_ROWS:
        raise UnreadableTable(f"Ce fichier a trop de lignes\u00a0: {policy.IMPORT_ROWS} au plus. Coupez-le en deux.")
    columns = layouts.shown_columns(sheet.rows, chosen.titles_at)
    people: list[Candidate] = []
    aside: list[AsideRow] = []
    skipped: list[int] = []
    for line, row in rows:
        if _is_nobody(row, chosen):
            skipped.append(line)
            continue
        typed, column_of = _typed_parts(row, chosen, columns)
        candidate, wrong = read_parts(line, typed, column_of, today=today)
        if candidate:
            people.append(candidate)
        else:
            aside.append(AsideRow(line, typed, wrong))
    used = {place for places in chosen.places.values() for place in places}
    return Reading(
        people=tuple(people),
        aside=tuple(aside),
        used=tuple(columns[place] for place in sorted(used) if place < len(columns)),
        ignored=tuple(
            name for place, name in enumerate(columns) if place not in used and _has_title(sheet, chosen, place)
        ),
        skipped=tuple(skipped),
        hidden=tuple(line for line, _ in sheet.rows[chosen.titles_at + 1 :] if line in sheet.hidden_lines),
    )


def read_parts(
    line: int, typed: Mapping[str, str], column_of: Mapping[str, str] = PARTS, *, today: date
) -> tuple[Candidate | None, tuple[RowMistake, ...]]:
    """Return the person of one row, or every reason why it is none. `typed` has the text of each part of PARTS."""
    read_by: dict[str, Callable[[str], str]] = {
        "first_name": lambda cell: cells.name_of_cell(cell, missing="Il manque le prénom."),
        "last_name": lambda cell: cells.name_of_cell(cell, missing="Il manque le nom."),
        "phone": cells.phone_of_cell,
        "birth_month": lambda cell: cells.month_of_cell(cell, today=today),
        "people_list": cells.list_of_cell,
    }
    values: dict[str, str] = {}
    mistakes: list[RowMistake] = []
    for part, read in read_by.items():
        try:
            values[part] = read(typed.get(part, ""))
        except Refusal as refusal:
            sentence = cells.UnclearName.sentence if _is_unclear(part, typed) else refusal.sentence
            mistakes.append(RowMistake(line, column_of.get(part, PARTS[part]), sentence, part))
    return (None if mistakes else Candidate(line=line, **values)), tuple(mistakes)


def _is_unclear(part: str, typed: Mapping[str, str]) -> bool:
    """Whether the last name is missing because one cell holds both names and nobody can tell them apart."""
    return part == "last_name" and not typed.get(part) and len(typed.get("first_name", "").split()) > 2


def _typed_parts(
    row: tuple[str, ...], layout: Layout, columns: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the text of each part of a row, and the column that it comes from."""
    typed: dict[str, str] = {}
    column_of: dict[str, str] = {}
    for part in PARTS:
        places = layout.places.get(part, ())
        said = [(place, cells.plain_cell(row[place]) if place < len(row) else "") for place in places]
        place, cell = _chosen_cell(part, said)
        if places:
            typed[part] = cell[: policy.IMPORT_CELL_LENGTH] if part != "people_list" else cell
            column_of[part] = columns[place] if place < len(columns) else PARTS[part]
    if "first_name" not in layout.places:
        _split_names(row, layout, columns, typed, column_of)
    return typed, column_of


def _chosen_cell(part: str, said: list[tuple[int, str]]) -> tuple[int, str]:
    """Return the first filled cell of a part; for a telephone, a mobile rather than another."""
    filled = [(place, cell) for place, cell in said if not cells.is_nothing(cell)]
    if part == "phone" and len(filled) > 1:
        mobile = next(((place, cell) for place, cell in filled if _holds_mobile(cell)), None)
        return mobile or (filled or said or [(0, "")])[0]
    return (filled or said or [(0, "")])[0]


def _holds_mobile(cell: str) -> bool:
    try:
        return cells.is_mobile(cells.phone_of_cell(cell))
    except Refusal:
        return False


def _split_names(
    row: tuple[str, ...], layout: Layout, columns: tuple[str, ...], typed: dict[str, str], column_of: dict[str, str]
) -> None:
    """Fill both names from the cell that holds them; where it cannot be split, the whole stays with the first name."""
    kind = "last_first" if "last_first" in layout.places else "first_last"
    place = layout.places[kind][0]
    cell = cells.plain_cell(row[place]) if place < len(row) else ""
    column_of["first_name"] = column_of["last_name"] = columns[place] if place < len(columns) else ""
    try:
        typed["first_name"], typed["last_name"] = cells.names_of_cell(cell, last_first=kind == "last_first")
    except Refusal:
        typed["first_name"], typed["last_name"] = cell[: policy.IMPORT_CELL_LENGTH], ""


def _is_nobody(row: tuple[str, ...], layout: Layout) -> bool:
    """Whether a row is a total, the heading of a group, or the titles once more."""
    filled = [text.fold_text(cell) for cell in row if cell.strip()]
    if any("nom" in cell for cell in filled) and layouts.title_score(row) >= len(layout.places) > 1:
        return True
    if filled and _TOTAL.fullmatch(filled[0]) and all(re.fullmatch(r"[\d ,.%:/]*", cell) for cell in filled[1:]):
        return True
    return len(filled) == 1 and bool(_HEADING.fullmatch(filled[0]))


def _has_title(sheet: BroughtSheet, layout: Layout, place: int) -> bool:
    if layout.titles_at == layouts.NO_TITLES:
        return True
    titles = sheet.rows[layout.titles_at][1]
    return place < len(titles) and bool(titles[place].strip())
