"""Searches jobs from a wish in a person's own words and says why each was found."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.conditions import ReadConditions, known_conditions, read_conditions
from clicnjob.jobs.index import Index, Phrase
from clicnjob.jobs.likeness import word_likenesses
from clicnjob.jobs.query import Query, read_query
from clicnjob.jobs.reading import Wish, read_wish
from clicnjob.jobs.refusing import SAID, WishRefusal, refusal_of_wish
from clicnjob.jobs.scoring import ScoredCodes, denied_codes, score_codes, with_neighbours
from clicnjob.jobs.situations import Situation
from clicnjob.jobs.support import SupportFound, find_support, read_plea

Tier = Literal["found", "did_you_mean", "nothing", "refused"]

CODES_GIVEN = 10
_FOUND, _GUESSED = 0.5, 0.25  # least score of a sure answer, and of a guess
_SENTENCE, _NAMED, _NAMED_AT_LEAST = 3, 0.6, 0.1  # content words, sureness and score of a job named in a sentence
_NOT_SAID = 0.99  # highest score of a wish that matches no phrase word for word
_TAIL = 0.18  # least score of a code, as a share of the best
_RULED_OUT = 0.35  # share of its score that a job keeps which a condition rules out
# Most, as a share of the best, for a job that fits the conditions and was not named, beside a sure answer and a guess.
_FITS_BESIDE, _FITS_ALONE = 0.3, 0.9
_IDLE = ("vague", "bruit")  # kinds of refusal that a denial alone looks like
_TOLD = 1  # content words beside an own situation from which more than the situation is told
_OPEN_TO_ALL = "sans-diplome"  # condition whose jobs anybody may begin
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


def search_jobs(query: Query, *, index: Index, limit: int = 5) -> SearchAnswer:
    """Return the jobs nearest to a wish, at most `limit`, or whom to turn to. It accepts any query and never raises."""
    plea = read_plea(query)
    if support := find_support(plea):
        return _answer_distress(support, query, index, limit)
    answer = _search_with_conditions(query, index, limit)
    if answer.tier != "found" and (support := find_support(plea, last_resort=True)):
        if answer.matches and (support.wishes_a_job or answer.notes):  # a long tale sounds heavy, and ends with a wish
            return replace(answer, said=support.situation.said, support=support.situation)
        return _answer_distress(support, query, index, limit)
    return answer


def _search_with_conditions(query: Query, index: Index, limit: int) -> SearchAnswer:
    """Search what is wished beside the conditions and put what fits them first."""
    read = read_conditions(query)
    if not read.conditions:
        return _search_jobs(query, index, limit)
    if _is_whole_phrase(query, index):
        whole = _search_jobs(query, index, limit)
        return replace(whole, notes=read.sentences) if whole.matches else whole
    return _search_fitting(read, query, index, limit)


def _is_whole_phrase(query: Query, index: Index) -> bool:
    """Tell whether a wish is written word for word in the word files, which then say best what it means."""
    typed = read_wish(query, index).as_typed
    return typed in index.exact or typed in index.refusals.whole


def _search_fitting(read: ReadConditions, query: Query, index: Index, limit: int) -> SearchAnswer:
    """Search beside the conditions; where nothing is named there, answer with what fits them."""
    beside_said = any(len(word.folded) > 2 for word in read.rest.words)
    refusal = refusal_of_wish(read_wish(read.rest, index), index, 0.0) if beside_said else None
    if refusal and refusal.kind != "vague":
        return _search_jobs(query, index, limit, read)
    names_more = _names_something(read.rest, index)
    if names_more and (beside := _search_jobs(read.rest, index, limit, read)).matches:
        return replace(beside, notes=read.sentences)
    if read.fitting:
        return replace(_answer_fitting(read, index, limit), notes=read.sentences)
    whole = _search_jobs(query, index, limit, read)
    if read.sentences and not whole.matches and not names_more:
        return SearchAnswer((), "nothing", (), f"{read.sentences[0]} {AND_THE_JOB}")
    return replace(whole, notes=read.sentences) if whole.matches else whole


def _names_something(rest: Query, index: Index) -> bool:
    """Tell whether a wish names anything: a word that some phrase surely knows, and that is no function word or number."""
    return any(
        not (word.empty or word.aside)
        and not word.folded.isdigit()
        and any(one.degree >= _NAMED for one in word_likenesses(word, index))
        for word in read_wish(rest, index).words
    )


def _answer_fitting(read: ReadConditions, index: Index, limit: int) -> SearchAnswer:
    """Answer with the jobs that fit the conditions alone."""
    codes = read.fitting[:CODES_GIVEN]
    evidence = ScoredCodes({code: read.rate_code(code) for code in codes}, {code: set(read.typed) for code in codes})
    return SearchAnswer(_job_matches(codes, evidence.scores, evidence, index, limit), "found", codes)


def _answer_distress(found: SupportFound, query: Query, index: Index, limit: int) -> SearchAnswer:
    """Answer with support.

    A grave situation never gets a job; for others (a criminal record), who also wishes for work is answered too.
    """
    own = read_conditions(query)
    told = frozenset(read_plea(own.rest).words)
    beside = read_query(" ".join(word for word in found.rest.split() if word in told))
    read = ReadConditions(own.conditions, read_conditions(beside).rest, own.typed)
    names_more = _names_something(read.rest, index)
    tells_more = names_more or sum(not word.empty for word in read_wish(read.rest, index).words) >= _TOLD
    if found.situation.metiers_nommes and found.wishes_a_job and names_more:
        named = _search_jobs(read.rest, index, limit)
        if named.tier == "found":
            notes = _other_notes(found, read)
            return replace(named, said=found.situation.said, support=found.situation, notes=notes)
    if not found.situation.metiers or not (found.wishes_a_job or own.fitting and tells_more):
        return SearchAnswer((), "refused", (), found.situation.said, found.situation)
    beside_only = own.fitting and not names_more  # « n’importe quoi me va »
    answer = _answer_fitting(read, index, limit) if beside_only else _search_fitting(read, beside, index, limit)
    if answer.matches:
        return replace(answer, said=found.situation.said, support=found.situation, notes=_other_notes(found, read))
    return SearchAnswer((), "refused", (), found.situation.said, found.situation)


def _other_notes(found: SupportFound, read: ReadConditions) -> tuple[str, ...]:
    """Return the sentences of the conditions that the support does not say already."""
    return tuple(note for note in read.sentences if note != found.situation.phrase)


def _search_jobs(query: Query, index: Index, limit: int, conditions: ReadConditions | None = None) -> SearchAnswer:
    if codes := _typed_codes(query, index):
        return _answer_codes(codes, index, limit)
    wish = read_wish(query, index)
    same = [index.phrases[number] for number in index.exact.get(wish.as_typed, ())]
    evidence = score_codes(wish.words, same, index)
    _give_a_reason(query.typed, same, evidence)
    best = max(evidence.scores.values(), default=0.0)
    refusal = refusal_of_wish(wish, index, SAID if same else min(best, _NOT_SAID))
    if best < _GUESSED and (not refusal or refusal.kind in _IDLE) and (denied := _only_denied(wish, index)):
        return _answer_beside(denied, wish, index, limit)
    if refusal:
        return _refused_answer(refusal)
    if best < _GUESSED and not _is_named_in_sentence(wish, best, evidence):
        return SearchAnswer((), "nothing", (), NOTHING)
    scores = with_neighbours(evidence.scores, index)
    if conditions:
        share = _FITS_BESIDE if best >= _FOUND else _FITS_ALONE
        scores = _with_conditions(scores, conditions, evidence, share)
    ordered = sorted(scores, key=lambda code: (-scores[code], code))
    codes = tuple(code for code in ordered if scores[code] >= _TAIL * best)[:CODES_GIVEN]
    tier: Tier = "found" if best >= _FOUND else "did_you_mean"
    return SearchAnswer(_job_matches(codes, scores, evidence, index, limit), tier, codes)


def _only_denied(wish: Wish, index: Index) -> frozenset[str]:
    """Return the codes of what a wish rules out (« tout sauf la cuisine »), or nothing if it wishes for anything."""
    told = [word for word in wish.words if not word.empty]
    if not all(word.denied for word in told):
        return frozenset()
    return frozenset(code for word in told for code, share in denied_codes(word, index).items() if share)


def _answer_beside(denied: frozenset[str], wish: Wish, index: Index, limit: int) -> SearchAnswer:
    """Answer with jobs open to beginners, without those that the wish rules out."""
    open_to_all = next(one for one in known_conditions() if one.cle == _OPEN_TO_ALL)
    away = {index.catalogue.by_code[code].cle for code in denied if code in index.catalogue.by_code}
    kept = tuple(code for code in open_to_all.convient if index.catalogue.by_code[code].cle not in away)
    typed = frozenset(word.typed for word in wish.words if word.denied and not word.empty)
    read = ReadConditions((open_to_all.model_copy(update={"convient": kept}),), wish.query, typed)
    return _answer_fitting(read, index, limit)


def _with_conditions(
    scores: dict[str, float], conditions: ReadConditions, evidence: ScoredCodes, share: float
) -> dict[str, float]:
    """Raise what fits the conditions and lower what they rule out; what only fits gets a share of the best score."""
    best = max(scores.values())
    fitted = {
        code: score * (_RULED_OUT + (1 - _RULED_OUT) * 2 * conditions.rate_code(code)) for code, score in scores.items()
    }
    for code in conditions.fitting:
        unnamed = share * best * conditions.rate_code(code)
        if unnamed > fitted.get(code, 0.0):
            fitted[code] = unnamed
            evidence.written[code] = set(conditions.typed)
    return fitted


def _is_named_in_sentence(wish: Wish, best: float, evidence: ScoredCodes) -> bool:
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
    evidence = ScoredCodes(dict.fromkeys(codes, 1.0), written)
    scores = with_neighbours(evidence.scores, index)
    ordered = (*codes, *sorted(scores.keys() - set(codes), key=lambda code: (-scores[code], code)))[:CODES_GIVEN]
    return SearchAnswer(_job_matches(ordered, scores, evidence, index, limit), "found", ordered)


def _refused_answer(refusal: WishRefusal) -> SearchAnswer:
    return SearchAnswer((), "nothing" if refusal.kind == "vague" else "refused", (), refusal.sentence)


def _give_a_reason(text: str, same: list[Phrase], evidence: ScoredCodes) -> None:
    """Show the whole wish as the reason if it matches a phrase made of function words only (« un truc simple »)."""
    for phrase in same:
        for code in phrase.codes:
            if not evidence.written.get(code):
                evidence.written[code] = {text.strip()}


def _job_matches(
    codes: tuple[str, ...], scores: dict[str, float], evidence: ScoredCodes, index: Index, limit: int
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
