"""Finds the known words that a typed word may mean, and how surely: same, same family, same sound, typo, prefix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from clicnjob.jobs.folding import masculine_singular, singular_form, sound_key, word_family
from clicnjob.jobs.index import NOT, Index
from clicnjob.jobs.noise import is_implausible, is_noise
from clicnjob.jobs.reading import Word

_SAME, _SAME_BASE, _SAME_SOUND, _SAME_FAMILY = 1.0, 0.97, 0.9, 0.66
_FAMILY_OF_KNOWN = 0.4  # « livreur » is known: « livre » is hardly meant
_MISTYPED, _MISHEARD, _CUT = 0.92, 0.86, 0.74
_BESIDE = 0.9  # share of the best degree below which a typo candidate is dropped
_MOST = 12  # known words kept per typed word
_SHORTEST_MISTYPED, _SHORTEST_MISHEARD, _SHORTEST_CUT = 4, 5, 3
_VERB_LIKE = ("é", "és")  # « bouché » for « boucher » sounds the same, but folding drops the accent
_OPEN_E = ("èr", "ér", "ère", "air")  # « sekretèr » for « secrétaire »: here the r is pronounced


@dataclass(frozen=True)
class Likeness:
    """A known word, in the form of the index, and how surely it was meant (0 to 1)."""

    known: str
    degree: float


def word_likenesses(word: Word, index: Index) -> list[Likeness]:
    """Return the known words that a word may mean, the surest first; empty if it resembles none."""
    mark = NOT if word.denied else ""
    found: dict[str, float] = {}
    if word.key in index.postings:
        found[word.key] = _SAME
    for known in index.by_base.get(mark + masculine_singular(word.folded), ()):
        found.setdefault(known, _SAME_BASE)
    sure = bool(found)
    if word.typed.lower().endswith(_VERB_LIKE):
        for known in index.by_sound.get(mark + sound_key(word.folded + "r"), ()):
            found[known] = max(found.get(known, 0.0), _SAME_SOUND)
    if word.typed.lower().endswith(_OPEN_E):
        for known in index.by_sound.get(mark + sound_key(word.folded.removesuffix("e") + "e"), ()):
            found[known] = max(found.get(known, 0.0), _SAME_SOUND)
    kin = word_family(word.folded)
    if len(kin) >= 4:
        for known in index.by_family.get(mark + kin, ()):
            found.setdefault(known, _FAMILY_OF_KNOWN if sure else _SAME_FAMILY)
    if not sure and not (
        is_off_topic(word, index) or is_noise(word.folded) or is_implausible(word.folded, index.threes)
    ):
        _guess_meanings(word, mark, found, index)
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:_MOST]
    return [Likeness(known, degree) for known, degree in ordered]


def is_off_topic(word: Word, index: Index) -> bool:
    """Tell whether a word is known and is not about jobs. It is then spelt right, so no other word is guessed."""
    typed = word.typed.lower()
    return (
        typed in index.refusals.off_words
        if typed.endswith(_VERB_LIKE)
        else singular_form(word.folded) in index.refusals.off_words
    )


def _guess_meanings(word: Word, mark: str, found: dict[str, float], index: Index) -> None:
    said = sound_key(word.folded)
    if len(said) >= 3 or len(word.folded) <= 3:
        for known in index.by_sound.get(mark + said, ()):
            found[known] = max(found.get(known, 0.0), _SAME_SOUND if len(said) >= 3 else 0.7)
    if mark:
        return
    if len(word.folded) >= _SHORTEST_MISTYPED:
        _add_mistyped(word.folded, said, found, index)
    for known, degree in list(found.items()):
        for sibling in index.by_base.get(mark + masculine_singular(known), ()):
            found[sibling] = max(found.get(sibling, 0.0), degree)
    if len(said) >= _SHORTEST_MISHEARD and not found:
        found.update(_misheard_words(said, index))
    if len(word.folded) >= _SHORTEST_CUT and not found:
        for known in index.beginning_with(word.folded, _MOST):
            found[known] = _CUT * (0.7 + 0.3 * len(word.folded) / len(known))


def _misheard_words(said: str, index: Index) -> Iterator[tuple[str, float]]:
    """Yield known words that differ by one sound: « plobié » for « plombier »."""
    for length in range(len(said) - 1, len(said) + 2):
        choices = index.sounds_by_length.get(length, ())
        for near, distance, _ in process.extract(said, choices, scorer=OSA.distance, score_cutoff=1, limit=4):
            for known in index.by_sound[near]:
                yield known, _MISHEARD * (1 - distance / len(said))


def _add_mistyped(word: str, said: str, found: dict[str, float], index: Index) -> None:
    near = _mistyped_words(word, said, index)
    nearest = max([*found.values(), *(degree for _, degree in near)], default=0.0)
    for known, degree in near:
        if degree >= _BESIDE * nearest:
            found[known] = max(found.get(known, 0.0), degree)


def _mistyped_words(word: str, said: str, index: Index) -> list[tuple[str, float]]:
    """Return known words a few keystrokes away; distant ones only if they also sound similar."""
    allowed = 1 if len(word) <= 6 else 2 if len(word) <= 9 else 3
    near = []
    for length in range(len(word) - allowed, len(word) + allowed + 1):
        choices = index.by_length.get(length, ())
        for known, distance, _ in process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=6):
            apart = OSA.distance(said, sound_key(known), score_cutoff=3)
            if distance > 1 and apart > 2 or word[0] != known[0] and said[:1] != sound_key(known)[:1] and distance > 1:
                continue
            likeness = 1 - (0.65 * distance + 0.35 * min(apart, 3)) / max(len(word), len(known))
            near.append((index.feminines.get(known, known), _MISTYPED * likeness))
    return near
