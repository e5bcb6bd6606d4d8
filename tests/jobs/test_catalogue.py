"""The catalogue refuses what would mislead, with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clicnjob.content import ContentMistakes
from clicnjob.jobs.catalogue import JOBS, read_catalogue


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
