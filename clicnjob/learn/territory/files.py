"""Reads the files of a territory record by record (CSV or JSON), and checks them all before anything is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.learn.territory import rows
from clicnjob.learn.territory.json_stream import JsonStream, UnreadableJson
from clicnjob.learn.territory.rows import BadRecord, ServiceRow

_SERVICE_COLUMN = "structure_id"  # only services have it
_NEEDED = {True: ("id", "structure_id", "nom", "date_maj"), False: ("id", "nom", "date_maj")}
_MISTAKES_TOLD = 20
_STEPS = 500  # records between two calls of `progress`

Progress = Callable[[int, int], None]  # bytes read, bytes in all


class TerritoryRefused(Refusal):
    """The files cannot be used and nothing of them is taken. `mistakes` has one sentence for each bad line."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One record as read: its file and line, and what it holds. `service` is None for a structure."""

    file: str
    line: int
    structure: dict[str, Any] | None
    service: ServiceRow | None

    @property
    def identity(self) -> tuple[bool, str]:
        """What no other record may have: whether it is a service, and its identifier."""
        values = self.service.values if self.service else self.structure or {}
        return self.service is not None, str(values.get("id"))


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """What a whole reading without a mistake found."""

    structures: int
    services: int


def check_files(paths: Sequence[Path], *, progress: Progress | None = None) -> CheckedFiles:
    """Read every record of every file. Raises TerritoryRefused with the file, line and reason of each bad one."""
    told: list[str] = []
    wrong = structures = services = 0

    def note_mistake(sentence: str) -> None:
        nonlocal wrong
        wrong += 1
        if len(told) < _MISTAKES_TOLD:
            told.append(sentence)

    seen: set[int] = set()  # of identifiers; their hashes take a tenth of their memory
    for record in read_records(paths, bad=note_mistake, progress=progress):
        if (mark := hash(record.identity)) in seen:
            note_mistake(f"{record.file}, ligne {record.line} : cet « id » est déjà donné plus haut.")
        seen.add(mark)
        services += record.service is not None
        structures += record.structure is not None
    if wrong:
        more = [f"… et {wrong - len(told)} autres lignes à corriger."] if wrong > len(told) else []
        raise TerritoryRefused([*told, *more, "Rien n’a été importé."])
    if not services and not structures:
        raise TerritoryRefused(["Aucune structure ni aucun service dans ces fichiers. Rien n’a été importé."])
    return CheckedFiles(structures, services)


def read_records(
    paths: Sequence[Path], *, bad: Callable[[str], None], progress: Progress | None = None
) -> Iterator[ReadRecord]:
    """Yield the records of the files in order; `bad` gets one sentence for each that cannot be used.

    Raises TerritoryRefused for a file that cannot be read at all, or that is too large.
    """
    whole = sum(_size_of(path) for path in paths)
    before = count = 0
    for path in paths:
        try:
            with path.open("rb") as raw:
                for line, given in _given_records(path, raw):
                    count += 1
                    if count > policy.TERRITORY_RECORDS:
                        raise TerritoryRefused(
                            [f"{path.name} : plus de {policy.TERRITORY_RECORDS} lignes, c’est trop."]
                        )
                    if progress and count % _STEPS == 0:
                        progress(before + raw.tell(), whole)
                    try:
                        yield _read_record(path.name, line, given)
                    except BadRecord as wrong:
                        bad(f"{path.name}, ligne {line} : {wrong.sentence}.")
        except UnreadableJson as broken:
            raise TerritoryRefused([f"{path.name}, ligne {broken.line} : le JSON ne se lit pas."]) from None
        except UnicodeDecodeError:
            raise TerritoryRefused([f"{path.name} n’est pas en UTF-8. Il faut le télécharger de nouveau."]) from None
        except OSError:
            raise TerritoryRefused([f"« {path.name} » ne s’ouvre pas. Il faut vérifier le chemin."]) from None
        before += _size_of(path)
        if progress:
            progress(before, whole)


def _size_of(path: Path) -> int:
    if not path.is_file():
        raise TerritoryRefused([f"« {path.name} » n’existe pas. Il faut vérifier le chemin."])
    if (size := path.stat().st_size) > policy.TERRITORY_BYTES:
        raise TerritoryRefused([f"{path.name} est trop gros ({size // 1024 // 1024} Mo)."])
    return size


def _given_records(path: Path, raw: Any) -> Iterator[tuple[int, Any]]:
    source = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    try:
        if path.suffix.lower() == ".json":
            for _key, entries in JsonStream(source).read_lists():
                yield from entries
        else:
            yield from _csv_records(path.name, source)
    finally:
        source.detach()


def _csv_records(name: str, source: Any) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(policy.TERRITORY_FIELD_CHARACTERS)
    first = source.readline(policy.TERRITORY_FIELD_CHARACTERS)
    columns = next(csv.reader([first], delimiter=_delimiter_of(first)), [])
    missing = [one for one in _NEEDED[_SERVICE_COLUMN in columns] if one not in columns]
    if missing:
        raise TerritoryRefused(
            [f"{name} : il manque la colonne « {missing[0]} ». Il faut un fichier de data·inclusion v1."]
        )
    reader = csv.DictReader(source, fieldnames=columns, delimiter=_delimiter_of(first))
    line = 2
    try:
        for row in reader:
            yield line, (None if None in row or None in row.values() else row)
            line = reader.line_num + 2  # the header was read apart
    except csv.Error:
        raise TerritoryRefused([f"{name}, ligne {line} : la ligne ne se lit pas."]) from None


def _delimiter_of(first: str) -> str:
    return ";" if first.count(";") > first.count(",") else ","


def _read_record(file: str, line: int, given: Any) -> ReadRecord:
    if given is None:
        raise BadRecord("la ligne n’a pas le nombre de colonnes de la première")
    if not isinstance(given, dict):
        raise BadRecord("ce n’est ni une structure ni un service")
    if _SERVICE_COLUMN in given:
        return ReadRecord(file, line, None, rows.service_row(given))
    return ReadRecord(file, line, rows.structure_values(given), None)
