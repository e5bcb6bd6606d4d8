"""Reads the sheets of a workbook (XLSX, ODS) or of a page of HTML that an office programme saved as « .xls »."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook

from clicnjob import policy
from clicnjob.cohort.importing import layouts
from clicnjob.errors import Refusal

_MOST_COLUMNS = 60
_MOST_CELL = 4_000
_MOST_SHEETS = 30
_MOST_BLANK = 1_200_000  # blank lines and cells; one spreadsheet may hold 1,048,576 blank lines
_LAST_LINE = 10_000_000  # a number that any database keeps; no spreadsheet has more lines
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="(\d{1,7})"')
_HTML_ROW = re.compile(r"<tr\b[^>]*>", re.IGNORECASE)
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_CUT_ROWS = f"Ce fichier a trop de lignes\u00a0: {policy.IMPORT_ROWS} au plus. Coupez-le en deux."
_CUT_BLANK = "Ce fichier a trop de lignes vides. Supprimez-les, puis enregistrez-le de nouveau."


class UnreadableTable(Refusal):
    """The file cannot be imported; the sentence says where and what to do."""


@dataclass(slots=True)
class ReadSheet:
    """One sheet as it is being read; see `tables.Sheet`."""

    title: str
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    is_hidden: bool = False
    hidden_lines: list[int] = field(default_factory=list)
    cut: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as the process that reads files hands them on."""
        return {
            "title": self.title[:100],
            "rows": self.rows,
            "hidden": self.is_hidden,
            "hidden_lines": self.hidden_lines,
            "cut": self.cut,
        }


def zipped_sheets(content: bytes) -> tuple[list[ReadSheet], str]:
    """Return the sheets of an XLSX or ODS workbook. Raises UnreadableTable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > policy.IMPORT_UNPACKED_BYTES:
                raise UnreadableTable("Ce fichier est trop gros une fois ouvert. Gardez seulement les colonnes utiles.")
            names = set(packed.namelist())
            if "word/document.xml" in names:
                raise UnreadableTable("C’est un document Word. Copiez le tableau dans un tableur, puis enregistrez-le.")
            if "content.xml" in names:
                return list(_ods_sheets(packed)), "ODS"
            return list(_xlsx_sheets(content, packed)), "XLSX"
    except Refusal:
        raise
    except Exception:  # a damaged file can raise anything: zip, XML, or a part of the wrong type
        raise UnreadableTable("Ce fichier XLSX ne s’ouvre pas. Enregistrez-le de nouveau depuis le tableur.") from None


def bounded_cells(cells: Sequence[str], line: int) -> tuple[str, ...]:
    """Return the cells of a row without the empty ones at its end. Raises UnreadableTable for a row that is too large."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    if end > _MOST_COLUMNS or any(len(cell) > _MOST_CELL for cell in cells[:end]):
        raise UnreadableTable(f"Ligne {line} : trop de colonnes, ou un texte trop long.")
    return tuple(cells[: min(len(cells), _MOST_COLUMNS)])


def _xlsx_sheets(content: bytes, packed: zipfile.ZipFile) -> Iterator[ReadSheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets[:_MOST_SHEETS]:
        read = ReadSheet(sheet.title, is_hidden=sheet.sheet_state != "visible")
        sheet.reset_dimensions()  # the size that a file declares may be wrong and would hide rows
        _fill_rows(read, ((number, _row_texts(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)))
        part = packed.read(sheet._worksheet_path)  # openpyxl skips what hides a row when it reads row by row
        read.hidden_lines = [int(number) for number in _HIDDEN_ROW.findall(part)][: policy.IMPORT_ROWS * 2]
        yield read


def _fill_rows(read: ReadSheet, numbered: Iterable[tuple[int, list[str]]]) -> None:
    """Keep the rows with content, up to a limit of filled and of blank ones."""
    blank = 0
    for number, cells in numbered:
        if any(cell.strip() for cell in cells):
            read.rows.append((number, bounded_cells(cells, number)))
        blank += 1 + len(cells)
        if len(read.rows) > policy.IMPORT_ROWS + layouts.SEARCHED_ROWS:
            read.cut = _CUT_ROWS
            return
        if blank > _MOST_BLANK:
            read.cut = _CUT_BLANK
            return


def _row_texts(row: Sequence[Any]) -> list[str]:
    return [_cell_text(cell) for cell in row]


def _cell_text(cell: Any) -> str:
    """Return a cell as a person reads it: whole numbers without decimals, dates as DD/MM/YYYY."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _ods_sheets(packed: zipfile.ZipFile) -> Iterator[ReadSheet]:
    root = ElementTree.fromstring(packed.read("content.xml"))  # noqa: S314 - bounded above; expat refuses entity bombs
    hidden_styles = {
        style.get(_ODS % ("style", "name"))
        for style in root.iter(_ODS % ("style", "style"))
        for properties in style.iter(_ODS % ("style", "table-properties"))
        if properties.get(_ODS % ("table", "display")) == "false"
    }
    for table in list(root.iter(_ODS % ("table", "table")))[:_MOST_SHEETS]:
        read = ReadSheet(table.get(_ODS % ("table", "name"), ""))
        read.is_hidden = table.get(_ODS % ("table", "style-name")) in hidden_styles
        number = 1
        for row in table.iter(_ODS % ("table", "table-row")):
            cells = _ods_cells(row)
            if any(cell.strip() for cell in cells):
                read.rows.append((number, bounded_cells(cells, number)))
                if row.get(_ODS % ("table", "visibility"), "visible") != "visible":
                    read.hidden_lines.append(number)
            number = min(number + abs(int(row.get(_ODS % ("table", "number-rows-repeated"), 1))), _LAST_LINE)
            if len(read.rows) > policy.IMPORT_ROWS + layouts.SEARCHED_ROWS:
                read.cut = _CUT_ROWS
                break
        yield read


def _ods_cells(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if not cell.tag.endswith("table-cell"):
            continue
        again = min(int(cell.get(_ODS % ("table", "number-columns-repeated"), 1)), _MOST_COLUMNS)
        day = cell.get(_ODS % ("office", "date-value"), "")
        told = "\n".join("".join(line.itertext()) for line in cell.findall(_ODS % ("text", "p")))
        cells += ["/".join(reversed(day[:10].split("-"))) if day else told] * again
        if len(cells) > _MOST_COLUMNS:
            break
    return cells[:_MOST_COLUMNS]


def html_sheets(page: str) -> list[ReadSheet]:
    """Return the tables of a page as one sheet."""
    rows = [re.split(r"<t[dh]\b[^>]*>", row, flags=re.IGNORECASE)[1:] for row in _HTML_ROW.split(page)[1:]]
    read = ReadSheet("")
    _fill_rows(read, enumerate(([_html_text(cell) for cell in row] for row in rows), start=1))
    return [read]


def _html_text(cell: str) -> str:
    inside = re.split(r"</t(?:[dhr]|able)", cell, maxsplit=1, flags=re.IGNORECASE)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", inside)).split())
