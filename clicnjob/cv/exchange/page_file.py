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
from clicnjob.cv.document.printable import drawn, printable
from clicnjob.cv.exchange import fields
from clicnjob.cv.exchange.fields import BadFile, Object
from clicnjob.cv.exchange.json_resume import kind_of_title
from clicnjob.cv.model import periods, phrases
from clicnjob.cv.model.profile import (
    SECTION_KEYS,
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
from clicnjob.cv.model.prompts import StudyLevel, StudyStateWords, prompts
from clicnjob.errors import Refusal
from clicnjob.french import contact

_ENTRIES: tuple[SectionKey, ...] = ("experiences", "studies")
_BETWEEN = "\u00a0: "  # separates a language from its level and a quality from its proof


def to_page_file(profile: Profile, cv: Cv) -> Object:
    """Return the texts that this CV prints, by their place on the page, with its model and colour."""
    shown, _ = printable(compose.compose(profile, cv))
    return {
        "model": shown.model,
        "colour": _colour(shown),
        "first_name": drawn(profile.first_name),
        "last_name": drawn(profile.last_name),
        "job_wanted": shown.job_wanted,
        "availability": shown.availability,
        "phone": drawn(contact.phone_shown(profile.phone)),
        "email": drawn(profile.email),
        "town": drawn(profile.town),
        "mobility": [line for line in map(drawn, profile.mobility) if line],
        "opening": list(shown.opening),
        "sections": [_section(section) for section in shown.sections],
    }


def from_page_file(content: Object) -> tuple[Profile, Cv]:
    """Return the profile and the CV that print these texts. Raises BadFile for the first wrong field."""
    profile = Profile(
        first_name=fields.words(content, "first_name", "page", check=text.name),
        last_name=fields.words(content, "last_name", "page", check=text.name),
        phone=fields.words(content, "phone", "page", check=contact.phone_or_as_written),
        email=fields.words(content, "email", "page", check=contact.email),
        town=fields.words(content, "town", "page", check=contact.town),
        availability=fields.words(content, "availability", "page", check=text.paragraph),
        mobility=fields.lines(content, "mobility", "page", check=text.line),
    )
    order: list[str] = []
    sections: list[SectionKey] = []
    for at, row in fields.rows(content, "sections", "page"):
        key = _key(row, at, before=sections)
        sections.append(key)
        order += _take_in(profile, key, row, at)
    cv = Cv(
        job_wanted=fields.words(content, "job_wanted", "page"),
        opening=fields.lines(content, "opening", "page"),
        model=fields.words(content, "model", "page"),
        colour=fields.words(content, "colour", "page"),
    )
    cv.section_order = [*sections, *(key for key in cv.section_order if key not in sections)]
    cv.order = _needed(order, profile, cv)
    return profile, cv


def _colour(shown: Document) -> str:
    """Return the key of the page's colour ('' for the model's first), or '#rrggbb' if the model has no key for it."""
    first, *others = templates.template(shown.model).colours
    named = {first.hex: ""} | {colour.hex: colour.key for colour in others}
    return named.get(shown.colour, shown.colour)


def _section(section: Section) -> Object:
    if section.key not in _ENTRIES:
        return {"key": section.key, "lines": list(section.lines)}
    entries = [
        {"heading": one.heading, "place": one.place, "when": one.when, "lines": list(one.lines)}
        for one in section.entries
    ]
    return {"key": section.key, "entries": entries}


def _key(row: Object, at: str, *, before: list[SectionKey]) -> SectionKey:
    said = fields.words(row, "key", at)
    for key in SECTION_KEYS:
        if key == said and key not in before:
            return key
    raise BadFile("ce n’est pas un des choix possibles, ou il sert deux fois.", fields.place(at, "key"))


def _take_in(profile: Profile, key: SectionKey, row: Object, at: str) -> Iterator[str]:
    """Add the items of one section to the profile and yield their ids in the order of the page."""
    if key not in _ENTRIES:
        lines = fields.lines(row, "lines", at, check=_long_line)
        getattr(profile, key).extend(lines if key == "skills" else map(_FROM_LINE[key], lines))
        return
    for where, entry in fields.rows(row, "entries", at):
        item = _study(entry, where) if key == "studies" else _done(entry, where)
        if isinstance(item, Gap):
            profile.gaps.append(item)
        else:
            getattr(profile, key).append(item)
        yield item.id


def _needed(order: list[str], profile: Profile, cv: Cv) -> list[str]:
    """Return the order of the page for those sections in which it differs from the order by date."""
    needed: list[str] = []
    for key in _ENTRIES:
        natural = [item_id for item_id, _ in compose.items(profile, key, cv)]
        printed = [item_id for item_id in order if item_id in natural]
        needed += printed if printed != natural else []
    return needed


def _long_line(said: str) -> str:
    return text.line(said, most=policy.TEXT_LENGTH)


# --- From the printed words back to the answers


def _done(entry: Object, at: str) -> Experience | Gap:
    title, period = fields.words(entry, "heading", at, check=_long_line), _period(entry, at)
    place, town = _place_and_town(entry, at)
    lines = fields.lines(entry, "lines", at)
    sentences = (template for words in prompts().gaps.values() for template in words.sur_le_cv)
    if not (place or lines) and any(phrases.is_said(template, title) for template in sentences):
        return Gap(text=title, period=period)
    named = [activity.cle for activity in prompts().activities.values() if title in activity.intitules]
    return Experience(
        kind=kind_of_title(title),
        activity=named[0] if len(named) == 1 else "",
        title=title,
        place=place,
        town=town,
        period=period,
        phrases=lines,
    )


def _study(entry: Object, at: str) -> Study:
    school, town = _place_and_town(entry, at)
    heading, period = fields.words(entry, "heading", at, check=_long_line), _period(entry, at)
    return _study_said(heading).model_copy(update={"school": school, "town": town, "period": period})


def _study_said(heading: str) -> Study:
    """Recover level, state and speciality from a heading such as « Niveau CAP Cuisine (non obtenu) »."""
    offered = prompts().studies
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


def _period(entry: Object, at: str) -> Period:
    said = fields.words(entry, "when", at)
    try:
        found = periods.period(said)
    except Refusal:
        return Period(words=said)
    return found if periods.shown(found) == said else Period(words=said)


def _place_and_town(entry: Object, at: str) -> tuple[str, str]:
    place, _, town = fields.words(entry, "place", at, check=_long_line).rpartition(", ")
    return (place, town) if place else (town, "")


def _certificate(line: str) -> Certificate:
    for permit in sorted(prompts().permits.values(), key=lambda known: -len(known.sur_le_cv)):
        if line == permit.sur_le_cv or line.startswith(f"{permit.sur_le_cv}, "):
            return Certificate(key=permit.cle, detail=line[len(permit.sur_le_cv) :].removeprefix(", "))
    return Certificate(label=line)


def _language(line: str) -> Language:
    offered = prompts().languages
    name, _, said = line.rpartition(_BETWEEN) if _BETWEEN in line else (line, "", "")
    level = next((one.cle for one in offered.niveaux if said and one.sur_le_cv.lower() == said.lower()), "")
    found = Language(
        key=next((known.cle for known in offered.langues if known.nom == name), ""),
        label=name,
        can_do=[question.cle for question in offered.questions if level and question.niveau == level],
    )
    return found if compose.language_line(found) == line else Language(label=line)


def _quality(line: str) -> Quality:
    label, _, proof = line.partition(_BETWEEN)
    names = {name: one.cle for one in prompts().qualities.values() for name in (one.nom_m, one.nom_f)}
    found = Quality(key=names.get(label[:1].lower() + label[1:], ""), label=label, proof=proof)
    return found if compose.quality_line(found) == line else Quality(label=line)


def _interest(line: str) -> Interest:
    for known in prompts().interests.values():
        if any(phrases.is_said(template, line) for template in known.details):
            return Interest(key=known.cle, label=known.nom, detail=line)
    return Interest(label=line)


_FROM_LINE = {
    "certificates": _certificate,
    "languages": _language,
    "qualities": _quality,
    "interests": _interest,
}
