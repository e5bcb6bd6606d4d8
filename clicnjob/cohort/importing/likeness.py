"""Whether two descriptions may be of the same person, and why, as advisers compare lists by hand.

A name alone is shared by many, so a birth month or a telephone that differs counts against it. Nothing is decided here: a
professional reads the reason and decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from clicnjob import text

_PARTS = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
_LEAST_MISTYPED = 4  # letters: « Ali » and « Ila » are two names, « Diallo » and « Dialo » rarely
_GENDERED = re.compile(
    r"(?:e|a|n|ne|na|ette)"
)  # endings that make another first name: Louis and Louise, Julie and Julien
_LETTERS = str.maketrans({"y": "i", "q": "k", "z": "s"})
_WRITTEN = {"i": "iy", "k": "kq", "s": "sz", "f": "fp", "u": "uo"}  # first sound → how `_spoken_name` found it written


class SpokenName(NamedTuple):
    """A name without accents, spaces and hyphens (« jeanpierre »), and how it sounds."""

    letters: str
    sound: str

    def first_letters(self) -> frozenset[str]:
        """Return the letters with which a name begins that `_is_mistyped` may take for this one; none for an empty name."""
        first = self.sound[:1]
        return frozenset((*self.letters[:1], *_WRITTEN.get(first, first), "h")) if self.letters else frozenset()


@dataclass(frozen=True)
class Description:
    """What is compared of a person. `birth_month` is "YYYY-MM" and `phone` in E.164, both may be ''."""

    first_name: str
    last_name: str
    birth_month: str = ""
    phone: str = ""

    @cached_property
    def first(self) -> SpokenName:
        """Return the first name as it is compared."""
        return _spoken_name("".join(self._name_words[0]))

    @cached_property
    def last(self) -> SpokenName:
        """Return the last name as it is compared."""
        return _spoken_name("".join(self._name_words[1]))

    @cached_property
    def parts(self) -> frozenset[str]:
        """Return the words of both names, in no order."""
        return frozenset((*self._name_words[0], *self._name_words[1]))

    @cached_property
    def _name_words(self) -> tuple[list[str], list[str]]:
        return _name_parts(self.first_name), _name_parts(self.last_name)

    def shared_keys(self) -> set[str]:
        """Return what two descriptions share if they may be of one person: by names and telephone, or within a month.

        They are texts and not kept: of twenty thousand people, a tuple for each costs more than making it again.
        """
        first, last, month = self.first, self.last, self.birth_month
        found = {f"{first.sound} {last.letters[:1]}", f"{last.sound} {first.letters[:1]}", " ".join(sorted(self.parts))}
        if self.phone:
            found.add(self.phone)
        if month:
            initials = "".join(sorted((first.letters[:1], last.letters[:1])))
            found.update(f"{month} {part}" for part in self.parts)
            found.add(f"{month}/{initials}")
        return found


class KnownLikeness(NamedTuple):
    """In French where somebody alike is known from, and why they are alike; their account, '' for a line of a list."""

    where: str
    why: str
    account_id: str = ""


class KnownPeople:
    """The people to compare with, found by what they share, so that a long list is not compared pair by pair."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[tuple[Description, str, str]]] = defaultdict(list)

    def add_person(self, known: Description, where: str, account_id: str = "") -> None:
        """Add somebody; `where` says in French where they are known from."""
        entry = (known, where, account_id)
        for key in known.shared_keys():
            self._by_key[key].append(entry)

    def people_alike(self, one: Description) -> Iterator[KnownLikeness]:
        """Yield each known person who may be this one, once."""
        seen: set[int] = set()
        groups = (self._by_key.get(key, []) for key in sorted(one.shared_keys()))
        for group in sorted(groups, key=len):
            for known, where, account_id in group:
                if id(known) in seen or _cannot_be_one(one, known):
                    continue
                seen.add(id(known))
                if why := likeness_reason(one, known):
                    yield KnownLikeness(where, why, account_id)


def _cannot_be_one(one: Description, other: Description) -> bool:
    """Whether both months are known and differ, and no telephone says otherwise: most of those who share a name."""
    return bool(
        one.birth_month
        and other.birth_month
        and one.birth_month != other.birth_month
        and (not one.phone or one.phone != other.phone)
    )


def likeness_reason(one: Description, other: Description) -> str:
    """Return in French why the two may be the same person, or ''."""
    month, phone = _same_or_other(one.birth_month, other.birth_month), _same_or_other(one.phone, other.phone)
    if month == "autre" and phone != "même":
        return ""
    named = _name_likeness(one, other, same_phone=phone == "même", sure="même" in (month, phone))
    if not named.startswith("même nom") and month != "même" and phone == "autre":
        return ""
    if not named and (month, phone) != ("même", "même"):
        return ""
    said = {
        named: bool(named),
        "même téléphone": phone == "même",
        "même mois de naissance": month == "même",
        "mais un autre mois de naissance": month == "autre",
    }
    return ", ".join(words for words, holds in said.items() if holds)


def _same_or_other(one: str, other: str) -> str:
    """Return « même », « autre », or '' when one of the two is not known."""
    if not one or not other:
        return ""
    return "même" if one == other else "autre"


def _name_likeness(one: Description, other: Description, *, same_phone: bool, sure: bool) -> str:
    """Return how the names are alike, or ''. `sure` is whether a telephone or a month says so too."""
    if (one.first, one.last) == (other.first, other.last):
        return "même nom"
    if (one.first, one.last) == (other.last, other.first) or one.parts == other.parts:
        return "même nom, dans un autre ordre"
    for first, last in ((other.first, other.last), (other.last, other.first)):
        if _is_mistyped(one.last, last) and _same_first(one.first, first, same_phone=same_phone):
            return "noms presque pareils"
    small, large = sorted((one.parts, other.parts), key=len)
    if sure and len(small) > 1 and small < large:
        return "un nom ou un prénom de plus"
    return "même prénom" if same_phone and _is_mistyped(one.first, other.first) else ""


def _same_first(one: SpokenName, other: SpokenName, *, same_phone: bool) -> bool:
    """Whether one first name may be the other mistyped. An ending that makes another first name is no mistake."""
    return _is_mistyped(one, other) and (same_phone or not _is_other_name(one.letters, other.letters))


def _is_other_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and _GENDERED.fullmatch(long[len(short) :]):
        return True
    return len(one) == len(other) and one[:-1] == other[:-1] and one != other and {one[-1], other[-1]} <= set("aeo")


def _is_mistyped(one: SpokenName, other: SpokenName) -> bool:
    """Whether two words are the same, sound the same, or differ by one letter or two that changed places."""
    here, there = one.letters, other.letters
    if here == there:
        return True
    if min(len(here), len(there)) < _LEAST_MISTYPED:
        return False
    return one.sound == other.sound or (here[0] == there[0] and _one_letter_apart(here, there))


def _one_letter_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or _is_swapped(left, right)


def _is_swapped(left: str, right: str) -> bool:
    return len(left) > 1 and left[:2] == right[1::-1] and left[2:] == right[2:]


def _spoken_name(word: str) -> SpokenName:
    """Return a word with how it sounds, roughly: « mohammed » and « mohamed », « sarah » and « sara » are one."""
    plain = word.replace("ph", "f").replace("ou", "u").translate(_LETTERS).replace("h", "")
    return SpokenName(word, _DOUBLED.sub(r"\1", plain))


def _name_parts(name: str) -> list[str]:
    return _PARTS.findall(text.fold_text(name))
