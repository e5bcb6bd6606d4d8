"""Parses a file into sheets of rows of text with line numbers; kind, encoding and separator are found in its content."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clicnjob import policy
from clicnjob.bounded import apart
from clicnjob.cohort.importing import accents, layouts, workbooks
from clicnjob.cohort.importing.workbooks import ReadSheet, UnreadableTable, bounded_cells

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre"}
_TOLD = re.compile(r'"?sep=([;,\t|])"?[;,\t|]*(\r\n|\r|\n)', re.IGNORECASE)  # Excel's own first line
_ZIP, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_HTML = re.compile(rb"\s*(<!doctype html|<html|<table|<meta|<\?xml[^>]*>\s*<html)", re.IGNORECASE)
_NO_ROWS = "Ce fichier n’a pas de lignes à lire. Il faut une ligne par personne, avec son nom."
_TOO_COMPLICATED = "Ce fichier est trop compliqué à lire. Copiez les colonnes utiles dans un nouveau tableau."


@dataclass(frozen=True, slots=True)
class BroughtSheet:
    """One sheet: its filled rows as (line in the file, cells). `hidden_lines` are those that the spreadsheet hides.

    `cut` says in French why the sheet could not be read to its end, '' when it was.
    """

    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_hidden: bool = False
    hidden_lines: frozenset[int] = frozenset()
    cut: str = ""


@dataclass(frozen=True, slots=True)
class BroughtTable:
    """A file as read; a CSV has one sheet without a title. `how` says in French how the file was read."""

    sheets: tuple[BroughtSheet, ...]
    how: str


def read_brought_table(content: bytes) -> BroughtTable:
    """Parse every sheet of a file. Raises UnreadableTable."""
    if len(content) > policy.IMPORT_BYTES:
        raise UnreadableTable("Ce fichier est trop gros : 1 Mo au plus. Coupez-le en deux.")
    try:
        read = apart.read_apart(read_table, content, longest=policy.IMPORT_READ_BYTES, refusals=(UnreadableTable,))
    except apart.UnreadableFile:
        raise UnreadableTable(_TOO_COMPLICATED) from None
    told = json.loads(read)
    return BroughtTable(tuple(_sheet_of_json(one) for one in told["sheets"]), told["how"])


def _sheet_of_json(one: dict[str, object]) -> BroughtSheet:
    rows = tuple((number, tuple(cells)) for number, cells in one["rows"])  # type: ignore[attr-defined]
    return BroughtSheet(str(one["title"]), rows, bool(one["hidden"]), frozenset(one["hidden_lines"]), str(one["cut"]))  # type: ignore[call-overload]


def read_table(content: bytes) -> bytes:
    """Return the fields of BroughtTable as JSON; runs in the process of `apart`, the only one to parse uploaded files."""
    sheets, how = _read_sheets(content)
    for sheet in sheets:
        sheet.rows = [(number, cells) for number, cells in sheet.rows if any(cell.strip() for cell in cells)]
        people = len(sheet.rows) - 1 - layouts.titles_place(sheet.rows)
        if people > policy.IMPORT_ROWS:
            sheet.cut = f"Ce fichier a trop de lignes\u00a0: {policy.IMPORT_ROWS} au plus. Coupez-le en deux."
    if all(len(sheet.rows) < 2 for sheet in sheets):
        raise UnreadableTable(next((sheet.cut for sheet in sheets if sheet.cut), _NO_ROWS))
    if all(sheet.cut for sheet in sheets):
        raise UnreadableTable(sheets[0].cut)
    left = policy.IMPORT_READ_CHARACTERS
    for sheet in sheets:
        left -= sum(len(cell) + 4 for _, cells in sheet.rows for cell in cells)
        if left < 0:
            sheet.rows, sheet.cut = [], "Cette feuille est trop longue. Copiez-la dans un fichier à part."
    return json.dumps({"sheets": [sheet.as_json() for sheet in sheets], "how": how}, ensure_ascii=False).encode(
        "utf-8", "replace"
    )


def _read_sheets(content: bytes) -> tuple[list[ReadSheet], str]:
    """Read the content by what it is, whatever its name says. Raises UnreadableTable."""
    if content.startswith(_ZIP):
        return workbooks.zipped_sheets(content)
    if content.startswith(_OLD_EXCEL):
        raise UnreadableTable("C’est un ancien fichier Excel. Ouvrez-le, puis enregistrez-le au format XLSX.")
    if content.startswith(_PDF):
        raise UnreadableTable("C’est un PDF. Demandez le tableau d’origine, au format XLSX ou CSV.")
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")):
        return workbooks.html_sheets(_decoded_text(content)[0]), "page HTML"
    return _csv_sheets(content)


def _csv_sheets(content: bytes) -> tuple[list[ReadSheet], str]:
    text, encoding = _decoded_text(content)
    told = _TOLD.match(text)
    separator = told[1] if told else _guessed_separator(text)
    records = _csv_records(text[told.end() :], separator, above=1) if told else _csv_records(text, separator)
    return [ReadSheet("", list(records))], f"CSV, {encoding}, séparé par {SEPARATORS[separator]}"


def _decoded_text(content: bytes) -> tuple[str, str]:
    """Try UTF-16 with a BOM, then strict UTF-8, then the encoding that gives most French letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise UnreadableTable("Ce fichier est abîmé. Enregistrez-le de nouveau en CSV UTF-8.") from None
    if b"\x00" in content:
        raise UnreadableTable("Ce fichier n’est ni un CSV ni un XLSX. Enregistrez-le dans un de ces formats.")
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    if (found := accents.decoded_text(content)) is None:
        raise UnreadableTable("L’encodage de ce fichier n’est pas reconnu. Enregistrez-le de nouveau en CSV UTF-8.")
    return found


def _guessed_separator(text: str) -> str:
    """Return the separator with which most titles are found at the top, or else the one that occurs most in the first line."""
    top = [line for line in text.splitlines() if line.strip()][: layouts.SEARCHED_ROWS]

    def titles(separator: str) -> int:
        return max((layouts.title_score(line.split(separator)) for line in top), default=0)

    def occurrences(separator: str) -> int:
        return top[0].count(separator) if top else 0

    return max(SEPARATORS, key=lambda separator: (titles(separator), occurrences(separator)))


def _csv_records(text: str, separator: str, *, above: int = 0) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield records with their line number, after `above` lines. Raises UnreadableTable for an open quote."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    starts, inside = above + 1, 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise UnreadableTable(_open_quote(starts)) from None
        if cells is None:
            return
        if inside and _holds_a_row(cells, separator, inside):
            raise UnreadableTable(_open_quote(starts))
        yield starts, bounded_cells(cells, starts)
        inside = inside or max(0, len(cells) - 1)
        starts = above + reader.line_num + 1


def _holds_a_row(cells: Sequence[str], separator: str, inside: int) -> bool:
    """Whether a cell of several lines contains a whole row, because an open quote was closed by a later one."""
    return any(line.count(separator) >= inside for cell in cells for line in cell.splitlines()[1:])


def _open_quote(line: int) -> str:
    return f"Ligne {line} : un guillemet n’est pas fermé. Corrigez cette ligne dans le fichier."
