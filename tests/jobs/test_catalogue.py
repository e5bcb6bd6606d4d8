"""The catalogue refuses what would mislead, with its file and line."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from clicnjob.content import ContentMistakes
from clicnjob.jobs.catalogue import JOBS, read_catalogue
from clicnjob.jobs.folding import folded_words, word_family
from clicnjob.paths import ROOT

ROME = ROOT.parent / "shared" / "rome"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(JOBS, tmp_path / "jobs"))


def _mistake(folder: Path) -> str:
    with pytest.raises(ContentMistakes) as refused:
        read_catalogue(folder)
    return str(refused.value)


def _append(folder: Path, name: str, line: str) -> int:
    file = folder / "mots" / f"{name}.yaml"
    text = file.read_text(encoding="utf-8") + line + "\n"
    file.write_text(text, encoding="utf-8")
    return text.count("\n")


def test_a_word_given_twice_is_refused_with_both_places(folder: Path) -> None:
    line = _append(folder, "argot", '- {mots: ["Jardiniers"], codes: ["A1414"]}')

    assert f"argot.yaml:{line} : « Jardiniers » est déjà dans titres.yaml:" in _mistake(folder)


def test_an_unknown_code_is_refused(folder: Path) -> None:
    line = _append(folder, "noms", '- {mots: ["zorglub"], codes: ["A9999"]}')

    assert f"noms.yaml:{line} : A9999 n’est sur aucune fiche." in _mistake(folder)


def test_a_line_without_words_is_refused(folder: Path) -> None:
    line = _append(folder, "noms", '- {mots: [], codes: ["A1203"]}')

    assert f"noms.yaml:{line} : « mots » n’a pas assez de lignes." in _mistake(folder)


def test_a_code_that_is_no_code_is_refused(folder: Path) -> None:
    line = _append(folder, "lieux", '- {mots: ["zorglub"], codes: ["jardin"]}')

    assert f"lieux.yaml:{line} : " in _mistake(folder)


def test_a_word_without_letters_is_refused(folder: Path) -> None:
    line = _append(folder, "noms", '- {mots: ["…"], codes: ["A1203"]}')

    assert f"noms.yaml:{line} : « … » n’a pas de lettres." in _mistake(folder)


def test_a_sheet_that_has_the_code_of_another_is_refused(folder: Path) -> None:
    sheet = (folder / "fiches" / "G.yaml").read_text(encoding="utf-8")
    (folder / "fiches" / "G.yaml").write_text(
        sheet.replace('rome: ["G1602"]', 'rome: ["G1602", "A1203"]'), encoding="utf-8"
    )

    assert "G.yaml:2 : A1203 est dans « cuisine » et déjà dans" in _mistake(folder)


def test_a_near_job_that_does_not_exist_is_refused(folder: Path) -> None:
    sheet = (folder / "fiches" / "G.yaml").read_text(encoding="utf-8")
    (folder / "fiches" / "G.yaml").write_text(
        sheet.replace('"plonge", "fast-food"', '"zorglub", "fast-food"', 1), encoding="utf-8"
    )

    assert "« cuisine » a pour proche « zorglub », qui n’existe pas." in _mistake(folder)


@pytest.mark.skipif(not ROME.exists(), reason="the official directory is not on this machine")
def test_the_official_sheet_of_each_job_names_it() -> None:
    (file,) = ROME.glob("unix_referentiel_code_rome_v4*_utf8.csv")
    with file.open(encoding="utf-8") as rows:
        labels = {row["code_rome"]: row["libelle_rome"] for row in csv.DictReader(rows)}
    strange = [
        (job.cle, job.official_sheet, labels.get(job.official_sheet))
        for job in read_catalogue().categories
        if job.cle not in NAMED_OTHERWISE
        and not _stems(f"{job.nom_m} {job.nom_f}") & _stems(labels.get(job.official_sheet, ""))
    ]

    assert strange == []


# The official sheet says the same work in other words: « Ripeur » is « Éboueur », « Combattant » is « Militaire ».
NAMED_OTHERWISE = frozenset(
    ("communication-evenements", "parc-loisirs", "ouvrier-production", "couture", "dechets-proprete", "police", "armee",
     "droit", "spectacle-son-lumiere", "cinema-tournage", "aeroport", "medecin-kine", "moto-velo", "aide-a-domicile")
)  # fmt: skip


def _stems(names: str) -> set[str]:
    return {word_family(word)[:5] for word in folded_words(names) if len(word) > 3}
