"""The lesson that each stage of « Mon chemin » proposes: at most one, for what the person is doing now."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content
from clicnjob.learn import library
from clicnjob.learn.lesson import GestureKey, Lesson
from clicnjob.learn.plain_words import Line
from clicnjob.learn.records import Records
from clicnjob.models import LearningKind

Stage = Literal["metiers", "cv", "candidater", "entretien"]
Situation = Literal[
    "garde_un_metier",
    "page_prete",
    "relance_a_faire",
    "candidature_a_envoyer",
    "candidature_envoyee",
    "entretien_en_video",
    "entretien_proche",
    "embauche",
    "dit_joindre",
    "dit_envoyer",
    "dit_entretien",
]


class ProposalRule(ContentModel):
    """When a stage proposes a lesson: in which situation, one that trains which gesture, and what is said."""

    etape: Stage
    quand: Situation
    gestes: tuple[GestureKey, ...] = Field(min_length=1)
    dire: Line


@dataclass(frozen=True, slots=True)
class LessonProposal:
    """A lesson to propose, and why now."""

    lesson: Lesson
    why: str


@loaded_once
def proposal_rules() -> tuple[ProposalRule, ...]:
    """The rules in the order of their file. Raises ContentMistakes, also for a gesture that does not exist."""
    rules = tuple(read_content(list[ProposalRule], library.LESSONS / "_chemin.yaml"))
    unknown = {key for rule in rules for key in rule.gestes} - library.gesture_words().keys()
    if unknown:
        raise ContentMistakes(
            tuple(f"data/lecons/_chemin.yaml:1 : le geste « {key} » n’existe pas." for key in unknown)
        )
    return rules


def proposed_lessons(doing: Set[Situation], kept: Records, *, now: datetime) -> dict[Stage, LessonProposal]:
    """Return the lesson of each stage: that of the first rule that fits and has a lesson left to do, or due again."""
    found: dict[Stage, LessonProposal] = {}
    for rule in proposal_rules():
        if rule.quand not in doing or rule.etape in found:
            continue
        lesson = _lesson_to_do(rule, kept, now=now)
        if lesson is not None and all(lesson.id != one.lesson.id for one in found.values()):
            found[rule.etape] = LessonProposal(lesson, rule.dire)
    return found


def _lesson_to_do(rule: ProposalRule, kept: Records, *, now: datetime) -> Lesson | None:
    for gesture in rule.gestes:
        for lesson in library.shipped_lessons().values():
            record = kept.get((LearningKind.LESSON, lesson.id))
            done = record is not None and record.finished_at is not None and not record.is_due(now=now)
            if lesson.gestes[0] == gesture and not done:
                return lesson
    return None
