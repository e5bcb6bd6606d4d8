"""The editorial rules of lessons and scenes, as types: a file that breaks one is refused with its line, ours or a structure's.

The sources of the rules are those of « le français facile »: one idea a sentence, few lines a screen.
"""

from __future__ import annotations

from typing import Annotated

import regex
from pydantic import AfterValidator, Field, StringConstraints

from clicnjob.content import ContentModel

SENTENCE_WORDS = 15
EXPLANATION_SENTENCES = 3
SCREEN_LINES = 10

_END = regex.compile(r"(?<=[.!?…])\s+")
_LOOSE_SIGN = regex.compile(r" [:;?!»%€]|«[ \p{L}\p{N}]|[\p{L}\p{N}][?!;»€%]|\p{L}:(?=\s|$)")
_LOOSE_UNIT = regex.compile(r"\d (?:h|ans|heures|kilos|kg|km|euros|mois|semaines|minutes)\b")
_TAG = regex.compile(r"<[\p{L}/!]|&[a-z]+;")
_PICTURE = regex.compile(r"\p{Extended_Pictographic}")


def _refuse_markup(text: str) -> str:
    """Refuse markup: what is written is shown as it is."""
    if _TAG.search(text):
        raise ValueError(f"pas de balise HTML : « {text} »")
    return text


def _check_typography(text: str) -> str:
    if "'" in text:
        raise ValueError(f"l’apostrophe s’écrit ’ : « {text} »")
    if _LOOSE_SIGN.search(text):
        raise ValueError(f"il faut une espace insécable avant : ; ? ! » % € et après « : « {text} »")
    if _LOOSE_UNIT.search(text):
        raise ValueError(f"il faut une espace insécable entre un nombre et son unité : « {text} »")
    return text


def _split_sentences(text: str) -> list[str]:
    return [part for part in _END.split(text.replace("\u00a0", " ")) if regex.search(r"\w", part)]


def _word_count(text: str) -> int:
    return sum(1 for word in text.split() if regex.search(r"\w", word))


def _check_sentence_length(text: str) -> str:
    for sentence in _split_sentences(text):
        if (count := _word_count(sentence)) > SENTENCE_WORDS:
            raise ValueError(f"{count} mots, {SENTENCE_WORDS} au plus : « {sentence} »")
    return text


def _one_idea(text: str) -> str:
    """Allow a line one sentence, or a very short exchange: « CV oublié ? Un second mail suffit. »"""
    if len(_split_sentences(text)) > 2 or _word_count(text) > SENTENCE_WORDS:
        raise ValueError(f"une ligne dit une idée, {SENTENCE_WORDS} mots au plus : « {text} »")
    return text


def _check_sentence_count(text: str) -> str:
    if (count := len(_split_sentences(text))) > EXPLANATION_SENTENCES:
        raise ValueError(f"{count} phrases, {EXPLANATION_SENTENCES} au plus : « {text} »")
    return text


def _one_picture(sign: str) -> str:
    if not (regex.fullmatch(r"\X", sign) and _PICTURE.search(sign)):
        raise ValueError(f"« {sign} » n’est pas un seul dessin (emoji)")
    return sign


_Words = Annotated[
    str, AfterValidator(_refuse_markup), AfterValidator(_check_typography), AfterValidator(_check_sentence_length)
]
Title = Annotated[_Words, StringConstraints(min_length=1, max_length=50)]
Label = Annotated[_Words, StringConstraints(min_length=1, max_length=30)]
Line = Annotated[_Words, AfterValidator(_one_idea), StringConstraints(min_length=1, max_length=140)]
Explanation = Annotated[_Words, AfterValidator(_check_sentence_count), StringConstraints(min_length=1, max_length=300)]
Answer = Annotated[_Words, AfterValidator(_check_sentence_count), StringConstraints(min_length=1, max_length=120)]
# What is drawn as it would be met (a link, a message full of mistakes): any words, and still no markup.
Drawn = Annotated[str, AfterValidator(_refuse_markup), StringConstraints(min_length=1, max_length=120)]
ReadAloud = Annotated[str, AfterValidator(_refuse_markup), StringConstraints(max_length=900)]
Sign = Annotated[str, AfterValidator(_one_picture), StringConstraints(max_length=16)]
Icon = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=40)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=56)]
Address = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$", max_length=300)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=SCREEN_LINES)]


class FactSource(ContentModel):
    """An official source of a fact, with its address."""

    nom: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    url: Address


class ContentAuthor(ContentModel):
    """Who wrote a lesson or a scene; it travels with every copy."""

    structure: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    nom: Annotated[str, StringConstraints(max_length=80)] = ""


class CopySource(ContentModel):
    """The lesson that a copy comes from."""

    lecon: Key
    version: Annotated[int, Field(ge=1)]
    structure: Annotated[str, StringConstraints(max_length=120)] = ""
