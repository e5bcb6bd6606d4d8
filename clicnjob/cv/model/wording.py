"""Finds and replaces the texts of a CV that the person may have typed, for proofreading and its corrections."""

from __future__ import annotations

from collections.abc import Iterator

from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.proofreading import spelling
from clicnjob.works import WorkBody

# These fields hold a person's words; keys, dates and ids do not.
_FIELDS = (
    "first_name", "last_name", "town", "title", "text", "label", "proof", "detail", "place", "school",
    "availability", "job_wanted",
)  # fmt: skip
_LISTS = ("phrases", "skills", "opening", "mobility")
_ITEMS = ("experiences", "studies", "certificates", "qualities", "interests", "gaps")


def typed_texts(profile: Profile, cv: Cv) -> tuple[str, ...]:
    """Return every text once, in the order of the profile, hidden ones included."""
    return tuple(dict.fromkeys(text for body in _text_bodies(profile, cv) for text in _texts_of_body(body) if text))


def known_names(profile: Profile) -> frozenset[str]:
    """Return words that are right because they are names of the person or of places."""
    named = (profile.first_name, profile.last_name, *town_names(profile), *place_names(profile))
    return frozenset(word for text in named for word in text.split() if not _is_usual_fault(word.lower()))


def town_names(profile: Profile) -> frozenset[str]:
    """Return the names of towns as typed."""
    work, school = (each.town for each in profile.experiences), (each.town for each in profile.studies)
    return frozenset(filter(None, (profile.town, *work, *school)))


def place_names(profile: Profile) -> frozenset[str]:
    """Return the names of employers, clubs and schools as typed."""
    employers = (each.place for each in profile.experiences)
    return frozenset(filter(None, (*employers, *(each.school for each in profile.studies))))


def replace_text(profile: Profile, cv: Cv, before: str, after: str) -> None:
    """Replace `before` by `after` in place wherever it is a whole text."""
    for body in _text_bodies(profile, cv):
        for field in _FIELDS:
            if getattr(body, field, None) == before:
                setattr(body, field, after)
        for field in _LISTS:
            if before in getattr(body, field, ()):
                setattr(body, field, [after if text == before else text for text in getattr(body, field)])


def _is_usual_fault(word: str) -> bool:
    """Tell whether a word in a name is a usual word that lacks accents: it is no name then (« college »)."""
    return word in spelling.wrong_words() or bool(spelling.accents_only(word))


def _text_bodies(profile: Profile, cv: Cv) -> Iterator[WorkBody]:
    yield cv
    yield profile
    for items in _ITEMS:
        yield from getattr(profile, items)


def _texts_of_body(body: WorkBody) -> Iterator[str]:
    for field in _FIELDS:
        yield getattr(body, field, "")
    for field in _LISTS:
        yield from getattr(body, field, ())


def lower_first_letter(text: str) -> str:
    """Lower the first letter, unless the first word is in capitals (« ATSEM »)."""
    first = text.split(" ")[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]
