"""Builds the inverted index of the search: every word of every phrase that leads to a job, in each of its forms."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clicnjob.jobs.catalogue import LINES, Catalogue, CatalogueLine
from clicnjob.jobs.folding import (
    SMALL_WORDS,
    feminine_forms,
    folded_words,
    masculine_singular,
    singular_form,
    sound_key,
    word_family,
)
from clicnjob.jobs.noise import letter_triples
from clicnjob.jobs.refusals import Refusals, read_refusals
from clicnjob.jobs.rome import Directory

NOT = "!"  # prefix of a negated word: « pas parler » gives « !parler »
DENIALS = frozenset(("pas", "sans", "ni", "jamais", "aucun", "aucune", "sauf", "deteste", "hais", "marre"))
TURNS = frozenset(
    (
        "mais",
        "plutot",
        "prefere",
        "preferer",
        "juste",
        "seulement",
        "veux",
        "voudrais",
        "aimerais",
        "aime",
        "adore",
        "cherche",
        "genre",
        "sinon",
        "donc",
        "alors",
    )
)  # these words end a negation

# Weight of a phrase by its source, and of a code by its position on the line.
_WEIGHTS = {"titres": 1.0, "argot": 1.0, "verbes": 0.96, "noms": 0.9, "lieux": 0.9, "diplomes": 1.0, "souhaits": 1.0,
            "langues": 0.95}  # fmt: skip
_THEMES = ("noms", "lieux", "souhaits", "verbes")
FOREIGN = "langues"  # its words are read as written: a French typo must never become a Turkish job
_BRAND, _SHEET, _GESTURE, _ADDED = 1.0, 0.85, 0.3, 1.0
_TITLE, _RARE_TITLE = 0.84, 0.6
_RANKS = (1.0, 0.86, 0.76, 0.68, 0.62, 0.57, 0.53, 0.5)
_STOP_PART = 0.25  # share of its weight that an empty word (« je veux ») keeps inside a phrase

Token = tuple[str, bool]  # a folded word, and whether it is negated
Spoken = tuple["Phrase", list[str]]  # a phrase and all its words, function words included


@dataclass(frozen=True)
class Phrase:
    """Something a person may write, as the codes it leads to and how much it counts.

    `theme`: it is a thing, a place or a gesture (« piscine »), not the name of a job.
    """

    codes: tuple[str, ...]
    weight: float
    foreign: bool = False
    theme: bool = False


@dataclass(frozen=True)
class Index:
    """Everything that the search reads. It is built once and must not be changed afterwards."""

    catalogue: Catalogue
    refusals: Refusals
    phrases: list[Phrase] = field(default_factory=list)
    postings: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    by_base: dict[str, list[str]] = field(default_factory=dict)
    by_family: dict[str, list[str]] = field(default_factory=dict)
    by_sound: dict[str, list[str]] = field(default_factory=dict)
    by_length: dict[int, list[str]] = field(default_factory=dict)
    sounds_by_length: dict[int, list[str]] = field(default_factory=dict)
    feminines: dict[str, str] = field(default_factory=dict)
    ordered: list[str] = field(default_factory=list)
    exact: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)
    empty_words: frozenset[str] = frozenset()
    empty_phrases: frozenset[tuple[str, ...]] = frozenset()
    threes: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)

    def beginning_with(self, start: str, most: int) -> list[str]:
        """Return at most `most` known words with this prefix."""
        place = bisect_left(self.ordered, start)
        found: list[str] = []
        while place < len(self.ordered) and len(found) < most and self.ordered[place].startswith(start):
            found.append(self.ordered[place])
            place += 1
        return found


def build_index(
    catalogue: Catalogue, *, directory: Directory | None = None, added: Sequence[CatalogueLine] = ()
) -> Index:
    """Build the index of the catalogue, the official titles and the words that structures added."""
    return index_phrases(
        catalogue, [*_spoken_phrases(catalogue, added), *(_official_titles(directory) if directory else ())]
    )


def index_phrases(catalogue: Catalogue, spoken: Sequence[Spoken]) -> Index:
    """Build an index of any phrases, read with the short spellings and the empty words of the catalogue.

    The codes of the phrases need not be ROME codes: `scoring.code_scores` returns whatever they are.
    """
    empty = [tuple(folded_words(phrase)) for phrase in catalogue.lexicon.empty]
    empty_words = frozenset(phrase[0] for phrase in empty if len(phrase) == 1)
    index = Index(
        catalogue,
        read_refusals(catalogue.lexicon),
        phrases=[phrase for phrase, _ in spoken],
        empty_words=empty_words,
        empty_phrases=frozenset(phrase for phrase in empty if len(phrase) > 1),
    )
    for number, (phrase, written) in enumerate(spoken):
        index.exact.setdefault(tuple(map(singular_form, written)), []).append(number)
        if len(written) == 1 and not phrase.theme:
            index.named.add(masculine_singular(written[0]))
    _fill_index(index, [_meaningful_tokens(written) for _, written in spoken])
    return index


def _meaningful_tokens(written: list[str]) -> list[Token]:
    """Return the content words, each with whether it is negated (« sans parler aux gens »).

    If only function words or single letters are left, return all words.
    """
    found: list[Token] = []
    denied = False
    for word in written:
        if word in DENIALS:
            denied = True
        elif word in TURNS:
            denied = False
        elif word not in SMALL_WORDS:
            found.append((word, denied))
    told = any(len(word) > 1 for word, _ in found)  # otherwise « C&A » would become « c »
    return found if told else [(word, False) for word in written]


def _spoken_phrases(catalogue: Catalogue, added: Sequence[CatalogueLine]) -> Iterator[Spoken]:
    """Yield every phrase of the word files and of the sheets, with its words."""
    lexicon = catalogue.lexicon
    for name in LINES:
        known = {"foreign": name == FOREIGN, "theme": name in _THEMES}
        yield from _phrases_of_lines(lexicon.lines[name], _WEIGHTS[name], **known)
    for brand in lexicon.brands:
        yield from written_phrases((*brand.marques, brand.modele), brand.codes, _BRAND, theme=True)
    yield from _phrases_of_lines(added, _ADDED)
    for category in catalogue.categories:
        yield from written_phrases((category.nom_m, category.nom_f), category.rome[:3], _SHEET)
        yield from written_phrases(category.gestes, category.rome[:2], _GESTURE, theme=True)


def _phrases_of_lines(
    lines: Iterable[CatalogueLine], weight: float, *, foreign: bool = False, theme: bool = False
) -> Iterator[Spoken]:
    for line in lines:
        yield from written_phrases(line.mots, line.codes, weight, foreign=foreign, theme=theme)


def written_phrases(
    texts: Iterable[str], codes: tuple[str, ...], weight: float, *, foreign: bool = False, theme: bool = False
) -> Iterator[Spoken]:
    """Yield each text with its words, as one phrase that leads to these codes."""
    phrase = Phrase(codes, weight, foreign, theme)
    for text in texts:
        if written := list(folded_words(text)):
            yield phrase, written


def _official_titles(directory: Directory) -> Iterator[Spoken]:
    for title in directory.titles:
        phrase = Phrase((title.code,), _RARE_TITLE if title.rare else _TITLE)
        known: list[list[str]] = []
        for form in title.forms:
            written = list(folded_words(form))
            bases = [masculine_singular(word) for word in written]
            if written and bases not in known:
                known.append(bases)
                yield phrase, written


def _fill_index(index: Index, spoken: list[list[Token]]) -> None:
    """Fill the index. Rarities come first, since the weight of a word in a phrase depends on them."""
    spread: dict[str, set[str]] = defaultdict(set)
    for phrase, found in zip(index.phrases, spoken, strict=True):
        for word, _ in found:
            spread[masculine_singular(word)].update(phrase.codes[:3])
    for root, codes in spread.items():
        index.rarity[root] = 0.35 + math.log(1 + 532 / len(codes)) / math.log(533)
    for number, found in enumerate(spoken):
        _post_phrase(index, number, found)
    french = {
        token: any(not index.phrases[number].foreign for number, _ in posted)
        for token, posted in index.postings.items()
    }
    for token in filter(french.__getitem__, index.postings):
        _register_forms(index, token)
    index.ordered.extend(sorted(token for token, known in french.items() if known and not token.startswith(NOT)))
    for token in index.ordered:
        index.threes.update(letter_triples(token))
        index.feminines.update((form, token) for form in feminine_forms(token) if form not in index.postings)
    for form in (*index.ordered, *index.feminines):
        index.by_length.setdefault(len(form), []).append(form)
    for said in index.by_sound:
        if not said.startswith(NOT):
            index.sounds_by_length.setdefault(len(said), []).append(said)


def _post_phrase(index: Index, number: int, found: list[Token]) -> None:
    """Add a phrase to the postings of each of its words, with the share of the phrase that the word carries."""
    parts = {
        NOT + word if denied else word: index.rarity[masculine_singular(word)]
        * (_STOP_PART if word in index.empty_words else 1.0)
        for word, denied in found
    }
    total = sum(parts.values())
    for token, part in parts.items():
        index.postings.setdefault(token, []).append((number, part / total))
    if 2 <= len(parts) <= 3:
        alone = tuple(word for word, _ in found)
        index.joined.setdefault("".join(alone), alone)


def _register_forms(index: Index, token: str) -> None:
    mark, word = (NOT, token[1:]) if token.startswith(NOT) else ("", token)
    index.by_base.setdefault(mark + masculine_singular(word), []).append(token)
    index.by_family.setdefault(mark + word_family(word), []).append(token)
    for form in (word, *feminine_forms(word)):
        known = index.by_sound.setdefault(mark + sound_key(form), [])
        if token not in known:
            known.append(token)
