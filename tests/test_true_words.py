"""What is true of every text that a person reads in data/: dated facts, today's names, spaces that hold, words explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clicnjob import policy
from clicnjob.jobs.catalogue import read_catalogue
from clicnjob.paths import DATA
from tests.yaml_files import read_yaml

NOT_READ_BY_PEOPLE = ("schemas", "jobs/mots", "mots", "mots-de-passe", "portes/groupes.yaml", "demonstration")
TYPED_WORDS = frozenset(
    (
        "source",
        "phrases",
        "seuls",
        "sauf",
        "ignorer",
        "mots",
        "trouve",
        "motifs",
        "cles",
        "remplace",
        "adresse",
        "avec_metier",
        "avec_rome",
    )
)
OLD_NAMES = {
    "Installateur en thermique et sanitaire": "Plombier chauffagiste, since 3 March 2026",
    "Plaquiste-plâtrier": "Plaquiste, since 2023",
    "Monteur dépanneur en climatisation": "Installateur en pompe à chaleur et climatisation, since 2026",
    "Pôle emploi": "France Travail, since 2024",
    "Garantie jeunes": "contrat d’engagement jeune, since 2022",
}
FORMER_NAMES_IN_BRACKETS = re.compile(r"\((ancien|ancienne|ex-)[^)]*\)")
HARD_WORDS = {
    "Geiq": "groupe d’employeurs",
    "POEI": "avant l’embauche",
    "CNAPS": "service de l’État",
    "AFGSU": "gestes d’urgence",
}
MASCULINE_ALONE = re.compile(
    r"^(?:Souvent |Parfois )?[Ss]eul\b|\bou seul\b"
    r"|^(?:Être|Rester) (?:\w+ )?"
    r"(?:curieux|patient|ponctuel|attentif|soigneux|doux|poli|fier|concentré|fort|prêt)\b"
)
# Numbers of services; a number invented for an example begins otherwise (01 99, 06 39 98).
SERVICE_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:0 8\d\d(?: \d{3}){2}|0 8\d\d(?: \d\d){3}|3[0-9] \d\d|3018|3114|3919|116 006|33700)"
    r"(?![\d%])(?![.,]\d)(?! \d)"
)


def test_no_diploma_or_office_has_the_name_of_yesterday() -> None:
    old = [
        (where, name, why)
        for where, text in _texts()
        for name, why in OLD_NAMES.items()
        if name.lower() in FORMER_NAMES_IN_BRACKETS.sub("", text).lower()
    ]

    assert not old


def test_hard_abbreviations_are_explained_on_the_sheet_that_has_them() -> None:
    bare = [
        (sheet.cle, word)
        for sheet in read_catalogue().categories
        for word, explained in HARD_WORDS.items()
        if word in (said := " ".join((*sheet.sans_diplome, *sheet.ce_qui_aide))) and explained not in said
    ]

    assert not bare


@pytest.mark.long
def test_a_sheet_does_not_speak_only_to_men() -> None:
    only_men = [
        (sheet.cle, line)
        for sheet in read_catalogue().categories
        for line in (sheet.avec_qui, *sheet.ce_qui_aide)
        if MASCULINE_ALONE.search(line)
    ]

    assert not only_men


def test_double_signs_and_units_keep_their_space_on_the_line() -> None:
    loose = [
        (where, text)
        for where, text in _texts()
        if re.search(r"\w [:;?!»]|« |\d (?:h|ans|heures|kilos|kg|km|euros|€|%|mois|semaines|minutes)\b", text)
    ]

    loose += [
        (where, found[0]) for where, text in _texts() for found in SERVICE_NUMBER.finditer(text) if " " in found[0]
    ]

    assert not loose


def test_every_number_to_call_was_checked_on_a_day() -> None:
    """Beside a `verifie_le`: as a contact, or in the name of a source of the lesson or scene that says it."""
    checked = {
        number
        for file in _files()
        for entry in _dated(read_yaml(file))
        for number in (
            *_numbers(" ".join(_strings(entry.get("numero", "")))),
            *_numbers(" ".join(_strings(entry.get("contacts", [])))),
            *_numbers(" ".join(_strings([source["nom"] for source in entry.get("sources", ())]))),
        )
    }
    unknown = [(where, number) for where, text in _texts() for number in _numbers(text) if number not in checked]

    assert not unknown


def test_every_fact_with_a_source_was_read_within_a_year() -> None:
    old = [
        (where, entry.get("cle"), day)
        for where, entry in _entries()
        for field in ("verifie_le", "releve_le")
        if (day := entry.get(field)) and (date.today() - day).days > policy.FACTS_LAST_DAYS
    ]
    undated = [(where, entry["cle"]) for where, entry in _entries() if "source" in entry and "verifie_le" not in entry]

    assert not old and not undated


def _files() -> Iterator[Path]:
    for file in sorted(DATA.rglob("*.yaml")):
        if not file.relative_to(DATA).as_posix().startswith(NOT_READ_BY_PEOPLE):
            yield file


def _texts() -> Iterator[tuple[str, str]]:
    for file in _files():
        for text in _strings(read_yaml(file)):
            yield file.relative_to(DATA).as_posix(), text


def _entries() -> Iterator[tuple[str, dict[str, object]]]:
    for file in _files():
        read = read_yaml(file)
        for entry in read if isinstance(read, list) else ():
            if isinstance(entry, dict):
                yield file.relative_to(DATA).as_posix(), entry


def _dated(read: Any) -> Iterator[dict[str, Any]]:
    """Yield the entries of a file, or the one that it is, that say when they were checked."""
    for entry in read if isinstance(read, list) else [read]:
        if isinstance(entry, dict) and "verifie_le" in entry:
            yield entry


def _numbers(text: str) -> list[str]:
    return SERVICE_NUMBER.findall(text.replace("\u00a0", " "))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in TYPED_WORDS:
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
