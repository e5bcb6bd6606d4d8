"""What gets no job for an answer, ready to be looked for: refused phrases, beginnings, and words beside the subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clicnjob.jobs.catalogue import Lexicon, Unanswered
from clicnjob.jobs.folding import SMALL_WORDS, singular, sound, words

GOES_ON = "…"  # at the end of a refused phrase: anything may follow (« raconte … »)
Key = tuple[str, ...]


@dataclass(frozen=True)
class Refusals:
    """Refused phrases under each of their forms; a key is the words of one, folded and singular."""

    whole: dict[Key, Unanswered]
    bare: dict[Key, Unanswered]
    sounds: dict[str, Unanswered]
    joined: dict[str, Unanswered]
    texts: tuple[str, ...]
    beginnings: dict[Key, Unanswered]
    off_whole: dict[Key, Unanswered]
    off_topic: dict[Key, Unanswered]
    off_words: frozenset[str]


def read_refusals(lexicon: Lexicon) -> Refusals:
    """The refusals of the word files."""
    whole = dict(_keys(lexicon.unanswered, beginnings=False))
    off = dict(_keys(lexicon.off_topic, beginnings=False))
    return Refusals(
        whole=whole,
        bare={bare(key): one for key, one in whole.items() if bare(key)},
        sounds={" ".join(map(sound, key)): one for key, one in whole.items()},
        joined=dict(_joined(lexicon.unanswered)),
        texts=tuple(" ".join(key) for key in whole),
        beginnings=dict(_keys(lexicon.unanswered, beginnings=True)),
        off_whole={key: one for key, one in off.items() if len(key) > 1},
        off_topic={bare(key) or key: one for key, one in off.items()},
        off_words=frozenset(_off_words(lexicon.off_topic)),
    )


def bare(written: Key) -> Key:
    """The words without the small ones."""
    return tuple(word for word in written if word not in SMALL_WORDS)


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
    """Single words, as written and folded."""
    for one in off_topic:
        for said in one.mots:
            if len(key := tuple(words(said))) == 1:
                yield from (said.lower(), singular(key[0]))
