"""What gets no job for an answer: insults, noise, what cannot be offered, distress, and wishes that say nothing yet."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from clicnjob.jobs.catalogue import Refused, Unanswered
from clicnjob.jobs.folding import singular, sound, words
from clicnjob.jobs.index import Index, bare
from clicnjob.jobs.reading import Word, spelled_out

_EXACT = 0.95  # below, something was guessed, and a mistyped insult is likelier
_SURE = 0.88  # above, a wish that only resembles a refused one is answered
_SHORTEST_HEARD = 5  # letters of the shortest insult known by its sound
_LETTERS_A_SLIP = 7  # a mistyped refused phrase may differ by one key for so many letters
_GRAVEST: tuple[Refused, ...] = ("detresse", "insulte", "sensible", "juron", "bruit", "vague")
_ALWAYS, _UNLESS_SURE = ("detresse", "insulte"), ("sensible", "juron")
_LONGEST = 6  # words of the longest refused phrase looked for inside a wish
SAID = 1.0  # the score of a phrase written word for word
NOISE = "Écris un métier, un lieu ou ce que tu aimes faire, avec tes mots."


@dataclass(frozen=True)
class Unanswerable:
    """Why there is no job, and what the person reads instead."""

    kind: Refused
    sentence: str


def unanswerable(text: str, found: list[Word], index: Index, best: float) -> Unanswerable | None:
    """The refusal that a wish calls for, or None; `best` is the score of the best job found without it."""
    written = [singular(word) for word in words(text)]
    spelled = [singular(word) for word in spelled_out(text, index)]
    for form in (tuple(written), tuple(spelled)):
        if one := index.refused.get(form) or (best < _SURE and index.refused_bare.get(bare(form))):
            return _of(one)
    if best >= SAID:
        return None
    if not found:
        return Unanswerable("bruit", NOISE) if not written else Unanswerable("vague", NOISE)
    inside = _inside(written, index)
    if inside and (inside.sorte in _ALWAYS or inside.sorte in _UNLESS_SURE and best < _SURE):
        return _of(inside)
    alike = None if _all_known(found, index) else _alike(written, index) or _alike(spelled, index)
    if alike and best < (_EXACT if alike.sorte == "insulte" else _SURE):
        return _of(alike)
    if all(word.empty for word in found) and best < _SURE:
        return Unanswerable("vague", NOISE)
    return None


def _all_known(found: list[Word], index: Index) -> bool:
    """Whether every word is one that the catalogue knows as it is: « agent » is no mistyped « argent »."""
    return all(word.key in index.postings for word in found)


def _of(one: Unanswered) -> Unanswerable:
    return Unanswerable(one.sorte, one.phrase)


def _inside(written: list[str], index: Index) -> Unanswered | None:
    """The gravest refused phrase that the wish contains."""
    found = []
    for start in range(len(written)):
        for end in range(start + 1, min(start + _LONGEST, len(written)) + 1):
            if one := index.refused.get(tuple(written[start:end])) or _insult_by_sound(written[start:end], index):
                found.append(one)
    return min(found, key=lambda one: _GRAVEST.index(one.sorte), default=None)


def _insult_by_sound(part: list[str], index: Index) -> Unanswered | None:
    """« conard » is heard as it is meant; a word that the catalogue knows is not."""
    if len("".join(part)) < _SHORTEST_HEARD or all(word in index.postings for word in part):
        return None
    one = index.refused_sounds.get(" ".join(map(sound, part)))
    return one if one and one.sorte == "insulte" else None


def _alike(written: list[str], index: Index) -> Unanswered | None:
    """A refused phrase that sounds the same or is one key away."""
    if one := index.refused_sounds.get(" ".join(map(sound, written))):
        return one
    joined = " ".join(written)
    if len(joined) < 5:
        return None
    slips = max(1, len(joined) // _LETTERS_A_SLIP)
    near = process.extractOne(joined, index.refused_texts, scorer=OSA.distance, score_cutoff=slips)
    return index.refused[tuple(near[0].split())] if near else None
