"""Searches jobs from a wish in a person's own words and says why each was found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.conditions import read_conditions
from clicnjob.jobs.folding import masculine_singular
from clicnjob.jobs.index import NOT, Index, Phrase
from clicnjob.jobs.likeness import Likeness, word_likenesses
from clicnjob.jobs.query import Query, read_query
from clicnjob.jobs.reading import Wish, Word, read_wish
from clicnjob.jobs.refusing import SAID, WishRefusal, refusal_of_wish
from clicnjob.jobs.situations import Situation
from clicnjob.jobs.support import SupportFound, find_support, read_plea

Tier = Literal["found", "did_you_mean", "nothing", "refused"]

CODES_GIVEN = 10
_FOUND, _GUESSED = 0.5, 0.3  # least score of a sure answer, and of a guess
_COVER = 1.5  # exponent that penalises a phrase of which only a part was written
_EMPTY_SHARE = 0.1  # share of its weight that an empty word keeps in a wish
_DENIED_SHARE = 0.4  # share that a negated word keeps when something else is wanted
_FOREIGN = 0.35  # most that words not understood may weigh, as a share of those understood
_SENTENCE, _NAMED, _NAMED_AT_LEAST = 4, 0.7, 0.1  # content words, sureness and score of a job named in a sentence
_UNKNOWN = 0.33  # rarity of a word that resembles nothing known
_WHOLE = 0.35  # share of the score that comes from one whole phrase
_SAME = 1.0  # bonus for the codes of a phrase written word for word
_NOT_SAID = 0.99  # highest score of a wish that matches no phrase word for word
_REASON = 0.2  # least strength of a word for it to be shown as the reason
_NEAR, _NEAR_NEXT = 0.3, 0.85  # share passed on to the nearest job, and factor for each next one
_DENIED = 0.9  # share of the score that a negated word removes
_TAIL = 0.12  # least score of a code, as a share of the best
_RANKS = (1.0, 0.86, 0.76, 0.68, 0.62, 0.57, 0.53, 0.5)
_CODE = re.compile(r"\b([A-N]) ?(\d{4})\b")  # reading a wish parts the letter from the digits
AND_THE_JOB = "Et le travail\u00a0? Dis un lieu, une matière ou un geste."
NOTHING = "On n’a pas trouvé. Essaie avec un lieu, une matière ou un geste."


@dataclass(frozen=True)
class Match:
    """One everyday job found: its codes in order, the reason (« parce que tu as écrit … »), and a score from 0 to 1."""

    category: Category
    codes: tuple[str, ...]
    because: str
    score: float


@dataclass(frozen=True)
class SearchAnswer:
    """The answer to a wish. `codes` are ROME parent codes in order; `said` is shown when there are no jobs.

    `support` is set when the wish tells of a situation of distress: it says whom to turn to. `notes` are shown above the
    jobs: one sentence for each condition of the wish (« la nuit »).
    """

    matches: tuple[Match, ...]
    tier: Tier
    codes: tuple[str, ...]
    said: str = ""
    support: Situation | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _CodeSupport:
    scores: dict[str, float]
    written: dict[str, set[str]]
    strongest: dict[str, float] = field(default_factory=dict)  # by code, how surely one word alone leads there


def search_jobs(query: Query, *, index: Index, limit: int = 5) -> SearchAnswer:
    """Return the jobs nearest to a wish, at most `limit`, or whom to turn to. It accepts any query and never raises."""
    plea = read_plea(query)
    if support := find_support(plea):
        return _answer_distress(support, index, limit)
    answer = _search_with_conditions(query, index, limit)
    if answer.tier != "found" and (support := find_support(plea, last_resort=True)):
        return _answer_distress(support, index, limit)
    return answer


def _search_with_conditions(query: Query, index: Index, limit: int) -> SearchAnswer:
    """Search for what is wished beside the conditions, or for the whole wish where nothing else is named."""
    read = read_conditions(query)
    names_more = bool(read.conditions) and any(not word.empty for word in read_wish(read.rest, index).words)
    if names_more and (beside := _search_jobs(read.rest, index, limit)).tier == "found":
        return replace(beside, notes=read.sentences)
    whole = _search_jobs(query, index, limit)
    if read.conditions and not names_more and not whole.matches:
        return SearchAnswer((), "nothing", (), f"{read.sentences[0]} {AND_THE_JOB}")
    return replace(whole, notes=read.sentences) if whole.matches else whole


def code_scores(wish: Wish, *, index: Index) -> dict[str, float]:
    """Return the score of each code that a wish leads to in an index of any phrases (`index.index_phrases`)."""
    same = [index.phrases[number] for number in index.exact.get(wish.as_typed, ())]
    return _code_support(wish.words, same, index).scores


def _answer_distress(found: SupportFound, index: Index, limit: int) -> SearchAnswer:
    """Answer with support.

    A grave situation never gets a job; for others (a criminal record), a job named in the wish is answered too.
    """
    wishes = found.situation.metiers and found.wishes_a_job
    if wishes and (answer := _search_with_conditions(read_query(found.rest), index, limit)).tier == "found":
        return replace(answer, said=found.situation.said, support=found.situation)
    return SearchAnswer((), "refused", (), found.situation.said, found.situation)


def _search_jobs(query: Query, index: Index, limit: int) -> SearchAnswer:
    if codes := _typed_codes(query, index):
        return _answer_codes(codes, index, limit)
    wish = read_wish(query, index)
    same = [index.phrases[number] for number in index.exact.get(wish.as_typed, ())]
    evidence = _code_support(wish.words, same, index)
    _give_a_reason(query.typed, same, evidence)
    best = max(evidence.scores.values(), default=0.0)
    if refusal := refusal_of_wish(wish, index, SAID if same else min(best, _NOT_SAID)):
        return _refused_answer(refusal)
    if best < _GUESSED and not _is_named_in_sentence(wish, best, evidence):
        return SearchAnswer((), "nothing", (), NOTHING)
    scores = _with_near(evidence.scores, index)
    ordered = sorted(scores, key=lambda code: (-scores[code], code))
    codes = tuple(code for code in ordered if scores[code] >= _TAIL * best)[:CODES_GIVEN]
    tier: Tier = "found" if best >= _FOUND else "did_you_mean"
    return SearchAnswer(_job_matches(codes, scores, evidence, index, limit), tier, codes)


def _is_named_in_sentence(wish: Wish, best: float, evidence: _CodeSupport) -> bool:
    """Tell whether one word of a long sentence surely names the best job, so that its other words don't hide it."""
    told = sum(not word.empty for word in wish.words)
    surest = max((sure for code, sure in evidence.strongest.items() if evidence.scores[code] == best), default=0.0)
    return told >= _SENTENCE and surest >= _NAMED and best >= _NAMED_AT_LEAST


def _typed_codes(query: Query, index: Index) -> tuple[str, ...]:
    """Return the ROME codes written in a wish (« N1103 », « code rome g1602 ») that a sheet has, in order."""
    typed = (word.folded.upper() for word in query.words)
    return tuple(
        code for code in dict.fromkeys(map("".join, _CODE.findall(" ".join(typed)))) if code in index.catalogue.by_code
    )


def _answer_codes(codes: tuple[str, ...], index: Index, limit: int) -> SearchAnswer:
    written = {code: {code} for code in codes}
    evidence = _CodeSupport(dict.fromkeys(codes, 1.0), written)
    scores = _with_near(evidence.scores, index)
    ordered = (*codes, *sorted(scores.keys() - set(codes), key=lambda code: (-scores[code], code)))[:CODES_GIVEN]
    return SearchAnswer(_job_matches(ordered, scores, evidence, index, limit), "found", ordered)


def _refused_answer(refusal: WishRefusal) -> SearchAnswer:
    return SearchAnswer((), "nothing" if refusal.kind == "vague" else "refused", (), refusal.sentence)


def _code_support(found: Sequence[Word], same: list[Phrase], index: Index) -> _CodeSupport:
    """Compute the score of each code, and the typed words that led to it.

    For each code, every typed word counts by its best phrase, and the best single phrase counts as a whole.
    """
    alike = [word_likenesses(word, index) for word in found]
    shares = _word_shares(found, alike, index)
    by_word: dict[tuple[str, int], float] = defaultdict(float)
    by_phrase: dict[str, float] = defaultdict(float)
    for number, degrees in _matched_phrases(alike, index).items():
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
        if not found[position].empty and strength > _REASON:
            written[code].add(found[position].typed)
    for code, together in by_phrase.items():
        scores[code] += _WHOLE * together
    _take_off_denied(found, scores, by_word, index)
    for phrase in same:
        for rank, code in zip(_RANKS, phrase.codes, strict=False):
            scores[code] += _SAME * rank * phrase.weight
    return _CodeSupport(dict(scores), dict(written), dict(strongest))


def _give_a_reason(text: str, same: list[Phrase], evidence: _CodeSupport) -> None:
    """Show the whole wish as the reason if it matches a phrase made of function words only (« un truc simple »)."""
    for phrase in same:
        for code in phrase.codes:
            if not evidence.written.get(code):
                evidence.written[code] = {text.strip()}


def _word_shares(found: Sequence[Word], alike: list[list[Likeness]], index: Index) -> list[float]:
    """Return the share of the wish that each word carries: a rare word tells more, an empty word hardly anything."""
    wanted = any(not word.denied and not word.empty for word in found)
    weights = []
    for word, known in zip(found, alike, strict=True):
        rarity = (
            index.rarity[masculine_singular(known[0].known.lstrip(NOT))] if known else 0.0 if word.denied else _UNKNOWN
        )
        weights.append(rarity * (_EMPTY_SHARE if word.empty else _DENIED_SHARE if word.denied and wanted else 1.0))
    told = any(known and not word.empty for word, known in zip(found, alike, strict=True))
    understood = sum(weight for weight, known in zip(weights, alike, strict=True) if known) if told else 0.0
    foreign = sum(weights) - understood
    if understood and foreign > _FOREIGN * understood:  # what was understood counts, however long the sentence
        cut = _FOREIGN * understood / foreign
        weights = [weight if known else weight * cut for weight, known in zip(weights, alike, strict=True)]
    total = sum(weights) or 1.0
    return [weight / total for weight in weights]


def _matched_phrases(alike: list[list[Likeness]], index: Index) -> dict[int, dict[int, tuple[float, float]]]:
    """Map each phrase to the typed words found in it: position in the wish → (share of the phrase, degree)."""
    matched: dict[int, dict[int, tuple[float, float]]] = {}
    for position, known in enumerate(alike):
        for likeness in known:
            for number, part in index.postings[likeness.known]:
                of_phrase = matched.setdefault(number, {})
                if position not in of_phrase or of_phrase[position][1] < likeness.degree:
                    of_phrase[position] = (part, likeness.degree)
    return matched


def _take_off_denied(
    found: Sequence[Word], scores: dict[str, float], by_word: dict[tuple[str, int], float], index: Index
) -> None:
    """Lower the scores that a negated word would have given: « pas de vente » lowers what « vente » leads to."""
    for position, word in enumerate(found):
        if word.denied and not word.empty:
            for number, part in index.postings.get(word.folded, ()):
                for code in index.phrases[number].codes[:3]:
                    if code in scores and part > 0.6 and by_word.get((code, position), 0.0) < _REASON:
                        scores[code] *= 1 - _DENIED * part


def _with_near(scores: dict[str, float], index: Index) -> dict[str, float]:
    """Add the neighbours of the best jobs, below the jobs that were meant."""
    enlarged = dict(scores)
    best = max(scores.values())
    for code in sorted(scores, key=lambda code: -scores[code])[:6]:
        for place, near in enumerate(index.catalogue.lexicon.near.get(code, ())):
            room = 1 - min(1.0, scores.get(near, 0.0) / best)
            enlarged[near] = enlarged.get(near, 0.0) + room * _NEAR * _NEAR_NEXT**place * scores[code]
    return enlarged


def _job_matches(
    codes: tuple[str, ...], scores: dict[str, float], evidence: _CodeSupport, index: Index, limit: int
) -> tuple[Match, ...]:
    """Group the codes by everyday job, in the order of the first code of each."""
    gathered: dict[str, list[str]] = {}
    for code in codes:
        if category := index.catalogue.by_code.get(code):
            gathered.setdefault(category.cle, []).append(code)
    first = next(iter(gathered), "")
    found = []
    for key, own in list(gathered.items())[:limit]:
        category = index.catalogue.by_key[key]
        typed = frozenset[str]().union(*(evidence.written.get(code, ()) for code in own))
        near = index.catalogue.by_key[first].nom_m
        found.append(Match(category, tuple(own), _reason_of_match(typed, near), min(1.0, scores[own[0]])))
    return tuple(found)


def _reason_of_match(typed: frozenset[str], near: str) -> str:
    if not typed:
        return f"parce que c’est proche de : {near}"
    return "parce que tu as écrit " + ", ".join(f"« {word} »" for word in sorted(typed))
