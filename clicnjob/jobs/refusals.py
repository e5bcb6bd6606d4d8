"""Prepares what gets no job for look-up: refused phrases, their beginnings, and words that are off topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clicnjob.jobs.catalogue import Lexicon, Unanswered
from clicnjob.jobs.folding import SMALL_WORDS, singular, sound, words

GOES_ON = "…"  # at the end of a refused phrase, it stands for any words (« raconte … »)
_SHORTEST_HEARD = 4  # sounds; a shorter beginning is compared by spelling
Key = tuple[str, ...]


@dataclass(frozen=True)
class Refusals:
    """Refused phrases in each of their forms. A key holds the words of a phrase, folded and singular, or their sounds.

    `bare` is keyed without function words, `run_on` by the sounds without spaces; `chat` has the greetings, laughs and
    noise.
    """

    whole: dict[Key, Unanswered]
    bare: dict[Key, Unanswered]
    chat: dict[Key, Unanswered]
    sounds: dict[str, Unanswered]
    joined: dict[str, Unanswered]
    run_on: dict[str, Unanswered]
    vocabulary: frozenset[str]
    texts: tuple[str, ...]
    beginnings: dict[Key, Unanswered]
    off_whole: dict[Key, Unanswered]
    off_topic: dict[Key, Unanswered]
    off_words: frozenset[str]


def read_refusals(lexicon: Lexicon) -> Refusals:
    """Build the refusals from the word files."""
    whole = dict(_keys(lexicon.unanswered, beginnings=False))
    off = dict(_keys(lexicon.off_topic, beginnings=False))
    return Refusals(
        whole=whole,
        bare={bare(key): one for key, one in whole.items() if bare(key)},
        chat={bare(key): one for key, one in whole.items() if bare(key) and one.sorte == "bruit"},
        sounds={" ".join(map(sound, key)): one for key, one in whole.items()},
        joined=dict(_joined(lexicon.unanswered)),
        run_on={"".join(map(sound, key)): one for key, one in whole.items()},
        vocabulary=frozenset(word for key in whole for word in key),
        texts=tuple(" ".join(key) for key in whole),
        beginnings={as_said(key): one for key, one in _keys(lexicon.unanswered, beginnings=True)},
        off_whole={key: one for key, one in off.items() if len(key) > 1},
        off_topic={bare(key) or key: one for key, one in off.items()},
        off_words=frozenset(_off_words(lexicon.off_topic)),
    )


def bare(written: Key) -> Key:
    """Return the words without the function words."""
    return tuple(word for word in written if word not in SMALL_WORDS)


def as_said(beginning: Key) -> Key:
    """Return the sounds of the first words, or the words themselves if they are too short to compare by sound."""
    sounds = tuple(map(sound, beginning))
    return sounds if len("".join(sounds)) >= _SHORTEST_HEARD else beginning


def _keys(unanswered: Iterable[Unanswered], *, beginnings: bool) -> Iterator[tuple[Key, Unanswered]]:
    for one in unanswered:
        for said in one.mots:
            if said.endswith(GOES_ON) is beginnings:
                yield tuple(map(singular, words(said))), one


def _joined(unanswered: Iterable[Unanswered]) -> Iterator[tuple[str, Unanswered]]:
    for one in unanswered:
        for said in one.mots:
            if len(written := list(words(said))) > 1 and not said.endswith(GOES_ON):
                yield singular("".join(written)), one


def _off_words(off_topic: Iterable[Unanswered]) -> Iterator[str]:
    """Yield the off-topic entries of one word, as written and folded."""
    for one in off_topic:
        for said in one.mots:
            if len(key := tuple(words(said))) == 1:
                yield from (said.lower(), singular(key[0]))
