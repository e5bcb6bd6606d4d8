"""The video of a structure's own lesson: who puts it there, who watches it, and its file, piece by piece."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, get_args

from sqlalchemy import insert
from sqlmodel import Session, col, func, select

from clicnjob import audit, policy, text
from clicnjob.bounded.video import reading
from clicnjob.bounded.video.facts import BlankedPart, VideoFacts, WrongVideoFormat
from clicnjob.errors import NotFound, Refusal
from clicnjob.learn.lesson import Licence
from clicnjob.learn.own import permissions
from clicnjob.learn.own.published import is_own_id
from clicnjob.learn.own.subtitles import read_subtitles
from clicnjob.models import Actor, LearningKind, LessonVideo, LessonVideoPiece, OwnLesson, random_id

PIECE_BYTES = 256 * 1024
_SIDE = 1_920  # pixels; more stutters on the computers of a mission locale
_AUTHOR = 120  # characters
OURS_ONLY = "structure"  # nobody else may use it
LICENCES = (*get_args(Licence), OURS_ONLY)


class VideoTooLong(Refusal):
    """The video lasts longer than a young person watches."""

    sentence = "Cette vidéo dure plus de 3 minutes. Coupez-la, ou faites deux leçons."


class VideoTooBig(Refusal):
    """The file is too large, or its picture."""

    sentence = f"Cette vidéo est trop lourde : {policy.VIDEO_MEGABYTES} Mo au plus. Exportez-la en 720p."


class TooManyVideos(Refusal):
    """The videos of the structure take as much room as they may."""

    sentence = f"Les vidéos de votre structure prennent déjà {policy.VIDEOS_BYTES // 1024 // 1024} Mo. Enlevez-en une ancienne."


class VideoWordsMissing(Refusal):
    """A video needs its words, its author and the agreement of whom one sees, or there is none."""


@dataclass(frozen=True, slots=True)
class VideoWords:
    """What comes with the file of a video: the text of what is said, who made it and what may be done with it."""

    transcript: str
    author: str
    licence: str


@dataclass(frozen=True, slots=True)
class ReadVideo:
    """A file that was read and found good, with its words and subtitles, ready to be stored."""

    facts: VideoFacts
    words: VideoWords
    subtitles: str


@dataclass(frozen=True, slots=True)
class WatchedVideo:
    """A video as it is shown. `size` is in bytes."""

    id: str
    media_type: str
    size: int
    seconds: int
    width: int
    height: int
    subtitles: str
    transcript: str
    author: str
    licence: str


def lesson_video(session: Session, *, of: Actor, lesson_id: str, now: datetime) -> WatchedVideo | None:
    """Return the video of a lesson; None for one without, ours, and another structure's alike. At most two queries."""
    if not is_own_id(lesson_id):
        return None
    return _watched_video(session, of, LessonVideo.lesson_id == lesson_id, now)


def video_to_watch(session: Session, *, of: Actor, video_id: str, now: datetime) -> WatchedVideo:
    """Return a video that somebody may watch. At most two queries. Raises NotFound."""
    if (found := _watched_video(session, of, LessonVideo.id == video_id, now)) is None:
        raise NotFound
    return found


def video_piece(session: Session, *, of: Actor, video_id: str, number: int, now: datetime) -> bytes:
    """Return one piece of a video's file; the last one is shorter. At most two queries more. Raises NotFound."""
    video_to_watch(session, of=of, video_id=video_id, now=now)
    piece = session.get(LessonVideoPiece, (video_id, number))
    if piece is None:
        raise NotFound
    session.expunge(piece)
    return piece.data


def video_lesson_title(session: Session, *, of: Actor, lesson_id: str) -> str:
    """Return the title of a lesson of the structure that may get a video. Raises NotFound."""
    return _own_lesson(session, of, lesson_id).title


def read_video(source: BinaryIO, subtitles: bytes, *, words: VideoWords) -> ReadVideo:
    """Read a file and what comes with it. Raises what refuses them: a sentence for each."""
    cleaned = _checked_words(words)
    if source.seek(0, 2) > policy.VIDEO_BYTES:
        raise VideoTooBig
    facts = reading.read_video(source)
    if facts.seconds > policy.VIDEO_SECONDS + 1:  # a sound often outlasts its picture by a few frames
        raise VideoTooLong
    if max(facts.width, facts.height) > _SIDE:
        raise WrongVideoFormat("L’image est trop grande pour les ordinateurs d’ici. Exportez la vidéo en 720p.")
    return ReadVideo(facts, cleaned, read_subtitles(subtitles, seconds=facts.seconds))


def keep_video(session: Session, *, by: Actor, lesson_id: str, source: BinaryIO, read: ReadVideo, now: datetime) -> str:
    """Store a video instead of the one that the lesson had; return its id. Raises NotFound, TooManyVideos.

    What the file tells about where and with what it was filmed is not stored.
    """
    _own_lesson(session, by, lesson_id, lock=True)
    size = source.seek(0, 2)
    used = session.exec(
        select(func.coalesce(func.sum(LessonVideo.size), 0))
        .join(OwnLesson, col(OwnLesson.id) == col(LessonVideo.lesson_id))
        .where(OwnLesson.organisation_id == by.organisation_id, OwnLesson.id != lesson_id)
    ).one()
    if used + size > policy.VIDEOS_BYTES:
        raise TooManyVideos
    _delete_video(session, lesson_id)
    facts = read.facts
    made = LessonVideo(
        id=random_id(), lesson_id=lesson_id, media_type=facts.media_type, size=size, seconds=max(1, round(facts.seconds)),
        width=facts.width, height=facts.height, subtitles=read.subtitles, transcript=read.words.transcript,
        author=read.words.author, licence=read.words.licence, made_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _write_pieces(session, made.id, source, facts.blanked)
    audit.note_act(session, by=by, act="own lesson video added", now=now)
    return made.id


def remove_video(session: Session, *, by: Actor, lesson_id: str, now: datetime) -> None:
    """Delete the video of a lesson for good. Does nothing when there is none. Raises NotFound."""
    _own_lesson(session, by, lesson_id, lock=True)
    if _delete_video(session, lesson_id):
        audit.note_act(session, by=by, act="own lesson video removed", now=now)


def _watched_video(session: Session, of: Actor, which: object, now: datetime) -> WatchedVideo | None:
    """Return a video for who writes in its structure, or learns with its lesson while that is published."""
    query = select(LessonVideo, OwnLesson.organisation_id, OwnLesson.published_at)
    row = session.exec(query.join(OwnLesson, col(OwnLesson.id) == col(LessonVideo.lesson_id)).where(which)).first()  # type: ignore[arg-type]
    if row is None:
        return None
    video, organisation_id, published_at = row
    may_watch = permissions.may_write(of) and of.organisation_id == organisation_id
    if not may_watch and published_at is not None:
        may_watch = organisation_id in permissions.learning_structures(session, of=of, now=now)
    if not may_watch:
        return None
    return WatchedVideo(
        video.id, video.media_type, video.size, video.seconds, video.width, video.height,
        video.subtitles, video.transcript, video.author, video.licence,
    )  # fmt: skip


def _own_lesson(session: Session, actor: Actor, lesson_id: str, *, lock: bool = False) -> OwnLesson:
    query = select(OwnLesson).where(OwnLesson.id == lesson_id, OwnLesson.organisation_id == actor.organisation_id)
    query = query.where(OwnLesson.kind == LearningKind.LESSON)
    row = session.exec(query.with_for_update() if lock else query).first() if permissions.may_write(actor) else None
    if row is None:
        raise NotFound
    return row


def _delete_video(session: Session, lesson_id: str) -> bool:
    row = session.exec(select(LessonVideo).where(LessonVideo.lesson_id == lesson_id)).first()
    if row is None:
        return False
    session.delete(row)  # the database deletes the pieces
    session.flush()
    return True


def _write_pieces(session: Session, video_id: str, source: BinaryIO, blanked: tuple[BlankedPart, ...]) -> None:
    """Write the file piece by piece, so that only one piece is in memory."""
    source.seek(0)
    number, left = 0, deque(sorted(blanked, key=lambda part: part.start))
    while data := source.read(PIECE_BYTES):
        piece = _without_blanked(data, number * PIECE_BYTES, left)
        session.execute(insert(LessonVideoPiece), {"video_id": video_id, "number": number, "data": piece})
        number += 1


def _without_blanked(data: bytes, start: int, left: deque[BlankedPart]) -> bytes:
    """Return a piece without what is to be blanked in it, and take the parts that end in it off `left`.

    A file may hold a hundred thousand such parts, and nobody else writes while it is stored.
    """
    changed, end = bytearray(data), start + len(data)
    while left and left[0].start < end:
        part = left[0]
        first, last = max(part.start, start), min(part.end, end)
        head = part.head[first - part.start : last - part.start]
        changed[first - start : last - start] = head + bytes(last - first - len(head))
        if part.end > end:
            break
        left.popleft()
    return bytes(changed)


def _checked_words(words: VideoWords) -> VideoWords:
    cleaned = VideoWords(
        text.clean_paragraph(words.transcript, most=policy.VIDEO_TRANSCRIPT).strip(),
        text.clean_line(words.author, most=_AUTHOR).strip(),
        words.licence,
    )
    if not cleaned.transcript:
        raise VideoWordsMissing("Écrivez ce qui est dit dans la vidéo. Sans ce texte, certains jeunes n’ont rien.")
    if not cleaned.author:
        raise VideoWordsMissing("Écrivez qui a fait la vidéo.")
    if cleaned.licence not in LICENCES:
        raise VideoWordsMissing("Choisissez ce que les autres peuvent faire de la vidéo.")
    return cleaned
