"""Prepares what gets no job for look-up: refused phrases, their beginnings, and words that are off topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clicnjob.jobs.catalogue import Lexicon, RefusedPhrase
from clicnjob.jobs.folding import SMALL_WORDS, folded_words, singular_form, sound_key

GOES_ON = "…"  # at the end of a refused phrase, it stands for any words (« raconte … »)
_SHORTEST_HEARD = 4  # sounds; a shorter beginning is compared by spelling
Key = tuple[str, ...]


@dataclass(frozen=True)
class Refusals:
    """Refused phrases in each of their forms. A key holds the words of a phrase, folded and singular, or their sounds.

    `without_small_words` is keyed without function words, `run_on` by the sounds without spaces; `chat` has the
    greetings, laughs and
    noise.
    """

    whole: dict[Key, RefusedPhrase]
    bare: dict[Key, RefusedPhrase]
    chat: dict[Key, RefusedPhrase]
    sounds: dict[str, RefusedPhrase]
    joined: dict[str, RefusedPhrase]
    run_on: dict[str, RefusedPhrase]
    vocabulary: frozenset[str]
    texts: tuple[str, ...]
    beginnings: dict[Key, RefusedPhrase]
    off_whole: dict[Key, RefusedPhrase]
    off_topic: dict[Key, RefusedPhrase]
    off_words: frozenset[str]


def read_refusals(lexicon: Lexicon) -> Refusals:
    """Build the refusals from the word files."""
    whole = dict(_refusal_keys(lexicon.unanswered, beginnings=False))
    off = dict(_refusal_keys(lexicon.off_topic, beginnings=False))
    return Refusals(
        whole=whole,
        bare={without_small_words(key): one for key, one in whole.items() if without_small_words(key)},
        chat={
            without_small_words(key): one
            for key, one in whole.items()
            if without_small_words(key) and one.sorte == "bruit"
        },
        sounds={" ".join(map(sound_key, key)): one for key, one in whole.items()},
        joined=dict(_joined_refusals(lexicon.unanswered)),
        run_on={"".join(map(sound_key, key)): one for key, one in whole.items()},
        vocabulary=frozenset(word for key in whole for word in key),
        texts=tuple(" ".join(key) for key in whole),
        beginnings={as_said(key): one for key, one in _refusal_keys(lexicon.unanswered, beginnings=True)},
        off_whole={key: one for key, one in off.items() if len(key) > 1},
        off_topic={without_small_words(key) or key: one for key, one in off.items()},
        off_words=frozenset(_off_words(lexicon.off_topic)),
    )


def without_small_words(written: Key) -> Key:
    """Return the words without the function words."""
    return tuple(word for word in written if word not in SMALL_WORDS)


def as_said(beginning: Key) -> Key:
    """Return the sounds of the first words, or the words themselves if they are too short to compare by sound."""
    sounds = tuple(map(sound_key, beginning))
    return sounds if len("".join(sounds)) >= _SHORTEST_HEARD else beginning


def _refusal_keys(unanswered: Iterable[RefusedPhrase], *, beginnings: bool) -> Iterator[tuple[Key, RefusedPhrase]]:
    for one in unanswered:
        for said in one.mots:
            if said.endswith(GOES_ON) is beginnings:
                yield tuple(map(singular_form, folded_words(said))), one


def _joined_refusals(unanswered: Iterable[RefusedPhrase]) -> Iterator[tuple[str, RefusedPhrase]]:
    for one in unanswered:
        for said in one.mots:
            if len(written := list(folded_words(said))) > 1 and not said.endswith(GOES_ON):
                yield singular_form("".join(written)), one


def _off_words(off_topic: Iterable[RefusedPhrase]) -> Iterator[str]:
    """Yield the off-topic entries of one word, as written and folded."""
    for one in off_topic:
        for said in one.mots:
            if len(key := tuple(folded_words(said))) == 1:
                yield from (said.lower(), singular_form(key[0]))
