"""Lists of people as files: how they are understood, what is refused with its line, and that nothing runs."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from clicnjob import policy
from clicnjob.accounts import names
from clicnjob.cohort.importing import candidates, cells, tables, workbooks
from clicnjob.cohort.importing.candidates import Candidate, MissingColumns
from clicnjob.cohort.importing.tables import UnreadableTable
from clicnjob.cohort.reports import spreadsheets
from tests.for_each import for_each

TODAY = date(2026, 3, 16)


def people(content: bytes) -> tuple[Candidate, ...]:
    found = candidates.read_candidates(tables.read_brought_table(content), today=TODAY)
    assert not found.mistakes
    return found.people


def mistakes(content: bytes) -> list[tuple[int, str]]:
    return [
        (m.line, m.column) for m in candidates.read_candidates(tables.read_brought_table(content), today=TODAY).mistakes
    ]


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.usefixtures("read_here")
@for_each("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@for_each("separator", [";", ",", "\t"])
def test_encodings_and_separators_of_the_field_are_recognised(encoding: str, separator: str) -> None:
    content = f"Prénom{separator}Nom\r\nZoé{separator}Bâ\r\n".encode(encoding)
    assert people(content) == (Candidate(2, "Zoé", "Bâ"),)


def test_how_the_file_was_understood_is_said() -> None:
    assert (
        tables.read_brought_table("Prénom;Nom\nZoé;Bâ\n".encode("cp1252")).how
        == "CSV, Windows (cp1252), séparé par point-virgule"
    )


def test_a_spreadsheet_is_read_with_its_numbers_and_days() -> None:
    content = workbook(("PRÉNOM", "Nom", "Portable", "Né(e) le"), ("Zoé", "Bâ", 612345678, date(2006, 3, 5)))
    assert people(content) == (Candidate(2, "Zoé", "Bâ", "+33612345678", "2006-03"),)


@pytest.mark.usefixtures("read_here")
@for_each("name", ["NA", "None", "null", "nan", "TRUE", "N/A", "O'Brien & <b>Zoé</b>", "محمد"])
def test_a_name_survives_whatever_it_looks_like(name: str) -> None:
    kept = names.usual_capitals(name)
    assert people(f"Prénom;Nom\n{name};Bâ\n".encode())[0].first_name == kept
    assert people(workbook(("Prénom", "Nom"), (name, "Bâ")))[0].first_name == kept


def test_an_open_quote_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableTable, match="Ligne 2"):
        tables.read_brought_table(b'Prenom;Nom\n"Zoe;Ba\nLina;Morel\nYanis;Kaci\n')


def test_a_closed_cell_may_hold_line_breaks_and_the_lines_told_stay_those_of_the_file() -> None:
    content = (
        'Prénom;Nom;Adresse;Tél\r\nZoé;Bâ;"12 rue X\r\n\r\n75001 Paris";\r\nLina;Morel;"1, rue Y\n"\r\nAli;Ba;;12\r\n'
    )
    found = candidates.read_candidates(tables.read_brought_table(content.encode()), today=TODAY)
    assert [(person.line, person.first_name) for person in found.people] == [(2, "Zoé"), (5, "Lina")]
    assert [(m.line, m.column) for m in found.mistakes] == [(7, "Tél")]


def test_blank_first_lines_do_not_make_a_line_break_an_open_quote() -> None:
    assert people('\n\nPrénom;Nom;Adresse\nZoé;Bâ;"1 rue X\nParis"\n'.encode()) == (Candidate(4, "Zoé", "Bâ"),)


@pytest.mark.usefixtures("read_here")
@for_each(
    "rows",
    [
        'Zoe;"Ba\nLina;Morel\n',  # to the end of the file
        'Zoe;Ba\nLina;Morel"\n"Yanis;Kaci\n',  # on the last line
        '"Zoe;Ba\nLina;"Morel"\n',  # up to a quote that opens another cell
        '"Zoe;Ba\nLina;Morel"\n',  # up to a quote that closes another cell: Lina would be lost
        'Zoe;"Ba\nLina;Morel"\nYanis;Kaci\n',
    ],
)
def test_a_quote_that_would_swallow_people_is_refused(rows: str) -> None:
    with pytest.raises(UnreadableTable, match=r"Ligne \d : un guillemet n’est pas fermé"):
        tables.read_brought_table(f"Prenom;Nom\n{rows}".encode())


@pytest.mark.usefixtures("read_here")
@for_each("told", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
@for_each("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_the_separator_that_a_first_line_tells_is_used(told: str, encoding: str) -> None:
    found = tables.read_brought_table(f"{told}\r\nPrénom;Nom;a,b,c,d\r\nZoé;Bâ;\r\n".encode(encoding))
    assert found.sheets[0].rows == ((2, ("Prénom", "Nom", "a,b,c,d")), (3, ("Zoé", "Bâ", "")))
    assert found.how.endswith("séparé par point-virgule")


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    ("cell", "column"),
    [("6,12E+08", "Téléphone"), ("6.12e8", "Téléphone"), ("06 12 34 56 78 (maman)", "Téléphone"), ("12", "Téléphone")],
)
def test_a_telephone_that_cannot_be_is_told(cell: str, column: str) -> None:
    assert mistakes(f'Prénom;Nom;Téléphone\nZoé;Bâ;"{cell}"\n'.encode()) == [(2, column)]


def test_a_zero_that_a_spreadsheet_lost_is_given_back() -> None:
    assert people("Prénom;Nom;Tél\nZoé;Bâ;612 345 678\n".encode())[0].phone == "+33612345678"


@pytest.mark.usefixtures("read_here")
@for_each("cell", ["'0612345678", "'06 12 34 56 78", "'+33612345678", "'612345678", " '0612345678"])
def test_the_apostrophe_that_makes_a_number_a_text_is_left_out(cell: str) -> None:
    assert people(f"Prénom;Nom;Tél\nZoé;Bâ;{cell}\n".encode())[0].phone == "+33612345678"
    assert people(workbook(("Prénom", "Nom", "Tél"), ("Zoé", "Bâ", cell)))[0].phone == "+33612345678"


@pytest.mark.usefixtures("read_here")
@for_each(
    "title",
    [
        "Téléphone", "Tél.", "Portable", "Mobile", "N° téléphone", "N° de téléphone", "Nº de téléphone", "N°téléphone",
        "N° tél.", "N° portable", "Numéro de téléphone", "Numéro téléphone", "Numéro de portable", "Tél. portable",
        "Tél.portable", "Tel portable", "Tél. mobile", "Téléphone portable", "Téléphone mobile", "TELEPHONE :",
    ],
)  # fmt: skip
def test_the_titles_of_a_telephone_are_recognised(title: str) -> None:
    assert people(f"Prénom;Nom;{title}\nZoé;Bâ;0612345678\n".encode())[0].phone == "+33612345678"


@pytest.mark.usefixtures("read_here")
@for_each("cell", ["31/02/2006", "29/02/2007", "hier", "2006", "03/1930", "03/2024", "2006-02-28T23:00:00Z"])
def test_a_month_of_birth_that_cannot_be_is_told(cell: str) -> None:
    assert mistakes(f"Prénom;Nom;Date de naissance\nZoé;Bâ;{cell}\n".encode()) == [(2, "Date de naissance")]


@pytest.mark.usefixtures("read_here")
@for_each(
    "cell",
    [
        "5/3/2006", "05-03-2006", "5 mars 2006", "2006-03-05", "０５/03/2006", "03/2006", "'05/03/2006",
        "2006-03-05 00:00:00", "2006-03-05T00:00:00.000", "05/03/2006 00:00", "5/3/2006 0:00",
    ],
)  # fmt: skip
def test_of_a_birth_only_the_month_is_kept(cell: str) -> None:
    assert people(f"Prénom;Nom;Né(e) le\nZoé;Bâ;{cell}\n".encode())[0].birth_month == "2006-03"


def test_every_mistake_is_told_at_once() -> None:
    content = "Prénom;Nom;Tél\n;Bâ;\nZoé;;abc\nLina;Morel;\n".encode()
    assert mistakes(content) == [(2, "Prénom"), (3, "Nom"), (3, "Tél")]


def test_a_missing_name_is_told_to_a_professional() -> None:
    found = candidates.read_candidates(tables.read_brought_table("Prénom;Nom\n;Bâ\nZoé;\n".encode()), today=TODAY)
    assert [m.sentence for m in found.mistakes] == ["Il manque le prénom.", "Il manque le nom."]


def test_columns_that_are_not_asked_for_are_not_read() -> None:
    found = candidates.read_candidates(
        tables.read_brought_table("Prénom;Nom;NIR\nZoé;Bâ;206037512345678\n".encode()), today=TODAY
    )
    assert found.ignored == ("NIR",)
    assert "206037512345678" not in repr(found.people)


def test_without_names_there_is_nothing_to_import() -> None:
    with pytest.raises(MissingColumns):
        candidates.read_candidates(tables.read_brought_table(b"Ville;Age\nRoubaix;19\n"), today=TODAY)


@pytest.mark.usefixtures("read_here")
@for_each(
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
        tables.read_brought_table(content)


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (policy.IMPORT_UNPACKED_BYTES + 1))
    with pytest.raises(UnreadableTable, match="trop gros"):
        tables.read_brought_table(made.getvalue())


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(UnreadableTable, match="trop de lignes"):
        tables.read_brought_table(b"Prenom;Nom\n" + b"Zoe;Ba\n" * (policy.IMPORT_ROWS + 1))


def test_blank_lines_of_a_workbook_lose_nobody() -> None:
    people_there = [(f"Jeune {n}", "Bâ") for n in range(policy.IMPORT_ROWS)]
    blank = [()] * 100
    found = people(workbook(("Prénom", "Nom"), *blank, *people_there[:1_000], *blank, *people_there[1_000:]))
    assert [person.first_name for person in found] == [first for first, _ in people_there]
    assert (found[0].line, found[-1].line) == (102, policy.IMPORT_ROWS + 201)


@pytest.mark.slow
def test_too_many_filled_lines_of_a_workbook_are_refused_wherever_they_stand() -> None:
    rows = [("Zoé", "Bâ")] * policy.IMPORT_ROWS + [()] * 100 + [("Lina", "Morel")]
    with pytest.raises(UnreadableTable, match="trop de lignes"):
        tables.read_brought_table(workbook(("Prénom", "Nom"), *rows))


def damaged(part: str, old: str, new: str) -> bytes:
    """A workbook of one person, with one of its inner files changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(("Prénom", "Nom"), ("Zoé", "Bâ")))) as sound,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in sound.namelist():
            text = sound.read(name).decode()
            packed.writestr(name, text.replace(old, new) if name == part else text)
    return made.getvalue()


def test_the_size_that_a_sheet_declares_loses_nobody() -> None:
    assert [p.first_name for p in people(damaged("xl/worksheets/sheet1.xml", "A1:B2", "A1"))] == ["Zoé"]


@pytest.mark.parametrize("rows", ['<row r="99999999"><c/></row>', "<row>" + "<c/>" * 50 + "</row>"])
def test_a_sheet_without_end_is_refused(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_MOST_BLANK", 10_000)
    content = damaged("xl/worksheets/sheet1.xml", "</sheetData>", rows * 1_000 + "</sheetData>")
    with pytest.raises(UnreadableTable, match="lignes vides"):
        tables.read_table(content)


def test_a_last_line_that_a_spreadsheet_left_empty_is_no_hindrance() -> None:
    content = damaged(
        "xl/worksheets/sheet1.xml", "</sheetData>", '<row r="1048576"><c r="A1048576"/></row></sheetData>'
    )
    assert people(content) == (Candidate(2, "Zoé", "Bâ"),)


@pytest.mark.usefixtures("read_here")
@for_each(
    ("part", "old"),
    [
        ("xl/worksheets/sheet1.xml", "</sheetData>"),
        ("xl/worksheets/sheet1.xml", "<row "),
        ("xl/workbook.xml", "</sheets>"),
        ("xl/styles.xml", "</styleSheet>"),
        ("[Content_Types].xml", "</Types>"),
        ("xl/worksheets/sheet1.xml", 'r="A1"'),
    ],
)
def test_a_workbook_damaged_within_gets_a_sentence(part: str, old: str) -> None:
    with pytest.raises(UnreadableTable, match="ne s’ouvre pas"):
        tables.read_brought_table(damaged(part, old, "<&>"))


@pytest.mark.long
@pytest.mark.slow
def test_a_workbook_damaged_anywhere_is_read_or_refused() -> None:
    sound = workbook(("Prénom", "Nom"), ("Zoé", "Bâ"))
    for place in range(4, len(sound), 7):
        with suppress(UnreadableTable):
            tables.read_table(sound[:place] + bytes([sound[place] ^ 0x55]) + sound[place + 1 :])


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
    made = spreadsheets.xlsx_workbook([("Jeunes", ["Prénom", "n"], [(text, 3) for text in HOSTILE])])
    sheet = load_workbook(io.BytesIO(made)).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}


def test_an_exported_csv_runs_nothing_and_comes_back_the_same() -> None:
    made = spreadsheets.comma_separated(["Prénom", "Nom"], [(text, "Bâ") for text in HOSTILE])
    assert not any(
        line.startswith((b"=", b"+", b"-", b"@")) for line in made.removeprefix(b"\xef\xbb\xbf").splitlines()
    )
    assert [person.first_name for person in people(made)] == [names.usual_capitals(text) for text in HOSTILE]


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: `apt install libreoffice-calc`"
)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_libreoffice_opens_an_export_as_text_and_runs_nothing(ending: str, tmp_path: Path) -> None:
    rows = [(text, "Bâ") for text in HOSTILE]
    made = (
        spreadsheets.xlsx_workbook([("Jeunes", ["Prénom", "Nom"], rows)])
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


@pytest.mark.usefixtures("read_here")
@for_each("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_sign_that_runs_begins_a_cell_and_the_import_takes_the_apostrophe_off(sign: str) -> None:
    """A French or Japanese office takes the wide signs for the others."""
    value = f"{sign}cmd|calc"
    written = spreadsheets.comma_separated(("Nom",), [(value,)]).decode("utf-8-sig")
    assert f"'{value}" in written.replace("\r\n", "\n", 1)
    assert cells.plain_cell(spreadsheets.guarded_text(value)) == value
