"""What the law changes before the age of 18 (data/jobs/moins_de_18.yaml), shown on the sheets that it concerns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from pydantic import Field

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content, shown_path
from clicnjob.jobs import finder
from clicnjob.paths import DATA

FILE = DATA / "jobs" / "moins_de_18.yaml"


class MinorRule(ContentModel):
    """One rule of law for people under 18: the sentence shown, its source, and the keys of the sheets concerned."""

    cle: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    phrase: str = Field(min_length=10, max_length=110)
    source: str = Field(min_length=3)
    verifie_le: date
    fiches: tuple[str, ...] = Field(min_length=1)


@loaded_once
def minor_rules() -> tuple[MinorRule, ...]:
    """Return the rules of this installation, read once. Raises ContentMistakes, also for an unknown sheet."""
    return read_minor_rules(FILE, sheets=finder.job_catalogue().by_key.keys())


def read_minor_rules(file: Path, *, sheets: Collection[str]) -> tuple[MinorRule, ...]:
    """Read the rules of a file. Raises ContentMistakes, also for a sheet that is not among `sheets`."""
    rules = tuple(read_content(list[MinorRule], file))
    mistakes = tuple(
        f"{shown_path(file)} : dans « {rule.cle} », la fiche « {key} » n’existe pas."
        for rule in rules
        for key in rule.fiches
        if key not in sheets
    )
    if mistakes:
        raise ContentMistakes(mistakes)
    return rules


def said_before_18(sheet: str) -> str:
    """Return the sentences for people under 18 on one sheet, in the order of the file, or ''."""
    return " ".join(rule.phrase for rule in minor_rules() if sheet in rule.fiches)
