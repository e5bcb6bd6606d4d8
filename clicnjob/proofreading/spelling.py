"""Tells which French words are right, and what a wrong one was meant to be, with simplemma completed by data/mots."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.paths import DATA

MOST_SUGGESTIONS = 3
_SURE = 1.85
_SECOND_BEST = 1.0
_LONG_TO_TRY = 16  # letters; in longer words, trying two changes at once takes too long
_RARE = 0.9
_LONG = 7  # letters; shorter rare words are too often names
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r'"([^"]*)"')
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_NOT_FRENCH = re.compile(
    r"\s*(?:#|(?:- )?(?:cle|mots|genres|etape|besoin|accord|groupe|niveau|icone|marques|proches|riasec|rome\w*|activites)\s*:)"
)
# Content of ours whose quoted words are right French. The other word files of the jobs hold words as people type them.
_OWN_TEXTS = ("prompts/**/*.yaml", "jobs/fiches/*.yaml", "jobs/mots/titres.yaml", "jobs/mots/diplomes.yaml")
_ACCENTS = {"a": "aàâ", "e": "eéèêë", "i": "iîï", "o": "oô", "u": "uùûü", "c": "cç"}
_ACCENTED_SPELLINGS = 600
_PARTICIPLE = re.compile(r"(?:[^t]é|[^aeo]i|ant)$")
_FROM_VERBS = ("age", "ages", "eur", "eurs", "euse", "euses")
_BEFORE_WORDS = ("multi", "anti", "auto", "micro", "mini", "éco", "télé", "pluri", "inter")
_STARTS_WITH_VOWEL = re.compile(r"[aâàeéèêiîoôuyh]")

# Spellings that sound alike: a piece on the left may have been meant as one of those on the right.
_SAME_SOUND = {
    "an": ("en", "am"), "en": ("an", "em"), "am": ("em", "an"), "em": ("am", "en"), "ence": ("ance",),
    "ance": ("ence",), "in": ("ain", "ein", "im"), "ain": ("in", "ein"), "un": ("in",), "om": ("on",),
    "on": ("om",), "s": ("ss", "c", "ç", "sc"), "ss": ("s", "c", "ç"),
    "c": ("s", "ss", "qu", "k", "cc", "ch", "ç"), "cc": ("c",), "sion": ("tion", "ssion", "cion"),
    "tion": ("sion", "ssion"), "ssion": ("tion", "sion"), "x": ("cc", "s"), "k": ("c", "qu", "ch"),
    "qu": ("c", "k"), "cu": ("cue",), "f": ("ph", "ff"), "ph": ("f",), "ff": ("f",),
    "o": ("au", "eau", "ô"), "au": ("o", "eau"), "eau": ("au", "o"), "eu": ("œu",), "oe": ("œ",),
    "ö": ("ô",), "e": ("é", "è", "ê", "ai", "ée"), "é": ("è", "e", "er", "ez", "ée", "ai"),
    "è": ("é", "ê", "ai", "ei", "e"), "er": ("é", "ère"), "ê": ("è",), "ai": ("é", "è", "ei", "ê"),
    "ei": ("ai", "é"), "ay": ("ai",), "oi": ("oy",), "i": ("y", "î", "ï"), "y": ("i", "ill", "ll"),
    "il": ("ill",), "ill": ("y", "il", "ll"), "lli": ("ll",), "j": ("g", "ge"), "g": ("j", "gu", "ge"),
    "gu": ("g",), "z": ("s",), "a": ("à", "â", "ha"), "u": ("ù", "û"), "t": ("tt", "th"),
    "tt": ("t",), "m": ("mm",), "mm": ("m",), "n": ("nn",), "nn": ("n",), "l": ("ll",), "ll": ("l",),
    "ées": ("és",), "ée": ("é",), "ic": ("ique",), "ik": ("ique",), "mant": ("ment",), "man": ("ment",),
    "p": ("pp", "b"), "pp": ("p",), "r": ("rr",), "rr": ("r",), "d": ("dd",), "b": ("p",), "v": ("f",),
}  # fmt: skip
_SILENT = "ehis"  # letters that are often silent
_PIECES = sorted(_SAME_SOUND, key=len, reverse=True)


class WordList(ContentModel):
    """A word file: lower-case words separated by spaces."""

    mots: str


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of data/mots/<name>.yaml. Raises content.ContentMistakes."""
    return frozenset(content.read_content(WordList, DATA / "mots" / f"{name}.yaml").mots.split())


@content.loaded_once
def added_words() -> frozenset[str]:
    """Return the words that simplemma lacks: everyday words, trades, and the words of our prompts and job sheets."""
    written = (word_list(name) for name in ("courants", "metiers", "usuels", "marques", "sigles"))
    own = set(_own_words(*_OWN_TEXTS))  # most are written many times
    said = (word for word in own if dictionary_form(word) or not _lacks_accents(word))
    return (frozenset(said) - word_list("intrus") - set(wrong_words())).union(*written)


@content.loaded_once
def usual_words() -> frozenset[str]:
    """Return the words that people use on a CV; suggestions among these come first."""
    return word_list("usuels") | word_list("courants") | frozenset(_own_words(_OWN_TEXTS[0]))


def _lacks_accents(word: str) -> bool:
    """Tell whether a word only lacks accents: it is then a key of our files, not French."""
    return any(dictionary_form(other) is not None for other in _accented_forms(word) if other != word)


def _own_words(*patterns: str) -> Iterator[str]:
    """Yield the words of our own content files, except entries written as young people type them (`mots`)."""
    for file in sorted(file for pattern in patterns for file in DATA.glob(pattern)):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not _NOT_FRENCH.match(line):
                said = _PLACEHOLDER.sub(" ", " ".join(_QUOTED.findall(line)))
                yield from (word.lower() for word in _WORD.findall(said) if word[1:].islower() or len(word) == 1)


@lru_cache(maxsize=20_000)
def dictionary_form(word: str) -> str | None:
    """Return the dictionary form of a lower-case word, or None if simplemma does not have it."""
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("fr").get(word)


def is_known(word: str) -> bool:
    """Tell whether a word, or each part of a compound, is right French, in any case."""
    word = word.lower().replace("'", "’").strip("-")
    if word in word_list("intrus"):
        return False
    if _is_entry(word):
        return True
    parts = re.split(r"[-’]", word)
    return len(parts) > 1 and all(len(p) < 2 or _is_entry(p) or p in ("qu", "jusqu", "lorsqu") for p in parts)


def _is_entry(word: str) -> bool:
    return word in added_words() or dictionary_form(word) is not None or _is_built(word) or _is_adverb(word)


def _is_built(word: str) -> bool:
    """Tell whether a word is a regular form that no list has: « caristes », « prédéfinie », « réexpliquer »."""
    return (
        any(word.endswith(end) and _takes_end(word[: -len(end)], end) for end in ("s", "e", "es"))
        or any(word.endswith(end) and _is_verb(word[: -len(end)] + "er") for end in _FROM_VERBS)
        or any(word.startswith(start) and dictionary_form(word[len(start) :]) is not None for start in _BEFORE_WORDS)
        or (word.startswith("ré") and word[2:3] in set("aeéiou") and dictionary_form(word[2:]) is not None)
    )


def _takes_end(word: str, end: str) -> bool:
    """Tell whether a word is an added word, or a participle of which the dictionary lacks forms (« prédéfini »)."""
    if word[-1:] in "sxz" or (end != "s" and word.endswith("e")):
        return False
    added = added_words() if end == "s" else word_list("metiers")
    return word in added or (_PARTICIPLE.search(word) is not None and dictionary_form(word) is not None)


def _is_verb(word: str) -> bool:
    return len(word) > 4 and dictionary_form(word) == word and dictionary_form(word[:-2] + "é") is not None


def _is_adverb(word: str) -> bool:
    """Accept adverbs in -ment, which the dictionary lacks: « rapidement » is right because « rapide » is."""
    if not word.endswith("ment") or len(word) < 7:
        return False
    stem = word[:-4]
    if stem.endswith("am") or stem.endswith("em"):
        return dictionary_form(stem[:-1] + "nt") is not None
    return any(dictionary_form(form) is not None for form in (stem, stem + "e", stem[:-1] + "e") if len(form) > 3)


@cache
def known_mistakes(name: str) -> dict[str, tuple[str, ...]]:
    """Return the wrong words of data/mots/<name>.yaml with their corrections. Raises content.ContentMistakes."""
    lines = content.read_content(list[CommonMistake], DATA / "mots" / f"{name}.yaml")
    return {line.faute: tuple(word for word in line.juste if word) for line in lines}


def wrong_words() -> dict[str, tuple[str, ...]]:
    """Return frequent wrong words with their corrections (data/mots/fautes.yaml)."""
    return known_mistakes("fautes")


class CommonMistake(ContentModel):
    """A frequent wrong word with its corrections."""

    faute: str
    juste: list[str]


@lru_cache(maxsize=8_000)
def spelling_suggestions(word: str) -> tuple[str, ...]:
    """Return at most three corrections of a wrong lower-case word, best first; empty if none is sure."""
    if word in wrong_words():
        return wrong_words()[word]
    ranked = sorted((cost, meant) for meant, cost in _possible_meanings(word).items())
    return tuple(meant for cost, meant in ranked if cost <= ranked[0][0] + _SECOND_BEST)[:MOST_SUGGESTIONS]


def accents_only(word: str) -> tuple[str, ...]:
    """Return the usual or long words that differ from this one only by accents."""
    return tuple(
        sorted(w for w in _accented_forms(word) if w != word and is_known(w) and (is_usual(w) or len(w) > _LONG))
    )


def same_without_accents(word: str, other: str) -> bool:
    """Tell whether two words differ only by accents."""
    return _without_accents(word) == _without_accents(other)


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def surely_meant(word: str) -> tuple[str, ...]:
    """Return the usual words that sound exactly like this one, which is sure enough even for a capitalised word."""
    ranked = sorted(
        (cost, meant) for meant, cost in _possible_meanings(word).items() if cost <= _SURE and is_usual(meant)
    )
    return tuple(meant for _, meant in ranked)[:MOST_SUGGESTIONS]


def is_usual(word: str) -> bool:
    """Tell whether a known word, or its dictionary form, is one that people use on a CV."""
    return (
        word in usual_words()
        or (dictionary_form(word) or "") in usual_words()
        or word[:-1] in usual_words()
        or (dictionary_form(word) is None and _is_adverb(word))
    )


def _possible_meanings(word: str) -> dict[str, float]:
    """Return each possible correction with its cost: accents are cheapest, then the same sound, then a typo."""
    found: dict[str, float] = {}

    def keep(meant: Iterable[str], cost: float, *, rare: bool) -> None:
        for candidate in meant:
            usual = is_usual(candidate)
            if candidate != word and (usual or rare) and is_known(candidate):
                near = OSA.distance(word, candidate) / 10
                found[candidate] = min(found.get(candidate, 99), cost + near + (0 if usual else _RARE))

    keep(_accented_forms(word), 0, rare=True)
    keep(_with_apostrophe(word), 0.3, rare=True)
    keep([word[:-2] + "ux"] if word.endswith("als") else [], 0.2, rare=True)
    once = _respelled_forms(word)
    keep(once, 1, rare=len(word) > 4)
    keep((word[:i] + word[i + 1 :] for i, letter in enumerate(word) if letter in _SILENT), 1.3, rare=False)
    if 4 < len(word) <= _LONG_TO_TRY:
        keep((twice for first in once for twice in _respelled_forms(first)), 1.6, rare=False)
    if len(word) > 4:
        keep(_one_slip(word), 1.5, rare=False)
    if len(word) > 6:
        keep(_near_usual(word), 2, rare=False)
    return found


def _accented_forms(word: str) -> set[str]:
    """Return the word with every choice of accents, up to a limit, and with « œ »."""
    spellings = [""]
    for letter in word:
        plain = unicodedata.normalize("NFD", letter)[0]
        spellings = [s + a for s in spellings for a in _ACCENTS.get(plain, letter)][:_ACCENTED_SPELLINGS]
    return set(spellings) | {s.replace("oe", "œ") for s in spellings if "oe" in s}


def _with_apostrophe(word: str) -> Iterator[str]:
    """Yield « j’ai » for « jai », « l’école » for « lécole »."""
    for small in ("qu", "j", "l", "d", "c", "n", "s", "m", "t"):
        rest = word[len(small) :]
        if word.startswith(small) and len(rest) > 1 and _STARTS_WITH_VOWEL.match(rest) and is_known(rest):
            yield f"{small}’{rest}"


def _respelled_forms(word: str) -> set[str]:
    """Return the word with one piece spelt another way that sounds the same, or with a silent last letter."""
    return {word + silent for silent in "estx"} | {
        word[:at] + other + word[at + len(piece) :]
        for piece in _PIECES
        for at in range(len(word))
        if word.startswith(piece, at)
        for other in _SAME_SOUND[piece]
    }


def _one_slip(word: str) -> Iterator[str]:
    """Yield usual words at one missing, added, changed or swapped letter."""
    near = process.extract(word, _usual_list(), scorer=Levenshtein.distance, score_cutoff=1, limit=6)
    yield from (meant for meant, _, _ in near)
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))


def _near_usual(word: str) -> Iterator[str]:
    near = process.extract(word, _usual_list(), scorer=OSA.distance, score_cutoff=2, limit=4)
    yield from (meant for meant, _, _ in near if meant[0] == word[0])


@content.loaded_once
def _usual_list() -> tuple[str, ...]:
    return tuple(sorted(usual_words()))
