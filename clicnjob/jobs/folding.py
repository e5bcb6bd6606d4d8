"""Normalises French words for comparison: without accents, gender and number, by word family, and by sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from clicnjob.text import fold_text

LONGEST_TEXT = 200  # characters read; a wish is a sentence, so more would be noise

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+[^\W\d_]*")  # letters of any script: « خباز », « кухар »
_ELISION = re.compile(r"^(?:[ldjmtnsc]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=.)")
_POINTED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_INCLUSIVE = re.compile(r"(?<=[a-z])[·•.(/-](?:e|euse|trice|rice|ere|iere|ienne|ne|se|s|es)\b[)·.]?s?")

SMALL_WORDS = frozenset(
    (
        "a",
        "ai",
        "as",
        "au",
        "aux",
        "avec",
        "ca",
        "ce",
        "ces",
        "cet",
        "cette",
        "chez",
        "comme",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "elles",
        "en",
        "es",
        "est",
        "et",
        "etre",
        "eux",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "m",
        "ma",
        "me",
        "mes",
        "moi",
        "mon",
        "n",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ou",
        "par",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "si",
        "suis",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "toi",
        "ton",
        "tu",
        "un",
        "une",
        "vers",
        "vos",
        "votre",
        "vous",
        "y",
        "the",
        "of",
    )
)

# (feminine ending, masculine ending, letters that must remain before it); the first match is used, on singular words.
_GENDER = (
    ("trice", "teur", 2),
    ("teuse", "teur", 2),
    ("euse", "eur", 2),
    ("eure", "eur", 2),
    ("iere", "ier", 2),
    ("ienne", "ien", 2),
    ("onne", "on", 2),
    ("enne", "en", 2),
    ("elle", "el", 3),
    ("ere", "er", 3),
    ("ive", "if", 3),
    ("ee", "e", 3),
    ("ante", "ant", 2),
    ("ente", "ent", 2),
    ("aise", "ais", 2),
    ("ane", "an", 4),
)
# Endings removed to find the word family: coiffeur, coiffure, coiffer, coiffage.
_FAMILY = (
    "isation",
    "issement",
    "iserie",
    "isateur",
    "ateur",
    "ation",
    "aison",
    "ition",
    "iteur",
    "ement",
    "issage",
    "isage",
    "iseur",
    "erie",
    "iere",
    "ette",
    "iste",
    "isme",
    "ique",
    "eries",
    "age",
    "ure",
    "eur",
    "ier",
    "ien",
    "ant",
    "ent",
    "iss",
    "tion",
    "ance",
    "ence",
    "aire",
    "able",
    "er",
    "ir",
    "re",
    "ie",
    "if",
    "ee",
    "e",
)
_PLURALS = (("eaux", "eau"), ("oux", "ou"), ("eux", "eux"), ("aux", "al"))


@lru_cache(maxsize=32_768)
def _of_chunk(chunk: str) -> tuple[str, ...]:
    """Return the words between two spaces: « l’aide-soignant(e) » gives « aide », « soignant »."""
    plain = _POINTED.sub(lambda found: found[0].replace(".", ""), fold_text(chunk))
    plain = _STRETCHED.sub(r"\1\1", _INCLUSIVE.sub("", plain))
    bare = (_ELISION.sub("", found) for found in _WORD.findall(plain))
    return tuple(part for word in bare for part in word.split("'") if part)


def folded_words(text: str) -> Iterator[str]:
    """Yield the folded words of a text without elisions and inclusive endings (« vendeur·se »), numbers included."""
    for chunk in text[:LONGEST_TEXT].split():
        yield from _of_chunk(chunk)


@lru_cache(maxsize=32_768)
def masculine_singular(word: str) -> str:
    """Return the masculine singular as far as the ending tells: « coiffeuses » → « coiffeur »."""
    single = singular_form(word)
    for ending, instead, kept in _GENDER:
        if single.endswith(ending) and len(single) - len(ending) >= kept:
            return single[: -len(ending)] + instead
    return single


@lru_cache(maxsize=32_768)
def singular_form(word: str) -> str:
    """Return the singular: « bateaux » → « bateau », « journaux » → « journal »."""
    if len(word) <= 3:
        return word
    for ending, instead in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    plural = word[-1] == "s" and word[-2] not in "suai" or word.endswith(("ies", "ues"))
    return word[:-1] if plural else word


@lru_cache(maxsize=32_768)
def word_family(word: str) -> str:
    """Return the stem that related words share: « jardinier », « jardinage » and « jardin » give « jardin »."""
    root = masculine_singular(word)
    for ending in _FAMILY:
        if root.endswith(ending) and len(root) - len(ending) >= 4:
            root = root[: -len(ending)]
            break
    root = root.rstrip("e") if len(root) > 4 else root
    return root[:-1] if len(root) > 1 and root[-1] == root[-2] else root


def feminine_forms(word: str) -> tuple[str, ...]:
    """Return the feminine forms that a masculine word may have, so that they can be found by sound too."""
    for ending, forms in (("teur", ("trice", "teuse")), ("eur", ("euse",)), ("ier", ("iere",)), ("ien", ("ienne",))):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return tuple(word[: -len(ending)] + form for form in forms)
    return (word + "e",) if word.endswith(("ant", "ent")) else ()


def _single_letter(found: re.Match[str]) -> str:
    return found[1]


# Capital letters are sounds without a letter of their own: A an, E eu, I in, O on, U ou, C ch, W oi, J ill, N gn.
# The first item is a letter that the rule needs; checking for it first makes building the index faster.
_SOUNDS = tuple(
    (letter, re.compile(written.replace("%", "(?![aeiouynmAEIOUW])")), said)
    for letter, written, said in (
        ("", r"([b-df-hj-np-tv-xz])\1", _single_letter),
        ("", r"(?:er|ez|et|ee|es|ais|ait|aient|ai|ay|ei|ey)$", "e"),
        ("h", r"sch|sh|ch(?=[aeiouy]|$)", "C"),
        ("h", r"ch", "k"),
        ("l", r"cc?ueil|cc?euil|qu?eil|queuil|keuil", "kEJ"),
        ("h", r"ph", "f"),
        ("h", r"h", ""),
        ("c", r"sc(?=[eiy])", "s"),
        ("c", r"cc(?=[eiy])", "ks"),
        ("", r"qu|q|ck|k", "k"),
        ("c", r"c(?=[eiy])", "s"),
        ("c", r"c", "k"),
        ("g", r"gn", "N"),
        ("g", r"ge(?=[aou])", "j"),
        ("g", r"gu(?=[eiy])", "g"),
        ("g", r"g(?=[eiy])", "j"),
        ("t", r"ti(?=on|en[ct])", "si"),
        ("l", r"a[iy]lle|eille|(?<=[aeu])il(?=$|[^l])", "eJ"),
        ("l", r"(?<=[^aeiouy])ill(?=[aeiou])", "iJ"),
        ("y", r"[ae]y(?=[aeiou])", "eJ"),
        ("u", r"eaux?$|aux$|eau|au", "o"),
        ("e", r"oeu|eu|oe", "E"),
        ("", r"ou|w", "U"),
        ("", r"oy|oi|oua|ua", "W"),
        ("i", r"ient$", "iA"),
        ("i", r"ien%", "iI"),
        ("", r"(?:ain|ein|aim|yn|ym|in|im|un|um)%", "I"),
        ("", r"(?:en|em|an|am|aen)%", "A"),
        ("o", r"(?:on|om)%", "O"),
        ("", r"ae|ai|ei|ay|ey", "e"),
        ("y", r"y", "i"),
        ("s", r"st$", "sT"),
        ("s", r"ste$", "sTe"),
        ("", r"(?<=.{2})[sptdx]{1,2}$", ""),
        ("x", r"x", "ks"),
        ("e", r"(?<=.{2})e$", ""),
        ("z", r"z", "s"),
        ("", r"(.)\1+", _single_letter),
    )
)


@lru_cache(maxsize=65_536)
def sound_key(word: str) -> str:
    """Return a phonetic key: words that sound alike share it (« plakiste » and « plaquiste »)."""
    key = word
    for letter, written, said in _SOUNDS:
        if letter in key:
            key = written.sub(said, key)
    return key
