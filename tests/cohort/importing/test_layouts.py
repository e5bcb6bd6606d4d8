"""Lists in the shapes of the field: where titles are found, which column holds what, and what is nobody."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.cohort.importing import accents, candidates, layouts, remembered_layouts, tables
from clicnjob.cohort.importing.candidates import Reading
from clicnjob.cohort.importing.layouts import NO_TITLES, Layout
from clicnjob.cohort.importing.tables import BroughtTable
from clicnjob.cohort.importing.workbooks import UnreadableTable
from clicnjob.models import Account, ImportLayout
from tests.cohort_people import NOW, place
from tests.for_each import for_each

TODAY = date(2026, 11, 30)
pytestmark = pytest.mark.usefixtures("read_here")
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<table:table table:name="Liste">{rows}</table:table></office:document-content>'
)


def brought(content: bytes | str) -> BroughtTable:
    return tables.read_brought_table(content.encode() if isinstance(content, str) else content)


def reading(content: bytes | str, **how: object) -> Reading:
    return candidates.read_candidates(brought(content), today=TODAY, **how)  # type: ignore[arg-type]


def people(content: bytes | str) -> list[tuple[str, ...]]:
    found = reading(content)
    assert not found.mistakes, found.mistakes
    return [(p.first_name, p.last_name, p.phone, p.birth_month) for p in found.people]


def workbook(*sheets: tuple[str, list[tuple[object, ...]]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


TITLES = {
    "first_name": ["Prénom(s)", "Prénoms*", "Premier prénom*", "Prénom bénéficiaire", "Prénom du jeune", "PRENOM USUEL"],
    "last_name": ["Nom de famille*", "Nom d’usage", "Nom bénéficiaire", "Nom(s)", "Nom de naissance", "Nom du stagiaire"],
    "phone": ["GSM", "Téléphone (portable)", "Tél. port.", "N°\nTéléphones", "Portable jeune", "Tel 1", "Téléphone fixe"],
    "birth_month": ["DDN", "Né·e le", "Né.e le", "Née le", "Date naiss.", "Date de naissance (jj/mm/aaaa)*"],
    "people_list": ["Groupe", "Promo", "Division*", "Nom du groupe"],
    "last_first": ["Nom et prénom", "NOM Prénom", "Nom - Prénom", "Nom, prénom du jeune"],
    "first_last": ["Prénom Nom", "Prénom et nom"],
    "": [
        *("Deuxième prénom", "Nom du conseiller", "Lieu de naissance", "Téléphone du référent", "Année de naissance"),
        *("Numéro", "N° CAF", "Civilité", "Date d’entrée", "Nom de l’employeur", "Mobile parent", "Âge", "Ville"),
    ],
}  # fmt: skip


def test_the_titles_of_the_field_name_their_column_and_no_other() -> None:
    wrong = [
        (title, found)
        for name, titles in TITLES.items()
        for title in titles
        if (found := "".join(layouts.places_of_titles((title,)))) != name
    ]
    assert wrong == []


def test_titles_are_found_below_a_banner_and_after_another_sheet() -> None:
    listed = [("Liste CEJ, novembre",), (), ("NOM", "Prénom", "Tél"), ("BA", "Awa", 612345678.0)]
    book = workbook(("Lisez-moi", [("Merci de ne pas diffuser",), ("Mode d’emploi",)]), ("À traiter", listed))
    assert people(saved(book)) == [("Awa", "Ba", "+33612345678", "")]
    assert people("Liste CEJ;;\r\n;;\r\nNom;Prénom;Tél\r\nBA;Awa;0612345678\r\n") == [("Awa", "Ba", "+33612345678", "")]


def test_a_hidden_sheet_is_read_only_when_no_other_has_the_names() -> None:
    rows = [("Nom", "Prénom"), ("BA", "Awa")]
    book = workbook(("Ancien", [*rows, ("PETIT", "Léa")]), ("Liste", rows))
    book["Ancien"].sheet_state = "hidden"
    assert people(saved(book)) == [("Awa", "Ba", "", "")]


def test_rows_that_the_spreadsheet_hides_are_read_only_when_asked() -> None:
    book = workbook(("Liste", [("Nom", "Prénom"), ("BA", "Awa"), ("PETIT", "Léa"), ("KACI", "Ali")]))
    book["Liste"].row_dimensions[3].hidden = True
    content = saved(book)
    assert [p.first_name for p in reading(content).people] == ["Awa", "Ali"]
    assert reading(content).hidden == (3,)
    assert [p.first_name for p in reading(content, with_hidden=True).people] == ["Awa", "Léa", "Ali"]


@for_each(
    ("content", "expected"),
    [
        ("Nom et prénom;Tél\nBA Awa;\n", ("Awa", "Ba", "", "")),
        ("Nom et prénom;Tél\nBEN SALAH Amine;\n", ("Amine", "Ben Salah", "", "")),
        ("Prénom Nom;Tél\nAwa Ba;\n", ("Awa", "Ba", "", "")),
        ("Nom Prénom;Tél\nBa Awa;\n", ("Awa", "Ba", "", "")),
        ("Nom Prénom;Tél\nBen Salah, Amine;\n", ("Amine", "Ben Salah", "", "")),
        ("Nom de naissance;Nom d’usage;Prénom\nBA;;Awa\n", ("Awa", "Ba", "", "")),
        ("Nom de naissance;Nom d’usage;Prénom\nBA;SOW;Awa\n", ("Awa", "Sow", "", "")),
        ("Nom;Prénom;Téléphone;Portable\nBA;Awa;;0612345678\n", ("Awa", "Ba", "+33612345678", "")),
        ("Nom;Prénom;Tél. 1;Tél. 2\nBA;Awa;0472000000;0612345678\n", ("Awa", "Ba", "+33612345678", "")),
        ("Nom;Prénom;Téléphone\nBA;Awa;04 72 00 00 00 / 06 12 34 56 78\n", ("Awa", "Ba", "+33612345678", "")),
        ("Nom;Prénom;Tél\nBA;Awa;612345678.0\n", ("Awa", "Ba", "+33612345678", "")),
        ("Nom;Prénom;Tél\nBA;Awa;0033 6 12 34 56 78\n", ("Awa", "Ba", "+33612345678", "")),
        ("Nom;Prénom;Tél\nBA;Awa;+33 (0)6.12.34.56.78\n", ("Awa", "Ba", "+33612345678", "")),
        ("Nom;Prénom;Tél;DDN\nBA;Awa;NC;/\n", ("Awa", "Ba", "", "")),
        ("Nom;Prénom;Tél;DDN\nBA;Awa;néant;non renseigné\n", ("Awa", "Ba", "", "")),
        ("Nom;Prénom;DDN\nBA;Awa;38781\n", ("Awa", "Ba", "", "2006-03")),
        ("Nom;Prénom;DDN\nBA;Awa;05/03/06\n", ("Awa", "Ba", "", "2006-03")),
        ("Nom|Prénom\nBA|Awa\n", ("Awa", "Ba", "", "")),
        ("Nom;Prénom\nBA;ZoÃ©\n", ("Zoé", "Ba", "", "")),
        ("Nom;Prénom\nBA;ZoŽ\n", ("Zoé", "Ba", "", "")),
    ],
)
def test_a_row_of_the_field_is_read(content: str, expected: tuple[str, ...]) -> None:
    assert people(content) == [expected], content


@for_each(
    ("content", "columns"),
    [
        ("Nom;Prénom\nBA;#N/A\n", ["Prénom"]),
        ("Nom;Prénom\n#REF!;Awa\n", ["Nom"]),
        ("Nom;Prénom\nB\ufffd;Zo?\n", ["Prénom", "Nom"]),
        ("Nom;Prénom\n/;-\n", ["Prénom", "Nom"]),
        ("Nom Prénom;Tél\nBen Salah Amine;\n", ["Nom Prénom"]),
    ],
)
def test_a_row_that_cannot_be_trusted_waits_to_be_mended(content: str, columns: list[str]) -> None:
    found = reading(content)
    assert (found.people, [mistake.column for mistake in found.mistakes]) == ((), columns), content


def test_totals_headings_and_titles_that_come_again_are_nobody() -> None:
    found = reading(
        "Nom;Prénom;Groupe\nGroupe du lundi;;\nBA;Awa;Lundi\nNom;Prénom;Groupe\nMOREL;Noé;Lundi\nTotal : 2;;\nEffectif;2;\n"
    )
    assert [p.first_name for p in found.people] == ["Awa", "Noé"]
    assert found.skipped == (2, 4, 6, 7) and [row.line for row in found.aside] == []


@for_each("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman", "cp850"])
@for_each("ending", ["\n", "\r\n", "\r"])
def test_encodings_of_old_machines_are_recognised(encoding: str, ending: str) -> None:
    content = ending.join(["Prénom;Nom", "Zoé;Bâ", "Anaël;François", ""]).encode(encoding)
    assert people(content) == [("Zoé", "Bâ", "", ""), ("Anaël", "François", "", "")]


def test_a_name_of_another_language_is_not_mended() -> None:
    assert [accents.mended_text(name) for name in ("Žižek", "Šimić", "Ãngela", "Zoé")] == [
        "Žižek",
        "Šimić",
        "Ãngela",
        "Zoé",
    ]


def test_a_page_that_calls_itself_excel_and_a_sheet_of_libreoffice_are_read() -> None:
    page = "<html><table><tr><th>Nom</th><th>Prénom</th></tr><tr><td>BA &amp; SOW</td><td>Awa</td></tr></table></html>"
    assert people(page) == [("Awa", "BA & SOW", "", "")]
    cells = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>"
        for row in (("Nom", "Prénom"), ("BA", "Awa"))
    )  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("content.xml", ODS.format(rows=cells))
    assert people(made.getvalue()) == [("Awa", "Ba", "", "")]


def test_a_sheet_that_claims_endless_lines_has_numbers_that_a_database_keeps() -> None:
    rows = "".join(
        f'<table:table-row table:number-rows-repeated="{again}">'
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row, again in ((("Nom", "Prénom"), 10**30), (("", ""), -(10**30)), (("BA", ""), 1))
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("content.xml", ODS.format(rows=rows))
    assert all(0 < row.line < 2**31 for row in reading(made.getvalue()).aside)


@for_each("content", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old", b"\x89PNG\x00"])
def test_another_kind_of_file_is_refused_with_the_way_out(content: bytes) -> None:
    with pytest.raises(UnreadableTable, match=r"format|Enregistrez"):
        brought(content)


def test_sheet_titles_and_columns_may_be_chosen_by_hand() -> None:
    found = brought("BA;Awa;0612345678\nMOREL;Noé;\n")
    assert not candidates.file_layout(found).is_enough
    chosen = Layout(0, NO_TITLES, {"last_name": (0,), "first_name": (1,), "phone": (2,)})
    read = candidates.read_candidates(found, today=TODAY, layout=chosen)
    assert [(p.line, p.first_name, p.phone) for p in read.people] == [(1, "Awa", "+33612345678"), (2, "Noé", "")]
    assert read.used == ("Colonne A", "Colonne B", "Colonne C")


def test_a_structure_s_layout_is_remembered_for_it_alone_and_only_so_many(session: Session) -> None:
    here, there = place(session), place(session, "Ailleurs")
    found = brought("Famille;Petit nom;Appel\nBA;Awa;0612345678\n")
    chosen = Layout(0, 0, {"last_name": (0,), "first_name": (1,)})
    remember(session, here.claire, found, chosen)
    again = brought("Export du mois;;\nFamille;Petit nom;Appel\nSOW;Ali;\n")
    kept = remembered_layouts.remembered_layout(session, again, of=here.karim)
    assert kept == Layout(0, 1, {"last_name": (0,), "first_name": (1,)})
    assert remembered_layouts.remembered_layout(session, again, of=there.claire) is None
    for number in range(policy.IMPORT_LAYOUTS_AT_MOST + 3):
        remember(session, here.claire, brought(f"a{number};b\nBA;Awa\n"), chosen)
    assert len(session.exec(select(ImportLayout)).all()) == policy.IMPORT_LAYOUTS_AT_MOST


def remember(session: Session, by: Account, found: BroughtTable, chosen: Layout) -> None:
    remembered_layouts.remember_layout(session, found, chosen, by=by, now=NOW)
