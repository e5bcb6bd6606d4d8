"""Lists of people as files: how they are understood, what is refused with its line, and that nothing runs."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from clicnjob import policy
from clicnjob.cohort import candidates, spreadsheets, tables
from clicnjob.cohort.candidates import Candidate, MissingColumns
from clicnjob.cohort.tables import UnreadableTable

TODAY = date(2026, 3, 16)


def people(content: bytes) -> tuple[Candidate, ...]:
    found = candidates.read(tables.table(content), today=TODAY)
    assert not found.mistakes
    return found.people


def mistakes(content: bytes) -> list[tuple[int, str]]:
    return [(m.line, m.column) for m in candidates.read(tables.table(content), today=TODAY).mistakes]


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encodings_and_separators_of_the_field_are_recognised(encoding: str, separator: str) -> None:
    content = f"Prénom{separator}Nom\r\nZoé{separator}Bâ\r\n".encode(encoding)
    assert people(content) == (Candidate(2, "Zoé", "Bâ"),)


def test_how_the_file_was_understood_is_said() -> None:
    assert (
        tables.table("Prénom;Nom\nZoé;Bâ\n".encode("cp1252")).how == "CSV, Windows (cp1252), séparé par point-virgule"
    )


def test_a_spreadsheet_is_read_with_its_numbers_and_days() -> None:
    content = workbook(("PRÉNOM", "Nom", "Portable", "Né(e) le"), ("Zoé", "Bâ", 612345678, date(2006, 3, 5)))
    assert people(content) == (Candidate(2, "Zoé", "Bâ", "+33612345678", "2006-03"),)


@pytest.mark.parametrize("name", ["NA", "None", "null", "nan", "TRUE", "N/A", "O'Brien & <b>Zoé</b>", "محمد"])
def test_a_name_survives_whatever_it_looks_like(name: str) -> None:
    assert people(f"Prénom;Nom\n{name};Bâ\n".encode())[0].first_name == name
    assert people(workbook(("Prénom", "Nom"), (name, "Bâ")))[0].first_name == name


def test_an_open_quote_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableTable, match="Ligne 2"):
        tables.table(b'Prenom;Nom\n"Zoe;Ba\nLina;Morel\nYanis;Kaci\n')


@pytest.mark.parametrize(
    ("cell", "column"),
    [("6,12E+08", "Téléphone"), ("6.12e8", "Téléphone"), ("06 12 34 56 78 (maman)", "Téléphone"), ("12", "Téléphone")],
)
def test_a_telephone_that_cannot_be_is_told(cell: str, column: str) -> None:
    assert mistakes(f'Prénom;Nom;Téléphone\nZoé;Bâ;"{cell}"\n'.encode()) == [(2, column)]


def test_a_zero_that_a_spreadsheet_lost_is_given_back() -> None:
    assert people("Prénom;Nom;Tél\nZoé;Bâ;612 345 678\n".encode())[0].phone == "+33612345678"


@pytest.mark.parametrize("cell", ["31/02/2006", "29/02/2007", "hier", "2006", "03/1930", "03/2024"])
def test_a_month_of_birth_that_cannot_be_is_told(cell: str) -> None:
    assert mistakes(f"Prénom;Nom;Date de naissance\nZoé;Bâ;{cell}\n".encode()) == [(2, "Date de naissance")]


@pytest.mark.parametrize("cell", ["5/3/2006", "05-03-2006", "5 mars 2006", "2006-03-05", "０５/03/2006", "03/2006"])
def test_of_a_birth_only_the_month_is_kept(cell: str) -> None:
    assert people(f"Prénom;Nom;Né(e) le\nZoé;Bâ;{cell}\n".encode())[0].birth_month == "2006-03"


def test_every_mistake_is_told_at_once() -> None:
    content = "Prénom;Nom;Tél\n;Bâ;\nZoé;;abc\nLina;Morel;\n".encode()
    assert mistakes(content) == [(2, "Prénom"), (3, "Nom"), (3, "Tél")]


def test_columns_that_are_not_asked_for_are_not_read() -> None:
    found = candidates.read(tables.table("Prénom;Nom;NIR\nZoé;Bâ;206037512345678\n".encode()), today=TODAY)
    assert found.ignored == ("NIR",)
    assert "206037512345678" not in repr(found.people)


def test_without_names_there_is_nothing_to_import() -> None:
    with pytest.raises(MissingColumns):
        candidates.read(tables.table(b"Ville;Age\nRoubaix;19\n"), today=TODAY)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Prenom;Nom\n",
        b"\x00\x01\x02",
        b"PK\x03\x04 not a workbook",
        b"a" * (policy.IMPORT_BYTES + 1),
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableTable):
        tables.table(content)


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (policy.IMPORT_UNPACKED_BYTES + 1))
    with pytest.raises(UnreadableTable, match="trop gros"):
        tables.table(made.getvalue())


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(UnreadableTable, match="trop de lignes"):
        tables.table(b"Prenom;Nom\n" + b"Zoe;Ba\n" * (policy.IMPORT_ROWS + 1))


HOSTILE = [
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://evil","CV")',
    "+33612345678",
    "-1",
    "@x",
    "NA",
    "'apostrophe",
    "Zoé",
]


def test_texts_stay_texts_in_a_workbook() -> None:
    made = spreadsheets.xlsx([("Jeunes", ["Prénom", "n"], [(text, 3) for text in HOSTILE])])
    sheet = load_workbook(io.BytesIO(made)).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}


def test_an_exported_csv_runs_nothing_and_comes_back_the_same() -> None:
    made = spreadsheets.comma_separated(["Prénom", "Nom"], [(text, "Bâ") for text in HOSTILE])
    assert not any(
        line.startswith((b"=", b"+", b"-", b"@")) for line in made.removeprefix(b"\xef\xbb\xbf").splitlines()
    )
    assert [person.first_name for person in people(made)] == HOSTILE


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: `apt install libreoffice-calc`"
)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_libreoffice_opens_an_export_as_text_and_runs_nothing(ending: str, tmp_path: Path) -> None:
    rows = [(text, "Bâ") for text in HOSTILE]
    made = (
        spreadsheets.xlsx([("Jeunes", ["Prénom", "Nom"], rows)])
        if ending == "xlsx"
        else spreadsheets.comma_separated(["Prénom", "Nom"], rows)
    )
    (tmp_path / f"jeunes.{ending}").write_bytes(made)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "fods"]
    if ending == "csv":
        command.append("--infilter=CSV:59,34,76,1")  # semicolons, UTF-8, every column as LibreOffice guesses it
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / f"jeunes.{ending}")], check=False, timeout=120)
    if not (tmp_path / "jeunes.fods").exists():
        pytest.skip("LibreOffice is installed here without its spreadsheets")
    opened = (tmp_path / "jeunes.fods").read_text(encoding="utf-8")

    assert "table:formula" not in opened
    assert "Zoé" in opened and "HYPERLINK" in opened
    assert opened.count('office:value-type="string"') >= 2 * len(HOSTILE)
    assert 'office:value-type="float"' not in opened
