"""Turns the rows of an import into people to enrol, with every mistake and its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clicnjob import policy, text
from clicnjob.accounts.names import EmptyName, person_name
from clicnjob.cohort.importing.tables import Table
from clicnjob.cohort.reports.spreadsheets import FORMULA_SIGNS
from clicnjob.errors import Refusal
from clicnjob.french import contact, dates

COLUMNS = ("Prénom", "Nom", "Téléphone", "Mois de naissance", "Liste")
_KNOWN = {
    "first_name": ("prenom", "prenoms", "prenom usuel"),
    "last_name": ("nom", "nom de famille", "nom d'usage", "nom usuel", "nom de naissance"),
    "phone": (
        *("telephone", "tel", "portable", "mobile", "telephone portable", "telephone mobile", "telephone 1"),
        *("tel portable", "tel mobile", "tel 1"),
        *(f"numero {of}{what}" for of in ("de ", "") for what in ("telephone", "tel", "portable", "mobile")),
    ),
    "birth_month": ("mois de naissance", "date de naissance", "ne le", "ne(e) le", "naissance"),
    "people_list": ("liste", "groupe", "atelier", "promo", "promotion"),
}
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE][+]?\d+")
_KEPT_TEXT = re.compile(r"\s*['’](?=[\d+])")  # an apostrophe typed so that a spreadsheet keeps the text as it is
_TIME = re.compile(r"(?<=\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*$")


class MissingColumns(Refusal):
    """The columns for first name and last name are required."""

    sentence = "Il faut une colonne « Prénom » et une colonne « Nom ». Prenez le modèle, ou renommez vos colonnes."


class LostPhone(Refusal):
    """A spreadsheet turned the phone number into scientific notation."""

    sentence = "Le tableur a abîmé ce numéro. Mettez la colonne au format « Texte », puis écrivez le numéro de nouveau."


class OutOfAge(Refusal):
    """The month makes the person too young or too old, which is usually a typing error."""

    sentence = "Ce mois de naissance donne un âge impossible ici. Vérifiez l’année."


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
    """Why a row is refused: its line in the file, the column, and a sentence for the person who imports."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed table. With any mistake nobody is imported; the cells of `ignored` columns are never read."""

    people: tuple[Candidate, ...]
    mistakes: tuple[RowMistake, ...]
    used: tuple[str, ...]
    ignored: tuple[str, ...]


def read_candidates(found: Table, *, today: date) -> Reading:
    """Parse everybody in the table, with all mistakes at once. Raises MissingColumns."""
    places = _field_places(found.columns)
    if not {"first_name", "last_name"} <= places.keys():
        raise MissingColumns
    people: list[Candidate] = []
    mistakes: list[RowMistake] = []
    for line, cells in found.rows:
        candidate, wrong = _candidate_of_row(line, cells, places, found.columns, today)
        mistakes += wrong
        if candidate:
            people.append(candidate)
    used = {places[field] for field in places}
    ignored = tuple(name for place, name in enumerate(found.columns) if place not in used and name)
    return Reading(tuple(people), tuple(mistakes), tuple(found.columns[place] for place in sorted(used)), ignored)


def _field_places(columns: tuple[str, ...]) -> dict[str, int]:
    """Find the column of each field, by the titles that the usual software exports."""
    folded = [_compared_title(name) for name in columns]
    found = {field: [folded.index(name) for name in names if name in folded] for field, names in _KNOWN.items()}
    return {field: places[0] for field, places in found.items() if places}


def _compared_title(column: str) -> str:
    """Normalise a title for comparison: « N° de Tél. : » is « numero de tel »."""
    bare = re.sub(r"^n°\s*", "numero ", text.fold_text(_without_apostrophe(column).replace("º", "°")))
    return " ".join(bare.replace(".", " ").strip(" :*").split())


def _candidate_of_row(
    line: int, cells: tuple[str, ...], places: dict[str, int], columns: tuple[str, ...], today: date
) -> tuple[Candidate | None, list[RowMistake]]:
    read_by: dict[str, Callable[[str], str]] = {
        "first_name": lambda typed: _checked_name(typed, "Il manque le prénom."),
        "last_name": lambda typed: _checked_name(typed, "Il manque le nom."),
        "phone": _checked_phone,
        "birth_month": lambda typed: _birth_month(typed, today),
        "people_list": lambda typed: text.clean_line(typed, most=policy.LIST_NAME_LENGTH),
    }
    values: dict[str, str] = {}
    mistakes: list[RowMistake] = []
    for field, place in places.items():
        try:
            values[field] = read_by[field](_without_apostrophe(cells[place]) if place < len(cells) else "")
        except Refusal as refusal:
            mistakes.append(RowMistake(line, columns[place], refusal.sentence))
    return (None if mistakes else Candidate(line=line, **values)), mistakes


def _without_apostrophe(cell: str) -> str:
    """Remove the apostrophe that our own exports put before a text that a spreadsheet would run as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA_SIGNS else cell


def _checked_name(typed: str, missing: str) -> str:
    try:
        return person_name(typed)
    except EmptyName:
        raise EmptyName(missing) from None


def _checked_phone(typed: str) -> str:
    bare = _KEPT_TEXT.sub("", typed, count=1).strip()
    if _SCIENTIFIC.fullmatch(bare.replace(" ", "")):
        raise LostPhone
    digits = re.sub(r"[\s.\-]", "", bare)
    return contact.phone_number(f"0{digits}" if re.fullmatch(r"[1-9]\d{8}", digits) else bare)


def _birth_month(typed: str, today: date) -> str:
    """ "YYYY-MM" from a month or a whole date; '' for nothing."""
    if not typed.strip():
        return ""
    day = _TIME.sub("", _KEPT_TEXT.sub("", text.clean_line(typed), count=1))
    point = dates.date_point(dates.plain_date_text(day), today)
    if point is None or not point.month:
        raise dates.UnknownDate("On n’a pas compris ce mois. Exemple : 03/2006.")
    if not policy.YOUNGEST <= today.year - point.year <= policy.OLDEST:
        raise OutOfAge
    return point.kept_text()
