"""What a professional's password must be: long, and not what everybody, or whoever knows them, would try first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from zxcvbn import zxcvbn

from clicnjob import content, policy, text
from clicnjob.errors import Refusal
from clicnjob.paths import DATA

_LEAST_OWN = 8  # characters that must be left beside what is known of the person
_WORD = 4  # letters from which a name can be told from chance
_JUDGED = 72  # characters; more only cost time


class ShortPassword(Refusal):
    """Shorter than the CNIL asks, or too long to be hashed."""

    sentence = f"Le mot de passe doit avoir au moins {policy.PASSWORD_LENGTH} caractères."


class TellingPassword(Refusal):
    """Made of the person's login, name or structure."""

    sentence = "Ce mot de passe contient votre nom ou celui de la structure. Choisissez d’autres mots."


class CommonPassword(Refusal):
    """Known words, runs of keys, repeats, dates: found by trying."""

    sentence = "Ce mot de passe est trop facile à deviner. Mettez bout à bout quatre mots sans lien."


class PasswordsDiffer(Refusal):
    """The password was not typed twice alike."""

    sentence = "Les deux mots de passe ne sont pas pareils. Écrivez deux fois le même."


def strong_password(password: str, *, about: Iterable[str] = ()) -> str:
    """The password, in one Unicode form whatever the keyboard; `about` is what is known of the person.

    Raises ShortPassword, TellingPassword, CommonPassword.
    """
    if not policy.PASSWORD_LENGTH <= len(plain(password)) <= policy.PASSWORD_LONGEST:
        raise ShortPassword
    folded = text.fold(password)
    known = sorted(set(_known(about)), key=lambda word: (-len(word), word))
    left = folded
    for word in known:
        left = left.replace(word, "")
    if left != folded and len(left) < _LEAST_OWN:
        raise TellingPassword
    judged = zxcvbn(folded[:_JUDGED], user_inputs=[*known, *common_words()], max_length=_JUDGED)
    if judged["guesses"] < policy.PASSWORD_GUESSES:
        raise CommonPassword
    return plain(password)


def plain(password: str) -> str:
    """A password in one Unicode form, bounded so that its hash is."""
    return unicodedata.normalize("NFKC", password[: policy.PASSWORD_LONGEST + 1])


@cache
def common_words() -> tuple[str, ...]:
    """The French words that are tried first; zxcvbn brings the English ones. Raises content.ContentMistakes."""
    return tuple(content.read(list[str], DATA / "mots-de-passe" / "courants.yaml"))


def _known(about: Iterable[str]) -> Iterable[str]:
    """The words of names and addresses, and each name as one word."""
    for said in about:
        words = "".join(c if c.isalnum() else " " for c in text.fold(said)).split()
        yield from (word for word in (*words, "".join(words)) if len(word) >= _WORD)
