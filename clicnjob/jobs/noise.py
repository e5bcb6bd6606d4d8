"""Recognises texts not meant as a wish: addresses, code, numbers alone, random keys, disguised insults."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clicnjob.jobs.folding import LONGEST_TEXT, folded_words
from clicnjob.text import fold_text

_ADDRESS = re.compile(
    r"https?:|www\.|\S@\w|(?:^|\s)@\w|\w\.(?:com|fr|net|org|io|gouv|tv)\b|[<>{}\[\]\\|]|=\s*\d|\d\s*=|--\s*$|;\s*$"
)
_HIT = re.compile(r"[^aeiouy\d]{5}|(.{2,3})\1{2}|(.)\2{2}|^[^aeiouy]{3,}$|\d{2}")
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(
    pair for row in _ROWS for left, right in zip(row, row[1:], strict=False) for pair in (left + right, right + left)
)
_ONE_SIGN = re.compile(r"\W*(\w)\1{3,}\W*")
_SHORTEST_RUN, _RUN = 5, 0.75  # least letters, and share of pairs that are neighbours on the keyboard
_SHORTEST_JUDGED, _UNSEEN = 5, 0.5  # least letters, and share of unknown trigrams
_LOOKS_LIKE = str.maketrans("013457@$€!", "oieastasei")
_DISGUISED = re.compile(r"\S*[^\W\d_][013457@$€!*]\S*|\S*[013457@$€!*][^\W\d_]\S*")
_LEAST_LETTERS = 3  # least letters of a disguised word
_SPACED = re.compile(r"(?<!\w)\w(?:[\s.\-_*]+\w){2,}(?!\w)")


def is_address(text: str) -> bool:
    """Tell whether a text is an e-mail or web address, an account name, or a line of code."""
    return bool(_ADDRESS.search(text[:LONGEST_TEXT].lower()))


def is_one_sign(text: str) -> bool:
    """Tell whether one key was held down: « ffffff », « 0000 »."""
    return bool(_ONE_SIGN.fullmatch(text))


def says_no_word(written: Iterable[str]) -> bool:
    """Tell whether there are only numbers and repeated letters: « 1+1 », « 06 12 34 56 78 », « 7 x 8 », « ooo »."""
    return all(word[0].isdigit() and not _is_unit(word) or len(set(word)) == 1 for word in written)


def _is_unit(word: str) -> bool:
    """Tell whether a number with an ending is a word: « 3d », « 19t »."""
    return not word.isdigit() and len(word.lstrip("0123456789")) > 0


def is_noise(word: str) -> bool:
    """Tell whether a word looks like keys hit at random, since no language writes so."""
    return bool(_HIT.search(word)) or _runs_along(word)


def _runs_along(word: str) -> bool:
    """Tell whether the finger slid along the keyboard: « poiuyt », « zertyui »."""
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    return len(word) >= _SHORTEST_RUN and sum(pair in _BESIDE for pair in pairs) >= _RUN * len(pairs)


def letter_triples(word: str) -> set[str]:
    """Return the trigrams of a word, with its beginning (^) and end ($) marked."""
    whole = f"^{word}$"
    return {whole[place : place + 3] for place in range(len(whole) - 2)}


def is_implausible(word: str, seen: set[str]) -> bool:
    """Tell whether most trigrams of a word occur in none of the known words."""
    groups = letter_triples(word)
    return len(word) >= _SHORTEST_JUDGED and len(groups - seen) > _UNSEEN * len(groups)


def undisguised_words(text: str) -> list[str]:
    """Return the words behind a disguise (« c0nnard », « p u t e », « n.i.q.u.e »); empty if there is none."""
    plain = fold_text(text[:LONGEST_TEXT])
    gathered = _SPACED.sub(lambda found: re.sub(r"[\W_]+", "", found[0]), plain)
    shown = _DISGUISED.sub(_as_meant, gathered)
    return [] if shown == plain else list(folded_words(shown))


def _as_meant(found: re.Match[str]) -> str:
    """Put the letters back into « c0nnard », but leave short ones such as « 3D » and « B2B »."""
    letters = sum(sign.isalpha() for sign in found[0])
    return found[0].translate(_LOOKS_LIKE).replace("*", "") if letters >= _LEAST_LETTERS else found[0]
