"""The rules of lessons and scenes that look at more than one line; ours are tested by them, a structure's are told them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import regex

from clicnjob import policy
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.scene import Scene

Place = tuple[str | int, ...]
Fault = tuple[Place, str]  # where in the entry's own data, and what is wrong there, in French

_ONLY_A_VERDICT = regex.compile(
    r"^(bravo|faux|non|oui|exact|juste|raté|super|bien joué|perdu|gagné)\W*$", regex.IGNORECASE
)
_VERDICT_FIRST = regex.compile(r"^(faux|raté|perdu|mauvaise réponse)\b", regex.IGNORECASE)
_NAMED_PICTURE = regex.compile(r"^(image|dessin|photo|icône) d", regex.IGNORECASE)
_LEAST_WORDS_OF_A_REASON = 4
_ABOUT_FACTS = frozenset({"aides", "droits"})  # what the law or the State says has a source
_DRIFT = timedelta(days=1)  # between the clocks of the author and of the server


def content_faults(entry: Lesson | Scene, *, today: date) -> Iterator[Fault]:
    """Yield what is wrong in an entry whose shape is right."""
    for place, key, words in _texts_with_places(entry.model_dump(), ()):
        if key in ("explication", "pourquoi"):
            yield from ((place, said) for said in _explanation_faults(words))
        elif key == "alt":
            yield from ((place, said) for said in _alternative_faults(words))
    if not today - timedelta(days=policy.FACTS_LAST_DAYS) <= entry.verifie_le <= today + _DRIFT:
        yield ("verifie_le",), "la date de vérification a plus d’un an, ou n’est pas encore passée"
    if isinstance(entry, Lesson):
        yield from _lesson_faults(entry)


def _explanation_faults(words: str) -> Iterator[str]:
    if _ONLY_A_VERDICT.search(words) or _VERDICT_FIRST.search(words):
        yield f"une explication dit ce qui se passe, pas un verdict : « {words} »"
    elif len(words.split()) < _LEAST_WORDS_OF_A_REASON:
        yield f"une explication donne une raison, en quelques mots : « {words} »"


def _alternative_faults(words: str) -> Iterator[str]:
    if _NAMED_PICTURE.search(words):
        yield f"dites ce qu’on voit, sans « image de » : « {words} »"
    elif len(words.split()) < 2:
        yield f"dites ce qu’on voit, en deux mots au moins : « {words} »"


def _lesson_faults(lesson: Lesson) -> Iterator[Fault]:
    if lesson.theme in _ABOUT_FACTS and not lesson.sources:
        yield ("sources",), "une leçon sur les aides ou les droits nomme sa source officielle"
    on_screens = {words for _, _, words in _texts_with_places([screen.model_dump() for screen in lesson.ecrans], ())}
    if sum(line in on_screens for line in lesson.fiche.lignes) > len(lesson.fiche.lignes) // 3:
        yield ("fiche", "lignes"), "la fiche répète les écrans : dites-le autrement, en plus court"
    firsts = [one.choix[0].juste for one in lesson.quiz if one.genre == "choix"]
    if len(firsts) > 2 and all(firsts):
        yield ("quiz",), "la bonne réponse est toujours la première : changez-en une de place"


def _texts_with_places(part: Any, place: Place) -> Iterator[tuple[Place, str, str]]:
    """Yield each text with its place and the key that it stands under."""
    if isinstance(part, str):
        yield place, next((one for one in reversed(place) if isinstance(one, str)), ""), part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in ("id", "genre", "signe"):
                yield from _texts_with_places(value, (*place, key))
    elif isinstance(part, list | tuple):
        for number, value in enumerate(part):
            yield from _texts_with_places(value, (*place, number))
