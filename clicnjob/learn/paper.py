"""Prints what to keep of a lesson on one page, and the words of its video on another, as PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from clicnjob import policy, text, typeset
from clicnjob.errors import Refusal
from clicnjob.generated_file import PDF, GeneratedFile
from clicnjob.learn import library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import published, videos
from clicnjob.models import Actor

_SHEET = "_common/lesson.typ"
_KIT = "_common/lesson_kit.typ"
_SIZES = (12.5, 11.5, 10.5, 9.5)  # points, tried in turn until everything fits on one page


class NoLessonToPrint(Refusal):
    """No lesson was chosen."""

    sentence = "Choisissez au moins une leçon à imprimer."


class TooManyToPrint(Refusal):
    """More lessons were chosen than are printed at once."""

    sentence = f"Choisissez {policy.LESSON_KIT_PAGES} leçons au plus à la fois."


def lesson_sheet(session: Session, *, of: Actor, lesson_id: str, now: datetime) -> GeneratedFile:
    """Return the printed page of a lesson, ours or one that the actor's structure published. Raises NotFound."""
    lesson = published.lesson_to_learn(session, of=of, lesson_id=lesson_id, now=now)
    page = {**_sheet_data(lesson), "size": _fitting_size(lesson), "said": _said_in_video(session, of, lesson_id, now)}
    return GeneratedFile(text.file_name(f"{lesson.titre}.pdf"), PDF, typeset.Sheet(_SHEET, page).as_pdf())


def lessons_kit(session: Session, *, of: Actor, lesson_ids: Sequence[str], now: datetime) -> GeneratedFile:
    """Return the pages of some lessons in one file, each once. Raises NotFound, NoLessonToPrint, TooManyToPrint."""
    chosen = list(dict.fromkeys(lesson_ids))
    if not chosen:
        raise NoLessonToPrint
    if len(chosen) > policy.LESSON_KIT_PAGES:
        raise TooManyToPrint
    lessons = [published.lesson_to_learn(session, of=of, lesson_id=one, now=now) for one in chosen]
    said = [_said_in_video(session, of, one, now) for one in chosen]
    pages = [
        {**_sheet_data(lesson), "size": _fitting_size(lesson), "said": words}
        for lesson, words in zip(lessons, said, strict=True)
    ]
    made = typeset.sheet_pdf(
        _KIT, {"title": "Des leçons à garder", "pages": pages, "fallbacks": typeset.FALLBACK_FONTS}
    )
    return GeneratedFile("leçons à imprimer.pdf", PDF, made)


def _fitting_size(lesson: Lesson) -> float:
    for size in _SIZES:
        if len(typeset.Sheet(_SHEET, {**_sheet_data(lesson), "size": size}).as_pictures(ppi=12)) == 1:
            break
    return size


def _sheet_data(lesson: Lesson) -> dict[str, object]:
    checked = f"{lesson.verifie_le:%d/%m/%Y}"
    return {
        "title": typeset.drawable_texts(lesson.titre),
        "theme": library.lesson_themes()[lesson.theme].nom,
        "goals": [typeset.drawable_texts(line) for line in lesson.objectifs],
        "lines": [typeset.drawable_texts(line) for line in lesson.fiche.lignes],
        "next": typeset.drawable_texts(lesson.geste_suivant.libelle),
        "sources": [f"{one.nom}\u00a0: {one.url}" for one in lesson.sources],
        "foot": f"{lesson.auteur.structure} · {lesson.licence} · vérifié le {checked}",
        "said": [],
        "fallbacks": typeset.FALLBACK_FONTS,
    }


def _said_in_video(session: Session, of: Actor, lesson_id: str, now: datetime) -> list[str]:
    """Return the paragraphs of what the lesson's video says, which have a page of their own; none without a video."""
    video = videos.lesson_video(session, of=of, lesson_id=lesson_id, now=now)
    return [typeset.drawable_texts(one) for one in video.transcript.split("\n") if one.strip()] if video else []
