"""Scores ROME codes for a wish: every typed word counts by its best phrase, and the best phrase counts as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clicnjob.jobs.folding import masculine_singular
from clicnjob.jobs.index import NOT, Index, Phrase
from clicnjob.jobs.likeness import Likeness, word_likenesses
from clicnjob.jobs.reading import Wish, Word

REASON = 0.2  # least strength of a word for it to be shown as the reason
_COVER = 1.5  # exponent that penalises a phrase of which only a part was written
_EMPTY_SHARE = 0.1  # share of its weight that an empty word keeps in a wish
_DENIED_SHARE = 0.4  # share that a negated word keeps when something else is wanted
_FOREIGN = 0.35  # most that words not understood may weigh, as a share of those understood
_ASIDE_SHARE = 0.4  # share that a word of the tale around a wish keeps
_KNOWN = 0.95  # a word is certain from this degree
_GUESSED_BELOW, _GUESSED = (
    0.8,
    0.4,
)  # a word is a guess below the first; beside a certain word it keeps the second of its weight
_UNKNOWN = 0.33  # rarity of a word that resembles nothing known
_WHOLE = 0.35  # share of the score that comes from one whole phrase
_SAME = 1.0  # bonus for the codes of a phrase written word for word
_NEAR, _NEAR_NEXT = 0.3, 0.85  # share passed on to the nearest job, and factor for each next one
_NEAR_FULL = 0.6  # share of the best score from which a job gains nothing from its neighbours
_DENIED = 0.9  # share of the score that a negated word removes
_DENIED_PART = 0.5  # least share of a phrase that negated words alone must make up
_LEFT = 0.3  # least share of the best score that negated words must leave
_DENIED_RANKS = (1.0, 0.7, 0.4)
_DENIED_SURE = 0.9  # degree of likeness from which a negated word takes off
_RANKS = (1.0, 0.86, 0.76, 0.68, 0.62, 0.57, 0.53, 0.5)


@dataclass(frozen=True)
class ScoredCodes:
    """What speaks for each ROME code: its score, and the typed words that led there."""

    scores: dict[str, float]
    written: dict[str, set[str]]
    strongest: dict[str, float] = field(default_factory=dict)  # by code, how surely one word alone leads there


def code_scores(wish: Wish, *, index: Index) -> dict[str, float]:
    """Return the score of each code that a wish leads to in an index of any phrases (`index.index_phrases`)."""
    same = [index.phrases[number] for number in index.exact.get(wish.as_typed, ())]
    return score_codes(wish.words, same, index).scores


def score_codes(found: Sequence[Word], same: list[Phrase], index: Index) -> ScoredCodes:
    """Compute the score of each code, and the typed words that led to it.

    For each code, every typed word counts by its best phrase, and the best single phrase counts as a whole.
    """
    alike = [word_likenesses(word, index) for word in found]
    shares = _word_shares(found, alike, index)
    by_word: dict[tuple[str, int], float] = defaultdict(float)
    by_phrase: dict[str, float] = defaultdict(float)
    for number, degrees in _matched_phrases(found, alike, index).items():
        phrase = index.phrases[number]
        covered = min(1.0, sum(part for part, _ in degrees.values())) ** _COVER * phrase.weight
        together = covered * sum(shares[position] * degree for position, (_, degree) in degrees.items())
        for rank, code in zip(_RANKS, phrase.codes, strict=False):
            by_phrase[code] = max(by_phrase[code], together * rank)
            for position, (_, degree) in degrees.items():
                by_word[code, position] = max(by_word[code, position], covered * degree * rank)
    scores: dict[str, float] = defaultdict(float)
    written: dict[str, set[str]] = defaultdict(set)
    strongest: dict[str, float] = defaultdict(float)
    for (code, position), strength in by_word.items():
        scores[code] += (1 - _WHOLE) * shares[position] * strength
        if not (found[position].empty or found[position].denied):
            strongest[code] = max(strongest[code], strength)
        if not found[position].empty and strength > REASON:
            written[code].add(found[position].typed)
    for code, together in by_phrase.items():
        scores[code] += _WHOLE * together
    _take_off_denied(found, scores, by_word, index)
    for phrase in same:
        for rank, code in zip(_RANKS, phrase.codes, strict=False):
            scores[code] += _SAME * rank * phrase.weight
    return ScoredCodes(dict(scores), dict(written), dict(strongest))


def _word_shares(found: Sequence[Word], alike: list[list[Likeness]], index: Index) -> list[float]:
    """Return the share of the wish that each word carries: a rare word tells more, an empty word hardly anything."""
    wanted = any(not word.denied and not word.empty for word in found)
    weights = []
    for word, known in zip(found, alike, strict=True):
        rarity = (
            index.rarity[masculine_singular(known[0].known.lstrip(NOT))] if known else 0.0 if word.denied else _UNKNOWN
        )
        weights.append(
            rarity
            * (_EMPTY_SHARE if word.empty else _DENIED_SHARE if word.denied and wanted else 1.0)
            * (_ASIDE_SHARE if word.aside else 1.0)
        )
    if any(
        known and known[0].degree >= _KNOWN and not (word.empty or word.aside)
        for word, known in zip(found, alike, strict=True)
    ):
        weights = [
            weight * (_GUESSED if known and known[0].degree < _GUESSED_BELOW else 1.0)
            for weight, known in zip(weights, alike, strict=True)
        ]
    told = any(known and not word.empty for word, known in zip(found, alike, strict=True))
    understood = sum(weight for weight, known in zip(weights, alike, strict=True) if known) if told else 0.0
    foreign = sum(weights) - understood
    if understood and foreign > _FOREIGN * understood:  # what was understood counts, however long the sentence
        cut = _FOREIGN * understood / foreign
        weights = [weight if known else weight * cut for weight, known in zip(weights, alike, strict=True)]
    total = sum(weights) or 1.0
    return [weight / total for weight in weights]


def _matched_phrases(
    found: Sequence[Word], alike: list[list[Likeness]], index: Index
) -> dict[int, dict[int, tuple[float, float]]]:
    """Map each phrase to the typed words found in it: position in the wish → (share of the phrase, degree)."""
    matched: dict[int, dict[int, tuple[float, float]]] = {}
    for position, known in enumerate(alike):
        for likeness in known:
            for number, part in index.postings[likeness.known]:
                of_phrase = matched.setdefault(number, {})
                if position not in of_phrase or of_phrase[position][1] < likeness.degree:
                    of_phrase[position] = (part, likeness.degree)
    return {
        number: degrees
        for number, degrees in matched.items()
        # « pas coder » alone is no « apprendre même si je sais pas coder »
        if sum(part for part, _ in degrees.values()) >= _DENIED_PART or not all(found[at].denied for at in degrees)
    }


def _take_off_denied(
    found: Sequence[Word], scores: dict[str, float], by_word: dict[tuple[str, int], float], index: Index
) -> None:
    """Lower the scores that a negated word would have given, unless hardly anything would be left."""
    lowered = dict(scores)
    for position, word in enumerate(found):
        if word.denied and not word.empty:
            for code, share in denied_codes(word, index).items():
                if code in scores and by_word.get((code, position), 0.0) < REASON:
                    lowered[code] *= 1 - _DENIED * share
    if max(lowered.values(), default=0.0) >= _LEFT * max(scores.values(), default=0.0):
        scores.update(lowered)


def denied_codes(word: Word, index: Index) -> dict[str, float]:
    """Return the codes that a word would lead to if it were not negated, and how surely."""
    found: dict[str, float] = {}
    for likeness in word_likenesses(replace(word, denied=False), index):
        if likeness.degree >= _DENIED_SURE:
            for number, part in index.postings[likeness.known]:
                for rank, code in zip(_DENIED_RANKS, index.phrases[number].codes, strict=False):
                    found[code] = max(found.get(code, 0.0), part * rank if part > 0.6 else 0.0)
    return found


def with_neighbours(scores: dict[str, float], index: Index) -> dict[str, float]:
    """Add the neighbours of the best jobs, below the jobs that were meant."""
    enlarged = dict(scores)
    best = max(scores.values())
    for code in sorted(scores, key=lambda code: -scores[code])[:6]:
        for place, near in enumerate(index.catalogue.near_codes.get(code, ())):
            room = 1 - min(1.0, enlarged.get(near, 0.0) / (_NEAR_FULL * best))
            enlarged[near] = enlarged.get(near, 0.0) + room * _NEAR * _NEAR_NEXT**place * scores[code]
    return enlarged
