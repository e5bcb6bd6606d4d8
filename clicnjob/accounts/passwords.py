"""The rules for a professional's password: long, not common, and not easily guessed by who knows the person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from zxcvbn import zxcvbn

from clicnjob import content, policy, text
from clicnjob.errors import Refusal
from clicnjob.paths import DATA

_LEAST_OWN = 8  # characters that must be left once the words of the structure are removed
_WORD = 4  # shorter words of the structure appear by chance
_SHORT = 3  # a name of this length is matched as a whole word only
_PARTICLES = {"des", "les", "del", "dos", "das", "van", "von", "der", "den", "ter", "ben", "bin"}
_CASE_CHANGES = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")  # « JesuisLea » splits into words
_LETTER = {
    "a": "[a4@]", "b": "[b8]", "c": "[c(]", "e": "[e3€&]", "g": "[g96]", "i": "[i1!|l]", "l": "[l1!|i]", "o": "[o0]",
    "s": "[s5$]", "t": "[t7+]", "z": "[z2]",
}  # fmt: skip
_JUDGED = 72  # characters given to zxcvbn; more would only cost time


class ShortPassword(Refusal):
    """The password is shorter than the CNIL asks, or too long to be hashed."""

    sentence = f"Le mot de passe doit avoir au moins {policy.PASSWORD_LENGTH} caractères."


class TellingPassword(Refusal):
    """The password contains the person's login or name, or consists mostly of the structure's name."""

    sentence = (
        "Ce mot de passe contient votre nom, votre identifiant ou celui de la structure. Choisissez d’autres mots."
    )


class CommonPassword(Refusal):
    """The password is easily guessed: known words, keyboard runs, repeats, dates."""

    sentence = "Ce mot de passe est trop facile à deviner. Mettez bout à bout quatre mots sans lien."


class PasswordsDiffer(Refusal):
    """The two typed passwords are not the same."""

    sentence = "Les deux mots de passe ne sont pas pareils. Écrivez deux fois le même."


def strong_password(password: str, *, about: Iterable[str] = (), place: str = "") -> str:
    """Return the password in Unicode NFKC, so that every keyboard gives the same one.

    `about` are the person's names and login, which it must not contain. `place` is the name of the structure: its
    ordinary words (« trois », « mission ») are allowed and add no strength. Raises ShortPassword, TellingPassword,
    CommonPassword.
    """
    if not policy.PASSWORD_LENGTH <= len(normal_password(password)) <= policy.PASSWORD_LONGEST:
        raise ShortPassword
    names = sorted(set(_name_words(about)))
    if any(_contains_name(password, name) for name in names):
        raise TellingPassword
    folded = text.fold_text(password)
    known = sorted({word for word in _name_words([place]) if len(word) >= _WORD}, key=lambda word: (-len(word), word))
    left = folded
    for word in known:
        left = left.replace(word, "")
    if left != folded and len(left) < _LEAST_OWN:
        raise TellingPassword
    judged = zxcvbn(folded[:_JUDGED], user_inputs=[*names, *known, *common_words()], max_length=_JUDGED)
    if judged["guesses"] < policy.PASSWORD_GUESSES:
        raise CommonPassword
    return normal_password(password)


def normal_password(password: str) -> str:
    """Return a password in NFKC, cut just past the longest one allowed, so that hashing it costs a bounded time."""
    return unicodedata.normalize("NFKC", password[: policy.PASSWORD_LONGEST + 1])


@content.loaded_once
def common_words() -> tuple[str, ...]:
    """Return the most common French words; zxcvbn brings the English ones. Raises content.ContentMistakes."""
    return tuple(content.read_content(list[str], DATA / "mots-de-passe" / "courants.yaml"))


def _name_words(said: Iterable[str]) -> Iterable[str]:
    """Yield the words of names and addresses, and each name as a single word, case-folded and without accents."""
    for each in said:
        words = "".join(c if c.isalpha() else " " for c in text.fold_text(each)).split()
        yield from (word for word in (*words, "".join(words)) if word)


def _contains_name(password: str, name: str) -> bool:
    """Whether a password contains a name, whatever its case, accents or look-alike signs, forwards or backwards.

    A name of three letters must stand alone, since « ali » is in « qualité »; a shorter one is not looked for.
    """
    if len(name) < _SHORT or name in _PARTICLES:
        return False
    spelt = "".join(_LETTER.get(letter, re.escape(letter)) for letter in name)
    folded = text.fold_text(_CASE_CHANGES.sub(" ", password) if len(name) == _SHORT else password)
    if len(name) == _SHORT:
        return re.search(rf"(?<![^\W\d_]){spelt}(?![^\W\d_])", folded) is not None
    return re.search(spelt, folded) is not None or re.search(spelt, folded[::-1]) is not None
