"""Exports one CV as JSON Resume 1.0, as far as that format can hold it, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from clicnjob.cv.document import compose
from clicnjob.cv.exchange.fields import Object
from clicnjob.cv.model import aims, naming, periods
from clicnjob.cv.model.profile import Cv, Experience, Language, Period, Profile, SectionKey, Study
from clicnjob.cv.model.prompts import cv_prompts

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
QUALITY = "Savoir-être"  # the standard has no field for qualities, so they are written as skills of this level


def to_json_resume(profile: Profile, cv: Cv) -> Object:
    """Return the texts that this CV prints as JSON Resume; availability, mobility, gaps and photo have no field there.

    All experiences are « work », as on the page, since their kind (help at home, a placement…) is not printed.
    """
    chosen = _item_chooser(profile, cv)
    levels = chosen("languages", profile.languages)
    qualities = [
        _filled_object(name=q.label, level=QUALITY, keywords=[q.proof]) for q in chosen("qualities", profile.qualities)
    ]
    hidden_skills = "skills" in cv.hidden
    skills = [{"name": s} for s in profile.skills if not hidden_skills and s not in cv.hidden]
    made = _filled_object(
        basics=_basics_object(profile, cv),
        work=[_work_object(done) for done in chosen("experiences", profile.experiences)],
        education=[_education_object(s) for s in chosen("studies", profile.studies)],
        certificates=[{"name": compose.certificate_line(c)} for c in chosen("certificates", profile.certificates)],
        languages=[_language_object(item) for item in levels],
        skills=[*skills, *qualities],
        interests=[{"name": i.detail or i.label} for i in chosen("interests", profile.interests)],
    )
    return {"$schema": SCHEMA, **made, "meta": {"version": "v1.0.0"}}


def _item_chooser(profile: Profile, cv: Cv) -> Callable[[SectionKey, list[Any]], list[Any]]:
    """Return a function that gives the items this CV shows, in its order."""

    def shown(key: SectionKey, items: list[Any]) -> list[Any]:
        by_id = {item.id: item for item in items}
        # Items without a label are not printed.
        kept = (
            item_id for item_id, label in compose.section_items(profile, key, cv) if label and item_id not in cv.hidden
        )
        return [] if key in cv.hidden else [by_id[item_id] for item_id in kept if item_id in by_id]

    return shown


def _filled_object(**parts: object) -> Object:
    """Drop empty values, since the standard allows no empty date and an empty list tells nothing."""
    return {key: value for key, value in parts.items() if value and value != [""]}


def _basics_object(profile: Profile, cv: Cv) -> Object:
    # Capitals (« Marie Claire DUPONT ») mark where the last name begins, which is unclear only after two first names.
    last = profile.last_name.upper() if " " in profile.first_name else profile.last_name
    return _filled_object(
        name=f"{profile.first_name} {last}".strip(),
        label=aims.page_title(cv),
        email=profile.email,
        phone=profile.phone,
        summary="\n".join(line for line in cv.opening if line),
        location=_filled_object(city=profile.town),
    )


def _dates_object(kept: Period) -> Object:
    end = "" if periods.is_open(kept) else kept.end or kept.start
    said = {"startDate": kept.start, "endDate": end}
    return {key: at for key, at in said.items() if at and (not kept.words or at[:4] in kept.words)}


def _work_object(done: Experience) -> Object:
    words = _filled_object(name=done.place, position=naming.title_shown(done), location=done.town)
    return words | _dates_object(done.period) | _filled_object(highlights=done.phrases)


def _education_object(study: Study) -> Object:
    level = next((known.intitule for known in cv_prompts().studies.niveaux if known.cle == study.level), "")
    score = compose.study_ending(study.state)
    words = _filled_object(institution=study.school, area=study.title, studyType=level, score=score)
    return words | _dates_object(study.period) | _filled_object(location=_filled_object(city=study.town))


def _language_object(language: Language) -> Object:
    name = next((known.nom for known in cv_prompts().languages.langues if known.cle == language.key), language.label)
    level = compose.language_level(language)
    told = regex.fullmatch(r"(.+) \((.+)\)", name) if not language.key and not level else None
    return _filled_object(language=told[1], fluency=told[2]) if told else _filled_object(language=name, fluency=level)
