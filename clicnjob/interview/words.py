"""Reads the content of data/interview other than questions and calls: the day, thanks, ticks, the trio, the pitch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content
from clicnjob.interview.bank import FAMILIES, INTERVIEW, Key, Letter, Question, Said, line_of

FIELDS = frozenset({"titre", "lieu", "metier", "qualite", "preuve", "langue", "interet", "formation", "phrase"})
Source = Literal[
    "experience",
    "stage",
    "petit_boulot",
    "benevolat",
    "aide_famille",
    "sport",
    "qualite",
    "metier",
    "formation",
    "trou",
    "langue",
    "interet",
]
SOURCES: tuple[Source, ...] = get_args(Source)
Tick = Literal["exemple", "moi", "question"]
TICKS: tuple[Tick, ...] = ("exemple", "moi", "question")


def sentence_fields(template: str) -> frozenset[str]:
    """Return the names of the fields of a template: « {lieu} » gives « lieu »."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def _checked_template(template: str) -> str:
    try:
        unknown = sentence_fields(template) - FIELDS
    except ValueError:
        raise ValueError(f"une accolade est de trop dans « {template} »") from None
    if unknown:
        raise ValueError(f"« {{{sorted(unknown)[0]}}} » n’est pas un mot que l’on sait remplacer")
    return template


Template = Annotated[Said, AfterValidator(_checked_template)]


class Paper(ContentModel):
    """A paper to bring; `quand` says in which case."""

    cle: Key
    texte: Said
    quand: str = ""


class TickLine(ContentModel):
    """A line to tick."""

    cle: Key
    texte: Said


class Late(ContentModel):
    """What to say and do when late."""

    phrase: Said
    gestes: tuple[Said, ...] = Field(min_length=1)


class DayWords(ContentModel):
    """The content of « Le jour J ». `tenues` is keyed by the letter of a family, or « defaut »."""

    papiers: tuple[Paper, ...] = Field(min_length=3)
    tenues: dict[str, tuple[Said, ...]]
    questions_a_poser: tuple[TickLine, ...] = Field(min_length=5)
    matin: tuple[Said, ...] = Field(min_length=2)
    retard: Late

    def clothes_for(self, family: str) -> tuple[str, ...]:
        """Return what to wear for a family of jobs, or the general advice if the family is unknown."""
        return self.tenues.get(family) or self.tenues["defaut"]


class Thanks(ContentModel):
    """The parts of a thank-you message, and lessons to tick after an interview."""

    objet: tuple[Said, ...] = Field(min_length=2)
    debut: tuple[Said, ...] = Field(min_length=2)
    rappel: tuple[Said, ...] = Field(min_length=2)
    fin: tuple[Said, ...] = Field(min_length=2)
    apprises: tuple[TickLine, ...] = Field(min_length=5)


class TickWords(ContentModel):
    """One self-assessment box, and what to try next time if it stays empty."""

    texte: Said
    plus_tard: Said


class TrialWords(ContentModel):
    """The boxes to tick after an answer, the closing sentences, and how many questions fit in how many minutes."""

    coches: dict[Tick, TickWords] = Field(min_length=3)
    fins: tuple[Said, ...] = Field(min_length=3)
    minuteur: dict[int, int] = Field(min_length=1)


class OwnQuestion(ContentModel):
    """A template for a question about the person's CV, and for the beginning of an answer.

    `sans_lieu` keeps it for facts without a place.
    """

    cle: Key
    question: Template
    debut: Template
    sans_lieu: bool = False


class Piece(ContentModel):
    """One piece of the pitch: its question and the beginnings to tick."""

    cle: Key
    question: Said
    debuts: tuple[Template, ...] = Field(min_length=2)
    conseil: str = ""


class TrioRole(ContentModel):
    """The card of one of the three roles."""

    titre: Said
    icone: Said
    carte: tuple[Said, ...] = Field(min_length=3, max_length=8)


class Roles(ContentModel):
    """The three roles of the trio."""

    employeur: TrioRole
    candidat: TrioRole
    observateur: TrioRole


class TrioWords(ContentModel):
    """The trio exercise: three people share one screen. Role cards, minutes per turn, and what the observer ticks."""

    roles: Roles
    minutes: int = Field(ge=1, le=10)
    grille: tuple[Said, ...] = Field(min_length=3, max_length=3)
    consignes: tuple[Said, ...] = Field(min_length=1)


@dataclass(frozen=True)
class InterviewWords:
    """All content of data/interview except the questions and the calls."""

    day: DayWords
    thanks: Thanks
    trial: TrialWords
    own: dict[Source, tuple[OwnQuestion, ...]]
    pitch: tuple[Piece, ...]
    trio: TrioWords
    examples: dict[str, dict[str, str]]

    def example_of(self, question: Question, *, family: str) -> str:
        """Return the example of an answer from the person's own family of jobs, or the general one."""
        return self.examples.get(family, {}).get(question.cle, question.exemple)


@loaded_once
def interview_words() -> InterviewWords:
    """Return the words of this process, read once. Raises ContentMistakes."""
    return read_words()


def read_words(folder: Path = INTERVIEW) -> InterviewWords:
    """Read the words under `folder`. Raises ContentMistakes with every mistake of every file."""
    kinds: dict[str, Any] = {
        "jour-j": DayWords,
        "merci": Thanks,
        "essais": TrialWords,
        "depuis-le-cv": dict[Source, tuple[OwnQuestion, ...]],
        "pitch": list[Piece],
        "trio": TrioWords,
        "exemples": dict[Letter, dict[Key, Said]],
    }
    found: dict[str, Any] = {}
    mistakes: list[str] = []
    for name, kind in kinds.items():
        try:
            found[name] = read_content(kind, folder / f"{name}.yaml")
        except ContentMistakes as wrong:
            mistakes += wrong.mistakes
    if not mistakes:
        mistakes += _incomplete_parts(folder, found)
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    return InterviewWords(
        day=found["jour-j"],
        thanks=found["merci"],
        trial=found["essais"],
        own=found["depuis-le-cv"],
        pitch=tuple(found["pitch"]),
        trio=found["trio"],
        examples=found["exemples"],
    )


def _incomplete_parts(folder: Path, found: dict[str, Any]) -> Iterator[str]:
    """Report families without clothes, sources without questions, and duplicate keys."""
    for letter in (*FAMILIES, "defaut"):
        if letter not in found["jour-j"].tenues:
            yield f"data/interview/jour-j.yaml:1 : il manque la tenue « {letter} »."
    for source in SOURCES:
        if not found["depuis-le-cv"].get(source):
            yield f"data/interview/depuis-le-cv.yaml:1 : il manque des questions pour « {source} »."
    keyed = {
        "depuis-le-cv": [one.cle for questions in found["depuis-le-cv"].values() for one in questions],
        "jour-j": [one.cle for one in (*found["jour-j"].papiers, *found["jour-j"].questions_a_poser)],
        "merci": [one.cle for one in found["merci"].apprises],
        "pitch": [one.cle for one in found["pitch"]],
    }
    for name, keys in keyed.items():
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"{line_of(folder / f'{name}.yaml', key)} : la clé « {key} » est donnée deux fois."
