"""Reads and writes what the PDF of a CV carries so that it reopens: the printed words of the page, nothing else.

Whoever receives the CV can extract this from the PDF. It therefore holds no identifier, no key of an answer (the kind
of an experience, the statements ticked for a language…) and nothing that this CV leaves out. Reading turns printed
words back into answers where they match our content, and keeps them as free text otherwise, so that the page stays the
same.
"""

from __future__ import annotations

from collections.abc import Iterator

from clicnjob import policy, text
from clicnjob.cv.document import compose, templates
from clicnjob.cv.document.page_content import Document, Section
from clicnjob.cv.document.printable import drawable_text, printable_document
from clicnjob.cv.exchange import fields
from clicnjob.cv.exchange.fields import BadFile, Object
from clicnjob.cv.exchange.json_resume import kind_of_title
from clicnjob.cv.model import aims, naming, periods, phrases
from clicnjob.cv.model.profile import (
    SECTION_KEYS,
    Certificate,
    Cv,
    Experience,
    Gap,
    Interest,
    Language,
    Period,
    PhotoShape,
    Profile,
    Quality,
    SectionKey,
    Study,
)
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.cv.model.study_words import StudyLevel, StudyStateWords
from clicnjob.errors import Refusal
from clicnjob.french import contact

_ENTRIES: tuple[SectionKey, ...] = ("experiences", "studies")
_FORMER_ENDING = " (non obtenu)"  # stood in the heading of earlier releases
_BETWEEN = "\u00a0: "  # separates a language from its level and a quality from its proof


def to_page_file(profile: Profile, cv: Cv) -> Object:
    """Return the texts that this CV prints, by their place on the page, with its model and colour."""
    shown, _ = printable_document(compose.compose_document(profile, cv))
    return {
        "model": shown.model,
        "colour": _colour_key(shown),
        "first_name": drawable_text(profile.first_name),
        "last_name": drawable_text(profile.last_name),
        "job_wanted": shown.job_wanted,
        "availability": shown.availability,
        "phone": drawable_text(contact.phone_shown(profile.phone)),
        "email": drawable_text(profile.email),
        "town": drawable_text(profile.town),
        "mobility": [line for line in map(drawable_text, profile.mobility) if line],
        "opening": list(shown.opening),
        "sections": [_section_object(section) for section in shown.sections],
        **({"photo_shape": shown.photo_shape} if cv.with_photo and shown.photo_shape else {}),
    }


def from_page_file(content: Object) -> tuple[Profile, Cv]:
    """Return the profile and the CV that print these texts. Raises BadFile for the first wrong field."""
    profile = Profile(
        first_name=fields.text_field(content, "first_name", "page", check=text.clean_name),
        last_name=fields.text_field(content, "last_name", "page", check=text.clean_name),
        phone=fields.text_field(content, "phone", "page", check=contact.phone_or_as_written),
        email=fields.text_field(content, "email", "page", check=contact.email_address),
        town=fields.text_field(content, "town", "page", check=contact.town_name),
        availability=fields.text_field(content, "availability", "page", check=text.clean_paragraph),
        mobility=fields.text_list_field(content, "mobility", "page", check=text.clean_line),
    )
    order: list[str] = []
    sections: list[SectionKey] = []
    for at, row in fields.row_fields(content, "sections", "page"):
        key = _section_key(row, at, before=sections)
        sections.append(key)
        order += _take_in(profile, key, row, at)
    job, aim = aims.parted_title(fields.text_field(content, "job_wanted", "page"))
    cv = Cv(
        job_wanted=job,
        aim=aim,
        opening=fields.text_list_field(content, "opening", "page"),
        model=fields.text_field(content, "model", "page"),
        colour=fields.text_field(content, "colour", "page"),
        photo_shape=_photo_shape(fields.text_field(content, "photo_shape", "page")),
    )
    cv.section_order = [*sections, *(key for key in cv.section_order if key not in sections)]
    cv.order = _needed_order(order, profile, cv)
    return profile, cv


def _colour_key(shown: Document) -> str:
    """Return the key of the page's colour ('' for the model's own), or '#rrggbb' if no colour has this value."""
    model = templates.template_by_key(shown.model)
    if shown.colour == model.accent_colour(""):
        return ""
    return next((colour.key for colour in model.colours if colour.hex == shown.colour), shown.colour)


def _photo_shape(said: str) -> PhotoShape:
    return "round" if said == "round" else "square" if said == "square" else ""


def _section_object(section: Section) -> Object:
    if section.key not in _ENTRIES:
        return {"key": section.key, "lines": list(section.lines)}
    entries = [
        {"heading": one.heading, "place": one.place, "when": one.when, "lines": list(one.lines)}
        for one in section.entries
    ]
    return {"key": section.key, "entries": entries}


def _section_key(row: Object, at: str, *, before: list[SectionKey]) -> SectionKey:
    said = fields.text_field(row, "key", at)
    for key in SECTION_KEYS:
        if key == said and key not in before:
            return key
    raise BadFile("ce n’est pas un des choix possibles, ou il sert deux fois.", fields.field_place(at, "key"))


def _take_in(profile: Profile, key: SectionKey, row: Object, at: str) -> Iterator[str]:
    """Add the items of one section to the profile and yield their ids in the order of the page."""
    if key not in _ENTRIES:
        lines = fields.text_list_field(row, "lines", at, check=_long_line)
        getattr(profile, key).extend(lines if key == "skills" else map(_FROM_LINE[key], lines))
        return
    for where, entry in fields.row_fields(row, "entries", at):
        item = _study_of(entry, where) if key == "studies" else _experience_of(entry, where)
        if isinstance(item, Gap):
            profile.gaps.append(item)
        else:
            getattr(profile, key).append(item)
        yield item.id


def _needed_order(order: list[str], profile: Profile, cv: Cv) -> list[str]:
    """Return the order of the page for those sections in which it differs from the order by date."""
    needed: list[str] = []
    for key in _ENTRIES:
        natural = [item_id for item_id, _ in compose.section_items(profile, key, cv)]
        printed = [item_id for item_id in order if item_id in natural]
        needed += printed if printed != natural else []
    return needed


def _long_line(said: str) -> str:
    return text.clean_line(said, most=policy.TEXT_LENGTH)


# --- From the printed words back to the answers


def _experience_of(entry: Object, at: str) -> Experience | Gap:
    title, period = fields.text_field(entry, "heading", at, check=_long_line), _period_of(entry, at)
    place, town = _place_and_town(entry, at)
    lines = fields.text_list_field(entry, "lines", at)
    sentences = (template for words in cv_prompts().gaps.values() for template in words.sur_le_cv)
    if not (place or lines) and any(phrases.is_said(template, title) for template in sentences):
        return Gap(text=title, period=period)
    named = [activity.cle for activity in cv_prompts().activities.values() if naming.is_title_of(activity, title)]
    return Experience(
        kind=kind_of_title(title),
        activity=named[0] if len(named) == 1 else "",
        title=title,
        place=place,
        town=town,
        period=period,
        phrases=lines,
    )


def _study_of(entry: Object, at: str) -> Study:
    heading, period = fields.text_field(entry, "heading", at, check=_long_line), _period_of(entry, at)
    printed = fields.text_field(entry, "place", at, check=_long_line)
    place, ending = _without_ending(printed)
    study = _study_said(heading)
    if heading.endswith(_FORMER_ENDING) and (former := _study_said(heading.removesuffix(_FORMER_ENDING))).state:
        study, ending = former, former.state
    if compose.study_precision(study.state) != compose.study_precision(ending):  # heading and place do not agree
        study, place = Study(title=heading), printed
    school, town = _split_place(place)
    return study.model_copy(update={"school": school, "town": town, "period": period})


def _without_ending(place: str) -> tuple[str, str]:
    """Return a place without what it says of how a study ended, and the key of that state, or ''."""
    for known in cv_prompts().studies.etats:
        if known.precision and place == known.precision[:1].upper() + known.precision[1:]:
            return "", known.cle
        if known.precision and place.endswith(f" ({known.precision})"):
            return place.removesuffix(f" ({known.precision})"), known.cle
    return place, ""


def _study_said(heading: str) -> Study:
    """Recover level, state and speciality from a heading such as « Niveau CAP Cuisine »."""
    offered = cv_prompts().studies
    states = sorted(offered.etats, key=lambda state: -len(state.sur_le_cv))
    levels = sorted(offered.niveaux, key=lambda level: -len(level.intitule))
    for state in states:
        before, _, after = state.sur_le_cv.partition("{intitule}")
        if not (before or after) or not (heading.startswith(before) and heading.endswith(after)):
            continue
        name = heading[len(before) : len(heading) - len(after)]
        for level in levels:
            if name.startswith(level.intitule) and (found := _checked_study(heading, level, state, name)):
                return found
    plain = next((level for level in levels if heading.startswith(level.intitule)), None)
    return (plain and _checked_study(heading, plain, None, heading)) or Study(title=heading)


def _checked_study(heading: str, level: StudyLevel, state: StudyStateWords | None, name: str) -> Study | None:
    title = name[len(level.intitule) :].strip()
    found = Study(level=level.cle, title=title, state=state.cle if state else "")
    return found if compose.study_heading(found) == heading else None


def _period_of(entry: Object, at: str) -> Period:
    said = fields.text_field(entry, "when", at)
    try:
        found = periods.typed_period(said)
    except Refusal:
        return Period(words=said)
    return found if periods.period_text(found) == said else Period(words=said)


def _place_and_town(entry: Object, at: str) -> tuple[str, str]:
    return _split_place(fields.text_field(entry, "place", at, check=_long_line))


def _split_place(said: str) -> tuple[str, str]:
    place, _, town = said.rpartition(", ")
    return (place, town) if place else (town, "")


def _certificate_of(line: str) -> Certificate:
    for permit in sorted(cv_prompts().permits.values(), key=lambda known: -len(known.sur_le_cv)):
        if line == permit.sur_le_cv or line.startswith(f"{permit.sur_le_cv}, "):
            return Certificate(key=permit.cle, detail=line[len(permit.sur_le_cv) :].removeprefix(", "))
    return Certificate(label=line)


def _language_of(line: str) -> Language:
    offered = cv_prompts().languages
    name, _, said = line.rpartition(_BETWEEN) if _BETWEEN in line else (line, "", "")
    level = next((one.cle for one in offered.niveaux if said and one.sur_le_cv.lower() == said.lower()), "")
    found = Language(
        key=next((known.cle for known in offered.langues if known.nom == name), ""),
        label=name,
        can_do=[question.cle for question in offered.questions if level and question.niveau == level],
    )
    return found if compose.language_line(found) == line else Language(label=line)


def _quality_of(line: str) -> Quality:
    label, _, proof = line.partition(_BETWEEN)
    names = {name: one.cle for one in cv_prompts().qualities.values() for name in (one.nom_m, one.nom_f)}
    found = Quality(key=names.get(label[:1].lower() + label[1:], ""), label=label, proof=proof)
    return found if compose.quality_line(found) == line else Quality(label=line)


def _interest_of(line: str) -> Interest:
    for known in cv_prompts().interests.values():
        if any(phrases.is_said(template, line) for template in known.details):
            return Interest(key=known.cle, label=known.nom, detail=line)
    return Interest(label=line)


_FROM_LINE = {
    "certificates": _certificate_of,
    "languages": _language_of,
    "qualities": _quality_of,
    "interests": _interest_of,
}
