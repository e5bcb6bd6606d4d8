"""Each real-shaped file beside the project gives the people who are in it; the sorts of them are in test_layouts.py."""

from __future__ import annotations

from datetime import date

import pytest

from clicnjob.cohort.importing import candidates, tables
from clicnjob.cohort.importing.candidates import Reading
from clicnjob.cohort.importing.likeness import Description, KnownPeople
from clicnjob.paths import ROOT

CASES = ROOT.parent / "shared" / "cases"
TODAY = date(2026, 11, 30)
AWA = ("Awa", "Ba")
EXPECTED: dict[str, list[tuple[str, ...]]] = {
    "I1-entetes-beneficiaire.xlsx": [(*AWA, "+33612345678", "2006-03"), ("Noé", "Morel", "", "2005-11")],
    "I10-recherchev.xlsx": [],
    "I11-ddn.csv": [(*AWA, "+33612345678", "2006-03")],
    "I11-titres-courants.csv": [(*AWA, "+33612345678", "2006-03")],
    "I12-fixe-vide.csv": [(*AWA, "+33612345678", ""), ("Noé", "Morel", "+33612345679", "")],
    "I13-ligne-total.csv": [(*AWA, "", ""), ("Noé", "Morel", "", "")],
    "I18-faux-xls.xls": [(*AWA, "", "")],
    "I2-siecle.csv": [(*AWA, "", "2006-03"), ("Noé", "Morel", "", "2005-11")],
    "I3-nom-usage-vide.csv": [(*AWA, "+33612345678", ""), ("Léa", "Durand", "+33612345679", "")],
    "I4-titre-au-dessus.xlsx": [(*AWA, "+33612345678", "2006-03")],
    "I6-lisez-moi-puis-liste.xlsx": [(*AWA, "+33612345678", "2006-03")],
    "I8-excel-mac-sans-accent-titre.csv": [("Zoé", "Durand", "", ""), ("Anaël", "Tété", "", "")],
    "I8-remplacement.csv": [],
    "W1-3-dans-le-meme-fichier.csv": [
        ("Jean-Pierre", "Martin", "", "2006-03"),
        ("Jean Pierre", "Martin", "", "2006-03"),
        ("Martin", "Jean-Pierre", "", "2006-03"),
    ],
}
pytestmark = [
    pytest.mark.skipif(not CASES.is_dir(), reason="the files of the field are not beside the project"),
    pytest.mark.usefixtures("read_here"),
]


def reading(name: str) -> Reading:
    return candidates.read_candidates(tables.read_brought_table((CASES / name).read_bytes()), today=TODAY)


def test_each_file_of_the_field_gives_the_people_who_are_in_it() -> None:
    found = {name: reading(name) for name in EXPECTED}
    assert {
        name: [(p.first_name, p.last_name, p.phone, p.birth_month) for p in one.people] for name, one in found.items()
    } == EXPECTED


def test_what_a_spreadsheet_or_another_programme_broke_waits_to_be_mended() -> None:
    assert [(m.line, m.column) for m in reading("I10-recherchev.xlsx").mistakes] == [(2, "Prénom"), (3, "Nom")]
    assert [(m.line, m.column) for m in reading("I8-remplacement.csv").mistakes] == [(2, "Prenom"), (2, "Nom")]


def test_the_same_person_written_in_three_ways_is_seen() -> None:
    one, *others = reading("W1-3-dans-le-meme-fichier.csv").people
    known = KnownPeople()
    known.add_person(Description(one.first_name, one.last_name, one.birth_month), "ligne 2")
    for other in others:
        described = Description(other.first_name, other.last_name, other.birth_month)
        assert [alike.where for alike in known.people_alike(described)] == ["ligne 2"], other
