"""The texts of a CV that the person may have typed: where proofreading looks, and what a correction replaces."""

from __future__ import annotations

from collections.abc import Iterator

from clicnjob.cv.profile import Cv, Profile
from clicnjob.works import Body

# The fields that hold a person's words, by kind of item; keys, dates and identifiers are not words.
_FIELDS = ("title", "text", "label", "proof", "detail", "availability", "job_wanted")
_LISTS = ("phrases", "skills", "opening")
_ITEMS = ("experiences", "studies", "certificates", "qualities", "interests", "gaps")


def texts(profile: Profile, cv: Cv) -> tuple[str, ...]:
    """Every text once, in the order of the profile, hidden ones too."""
    return tuple(dict.fromkeys(text for body in _bodies(profile, cv) for text in _texts(body) if text))


def names(profile: Profile) -> frozenset[str]:
    """Words that are right because they are names: of the person, of places."""
    places = (part for e in profile.experiences for part in (e.place, e.town))
    schools = (part for s in profile.studies for part in (s.school, s.town))
    named = (profile.first_name, profile.last_name, profile.town, *places, *schools)
    return frozenset(word for text in named for word in text.split())


def replace(profile: Profile, cv: Cv, before: str, after: str) -> None:
    """Put `after` wherever a whole text is `before`, in place."""
    for body in _bodies(profile, cv):
        for field in _FIELDS:
            if getattr(body, field, None) == before:
                setattr(body, field, after)
        for field in _LISTS:
            if before in getattr(body, field, ()):
                setattr(body, field, [after if text == before else text for text in getattr(body, field)])


def _bodies(profile: Profile, cv: Cv) -> Iterator[Body]:
    yield cv
    yield profile
    for items in _ITEMS:
        yield from getattr(profile, items)


def _texts(body: Body) -> Iterator[str]:
    for field in _FIELDS:
        yield getattr(body, field, "")
    for field in _LISTS:
        yield from getattr(body, field, ())
