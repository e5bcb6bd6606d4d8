"""Recognises people in distress from what they type, and says whom to call, before any job is searched.

Situations are data (data/portes): phrases of plain words, `{group}` names, and « … » for up to eight words. Words are
compared without accents, by sound, and with one typo, since a person in distress does not check spelling. A wish about
others (« aider les femmes battues ») is no distress.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from clicnjob import content
from clicnjob.jobs.folding import sound_key
from clicnjob.jobs.query import Query
from clicnjob.jobs.situations import Situation, read_situations
from clicnjob.text import fold_text

_WORD = re.compile(r"[a-z]+|\d+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_GAP = "…"
_ONESELF = frozenset(("me", "m", "moi", "mon", "ma", "mes"))
_LONGEST_GAP = 8  # words that « … » may stand for
_MOST_PASSED = 3  # function words skipped between two words of a phrase
_MOST_WORDS = 40
_STUCK = "mjldnst"  # first letters of « m’, j’, l’, d’, n’, s’, t’ » written without apostrophe
_SHORTEST_HEARD = 3  # sounds of the shortest word recognised by sound
_SHORTEST_TALE = 6  # words of the shortest wish that may match a last resort
_SHORTEST_MISTYPED = 6  # letters of the shortest word recognised with one typo


@dataclass(frozen=True)
class SupportFound:
    """A situation recognised in a wish; `rest` is the wish without the words that matched.

    `wishes_a_job`: the person also says that they want to do something.
    """

    situation: Situation
    rest: str
    wishes_a_job: bool


Phrase = tuple[str, ...]  # words, « {group} » and « … »


PhraseIndex = Mapping[str, tuple[tuple[int, Phrase], ...]]  # first word → (place among the phrases, phrase)


@dataclass(frozen=True)
class _Patterns:
    """The phrases of one situation, split into words; `whole` without the words to skip, the others by first word."""

    situation: Situation
    whole: frozenset[Phrase]
    inside: PhraseIndex
    unless: PhraseIndex
    ignored: PhraseIndex


@dataclass(frozen=True)
class _Vocabulary:
    """What a typed word may stand for: words and groups of the phrases, by spelling, prefix and sound."""

    exact: Mapping[str, frozenset[str]]
    beginnings: tuple[tuple[str, str], ...]
    sounds: Mapping[tuple[str, str], frozenset[str]]
    long_words: tuple[str, ...]


@dataclass(frozen=True)
class _Reader:
    patterns: tuple[_Patterns, ...]
    vocabulary: _Vocabulary
    passed: frozenset[str]
    for_others: frozenset[str]
    wishing: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Plea:
    """A wish read for distress: its words, pronouns included, and the words and groups that each may stand for."""

    words: tuple[str, ...]
    meanings: tuple[frozenset[str], ...]
    passed: frozenset[str]


def find_support(wish: Plea, *, last_resort: bool = False) -> SupportFound | None:
    """Return the gravest situation that a wish tells of, or None. It never raises.

    With `last_resort`, distressing words alone are enough; use it when no job was found.
    """
    reader = _support_reader()
    if last_resort and len(wish.words) < _SHORTEST_TALE:
        return None
    every = frozenset().union(*wish.meanings)
    written = _words_without(wish.words, wish.passed)  # nothing is guessed here, since « esport » is not « escort »
    about_others = not reader.for_others.isdisjoint(wish.words) and _ONESELF.isdisjoint(wish.words)
    for one in reader.patterns:
        if one.situation.dernier_recours is not last_resort:
            continue
        if _find_first(one.unless, wish, every):
            continue
        if written in one.whole:
            return SupportFound(one.situation, "", False)
        heard = _leave_out(one.ignored, wish)
        every_heard = frozenset().union(*heard.meanings)
        may_be_theirs = one.situation.pour_les_autres or not about_others
        if may_be_theirs and (place := _find_first(one.inside, heard, every_heard)):
            rest = heard.words[: place[0]] + heard.words[place[1] :]
            said = wish.words if last_resort else rest
            return SupportFound(one.situation, " ".join(rest), not reader.wishing.isdisjoint(said))
    return None


def read_plea(query: Query) -> Plea:
    """Read a query for distress. Pronouns stay (« m’a » gives « m », « a ») and short spellings are expanded."""
    reader = _support_reader()
    typed = _WORD.findall(_STRETCHED.sub(r"\1", query.folded))[:_MOST_WORDS]
    words = tuple(word for one in typed for word in _word_parts(one, reader))
    return Plea(words, tuple(_word_meanings(word, reader.vocabulary) for word in words), reader.passed)


@content.loaded_once
def support_situations() -> tuple[Situation, ...]:
    """Return the situations of this installation, read once. Raises ContentMistakes."""
    return tuple(one.situation for one in _support_reader().patterns)


@content.loaded_once
def _support_reader() -> _Reader:
    situations, groups = read_situations()
    passed = frozenset(groups.passe)
    patterns = tuple(
        _Patterns(
            one,
            frozenset(_words_without(phrase, passed) for phrase in _cut_phrases(one.seuls)),
            _by_first_word(_cut_phrases(one.phrases)),
            _by_first_word(_cut_phrases(one.sauf)),
            _by_first_word(_cut_phrases(one.ignorer)),
        )
        for one in situations
    )
    written = [
        phrase for one in situations for phrase in _cut_phrases((*one.seuls, *one.phrases, *one.sauf, *one.ignorer))
    ]
    return _Reader(
        patterns,
        _phrase_vocabulary(written, groups.groupes),
        passed,
        frozenset(groups.pour_les_autres),
        frozenset(groups.souhaiter),
        {short: tuple(whole.split()) for short, whole in groups.ecritures.items()},
    )


def _cut_phrases(phrases: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(word if word[0] in "{…" else fold_text(word) for word in phrase.split()) for phrase in phrases)


def _words_without(words: Sequence[str], passed: frozenset[str]) -> Phrase:
    return tuple(word for word in words if word not in passed)


def _by_first_word(phrases: Iterable[Phrase]) -> PhraseIndex:
    """Index the phrases by their first word: a wish is compared with some of a thousand, not with all."""
    index: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    for place, phrase in enumerate(phrases):
        index[next(word for word in phrase if word != _GAP)].append((place, phrase))
    return {word: tuple(found) for word, found in index.items()}


def _phrase_vocabulary(phrases: Iterable[Phrase], groups: Mapping[str, tuple[str, ...]]) -> _Vocabulary:
    written = {word for phrase in phrases for word in phrase}
    stands_for: dict[str, set[str]] = defaultdict(set)
    for word in written:
        for member in groups[word.strip("{}")] if word.startswith("{") else (word,):
            stands_for[fold_text(member)].add(word)
    sounds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for member, meant in stands_for.items():
        if not member.endswith("*") and len(heard := sound_key(member)) >= _SHORTEST_HEARD:
            sounds[member[0], heard] |= meant
    return _Vocabulary(
        {member: frozenset(meant) for member, meant in stands_for.items()},
        tuple((member[:-1], word) for member, meant in stands_for.items() if member.endswith("*") for word in meant),
        {key: frozenset(meant) for key, meant in sounds.items()},
        tuple(member for member in stands_for if len(member) >= _SHORTEST_MISTYPED and not member.endswith("*")),
    )


def _word_parts(typed: str, reader: _Reader) -> Iterator[str]:
    """Expand a short spelling, and split off what was written without apostrophe (« jfume », « largent »)."""
    if typed in reader.spellings:
        yield from reader.spellings[typed]
    elif len(typed) > 3 and typed[0] == "j" and typed[1] not in "aeiouy":
        yield "je"
        yield from reader.spellings.get(typed[1:], (typed[1:],))
    elif len(typed) > 4 and typed[0] in _STUCK and typed[1] in "aeiouyh" and _is_stuck(typed, reader):
        yield from (typed[0], typed[1:])
    else:
        yield typed


def _is_stuck(typed: str, reader: _Reader) -> bool:
    return not _word_meanings(typed, reader.vocabulary) and bool(_word_meanings(typed[1:], reader.vocabulary))


def _word_meanings(word: str, known: _Vocabulary) -> frozenset[str]:
    """Return the words and groups of phrases that a typed word may stand for."""
    found = known.exact.get(word, frozenset()) | {meant for start, meant in known.beginnings if word.startswith(start)}
    found |= known.sounds.get((word[0], sound_key(word)), frozenset())
    if len(word) >= _SHORTEST_MISTYPED - 1:
        near = process.extract(word, known.long_words, scorer=OSA.distance, score_cutoff=1, limit=3)
        for member, _, _ in near:
            if member[0] == word[0]:
                found |= known.exact[member]
    return found


def _leave_out(phrases: PhraseIndex, wish: Plea) -> Plea:
    """Cut out what only sounds like distress, so that the words beside it are still heard."""
    while place := _find_first(phrases, wish, frozenset().union(*wish.meanings)):
        start, end = place
        words, meanings = wish.words, wish.meanings
        wish = Plea(words[:start] + words[end:], meanings[:start] + meanings[end:], wish.passed)
    return wish


def _find_first(phrases: PhraseIndex, wish: Plea, every: frozenset[str]) -> tuple[int, int] | None:
    """Return where the first phrase, in the order of the file, stands in the wish, or None."""
    candidates = sorted(found for word in every if word in phrases for found in phrases[word])
    return next(filter(None, (_find_phrase(phrase, wish, every) for _place, phrase in candidates)), None)


def _find_phrase(phrase: Phrase, wish: Plea, every: frozenset[str]) -> tuple[int, int] | None:
    """Return where a phrase stands in the wish as (first word, index after the last), or None."""
    if any(word != _GAP and word not in every for word in phrase):
        return None
    for start in range(len(wish.words)):
        if (end := _match_from(phrase, wish, start)) is not None:
            return start, end
    return None


def _match_from(phrase: Phrase, wish: Plea, start: int) -> int | None:
    """Return the index after the phrase if it begins at `start`, or None."""
    if phrase[0] == _GAP:
        places: Iterable[int] = range(start, min(len(wish.words), start + _LONGEST_GAP + 1))
    elif start >= len(wish.words) or phrase[0] not in wish.meanings[start]:
        return None
    elif len(phrase) == 1:
        return start + 1
    else:
        places = _next_places(wish, start + 1)
    return next((end for at in places if (end := _match_from(phrase[1:], wish, at)) is not None), None)


def _next_places(wish: Plea, at: int) -> Iterator[int]:
    """Yield the next index, and the ones after it while only function words are skipped."""
    yield at
    for passed in range(at, min(len(wish.words), at + _MOST_PASSED)):
        if wish.words[passed] not in wish.passed:
            return
        yield passed + 1
