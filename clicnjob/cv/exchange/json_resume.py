"""Reads JSON Resume 1.0, the format that other tools write; each mistake is reported with its field."""

from __future__ import annotations

from datetime import date
from typing import get_args

import regex

from clicnjob import text
from clicnjob.cv.document import compose
from clicnjob.cv.exchange import fields
from clicnjob.cv.exchange.fields import BadFile, Object
from clicnjob.cv.exchange.json_resume_export import QUALITY, to_json_resume
from clicnjob.cv.model import aims
from clicnjob.cv.model.profile import (
    Certificate,
    Cv,
    Experience,
    ExperienceKind,
    Interest,
    Language,
    Period,
    Profile,
    Quality,
    Study,
    StudyState,
)
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.french import contact

__all__ = ["PARTS", "from_json_resume", "kind_of_title", "to_json_resume"]

PARTS = (
    "basics", "work", "volunteer", "education", "certificates", "skills", "languages", "interests",
    "projects",
)  # fmt: skip
# Files of earlier releases stored the kind of an experience in these words; they are no longer written.
VOLUNTEER: tuple[ExperienceKind, ...] = ("benevolat", "sport_asso", "service_civique")
KIND_WORDS: dict[ExperienceKind, str] = {
    "travail": "", "stage": "Stage", "petit_boulot": "Petit boulot", "aide_famille": "Aide à la famille",
    "benevolat": "", "sport_asso": "Sport et associations", "service_civique": "Service civique",
    "projet": "",
}  # fmt: skip
_PLACEMENT = regex.compile(r"\b(stage|stagiaire|pmsmp|immersion|intern|internship|trainee)\b")
_PRESENT = ("present", "now", "current", "aujourd'hui", "en cours")
_DATE = regex.compile(r"(?P<month>(?P<year>[0-9]{4})(-(?P<m>[0-9]{2}))?)(-(?P<d>[0-9]{2})(T.*)?)?")
_BAD_DATE = "il faut une date comme 2023, 2023-05 ou 2023-05-12."


def from_json_resume(data: Object) -> tuple[Profile, Cv]:
    """Return a profile and a CV from a JSON Resume. Raises BadFile for the first wrong field.

    What the profile has no field for is left out, and the street is never read.
    """
    basics = fields.object_field(data, "basics")
    first, last = _parted_names(fields.text_field(basics, "name", "basics"))
    where = fields.object_field(basics, "location", "basics")
    skills, qualities = _skills_read(data)
    profile = Profile(
        first_name=fields.checked_text(first, "basics.name", text.clean_name),
        last_name=fields.checked_text(last, "basics.name", text.clean_name),
        phone=fields.text_field(basics, "phone", "basics", check=contact.phone_or_as_written),
        email=fields.text_field(basics, "email", "basics", check=contact.email_address),
        town=fields.text_field(where, "city", "basics.location", check=contact.town_name),
        experiences=[*_works_read(data), *_volunteering_read(data), *_projects_read(data)],
        studies=[_study_of(at, row) for at, row in fields.row_fields(data, "education")],
        certificates=_certificates_read(data),
        languages=[_language_read(at, row) for at, row in fields.row_fields(data, "languages")],
        interests=_interests_read(data),
        skills=skills,
        qualities=qualities,
    )
    opening = fields.text_field(basics, "summary", "basics", check=text.clean_paragraph).split("\n")
    job, aim = aims.parted_title(fields.text_field(basics, "label", "basics"))
    return profile, Cv(job_wanted=job, aim=aim, opening=[line for line in opening if line])


def kind_of_title(title: str) -> ExperienceKind:
    """Return « stage » if the title names a placement, otherwise « travail »."""
    return "stage" if _PLACEMENT.search(text.fold_text(title)) else "travail"


def _parted_names(name: str) -> tuple[str, str]:
    """Split a name: words in capitals at the end are the last name, otherwise everything after the first word is."""
    words = name.split()
    start = len(words)
    while start > 0 and len(words[start - 1]) > 1 and words[start - 1].isupper():
        start -= 1
    if start in (0, len(words)):
        start = 1
    return " ".join(words[:start]), " ".join(words[start:])


def _date_read(row: Object, key: str, at: str) -> str:
    """Return "2023" or "2023-05" from a year, month, day or timestamp; '' if absent or a word such as « present »."""
    said = fields.text_field(row, key, at)
    if not said or (key == "endDate" and text.fold_text(said) in _PRESENT):
        return ""
    found = _DATE.fullmatch(said)
    if not found or not _day_exists(int(found["year"]), int(found["m"] or 1), int(found["d"] or 1)):
        raise BadFile(_BAD_DATE, fields.field_place(at, key))
    return found["month"]


def _day_exists(year: int, month: int, day_of: int) -> bool:
    try:
        return 1900 <= date(year, month, day_of).year < 2100
    except ValueError:
        return False


def _period_read(row: Object, at: str) -> Period:
    start, end = _date_read(row, "startDate", at), _date_read(row, "endDate", at)
    said = min(len(start), len(end))
    if end[:said] < start[:said]:
        raise BadFile("la fin est avant le début.", fields.field_place(at, "endDate"))
    if start == end and "-" not in end:
        return Period(start=start)
    return Period(start=start, end=end, ongoing=bool(start and not end))


def _town_of(row: Object, at: str) -> str:
    """Read the town, since a location is a text in version 1.0.0 and an object with a city later."""
    if isinstance(row.get("location"), dict):
        return fields.text_field(row["location"], "city", fields.field_place(at, "location"))
    return fields.text_field(row, "location", at)


def _phrases_of(row: Object, at: str, *, told: str) -> list[str]:
    return [*(line for line in told.split("\n") if line), *fields.text_list_field(row, "highlights", at)]


def _works_read(data: Object) -> list[Experience]:
    return [_work_read(at, row) for at, row in fields.row_fields(data, "work")]


def _work_read(at: str, row: Object) -> Experience:
    title, about = (
        fields.text_field(row, "position", at),
        fields.text_field(row, "description", at, check=text.clean_paragraph),
    )
    kinds = {text.fold_text(words): kind for kind, words in KIND_WORDS.items() if words}
    kind = kinds.get(text.fold_text(about)) or kind_of_title(title)
    return Experience(
        kind=kind,
        title=title,
        place=fields.text_field(row, "name", at) or fields.text_field(row, "company", at),
        town=_town_of(row, at),
        period=_period_read(row, at),
        phrases=_phrases_of(row, at, told=fields.text_field(row, "summary", at, check=text.clean_paragraph)),
    )


def _volunteering_read(data: Object) -> list[Experience]:
    return [_volunteer_experience(at, row) for at, row in fields.row_fields(data, "volunteer")]


def _volunteer_experience(at: str, row: Object) -> Experience:
    told = fields.text_field(row, "summary", at, check=text.clean_paragraph)
    kinds = {text.fold_text(KIND_WORDS[kind]): kind for kind in VOLUNTEER if KIND_WORDS[kind]}
    kind = kinds.get(text.fold_text(told))
    return Experience(
        kind=kind or "benevolat",
        title=fields.text_field(row, "position", at),
        place=fields.text_field(row, "organization", at),
        town=_town_of(row, at),
        period=_period_read(row, at),
        phrases=_phrases_of(row, at, told="" if kind else told),
    )


def _projects_read(data: Object) -> list[Experience]:
    return [
        Experience(
            kind="projet",
            title=fields.text_field(row, "name", at),
            place=fields.text_field(row, "entity", at),
            period=_period_read(row, at),
            phrases=_phrases_of(row, at, told=fields.text_field(row, "description", at, check=text.clean_paragraph)),
        )
        for at, row in fields.row_fields(data, "projects")
    ]


def _study_of(at: str, row: Object) -> Study:
    """Read a study. Without a word on how it ended, the state stays empty, so that no diploma is claimed."""
    kind, area = fields.text_field(row, "studyType", at), fields.text_field(row, "area", at)
    levels = cv_prompts().studies.niveaux
    level = next((known.cle for known in levels if kind and text.fold_text(known.intitule) == text.fold_text(kind)), "")
    score = text.fold_text(fields.text_field(row, "score", at))
    return Study(
        level=level,
        title=area if level else f"{kind} {area}".strip(),
        school=fields.text_field(row, "institution", at),
        town=_town_of(row, at),
        period=_period_read(row, at),
        state=next((known for known in get_args(StudyState) if score and score in _said_of(known)), Study().state),
    )


def _said_of(state: StudyState) -> tuple[str, str]:
    """Return the wordings of a state: the one of the page, and the one of earlier releases (« année suivie »)."""
    return text.fold_text(compose.study_ending(state)), state.replace("_", " ")


def _certificates_read(data: Object) -> list[Certificate]:
    found = [
        Certificate(label=fields.text_field(row, "name", at), detail=fields.text_field(row, "issuer", at))
        for at, row in fields.row_fields(data, "certificates")
    ]
    return [certificate for certificate in found if certificate.label]


def _language_read(at: str, row: Object) -> Language:
    """Read a language. A known name and level become keys and statements; others are kept as written."""
    name, fluency = fields.text_field(row, "language", at), fields.text_field(row, "fluency", at)
    offered = cv_prompts().languages
    key = next((known.cle for known in offered.langues if text.fold_text(known.nom) == text.fold_text(name)), "")
    said = text.fold_text(fluency)
    level = next((n.cle for n in offered.niveaux if said in (text.fold_text(n.sur_le_cv), text.fold_text(n.cle))), "")
    if fluency and not level:
        return Language(label=fields.checked_text(f"{name} ({fluency})", at, text.clean_line))
    return Language(key=key, label=name, can_do=[q.cle for q in offered.questions if level and q.niveau == level])


def _skills_read(data: Object) -> tuple[list[str], list[Quality]]:
    skills: list[str] = []
    qualities: list[Quality] = []
    for at, row in fields.row_fields(data, "skills"):
        name, words = fields.text_field(row, "name", at), ", ".join(fields.text_list_field(row, "keywords", at))
        if text.fold_text(fields.text_field(row, "level", at)) == text.fold_text(QUALITY):
            qualities.append(Quality(label=name, proof=words))
        elif name or words:
            skills.append("\u00a0: ".join(part for part in (name, words) if part))
    return list(dict.fromkeys(skills)), qualities


def _interests_read(data: Object) -> list[Interest]:
    found = []
    for at, row in fields.row_fields(data, "interests"):
        name, words = fields.text_field(row, "name", at), ", ".join(fields.text_list_field(row, "keywords", at))
        if name or words:
            found.append(Interest(label=name or words, detail=f"{name}\u00a0: {words}" if name and words else ""))
    return found
