"""A CSV or XLSX file as rows of text with their line numbers: encoding and separator are recognised, shown, never guessed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from clicnjob import policy
from clicnjob.errors import Refusal

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation"}
_ENCODINGS = (("utf-8-sig", "UTF-8"), ("cp1252", "Windows (cp1252)"))
_MOST_COLUMNS = 60
_MOST_CELL = 4_000
_ZIP = b"PK\x03\x04"


class UnreadableTable(Refusal):
    """Not a table that can be taken in; says where and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. `rows` are (line in the file, cells); `how` says in French how the file was understood."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    how: str


def table(content: bytes) -> Table:
    """The first sheet or the whole CSV; its first line gives the columns. Raises UnreadableTable."""
    if len(content) > policy.IMPORT_BYTES:
        raise UnreadableTable("Ce fichier est trop gros : 1 Mo au plus. Coupez-le en deux.")
    lines, how = _xlsx(content) if content.startswith(_ZIP) else _csv(content)
    kept = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if len(kept) < 2:
        raise UnreadableTable("Ce fichier n’a pas de lignes à lire. Il faut une ligne de titres, puis les personnes.")
    if len(kept) - 1 > policy.IMPORT_ROWS:
        raise UnreadableTable(f"Ce fichier a trop de lignes : {policy.IMPORT_ROWS} au plus. Coupez-le en deux.")
    (_, columns), *rows = kept
    return Table(tuple(cell.strip() for cell in columns), tuple(rows), how)


Lines = Sequence[tuple[int, tuple[str, ...]]]


def _csv(content: bytes) -> tuple[Lines, str]:
    text, encoding = _decoded(content)
    separator = _separator(text)
    return tuple(_records(text, separator)), f"CSV, {encoding}, séparé par {SEPARATORS[separator]}"


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-16 by its mark, then strict UTF-8, then Windows: what office programs of the field write, in that order."""
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


def _separator(text: str) -> str:
    """The one that cuts the line of titles the most; a title holds none of them."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _records(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Records with their line. A quote left open would swallow the lines that follow: it is refused with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    starts = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise UnreadableTable(_open_quote(starts)) from None
        if cells is None:
            return
        if reader.line_num > starts and any("\n" in cell or "\r" in cell for cell in cells):
            raise UnreadableTable(_open_quote(starts))
        yield starts, _bounded(cells, starts)
        starts = reader.line_num + 1


def _open_quote(line: int) -> str:
    return f"Ligne {line} : un guillemet n’est pas fermé. Corrigez cette ligne dans le fichier."


def _bounded(cells: Sequence[str], line: int) -> tuple[str, ...]:
    if len(cells) > _MOST_COLUMNS or any(len(cell) > _MOST_CELL for cell in cells):
        raise UnreadableTable(f"Ligne {line} : trop de colonnes, ou un texte trop long.")
    return tuple(cells)


def _xlsx(content: bytes) -> tuple[Lines, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > policy.IMPORT_UNPACKED_BYTES:
                raise UnreadableTable("Ce fichier est trop gros une fois ouvert. Gardez seulement les colonnes utiles.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        found = [
            (number, _bounded([_said(cell) for cell in row], number))
            for number, row in enumerate(sheet.iter_rows(max_row=policy.IMPORT_ROWS + 2, values_only=True), start=1)
        ]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError):
        raise UnreadableTable("Ce fichier XLSX ne s’ouvre pas. Enregistrez-le de nouveau depuis le tableur.") from None
    return found, f"XLSX, feuille « {sheet.title} »"


def _said(cell: Any) -> str:
    """A cell as one reads it: whole numbers without a comma, days as a day."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
