"""Puts into the answers what the owner of an old CV accepted, one thing at a time."""

from __future__ import annotations

from clicnjob import text
from clicnjob.cv.exchange import old_cv
from clicnjob.cv.exchange.json_resume import kind_of_title
from clicnjob.cv.exchange.old_cv import ContactField, FoundContact
from clicnjob.cv.exchange.old_cv_entries import DatedEntry
from clicnjob.cv.model.profile import Cv, Experience, Profile, Study
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.french import contact


def current_answer(profile: Profile, cv: Cv, field: ContactField) -> str:
    """Return what the answers say now of a field, as the page shows it."""
    match field:
        case "name":
            return f"{profile.first_name} {profile.last_name}".strip()
        case "phone":
            return contact.phone_shown(profile.phone)
        case "job":
            return cv.job_wanted
        case _:
            return str(getattr(profile, field))


def found_answer(found: FoundContact) -> str:
    """Return what was found as the page would show it."""
    if found.field == "name":
        return " ".join(old_cv.name_parts(found.value)).strip()
    return contact.phone_shown(found.value) if found.field == "phone" else found.value


def accept_contact(profile: Profile, cv: Cv, found: FoundContact) -> None:
    """Write one thing about the person into the answers, in place of what was there."""
    match found.field:
        case "name":
            profile.first_name, profile.last_name = old_cv.name_parts(found.value)
        case "job":
            cv.job_wanted = found.value
        case _:
            setattr(profile, found.field, found.value)


def accept_entry(profile: Profile, entry: DatedEntry, *, as_study: bool) -> None:
    """Add one dated entry to the answers, as an activity or as a study. No diploma is claimed."""
    if as_study:
        profile.studies.append(_study_of(entry))
        return
    profile.experiences.append(
        Experience(
            kind="benevolat" if entry.volunteering else kind_of_title(entry.title),
            title=entry.title,
            place=entry.place,
            town=entry.town,
            period=entry.period,
            phrases=list(entry.phrases),
        )
    )


def _study_of(entry: DatedEntry) -> Study:
    """Return the study; a title that begins with a known diploma takes its key, and keeps how it ended."""
    said = text.fold_text(entry.title)
    levels = sorted(cv_prompts().studies.niveaux, key=lambda level: -len(level.intitule))
    level = next((one for one in levels if f"{said} ".startswith(f"{text.fold_text(one.intitule)} ")), None)
    title = entry.title[len(level.intitule) :].strip(" -–:,") if level else entry.title
    state = entry.ending if level and entry.ending in level.etats else ""
    if entry.ending and not state:
        title = f"{title} ({entry.ending.replace('_', ' ')})".strip()
    return Study(
        level=level.cle if level else "",
        title=title,
        school=entry.place,
        town=entry.town,
        period=entry.period,
        state=state,
    )
