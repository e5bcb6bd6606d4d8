"""Texts that no one meant as a wish: addresses, lines of code, numbers alone, keys hit at random, disguised insults."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clicnjob.jobs.folding import LONGEST_TEXT, words
from clicnjob.text import fold

_ADDRESS = re.compile(
    r"https?:|www\.|\S@\w|(?:^|\s)@\w|\w\.(?:com|fr|net|org|io|gouv|tv)\b|[<>{}\[\]\\|]|=\s*\d|\d\s*=|--\s*$|;\s*$"
)
_HIT = re.compile(r"[^aeiouy\d]{5}|(.{2,3})\1{2}|(.)\2{2}|^[^aeiouy]{3,}$|\d{2}")
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(
    pair for row in _ROWS for left, right in zip(row, row[1:], strict=False) for pair in (left + right, right + left)
)
_ONE_SIGN = re.compile(r"\W*(\w)\1{3,}\W*")
_SHORTEST_RUN, _RUN = 5, 0.75  # letters, and the part of them that follow one another on the keyboard
_SHORTEST_JUDGED, _UNSEEN = 5, 0.5  # letters, and the part of its threes that no known word has
_LOOKS_LIKE = str.maketrans("013457@$€!", "oieastasei")
_DISGUISED = re.compile(r"\S*[^\W\d_][013457@$€!*]\S*|\S*[013457@$€!*][^\W\d_]\S*")
_LEAST_LETTERS = 3  # of a disguised word
_SPACED = re.compile(r"(?<!\w)\w(?:[\s.\-_*]+\w){2,}(?!\w)")


def is_address(text: str) -> bool:
    """Whether it is an e-mail or web address, an account name, or a line of code."""
    return bool(_ADDRESS.search(text[:LONGEST_TEXT].lower()))


def is_one_sign(text: str) -> bool:
    """Whether one key was held: « ffffff », « 0000 »."""
    return bool(_ONE_SIGN.fullmatch(text))


def says_no_word(written: Iterable[str]) -> bool:
    """Whether there are only numbers and one letter again and again: « 1+1 », « 06 12 34 56 78 », « 7 x 8 », « ooo »."""
    return all(word[0].isdigit() and not _unit(word) or len(set(word)) == 1 for word in written)


def _unit(word: str) -> bool:
    """« 3d », « 19t »: a number that an ending makes a word."""
    return not word.isdigit() and len(word.lstrip("0123456789")) > 0


def noisy(word: str) -> bool:
    """Whether keys were hit at random: no language writes so."""
    return bool(_HIT.search(word)) or _runs_along(word)


def _runs_along(word: str) -> bool:
    """« poiuyt », « zertyui »: the finger slid along the keyboard."""
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    return len(word) >= _SHORTEST_RUN and sum(pair in _BESIDE for pair in pairs) >= _RUN * len(pairs)


def threes(word: str) -> set[str]:
    """The groups of three letters of a word, its beginning and end marked."""
    whole = f"^{word}$"
    return {whole[place : place + 3] for place in range(len(whole) - 2)}


def implausible(word: str, seen: set[str]) -> bool:
    """Whether most of its groups of three letters are in none of the words that we know."""
    groups = threes(word)
    return len(word) >= _SHORTEST_JUDGED and len(groups - seen) > _UNSEEN * len(groups)


def undisguised(text: str) -> list[str]:
    """The words under their disguise: « c0nnard », « p u t e », « n.i.q.u.e »; nothing when none is disguised."""
    plain = fold(text[:LONGEST_TEXT])
    gathered = _SPACED.sub(lambda found: re.sub(r"[\W_]+", "", found[0]), plain)
    shown = _DISGUISED.sub(_as_meant, gathered)
    return [] if shown == plain else list(words(shown))


def _as_meant(found: re.Match[str]) -> str:
    """« c0nnard » with its letters back; « 3D » and « B2B » are what they are."""
    letters = sum(sign.isalpha() for sign in found[0])
    return found[0].translate(_LOOKS_LIKE).replace("*", "") if letters >= _LEAST_LETTERS else found[0]
