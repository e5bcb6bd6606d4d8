"""Reads JSON Resume 1.0, the format that other tools write. A field that cannot be read is left out, and said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import regex

from clicnjob import policy, text
from clicnjob.cv.document import compose
from clicnjob.cv.exchange.fields import Object
from clicnjob.cv.exchange.foreign_dates import read_period
from clicnjob.cv.exchange.foreign_row import ForeignRow
from clicnjob.cv.exchange.json_resume_export import QUALITY, to_json_resume
from clicnjob.cv.model import aims
from clicnjob.cv.model.profile import (
    Certificate,
    Cv,
    Experience,
    ExperienceKind,
    Interest,
    Language,
    Profile,
    Quality,
    Study,
    StudyState,
)
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.french import contact
from clicnjob.french.dates import MONTHS

__all__ = ["PARTS", "ReadResume", "from_json_resume", "kind_of_title", "split_name", "to_json_resume"]

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
_MASCULINE, _FEMININE = ("ton", "ᵉʳ"), ("ta", "ʳᵉ")
_ITEMS = {
    "work": (_MASCULINE, "emploi"), "volunteer": (_MASCULINE, "bénévolat"), "education": (_FEMININE, "formation"),
    "certificates": (_MASCULINE, "certificat"), "skills": (_FEMININE, "compétence"), "languages": (_FEMININE, "langue"),
    "interests": (_MASCULINE, "centre d’intérêt"), "projects": (_MASCULINE, "projet"),
}  # fmt: skip
_NOT_TAKEN = {
    "awards": "tes prix", "publications": "tes publications", "references": "le nom d’autres personnes",
    "profiles": "tes réseaux", "custom": "tes rubriques à toi",
}  # fmt: skip
_NOT_TAKEN_IN = {
    "basics": {"url": "tes liens internet", "website": "tes liens internet", "profiles": "tes réseaux", "image": "ta photo",
               "picture": "ta photo"},
    "work": {"url": "tes liens internet"}, "volunteer": {"url": "tes liens internet"},
    "education": {"url": "tes liens internet", "courses": "tes cours"},
    "projects": {"url": "tes liens internet", "roles": "tes rôles", "keywords": "tes mots-clés"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadResume:
    """The content of a file from elsewhere. `left_out` says in French, one sentence each, what could not be taken over."""

    profile: Profile
    cv: Cv
    left_out: tuple[str, ...] = ()


def from_json_resume(data: Object) -> ReadResume:
    """Read a JSON Resume. What cannot be read and what the profile has no field for is left out and said.

    The street is never read, nor are the names of other people.
    """
    file = ForeignRow(data)
    basics = file.inner_group("basics", "tes coordonnées")
    first, last = split_name(
        basics.text_line("name", name="ton nom", check=text.clean_name, most=2 * policy.NAME_LENGTH)
    )
    skills, qualities = _skills_read(file)
    profile = Profile(
        first_name=first,
        last_name=last,
        phone=basics.exact_text("phone", name="ton téléphone", check=_phone_read),
        email=basics.exact_text("email", name="ton adresse e-mail", check=contact.email_address),
        town=_town_of(basics, "ta ville"),
        experiences=[*_works_read(file), *_volunteering_read(file), *_projects_read(file)],
        studies=[_study_of(row) for row in _part_rows(file, "education")],
        certificates=_certificates_read(file),
        languages=[one for row in _part_rows(file, "languages") if (one := _language_read(row)).label],
        interests=_interests_read(file),
        skills=skills,
        qualities=qualities,
    )
    opening = basics.text_lines("summary", name="ta présentation")
    job, aim = aims.parted_title(basics.text_line("label", "headline", name="le métier que tu veux"))
    _note_what_is_not_taken(file)
    return ReadResume(profile, Cv(job_wanted=job, aim=aim, opening=opening), tuple(file.left_out))


def kind_of_title(title: str) -> ExperienceKind:
    """Return « stage » if the title names a placement, otherwise « travail »."""
    return "stage" if _PLACEMENT.search(text.fold_text(title)) else "travail"


def split_name(name: str) -> tuple[str, str]:
    """Split a name into first and last. Words in capitals are the last name, at the end or before the first name.

    Without capitals, or with nothing but capitals, everything after the first word is the last name.
    """
    before, comma, after = name.partition(",")
    if comma and before.strip() and after.strip():  # « DUPONT, Marie »
        return after.strip(), before.strip()
    words = name.split()
    capitals = [len(word) > 1 and word.isupper() for word in words]
    if all(capitals) or not any(capitals):
        return " ".join(words[:1]), " ".join(words[1:])
    at_start = capitals.index(False)
    if at_start and not any(capitals[at_start:]):
        return " ".join(words[at_start:]), " ".join(words[:at_start])
    start = len(words) - capitals[::-1].index(False)
    start = 1 if start == len(words) else start
    return " ".join(words[:start]), " ".join(words[start:])


def _phone_read(written: str) -> str:
    bare = regex.sub(r"[\s.-]", "", written)
    if regex.fullmatch(r"[1-9]\d{8}", bare):  # a number that lost its first zero
        written = f"0{bare}"
    return (
        contact.phone_or_as_written(written) if regex.search(r"\d", written) or not written else _refused_phone(written)
    )


def _refused_phone(written: str) -> str:
    raise contact.WrongPhone


def _part_rows(file: ForeignRow, part: str) -> list[ForeignRow]:
    (whose, first), noun = _ITEMS[part]
    return file.inner_rows(part, lambda number: f"{whose} {number}{first if number == 1 else 'ᵉ'} {noun}")


def _town_of(row: ForeignRow, name: str = "la ville") -> str:
    """Read the town: a location is a text in version 1.0.0 and in other tools, an object with a city later."""
    where = row.inner_group("location", name)
    said = where.exact_text("city", "name", name=name, check=contact.town_name) if where.data else ""
    if said or isinstance(row.data.get("location"), dict):
        return said
    return regex.sub(r",\s*France$", "", row.exact_text("location", "city", name=name, check=contact.town_name))


def _works_read(file: ForeignRow) -> list[Experience]:
    return [_work_read(row) for row in _part_rows(file, "work")]


def _work_read(row: ForeignRow) -> Experience:
    title, about = (
        row.text_line("position", "title", name="le titre"),
        row.text_line("description", name="la description"),
    )
    kinds = {text.fold_text(words): kind for kind, words in KIND_WORDS.items() if words}
    kind = kinds.get(text.fold_text(about))
    return Experience(
        kind=kind or kind_of_title(title),
        title=title,
        place=row.text_line("name", "company", name="l’endroit"),
        town=_town_of(row),
        period=read_period(row),
        phrases=row.text_lines("summary", "highlights", name="une phrase"),
    )


def _volunteering_read(file: ForeignRow) -> list[Experience]:
    return [_volunteer_experience(row) for row in _part_rows(file, "volunteer")]


def _volunteer_experience(row: ForeignRow) -> Experience:
    told = row.text_line("summary", name="une phrase", most=policy.TEXT_LENGTH, check=text.clean_paragraph)
    kinds = {text.fold_text(KIND_WORDS[kind]): kind for kind in VOLUNTEER if KIND_WORDS[kind]}
    kind = kinds.get(text.fold_text(told))
    return Experience(
        kind=kind or "benevolat",
        title=row.text_line("position", name="le titre"),
        place=row.text_line("organization", "name", name="l’endroit"),
        town=_town_of(row),
        period=read_period(row),
        phrases=row.text_lines(*(("highlights",) if kind else ("summary", "highlights")), name="une phrase"),
    )


def _projects_read(file: ForeignRow) -> list[Experience]:
    return [
        Experience(
            kind="projet",
            title=row.text_line("name", name="le titre"),
            place=row.text_line("entity", name="l’endroit"),
            period=read_period(row),
            phrases=row.text_lines("description", "summary", "highlights", name="une phrase"),
        )
        for row in _part_rows(file, "projects")
    ]


def _study_of(row: ForeignRow) -> Study:
    """Read a study. Without a word on how it ended, the state stays empty, so that no diploma is claimed."""
    kind, area = row.text_line("studyType", name="le diplôme"), row.text_line("area", "name", name="la spécialité")
    levels = cv_prompts().studies.niveaux
    level = next((known.cle for known in levels if kind and text.fold_text(known.intitule) == text.fold_text(kind)), "")
    score = text.fold_text(row.text_line("score", name="le résultat"))
    state = next((known for known in get_args(StudyState) if score and score in _said_of(known)), Study().state)
    if score and not state:
        row.add_note("la note n’est pas reprise")
    return Study(
        level=level,
        title=area if level else f"{kind} {area}".strip(),
        school=row.text_line("institution", "school", name="l’école"),
        town=_town_of(row),
        period=read_period(row),
        state=state,
    )


def _said_of(state: StudyState) -> tuple[str, str]:
    """Return the wordings of a state: the one of the page, and the one of earlier releases (« année suivie »)."""
    return text.fold_text(compose.study_ending(state)), state.replace("_", " ")


def _certificates_read(file: ForeignRow) -> list[Certificate]:
    found = []
    for row in _part_rows(file, "certificates"):
        issued = read_period(row)
        when = regex.sub(r"^(\d{4})-(\d\d)$", lambda at: f"{MONTHS[int(at[2]) - 1]} {at[1]}", issued.start)
        detail = ", ".join(part for part in (row.text_line("issuer", name="l’organisme"), issued.words or when) if part)
        found.append(Certificate(label=row.text_line("name", "title", name="le nom"), detail=detail))
    return [certificate for certificate in found if certificate.label]


def _language_read(row: ForeignRow) -> Language:
    """Read a language. A known name and level become keys and statements; others are kept as written."""
    name, fluency = row.text_line("language", "name", name="le nom"), row.text_line("fluency", name="le niveau")
    offered = cv_prompts().languages
    key = next((known.cle for known in offered.langues if text.fold_text(known.nom) == text.fold_text(name)), "")
    said = text.fold_text(fluency)
    level = next((n.cle for n in offered.niveaux if said in (text.fold_text(n.sur_le_cv), text.fold_text(n.cle))), "")
    if fluency and not level:
        return Language(label=f"{name} ({fluency})"[: policy.LINE_LENGTH] if name else "")
    return Language(key=key, label=name, can_do=[q.cle for q in offered.questions if level and q.niveau == level])


def _skills_read(file: ForeignRow) -> tuple[list[str], list[Quality]]:
    skills: list[str] = []
    qualities: list[Quality] = []
    for row in _part_rows(file, "skills"):
        name, words = row.text_line("name", name="le nom"), ", ".join(row.text_lines("keywords", name="un mot"))
        if text.fold_text(row.text_line("level", name="le niveau")) == text.fold_text(QUALITY):
            qualities.append(Quality(label=name, proof=words))
        elif name or words:
            skills.append("\u00a0: ".join(part for part in (name, words) if part))
    return list(dict.fromkeys(skills)), qualities


def _interests_read(file: ForeignRow) -> list[Interest]:
    found = []
    for row in _part_rows(file, "interests"):
        name, words = row.text_line("name", name="le nom"), ", ".join(row.text_lines("keywords", name="un mot"))
        if name or words:
            found.append(Interest(label=name or words, detail=f"{name}\u00a0: {words}" if name and words else ""))
    return found


def _note_what_is_not_taken(file: ForeignRow) -> None:
    """Say in one note what the file has and a CV made here has no place for."""
    names = [name for key, name in _NOT_TAKEN.items() if _is_filled(file.data.get(key))]
    for part, keys in _NOT_TAKEN_IN.items():
        value = file.data.get(part)
        for row in value if isinstance(value, list) else [value]:
            names += [name for key, name in keys.items() if isinstance(row, dict) and _is_filled(row.get(key))]
    basics = file.data.get("basics")
    where = basics.get("location") if isinstance(basics, dict) else None
    if isinstance(where, dict) and _is_filled(where.get("address")):
        names.append("ta rue")
    if names:
        file.add_note(
            f"Pas repris\u00a0: {', '.join(dict.fromkeys(names))}", "Si c’est utile, écris-le dans une expérience."
        )


def _is_filled(value: object) -> bool:
    if isinstance(value, dict):
        return any(_is_filled(one) for one in value.values())
    if isinstance(value, list):
        return any(_is_filled(one) for one in value)
    return isinstance(value, str) and bool(value.strip())
