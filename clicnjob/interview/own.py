"""Makes interview questions from a person's CV by filling templates with its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clicnjob.interview.notebook import TrainingQuestion
from clicnjob.interview.words import OwnQuestion, Source, sentence_fields

OWN = "cv/"  # prefix of the keys of questions made from the CV
_AS_WRITTEN = frozenset({"lieu"})  # place names keep their capital inside a sentence
_QUOTED = re.compile(r"(«\s)\{(\w+)\}")
_SMALL = re.compile(r"\b(d|l|qu|j|m|t|s|n)(e|a) \{(\w+)\}", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouyàâéèêëîïôöûüœæ]|hô|hi|he", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the CV: its kind, the id of the item, and the words of each field (« titre », « lieu »…)."""

    source: Source
    item: str
    words: Mapping[str, str]


def own_questions(
    facts: Sequence[Fact], offered: Mapping[Source, Sequence[OwnQuestion]]
) -> tuple[TrainingQuestion, ...]:
    """Return every question that these facts can fill, in the order of the facts."""
    return tuple(one for fact in facts for one in _of_fact(fact, offered.get(fact.source, ())))


def filled_sentence(template: str, words: Mapping[str, str]) -> str | None:
    """Return the filled sentence, elided (« d’aide en cuisine ») and capitalised, or None if a field is missing.

    Between « » the words stay exactly as the CV has them.
    """
    if not all(words.get(name) for name in sentence_fields(template)):
        return None
    inside = {name: value if name in _AS_WRITTEN else lower_first_letter(value) for name, value in words.items()}
    quoted = {f"{name}_quoted": value for name, value in words.items()}
    marked = _QUOTED.sub(r"\1{\2_quoted}", _SMALL.sub(lambda m: _elided_field(m, inside), template))
    said = marked.format_map(inside | quoted)
    return said[:1].upper() + said[1:]


def lower_first_letter(text: str) -> str:
    """Lower the first letter, unless the first word is in capitals (« CAP », « ATSEM »)."""
    first = text.split(" ")[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def is_own(key: str) -> bool:
    """Tell whether a question was made from the CV."""
    return key.startswith(OWN)


def _of_fact(fact: Fact, offered: Sequence[OwnQuestion]) -> Iterator[TrainingQuestion]:
    for one in offered:
        if one.sans_lieu and fact.words.get("lieu"):
            continue
        question, beginning = filled_sentence(one.question, fact.words), filled_sentence(one.debut, fact.words)
        if question and beginning is not None:
            yield TrainingQuestion(key=f"{OWN}{one.cle}/{fact.item}", words=question, beginning=beginning)


def _elided_field(match: re.Match[str], words: Mapping[str, str]) -> str:
    """Turn « de {metier} » or « la {metier} » into « d’ » or « l’ » before a vowel."""
    if _VOWEL.match(words.get(match[3], "")):
        return f"{match[1]}’{{{match[3]}}}"
    return match[0]
