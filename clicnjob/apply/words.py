"""Reads data/candidatures: the official places to find offers, and scripts for talking to employers."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from urllib.parse import quote_plus

from pydantic import Field

from clicnjob import content, text
from clicnjob.apply.applications import Application
from clicnjob.content import ContentModel
from clicnjob.french import days
from clicnjob.paths import DATA

_HTTPS = r"^https://[a-z0-9.-]+/"
_BRACKET = re.compile(r"\[([^\]]*)\]")


class OfficialPlace(ContentModel):
    """An official place to find offers; `releve_le` is the day on which its address was checked."""

    cle: str
    nom: str = Field(max_length=40)
    icone: str = Field(max_length=16)
    pour: str = Field(max_length=90)
    adresse: str = Field(pattern=_HTTPS)
    avec_metier: str = Field(default="", pattern=r"^$|" + _HTTPS)
    avec_rome: str = Field(default="", pattern=r"^$|" + _HTTPS)
    releve_le: date

    def address_for(self, *, job: str = "", rome: str = "") -> str:
        """Return the address, already searching for the job or its ROME code where the site allows it."""
        if job and self.avec_metier:
            return self.avec_metier.replace("{metier}", quote_plus(job))
        if rome and self.avec_rome:
            return self.avec_rome.replace("{rome}", quote_plus(rome))
        return self.adresse


class Script(ContentModel):
    """What to say or write to an employer, line by line."""

    cle: str
    moment: Literal["relance", "oui", "non"]
    canal: Literal["telephone", "message"]
    titre: str = Field(max_length=40)
    lignes: list[str] = Field(min_length=3, max_length=8)


@content.loaded_once
def offer_places() -> tuple[OfficialPlace, ...]:
    """Return the official places in display order. Raises content.ContentMistakes."""
    return tuple(content.read_content(list[OfficialPlace], DATA / "candidatures" / "lieux.yaml"))


@content.loaded_once
def employer_scripts() -> tuple[Script, ...]:
    """Return the scripts in display order. Raises content.ContentMistakes."""
    return tuple(content.read_content(list[Script], DATA / "candidatures" / "phrases.yaml"))


def script_lines(script: Script, one: Application, *, name: str) -> tuple[str, ...]:
    """Return the lines of a script for one application.

    A [bracketed] part is left out when one of its fields is unknown.
    """
    fields = {
        "de_metier": of_job(one.title),
        "entreprise": one.employer,
        "jour": days.shown_day(one.sent_on, today=one.sent_on) if one.sent_on else "",
        "nom": name,
    }
    return tuple(line for line in (_filled_line(line, fields) for line in script.lignes) if line)


def job_in_sentence(title: str) -> str:
    """Return a job as it stands inside a sentence: « serveuse »; acronyms keep their capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def of_job(title: str) -> str:
    """Return « de serveuse », « d’ouvrière », « d’hôte »; '' if there is no title."""
    said = job_in_sentence(title)
    if not said:
        return ""
    return f"d’{said}" if text.fold_text(said)[:1] in set("aeiouyh") else f"de {said}"


def _filled_line(line: str, fields: dict[str, str]) -> str:
    def kept(found: re.Match[str]) -> str:
        names = re.findall(r"\{(\w+)\}", found[1])
        return found[1] if all(fields[name] for name in names) else ""

    return re.sub(r"\{(\w+)\}", lambda found: fields[found[1]], _BRACKET.sub(kept, line)).strip()
