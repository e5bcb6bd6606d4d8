"""Reads France Travail's directory of occupations (ROME) from its CSV archive, whole or not at all."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clicnjob.errors import Refusal

SOURCE = "Source : France Travail, ROME"  # the open licence requires this wherever the titles are used

_TITLES = re.compile(r"unix_referentiel_appellation_v(\d+)_utf8\.csv$", re.IGNORECASE)
_SHEETS = re.compile(r"unix_referentiel_code_rome_v(\d+)_utf8\.csv$", re.IGNORECASE)
_TITLE_COLUMNS = (
    "code_ogr",
    "libelle_appellation_long",
    "code_rome",
    "code_rome_parent",
    "classification",
    "peu_usite",
)
_SHEET_COLUMNS = ("code_rome", "libelle_rome", "code_rome_parent")
_CODE = re.compile(r"[A-Z]\d{4}")
_LARGEST = 64 * 1024 * 1024  # bytes of one unpacked file, twenty times today's size
_STEPS = 500  # rows between two calls of `progress`


class DirectoryRefused(Refusal):
    """Raised when the archive cannot be used; nothing of it is kept."""


@dataclass(frozen=True)
class Title:
    """One official title. `code` is its ROME parent code, one of 532 stable ones; `sheet` is the code of its sheet."""

    number: str
    label: str
    code: str
    sheet: str
    main: bool
    rare: bool

    @property
    def forms(self) -> tuple[str, ...]:
        """The label split by gender: « Boucher / Bouchère » gives one form each."""
        return _title_forms(self.label)


@dataclass(frozen=True)
class Directory:
    """One version of the whole directory."""

    version: str
    titles: tuple[Title, ...]
    parents: dict[str, str]  # sheet code → parent code

    @property
    def codes(self) -> frozenset[str]:
        """Every parent code."""
        return frozenset(self.parents.values())

    @property
    def attribution(self) -> str:
        """The attribution that must be shown where the titles are used."""
        return rome_attribution(self.version)


def read_rome(path: Path, *, progress: Callable[[int, int], None] | None = None) -> Directory:
    """Read the directory in a zip archive or a folder. Raises DirectoryRefused.

    `progress(done, total)` is called while rows are read. Columns are found by name; unknown columns and files are
    ignored.
    """
    titles_name, titles_text = _newest_file(
        path, _TITLES, "les appellations (unix_referentiel_appellation_v…_utf8.csv)"
    )
    sheets_name, sheets_text = _newest_file(path, _SHEETS, "les fiches (unix_referentiel_code_rome_v…_utf8.csv)")
    parents = {row["code_rome"]: row["code_rome_parent"] for row in _csv_rows(sheets_name, sheets_text, _SHEET_COLUMNS)}
    _checked_codes(sheets_name, parents)
    rows = list(_csv_rows(titles_name, titles_text, _TITLE_COLUMNS))
    if not rows:
        raise DirectoryRefused(
            f"{titles_name} ne contient aucune appellation. Il faut télécharger l’archive de nouveau."
        )
    titles = []
    for number, row in enumerate(rows, 1):
        titles.append(_title_of_row(titles_name, number + 1, row, parents))
        if progress and (number % _STEPS == 0 or number == len(rows)):
            progress(number, len(rows))
    return Directory(_version_of(titles_name), tuple(titles), parents)


def _newest_file(path: Path, wanted: re.Pattern[str], what: str) -> tuple[str, str]:
    """Return the name and the text of the newest matching file in the folder or archive."""
    if not path.exists():
        raise DirectoryRefused(f"« {path.name} » n’existe pas. Il faut vérifier le chemin.")
    try:
        names = _file_names(path)
        found = sorted((int(match[1]), name) for name in names if (match := wanted.search(name)))
        if not found:
            raise DirectoryRefused(f"« {path.name} » ne contient pas {what}. Il faut l’archive CSV complète du ROME.")
        name = found[-1][1]
        return name.rsplit("/", 1)[-1], _file_bytes(path, name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DirectoryRefused(f"{name} n’est pas en UTF-8. Il faut choisir l’archive « CSV UTF-8 ».") from None
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        raise DirectoryRefused(f"« {path.name} » ne s’ouvre pas. Il faut télécharger l’archive de nouveau.") from None


def _file_names(path: Path) -> list[str]:
    if path.is_dir():
        return [str(file.relative_to(path).as_posix()) for file in path.rglob("*.csv")]
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def _file_bytes(path: Path, name: str) -> bytes:
    if path.is_dir():
        if (path / name).stat().st_size > _LARGEST:
            raise DirectoryRefused(f"{name} est trop gros pour être le ROME.")
        return (path / name).read_bytes()
    with zipfile.ZipFile(path) as archive, archive.open(name) as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise DirectoryRefused(f"{name} est trop gros pour être le ROME.")
    return content


def _csv_rows(name: str, text: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows by column name; the separator is guessed from the first line."""
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise DirectoryRefused(
            f"{name} : il manque la colonne « {missing[0]} ». Il faut l’archive CSV complète du ROME."
        )
    try:
        for row in reader:
            if any(row[column] is None for column in columns):
                raise DirectoryRefused(
                    f"{name}:{reader.line_num} : la ligne est coupée. Il faut télécharger de nouveau."
                )
            yield {column: row[column].strip() for column in columns}
    except csv.Error:
        raise DirectoryRefused(f"{name}:{reader.line_num} : la ligne ne se lit pas.") from None


def _title_of_row(name: str, line: int, row: dict[str, str], parents: dict[str, str]) -> Title:
    code, sheet, label = row["code_rome_parent"], row["code_rome"], row["libelle_appellation_long"]
    if not label:
        raise DirectoryRefused(f"{name}:{line} : « libelle_appellation_long » est vide.")
    if sheet not in parents:
        raise DirectoryRefused(
            f"{name}:{line} : « code_rome » vaut « {sheet[:20]} », qui n’est le code d’aucune fiche."
        )
    if not _CODE.fullmatch(code):
        raise DirectoryRefused(
            f"{name}:{line} : « code_rome_parent » vaut « {code[:20]} », qui n’est pas un code ROME."
        )
    return Title(row["code_ogr"], label, code, sheet, row["classification"] == "PRINCIPALE", row["peu_usite"] == "O")


def _checked_codes(name: str, parents: dict[str, str]) -> None:
    for sheet, parent in parents.items():
        for column, code in (("code_rome", sheet), ("code_rome_parent", parent)):
            if not _CODE.fullmatch(code):
                raise DirectoryRefused(f"{name} : « {column} » vaut « {code[:20]} », qui n’est pas un code ROME.")
    if not parents:
        raise DirectoryRefused(f"{name} ne contient aucune fiche. Il faut télécharger l’archive de nouveau.")


def rome_attribution(version: str) -> str:
    """Return the owner and version as they must be shown. « 460 » in a file name means ROME 4.0 version 60."""
    return f"{SOURCE} {version[:1]}.0 version {version[1:].lstrip('0') or '0'}"


def _version_of(name: str) -> str:
    match = _TITLES.search(name)
    return match[1] if match else ""


def _title_forms(label: str) -> tuple[str, ...]:
    """Split « Agent / Agente de tri » into its forms; the regular feminine is left to the search."""
    left, slash, right = label.partition(" / ")
    if not slash:
        return (label,)
    heads, tails = left.split(), right.split()
    tail = " ".join(tails[len(heads) :])
    return (f"{left} {tail}".strip(), right)
