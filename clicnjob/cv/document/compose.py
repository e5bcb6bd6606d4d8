"""Composes the page: from a profile and the choices of one CV to a `Document` in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from clicnjob.cv.document import templates
from clicnjob.cv.document.mobility import mobility_texts
from clicnjob.cv.document.page_content import Document, Entry, Layout, Section
from clicnjob.cv.model import aims, job_changes, levels, naming, periods, relevance, rereading
from clicnjob.cv.model.profile import (
    Certificate,
    Cv,
    Experience,
    Gap,
    Interest,
    Language,
    Period,
    Profile,
    Quality,
    SectionKey,
    Study,
)
from clicnjob.cv.model.prompts import Prompts, cv_prompts
from clicnjob.french import contact

UNNAMED_STUDY = "Formation"
Dated = TypeVar("Dated", Experience, Study, Experience | Gap)

_COLLEGE = frozenset(("college", "troisieme", "troisieme-prepa-metiers", "dnb", "cfg"))  # data/prompts/etudes.yaml
TITLES: dict[SectionKey, str] = {
    "skills": "Compétences",
    "experiences": "Expériences",
    "studies": "Formation",
    "certificates": "Permis et certificats",
    "languages": "Langues",
    "qualities": "Qualités",
    "interests": "Centres d’intérêt",
}


def compose_document(profile: Profile, cv: Cv, *, photo: bytes | None = None) -> Document:
    """Return the page of this CV, in reading order.

    An unknown model, for example from another installation's file, is replaced by the first one.
    """
    known = {model.key: model for model in templates.all_templates()}
    model = known.get(cv.model, templates.all_templates()[0])
    shown = (key for key in section_order(profile, cv) if key not in cv.hidden)
    sections = tuple(s for key in shown if (s := _composed_section(key, profile, cv)))
    return Document(
        name=f"{rereading.name_shown(profile.first_name, cv)} {profile.last_name.upper()}".strip(),
        job_wanted=aims.page_title(cv),
        availability=profile.availability,
        contact=_contact_lines(profile),
        opening=tuple(line for line in cv.opening if line),
        sections=sections,
        model=model.key,
        colour=model.accent_colour(cv.colour),
        photo=photo if cv.with_photo else None,
        photo_shape=cv.photo_shape,
    )


def section_order(profile: Profile, cv: Cv) -> tuple[SectionKey, ...]:
    """Return every section in the order of the page, hidden ones included.

    In an order that the person did not choose, any experience comes before studies that are no more than collège.
    """
    keys = [*dict.fromkeys((*cv.section_order, *TITLES))]
    ahead = keys.index("studies") < keys.index("experiences")
    if ahead and job_changes.is_offered_order(cv.section_order) and profile.experiences and _is_college_alone(profile):
        keys.remove("studies")
        keys.insert(keys.index("experiences") + 1, "studies")
    return tuple(keys)


def _is_college_alone(profile: Profile) -> bool:
    return all(study.level in _COLLEGE for study in profile.studies)


def section_items(profile: Profile, key: SectionKey, cv: Cv) -> tuple[tuple[str, str], ...]:
    """Return the items of one section as (id, label), in the order of this CV, hidden ones included.

    An item that has nothing to print is left out.
    """
    return tuple((item_id, label) for item_id, label, _ in _labelled_items(profile, key, cv) if label)


def language_level(language: Language) -> str:
    """Return the level as printed on the page, computed from the ticked statements; '' if none is ticked."""
    reached = levels.reached_level(language.can_do)
    return next((level.sur_le_cv for level in cv_prompts().languages.niveaux if level.cle == reached), "")


def study_heading(study: Study, words: Prompts | None = None) -> str:
    """Return the study as it can truthfully be printed: « Niveau CAP Cuisine » when the diploma was missed."""
    offered = (words or cv_prompts()).studies
    level = next((level.intitule for level in offered.niveaux if level.cle == study.level), "")
    title = study.title[:1].upper() + study.title[1:]
    name = title if title.lower().startswith(level.lower()) else f"{level} {title}".strip()
    if not name and (study.school or study.town or study.state or study.period != Period()):
        name = UNNAMED_STUDY
    template = next((state.sur_le_cv for state in offered.etats if state.cle == study.state), "{intitule}")
    return template.format(intitule=name) if name else ""


def study_ending(state: str) -> str:
    """Return what the page adds in brackets about how a study ended (« diplôme non obtenu »), or '' if nothing."""
    words = next((known for known in cv_prompts().studies.etats if known.cle == state), None)
    return (words.precision or words.sur_le_cv.partition("(")[2].rstrip(")")) if words else ""


def study_precision(state: str) -> str:
    """Return what is printed beside the school about how a study ended, or ''."""
    return next((known.precision for known in cv_prompts().studies.etats if known.cle == state), "")


def study_place(study: Study) -> str:
    """Return where a study was, and what must be said of its end: « Lycée Rabelais, Lyon (diplôme non obtenu) »."""
    where = _joined_parts(study.school, study.town)
    ending = study_precision(study.state)
    if not ending or not study_heading(study):
        return where
    return f"{where} ({ending})" if where else ending[:1].upper() + ending[1:]


def certificate_line(certificate: Certificate, words: Prompts | None = None) -> str:
    """Format a certificate as « CACES R489, catégorie 3, 2024 »."""
    permit = (words or cv_prompts()).permits.get(certificate.key)
    name = permit.sur_le_cv if permit else certificate.label
    return ", ".join(part for part in (name, certificate.detail) if part)


def language_line(language: Language) -> str:
    """Format a language as « Arabe : niveau intermédiaire (B1) »."""
    words = cv_prompts()
    name = next((known.nom for known in words.languages.langues if known.cle == language.key), language.label)
    level = language_level(language)
    return f"{name}\u00a0: {level[0].lower()}{level[1:]}" if level else name


def quality_line(quality: Quality) -> str:
    """Format a quality as « Ponctuelle : jamais en retard pendant un stage »."""
    words = cv_prompts().qualities.get(quality.key)
    label = quality.label or (words.nom_m.capitalize() if words else "")
    return (
        f"{label}\u00a0: {quality.proof[0].lower()}{quality.proof[1:]}"
        if label and quality.proof
        else label or quality.proof
    )


def _contact_lines(profile: Profile) -> tuple[str, ...]:
    phone = contact.phone_shown(profile.phone)
    return tuple(text for text in (phone, profile.email, profile.town, *mobility_texts(profile.mobility)) if text)


def _composed_section(key: SectionKey, profile: Profile, cv: Cv) -> Section | None:
    shown = [
        (label, item)
        for item_id, label, item in _labelled_items(profile, key, cv)
        if item_id not in cv.hidden and label
    ]
    if not shown:
        return None
    if key in ("experiences", "studies"):
        entries = tuple(_composed_entry(label, item) for label, item in shown)
        return Section(key, TITLES[key], "entries", entries=entries)
    layout: Layout = "tags" if key == "skills" else "lines"
    return Section(key, TITLES[key], layout, lines=tuple(label for label, _ in shown))


def _composed_entry(label: str, item: object) -> Entry:
    if isinstance(item, Experience):
        return Entry(label, _joined_parts(item.place, item.town), periods.period_text(item.period), tuple(item.phrases))
    if isinstance(item, Study):
        return Entry(label, study_place(item), periods.period_text(item.period))
    if isinstance(item, Gap):
        return Entry(label, when=periods.period_text(item.period))
    return Entry(label)


def _joined_parts(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _labelled_items(profile: Profile, key: SectionKey, cv: Cv) -> list[tuple[str, str, object]]:
    found = list(_natural_order(profile, key, cv.job_wanted))
    place = {item_id: position for position, item_id in enumerate(cv.order)}
    return sorted(found, key=lambda row: place.get(row[0], len(place)))


def _natural_order(profile: Profile, key: SectionKey, job: str) -> Iterable[tuple[str, str, object]]:
    """Yield (id, label, item) in the default order of the page."""
    match key:
        case "skills":
            return ((skill, skill, skill) for skill in profile.skills)
        case "experiences":
            return ((item.id, _experience_label(item), item) for item in _experiences_in_order(profile, job))
        case "studies":
            return ((study.id, study_heading(study), study) for study in _newest_first(profile.studies))
        case "certificates":
            return ((item.id, certificate_line(item), item) for item in profile.certificates)
        case "languages":
            return ((item.id, language_line(item), item) for item in profile.languages)
        case "qualities":
            return ((item.id, quality_line(item), item) for item in profile.qualities)
        case "interests":
            return ((item.id, _interest_line(item), item) for item in profile.interests)


def _experiences_in_order(profile: Profile, job: str) -> list[Experience | Gap]:
    """Return those that speak for the wanted job first, then the newest."""
    dated: list[Experience | Gap] = [*profile.experiences, *profile.gaps]
    return relevance.relevant_first(_newest_first(dated), job)


def newest_experiences_first(profile: Profile) -> tuple[str, ...]:
    """Return the ids of experiences and gaps by date alone: an order that a person may prefer."""
    dated: list[Experience | Gap] = [*profile.experiences, *profile.gaps]
    return tuple(item.id for item in _newest_first(dated))


def _newest_first(dated: Iterable[Dated]) -> list[Dated]:
    return sorted(dated, key=lambda item: _recency_key(item.period))


def _recency_key(period: Period) -> tuple[int, int, int]:
    return periods.sort_key(period)


def _experience_label(item: Experience | Gap) -> str:
    return item.text if isinstance(item, Gap) else naming.title_shown(item)


def _interest_line(interest: Interest) -> str:
    words = cv_prompts().interests.get(interest.key)
    return interest.detail or interest.label or (words.nom if words else "")
