"""The official directory: read whole, or refused in words that say what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from clicnjob.jobs.catalogue import read_catalogue
from clicnjob.jobs.index import build_index
from clicnjob.jobs.query import read_query
from clicnjob.jobs.rome import DirectoryRefused, read_rome
from clicnjob.jobs.search import search_jobs
from clicnjob.paths import ROOT

SHARED = ROOT.parent / "shared" / "rome"
TITLES = "unix_referentiel_appellation_v900_utf8.csv"
SHEETS = "unix_referentiel_code_rome_v900_utf8.csv"
SHEET_ROWS = (
    '"code_rome","nouveau","libelle_rome","code_rome_parent"\n'
    '"A1102","x","Engins","A1101"\n'
    '"A1101","x","Engins","A1101"\n'
)
TITLE_ROWS = (
    '"code_ogr","libelle_appellation_long","code_rome","classification","code_rome_parent","peu_usite","couleur"\n'
    '"1","Zorglubeur / Zorglubeuse de foin","A1102","PRINCIPALE","A1101","N","bleu"\n'
    '"2","Faneur à l’ancienne","A1101","SYNONYME","A1101","O",""\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / TITLES).write_text(TITLE_ROWS, encoding="utf-8-sig")
    (tmp_path / SHEETS).write_text(SHEET_ROWS, encoding="utf-8")
    (tmp_path / "unix_nouveaute_v900_utf8.csv").write_text("x\n", encoding="utf-8")
    return tmp_path


def _refusal(path: Path) -> str:
    with pytest.raises(DirectoryRefused) as refused:
        read_rome(path)
    return refused.value.sentence


def _change(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8-sig").replace(old, new), encoding="utf-8")


def test_titles_are_read_by_column_name_with_their_parent_code(folder: Path) -> None:
    title = read_rome(folder).titles[0]

    assert (title.forms, title.code, title.main, title.rare) == (
        ("Zorglubeur de foin", "Zorglubeuse de foin"),
        "A1101",
        True,
        False,
    )


def test_an_archive_gives_the_same_as_its_folder(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "rome.zip"
    with zipfile.ZipFile(archive, "w") as into:
        for file in folder.glob("*.csv"):
            into.write(file, f"CSV/{file.name}")

    assert read_rome(archive) == read_rome(folder)


def test_the_attribution_names_the_owner_and_the_version(folder: Path) -> None:
    assert read_rome(folder).attribution == "Source : France Travail, ROME 9.0 version 0"


def test_progress_ends_at_the_last_row(folder: Path) -> None:
    seen: list[tuple[int, int]] = []

    read_rome(folder, progress=lambda done, total: seen.append((done, total)))

    assert seen[-1] == (2, 2)


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "absent.zip") == "« absent.zip » n’existe pas. Il faut vérifier le chemin."


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rome.zip").write_bytes(b"%PDF")

    assert "ne s’ouvre pas" in _refusal(tmp_path / "rome.zip")


def test_a_folder_without_titles_is_refused(folder: Path) -> None:
    (folder / TITLES).unlink()

    assert "unix_referentiel_appellation" in _refusal(folder)


def test_a_missing_column_is_named_with_its_file(folder: Path) -> None:
    _change(folder / TITLES, "peu_usite", "autre")

    assert _refusal(folder).startswith(f"{TITLES} : il manque la colonne « peu_usite »")


def test_a_row_cut_short_is_refused_with_its_line(folder: Path) -> None:
    (folder / TITLES).write_text(TITLE_ROWS + '"3","Coupé"\n', encoding="utf-8")

    assert _refusal(folder).startswith(f"{TITLES}:4 : la ligne est coupée")


def test_a_code_that_is_no_code_is_refused_with_its_column(folder: Path) -> None:
    _change(folder / TITLES, '"A1101","O"', '"Z","O"')

    assert f"{TITLES}:3 : « code_rome_parent » vaut « Z »" in _refusal(folder)


def test_a_title_of_no_sheet_is_refused(folder: Path) -> None:
    _change(folder / TITLES, '"A1102","PRINCIPALE"', '"K9999","PRINCIPALE"')

    assert f"{TITLES}:2 : « code_rome » vaut « K9999 »" in _refusal(folder)


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / TITLES).write_bytes(TITLE_ROWS.encode("latin-1", "replace") + b"\xe9")

    assert "n’est pas en UTF-8" in _refusal(folder)


def test_an_empty_directory_is_refused(folder: Path) -> None:
    _change(folder / TITLES, TITLE_ROWS.split("\n", 1)[1], "")

    assert "ne contient aucune appellation" in _refusal(folder)


def test_an_official_title_is_found_once_the_directory_is_read(folder: Path) -> None:
    index = build_index(read_catalogue(), directory=read_rome(folder))

    assert search_jobs(read_query("zorglubeuse"), index=index).codes[0] == "A1101"


def test_the_real_directory_is_read_whole() -> None:
    if not SHARED.exists():
        pytest.skip("le répertoire ROME n’est pas là")
    directory = read_rome(SHARED)

    assert (len(directory.titles), len(directory.codes)) == (13_120, 532)
