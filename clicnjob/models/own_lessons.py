"""The tables of what a structure writes to learn with, and of what young people say is wrong in any lesson or scene."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, Text
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, random_id, utc_now
from clicnjob.models.words import LearningKind


def own_content_id() -> str:
    """Return a new id for a structure's lesson or scene. No lesson of ours begins like it."""
    return f"s-{secrets.token_hex(8)}"


class OwnLesson(Record, table=True):
    """A structure's own lesson or scene: written from nothing, copied from another one, or taken in from a file.

    `body` is a `own_content.changes.StoredContent`: what is being written, and how to take back its last changes. `version`
    rises with each change. `published` is the frozen copy that young people see, while `published_at` is set.
    """

    id: str = Field(default_factory=own_content_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    kind: LearningKind = Field(sa_type=one_of(LearningKind))
    title: str = Field(max_length=400)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1
    published: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    published_version: int = 0
    published_at: datetime | None = instant_column(default=None)
    made_at: datetime = instant_column(default_factory=utc_now)
    changed_at: datetime = instant_column(default_factory=utc_now)


class LessonVideo(Record, table=True):
    """The video of a structure's own lesson, at most one. A new file is a new row with a new id, so with a new address.

    `subtitles` are WebVTT as we wrote it, `transcript` is what is said. `size` is in bytes; the file itself is in pieces.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    lesson_id: str = Field(foreign_key="ownlesson.id", ondelete="CASCADE", unique=True, max_length=32)
    media_type: str = Field(max_length=20)
    size: int
    seconds: int
    width: int
    height: int
    subtitles: str = Field(sa_type=Text)
    transcript: str = Field(sa_type=Text)
    author: str = Field(max_length=480)
    licence: str = Field(max_length=20)
    made_at: datetime = instant_column(default_factory=utc_now)


class LessonVideoPiece(Record, table=True):
    """One piece of a video's file, so that neither writing nor sending it holds the whole of it in memory."""

    video_id: str = Field(foreign_key="lessonvideo.id", ondelete="CASCADE", primary_key=True, max_length=32)
    number: int = Field(primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class LessonReport(Record, table=True):
    """« Signaler »: what a young person says is wrong on one screen. Their structure's professionals read it, unnamed.

    `reasons` are keys of data/lecons/_signaler.yaml. `place` is the screen, the question or the moment.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    kind: LearningKind = Field(sa_type=one_of(LearningKind))
    content_id: str = Field(max_length=60)
    place: str = Field(default="", max_length=64)
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    note: str = Field(default="", max_length=800)
    at: datetime = instant_column(default_factory=utc_now)
    closed_at: datetime | None = instant_column(default=None)
    closed_by: str = Field(default="", max_length=32)
