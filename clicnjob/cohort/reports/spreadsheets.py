"""Writes tables as XLSX and CSV; texts stay texts and never become formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")  # starts a formula in a spreadsheet; source: OWASP, CSV Injection
_XML_REFUSES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDEST = 60
_DAY = "dd/mm/yyyy"


def xlsx_workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Return a workbook of (title, columns, rows), each sheet with filters on its columns.

    Text cells have type text, so none runs as a formula; dates are dates, shown as French people write them.
    """
    book = Workbook(write_only=True)
    for title, columns, rows in sheets:
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        kept = [list(row) for row in rows]
        for place, column in enumerate(columns):
            longest = max((len(str(row[place])) for row in kept if row[place] is not None), default=0)
            sheet.column_dimensions[get_column_letter(place + 1)].width = min(_WIDEST, max(len(column), longest) + 3)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(kept) + 1}"
        sheet.append([_sheet_cell(sheet, column, bold=True) for column in columns])
        for row in kept:
            sheet.append([_sheet_cell(sheet, value) for value in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet_cell(sheet: object, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = _XML_REFUSES.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _DAY
    if bold:
        cell.font = Font(bold=True)
    return cell


def comma_separated(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV for French office software: semicolons, UTF-8 with BOM, and formulas defused by `guarded_text`."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded_text(column) for column in columns])
    writer.writerows([_plain_cell(value) for value in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _plain_cell(value: Cell) -> Cell:
    """Return a cell as French office software reads it in a text: 01/12/2026, 1,5."""
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return guarded_text(value) if isinstance(value, str) else value


def guarded_text(value: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula. The import removes it."""
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
