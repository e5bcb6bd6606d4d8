"""Reads one cell of a list: a name, a telephone, a month of birth, in every shape in which lists of the field have them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from clicnjob import policy, text
from clicnjob.accounts.names import EmptyName, person_name, usual_capitals
from clicnjob.cohort.importing import accents
from clicnjob.cohort.reports.spreadsheets import FORMULA_SIGNS
from clicnjob.errors import Refusal
from clicnjob.french import contact, dates

_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE][+]?\d+")
_KEPT_TEXT = re.compile(r"\s*['’](?=[\d+])")  # an apostrophe typed so that a spreadsheet keeps the text as it is
_TIME = re.compile(r"(?<=\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*$")
_FAULT = re.compile(
    r"#(?:REF|N/A|NAME|NOM|VALUE|VALEUR|DIV/0|NULL|NUL|NUM|NOMBRE|SPILL|GETTING_DATA|CALC)[!?]?", re.IGNORECASE
)
_NOTHING = re.compile(
    r"[\s/\-–—._?*0]*|n\.?[cdr]\.?|n/?a|#n/a|neant|aucune?|sans|inconnue?|vide|pas de (?:tel|telephone|numero|portable)\.?"
    r"|non (?:communiquee?|renseignee?|connue?)|x+"
)
_WHOLE = re.compile(r"(\d+)\.0")
_SERIAL = re.compile(r"\d{5}")  # a day as a spreadsheet counts it, from 30 December 1899
_SEVERAL = re.compile(r"\s*(?:[/;,|\n&]|\bet\b|\bou\b)\s*")


class LostPhone(Refusal):
    """A spreadsheet turned the phone number into scientific notation."""

    sentence = (
        "Le tableur a abîmé ce numéro. Écrivez-le de nouveau. Dans le tableur, mettez la colonne au format « Texte »."
    )


class OutOfAge(Refusal):
    """The month makes the person too young or too old, which is usually a typing error."""

    sentence = "Ce mois de naissance donne un âge impossible ici. Vérifiez l’année."


class SpreadsheetFault(Refusal):
    """The cell holds what a spreadsheet shows in place of a result."""

    sentence = "Le tableur affiche une erreur à la place du texte. Écrivez ce qui manque, ou videz la case."


class LostLetter(Refusal):
    """Another programme replaced a letter with an accent by a sign."""

    sentence = "Une lettre est perdue. Écrivez le nom de nouveau, avec son accent."


class UnclearName(Refusal):
    """One cell holds both names, and nothing says where the last name ends."""

    sentence = "On ne sait pas où finit le nom de famille. Écrivez le prénom et le nom."


def plain_cell(cell: str) -> str:
    """Return a cell as it was meant: its accents put right, without the apostrophe of our own exports."""
    bare = cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA_SIGNS else cell
    return accents.mended_text(bare)


def is_fault(cell: str) -> bool:
    """Whether the cell holds what a spreadsheet shows in place of a result."""
    return bool(_FAULT.fullmatch(cell.strip()))


def name_of_cell(cell: str, *, missing: str) -> str:
    """Return a first or last name. Raises EmptyName with the sentence `missing`, SpreadsheetFault, LostLetter."""
    if is_fault(cell):
        raise SpreadsheetFault
    if not re.search(r"[^\W_]", cell):
        raise EmptyName(missing)
    if accents.has_lost_letter(cell):
        raise LostLetter
    return usual_capitals(person_name(" ".join(cell.split())))


def names_of_cell(cell: str, *, last_first: bool) -> tuple[str, str]:
    """Return (first name, last name) of a cell with both. Raises UnclearName and what `name_of_cell` raises.

    A comma, or the usual capitals of the last name, say where it ends; otherwise the two words in the order of the title.
    """
    whole = name_of_cell(cell, missing="Il manque le nom.")
    if "," in whole:
        last, _, first = whole.partition(",")
        return name_of_cell(first, missing="Il manque le prénom."), name_of_cell(last, missing="Il manque le nom.")
    words = whole.split()
    capitals = [word for word in words if word.upper() == word and word.lower() != word and len(word) > 1]
    others = [word for word in words if word not in capitals]
    if capitals and others and words in (capitals + others, others + capitals):
        return usual_capitals(" ".join(others)), usual_capitals(" ".join(capitals))
    if len(words) != 2:
        raise UnclearName
    first, last = reversed(words) if last_first else words
    return usual_capitals(first), usual_capitals(last)


def phone_of_cell(cell: str) -> str:
    """Return a telephone in E.164, '' for none; of several in one cell, the first mobile. Raises LostPhone and others."""
    bare = _KEPT_TEXT.sub("", cell, count=1).strip()
    if is_nothing(bare):
        return ""
    if is_fault(bare):
        raise SpreadsheetFault
    if _SCIENTIFIC.fullmatch(bare.replace(" ", "")):
        raise LostPhone
    try:
        return _one_phone(bare)
    except Refusal:
        found = [phone for part in _SEVERAL.split(bare) if (phone := _phone_or_nothing(part))]
        if len(found) < 2:
            raise
        return next((phone for phone in found if is_mobile(phone)), found[0])


def is_mobile(phone: str) -> bool:
    """Whether a French number in E.164 is that of a mobile telephone."""
    return bool(re.match(r"\+33[67]", phone))


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing to say: empty, « / », « NC », « néant »."""
    return bool(_NOTHING.fullmatch(text.fold_text(cell)))


def month_of_cell(cell: str, *, today: date) -> str:
    """Return "YYYY-MM" from a month or a whole date; '' for nothing. Raises UnknownDate, NoSuchDate, OutOfAge."""
    day = _TIME.sub("", _KEPT_TEXT.sub("", text.clean_line(cell), count=1)).strip()
    if is_nothing(day):
        return ""
    if is_fault(day):
        raise SpreadsheetFault
    number = _WHOLE.sub(r"\1", day)
    if _SERIAL.fullmatch(number):
        counted = date(1899, 12, 30) + timedelta(days=int(number))
        day = f"{counted.day}/{counted.month}/{counted.year}"
    point = dates.date_point(dates.plain_date_text(day), today)
    if point is None or not point.month:
        raise dates.UnknownDate("On n’a pas compris ce mois. Exemple : 03/2006.")
    if not policy.YOUNGEST <= today.year - point.year <= policy.OLDEST:
        raise OutOfAge
    return point.kept_text()


def list_of_cell(cell: str) -> str:
    """Return the name of a list, '' for none. Raises TooLong."""
    return "" if is_nothing(cell) or is_fault(cell) else text.clean_line(cell, most=policy.LIST_NAME_LENGTH)


def _one_phone(cell: str) -> str:
    return contact.phone_number(_WHOLE.sub(r"\1", cell))


def _phone_or_nothing(cell: str) -> str:
    try:
        return _one_phone(cell)
    except Refusal:
        return ""
