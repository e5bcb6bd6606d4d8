"""How each function of a structure's own lessons, of reports and of proposed lessons is called in the access table."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO

from clicnjob.cohort.support import list_lessons, next_steps
from clicnjob.errors import NotFound
from clicnjob.learn import library, paper, reports
from clicnjob.learn.own import files, permissions, published, videos, writing, written_lessons
from clicnjob.learn.own.videos import ReadVideo, VideoWords
from clicnjob.models import Account, LearningKind, LessonReport, LessonVideo, LessonVideoPiece, OwnLesson
from clicnjob.own_content import changes
from clicnjob.workshops.live import activities
from tests.access_world import Case
from tests.bounded import video_files
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
LESSON = LearningKind.LESSON
_SHIPPED = library.shipped_lessons()["joindre-un-fichier"]
_SCENE = next(iter(library.shipped_scenes().values()))


def _row(c: Case, kind: LearningKind = LESSON) -> str:
    """A published lesson that belongs to the structure of whoever the case is about; an unknown id without one."""
    account = c.session.get(Account, c.it.whom)
    if account is None or account.organisation_id is None:
        return "s-0000000000000000"
    entry = _SHIPPED if kind is LESSON else _SCENE
    row = OwnLesson(organisation_id=account.organisation_id, by_id="x", kind=kind, title="La nôtre")
    row.body = {"content": {**entry.model_dump(mode="json"), "verifie_le": TODAY.isoformat()}}
    row.published, row.published_at, row.published_version = entry.model_dump(mode="json"), NOW, 1
    c.session.add(row)
    c.session.flush()
    return row.id


def _written(c: Case) -> dict[str, Any]:
    return {"by": c.me, "lesson_id": _row(c), "now": NOW}


def _learned(c: Case) -> dict[str, Any]:
    return {"of": c.me, "kind": LESSON, "content_id": _row(c), "now": NOW}


def _reported(c: Case) -> str:
    """An open report of whoever the case is about; an unknown id without one."""
    account = c.session.get(Account, c.it.whom)
    if account is None or account.organisation_id is None:
        return "inconnu"
    row = LessonReport(
        organisation_id=account.organisation_id,
        account_id=account.id,
        kind=LESSON,
        content_id=_SHIPPED.id,
        reasons=["faux"],
    )
    c.session.add(row)
    c.session.flush()
    return row.id


def _video(c: Case) -> tuple[str, str]:
    """The ids of a published lesson with a video, and of that video."""
    lesson_id = _row(c)
    video = LessonVideo(
        lesson_id=lesson_id, media_type="video/mp4", size=4, seconds=1, width=640, height=360, subtitles="WEBVTT\n",
        transcript="Bonjour.", author="Nous", licence="structure",
    )  # fmt: skip
    if c.session.get(OwnLesson, lesson_id) is not None:
        c.session.add(video)
        c.session.flush()
        c.session.add(LessonVideoPiece(video_id=video.id, number=0, data=b"film"))
        c.session.flush()
    return lesson_id, video.id


def _shown_video(c: Case) -> None:
    """A lesson without a video and one that the person may not open look the same, which here is a refusal."""
    if videos.lesson_video(c.session, of=c.me, lesson_id=_video(c)[0], now=NOW) is None:
        raise NotFound


def _film() -> tuple[BinaryIO, ReadVideo]:
    source = io.BytesIO(video_files.mp4())
    return source, videos.read_video(
        source, b"WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour.\n", words=VideoWords("Bonjour.", "Nous", "structure")
    )


def _keep_film(c: Case) -> None:
    source, read = _film()
    videos.keep_video(c.session, **_written(c), source=source, read=read)


_QUESTION = ("quiz", "q1")
_TITLE = ("titre",)

ON_ONESELF: dict[str, Recipe] = {
    "learn.own.permissions.learning_structures": lambda c: permissions.learning_structures(c.session, of=c.me, now=NOW),
    "learn.own.published.published_entries": lambda c: (
        _row(c),
        published.published_entries(c.session, of=c.me, now=NOW),
    )[1],
    "learn.own.published.shown_titles": lambda c: (_row(c), published.shown_titles(c.session, of=c.me))[1],
    "learn.own.written_lessons.structure_lessons": lambda c: written_lessons.structure_lessons(c.session, of=c.me),
    "learn.own.writing.begin_lesson": lambda c: writing.begin_lesson(
        c.session, by=c.me, kind=LESSON, today=TODAY, now=NOW
    ),
    "learn.own.writing.add_brought_lesson": lambda c: writing.add_brought_lesson(
        c.session, by=c.me, kind=LESSON, body=_SHIPPED.model_dump(mode="json"), now=NOW
    ),
    "learn.own.files.take_in_lesson": lambda c: files.take_in_lesson(
        c.session, by=c.me, kind=LESSON, entry=_SHIPPED, now=NOW
    ),
    "learn.reports.open_reports": lambda c: reports.open_reports(c.session, of=c.me, now=NOW),
    "workshops.live.activities.structure_activities": lambda c: activities.structure_activities(
        c.session, of=c.me, now=NOW
    ),
    "workshops.live.activities.activity_to_send": lambda c: (
        activities.activity_to_send(c.session, by=c.me, key=f"lecon.{_row(c)}", now=NOW).nom
    ),
}

ON_SOMEBODY: dict[str, Recipe] = {
    "learn.own.published.entry_to_learn": lambda c: published.entry_to_learn(c.session, **_learned(c)),
    "learn.own.published.lesson_to_learn": lambda c: published.lesson_to_learn(
        c.session, of=c.me, lesson_id=_row(c), now=NOW
    ),
    "learn.own.published.scene_to_learn": lambda c: published.scene_to_learn(
        c.session, of=c.me, scene_id=_row(c, LearningKind.SCENE), now=NOW
    ),
    "learn.own.written_lessons.lesson_choice": lambda c: written_lessons.lesson_choice(
        c.session, of=c.me, kind=LESSON, content_id=_row(c), today=TODAY
    ),
    "learn.own.writing.copy_lesson": lambda c: writing.copy_lesson(
        c.session, by=c.me, kind=LESSON, content_id=_row(c), now=NOW
    ),
    "learn.own.writing.set_value": lambda c: writing.set_value(
        c.session, **_written(c), path=_TITLE, value="La vôtre", shown=[changes.value_fingerprint(_SHIPPED.titre)]
    ),
    "learn.own.writing.add_part": lambda c: writing.add_part(
        c.session, **_written(c), listed="quiz", form="choix", after="", base=1
    ),
    "learn.own.writing.add_item": lambda c: writing.add_item(
        c.session, **_written(c), path=(*_QUESTION, "choix"), base=1
    ),
    "learn.own.writing.remove_part": lambda c: writing.remove_part(
        c.session, **_written(c), path=("quiz",), part="q1", base=1
    ),
    "learn.own.writing.move_part": lambda c: writing.move_part(
        c.session, **_written(c), path=("quiz",), part="q1", places=1, base=1
    ),
    "learn.own.writing.mark_right": lambda c: writing.mark_right(
        c.session, **_written(c), path=(*_QUESTION, "choix"), item="b", base=1
    ),
    "learn.own.writing.undo_change": lambda c: writing.undo_change(c.session, **_written(c), base=1),
    "learn.own.writing.publish_lesson": lambda c: writing.publish_lesson(
        c.session, **_written(c), base=1, today=TODAY
    ),
    "learn.own.writing.withdraw_lesson": lambda c: writing.withdraw_lesson(c.session, **_written(c)),
    "learn.own.writing.delete_lesson": lambda c: writing.delete_lesson(c.session, **_written(c), base=1),
    "learn.own.files.carried_lesson": lambda c: files.carried_lesson(c.session, **_learned(c)),
    "learn.own.videos.lesson_video": _shown_video,
    "learn.own.videos.video_to_watch": lambda c: videos.video_to_watch(
        c.session, of=c.me, video_id=_video(c)[1], now=NOW
    ),
    "learn.own.videos.video_piece": lambda c: videos.video_piece(
        c.session, of=c.me, video_id=_video(c)[1], number=0, now=NOW
    ),
    "learn.own.videos.video_lesson_title": lambda c: videos.video_lesson_title(
        c.session, of=c.me, lesson_id=_row(c)
    ),
    "learn.own.videos.keep_video": _keep_film,
    "learn.own.videos.remove_video": lambda c: videos.remove_video(
        c.session, by=c.me, lesson_id=_video(c)[0], now=NOW
    ),
    "learn.paper.lessons_kit": lambda c: paper.lessons_kit(c.session, of=c.me, lesson_ids=[_row(c)], now=NOW),
    "learn.paper.lesson_sheet": lambda c: paper.lesson_sheet(c.session, of=c.me, lesson_id=_row(c), now=NOW),
    "learn.reports.report_screen": lambda c: reports.report_screen(
        c.session, by=c.me, kind=LESSON, content_id=_row(c), place="e1", reasons=["faux"], now=NOW
    ),
    "learn.reports.close_report": lambda c: reports.close_report(
        c.session, by=c.me, report_id=_reported(c), now=NOW
    ),
    "cohort.support.next_steps.propose_lesson": lambda c: next_steps.propose_lesson(
        c.session, by=c.me, account_id=c.it.whom, kind=LESSON, content_id=_SHIPPED.id, today=TODAY, now=NOW
    ),
    "cohort.support.list_lessons.lessons_of_list": lambda c: list_lessons.lessons_of_list(
        c.session, by=c.me, list_id=c.it.list, today=TODAY
    ),
}  # fmt: skip

# Nothing given is as good as « non » here: these filter instead of refusing.
FILTERING = {"learn.own.permissions.learning_structures", "learn.own.published.published_entries"}

# What they name by `content_id` or `lesson_id` may be a structure's own.
BY_CONTENT = frozenset(name for name in ON_SOMEBODY if name.startswith("learn."))
