"""Parses a CSV or XLSX file into rows of text with line numbers; encoding and separator are detected."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from clicnjob import policy
from clicnjob.bounded import apart
from clicnjob.errors import Refusal

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation"}
_ENCODINGS = (("utf-8-sig", "UTF-8"), ("cp1252", "Windows (cp1252)"))
_MOST_COLUMNS = 60
_MOST_CELL = 4_000
_MOST_BLANK = 1_200_000  # blank lines and cells; one spreadsheet may hold 1,048,576 blank lines
_TOLD = re.compile(r'"?sep=([;,\t])"?[;,\t]*(\r\n|\r|\n)', re.IGNORECASE)  # Excel's own first line
_ZIP = b"PK\x03\x04"
_TOO_COMPLICATED = "Ce fichier est trop compliqué à lire. Copiez les colonnes utiles dans un nouveau tableau."


class UnreadableTable(Refusal):
    """The file cannot be imported; the sentence says where and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """A parsed table. `rows` are (line in the file, cells); `how` says in French how the file was read."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    how: str


def read_brought_table(content: bytes) -> Table:
    """Parse the first sheet, or the whole CSV; its first line gives the columns. Raises UnreadableTable."""
    if len(content) > policy.IMPORT_BYTES:
        raise UnreadableTable("Ce fichier est trop gros : 1 Mo au plus. Coupez-le en deux.")
    try:
        read = apart.read_apart(read_table, content, longest=policy.IMPORT_READ_BYTES, refusals=(UnreadableTable,))
    except apart.UnreadableFile:
        raise UnreadableTable(_TOO_COMPLICATED) from None
    told = json.loads(read)
    rows = tuple((number, tuple(cells)) for number, cells in told["rows"])
    return Table(tuple(told["columns"]), rows, told["how"])


def read_table(content: bytes) -> bytes:
    """Return the fields of Table as JSON; runs in the process of `apart`, the only one to parse uploaded files."""
    lines, how = _xlsx_lines(content) if content.startswith(_ZIP) else _csv_lines(content)
    kept = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if len(kept) < 2:
        raise UnreadableTable("Ce fichier n’a pas de lignes à lire. Il faut une ligne de titres, puis les personnes.")
    if len(kept) - 1 > policy.IMPORT_ROWS:
        raise UnreadableTable(f"Ce fichier a trop de lignes : {policy.IMPORT_ROWS} au plus. Coupez-le en deux.")
    (_, columns), *rows = kept
    return json.dumps({"columns": [cell.strip() for cell in columns], "rows": rows, "how": how}).encode()


Lines = Sequence[tuple[int, tuple[str, ...]]]


def _csv_lines(content: bytes) -> tuple[Lines, str]:
    text, encoding = _decoded_text(content)
    told = _TOLD.match(text)
    separator = told[1] if told else _guessed_separator(text)
    records = _csv_records(text[told.end() :], separator, above=1) if told else _csv_records(text, separator)
    return tuple(records), f"CSV, {encoding}, séparé par {SEPARATORS[separator]}"


def _decoded_text(content: bytes) -> tuple[str, str]:
    """Try UTF-16 with a BOM, then strict UTF-8, then Windows, which are what common office software writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise UnreadableTable("Ce fichier est abîmé. Enregistrez-le de nouveau en CSV UTF-8.") from None
    if b"\x00" in content:
        raise UnreadableTable("Ce fichier n’est ni un CSV ni un XLSX. Enregistrez-le dans un de ces formats.")
    for encoding, name in _ENCODINGS:
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("L’encodage de ce fichier n’est pas reconnu. Enregistrez-le de nouveau en CSV UTF-8.")


def _guessed_separator(text: str) -> str:
    """Return the separator that occurs most in the line of titles, since a title contains none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


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
        yield starts, _bounded_cells(cells, starts)
        inside = inside or max(0, len(cells) - 1)
        starts = above + reader.line_num + 1


def _holds_a_row(cells: Sequence[str], separator: str, inside: int) -> bool:
    """Whether a cell of several lines contains a whole row, because an open quote was closed by a later one."""
    return any(line.count(separator) >= inside for cell in cells for line in cell.splitlines()[1:])


def _open_quote(line: int) -> str:
    return f"Ligne {line} : un guillemet n’est pas fermé. Corrigez cette ligne dans le fichier."


def _bounded_cells(cells: Sequence[str], line: int) -> tuple[str, ...]:
    if len(cells) > _MOST_COLUMNS or any(len(cell) > _MOST_CELL for cell in cells):
        raise UnreadableTable(f"Ligne {line} : trop de colonnes, ou un texte trop long.")
    return tuple(cells)


def _xlsx_lines(content: bytes) -> tuple[Lines, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > policy.IMPORT_UNPACKED_BYTES:
                raise UnreadableTable("Ce fichier est trop gros une fois ouvert. Gardez seulement les colonnes utiles.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        found = tuple(_filled_rows(book.worksheets[0]))
    except Refusal:
        raise
    except Exception:  # a damaged file can raise anything: zip, XML, or a part of the wrong type
        raise UnreadableTable("Ce fichier XLSX ne s’ouvre pas. Enregistrez-le de nouveau depuis le tableur.") from None
    return found, f"XLSX, feuille « {book.worksheets[0].title} »"


def _filled_rows(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows with content and their line, at most one too many. Blank rows are skipped, up to a limit."""
    sheet.reset_dimensions()  # the size that a file declares may be wrong and would hide rows
    kept = blank = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_cell_text(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            yield number, _bounded_cells(cells, number)
            kept += 1
        blank += 1 + len(cells)
        if kept > policy.IMPORT_ROWS + 1:
            return
        if blank > _MOST_BLANK:
            raise UnreadableTable("Ce fichier a trop de lignes vides. Supprimez-les, puis enregistrez-le de nouveau.")


def _cell_text(cell: Any) -> str:
    """Return a cell as a person reads it: whole numbers without decimals, dates as DD/MM/YYYY."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
