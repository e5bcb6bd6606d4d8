"""The lessons and scenes that somebody may learn with: ours, and those that their structure published."""

from __future__ import annotations

from datetime import datetime

import regex
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.errors import NotFound
from clicnjob.learn import library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import permissions
from clicnjob.learn.own.checks import MODELS
from clicnjob.learn.scene import Scene
from clicnjob.models import Actor, LearningKind, OwnLesson

_OWN_ID = regex.compile(r"s-[0-9a-f]{16}")

Published = dict[tuple[LearningKind, str], Lesson | Scene]


def is_own_id(content_id: str) -> bool:
    """Whether an id is that of a structure's lesson or scene, published or not."""
    return _OWN_ID.fullmatch(content_id) is not None


def published_entries(session: Session, *, of: Actor, now: datetime) -> Published:
    """Return what the person's structure published, by kind and id, in the order of the titles.

    The id of each is that of its row, under which what a person did of it is stored. One query, two for a guest.
    """
    places = permissions.learning_structures(session, of=of, now=now)
    if not places:
        return {}
    query = select(OwnLesson).where(
        col(OwnLesson.organisation_id).in_(sorted(places)), col(OwnLesson.published_at).is_not(None)
    )
    rows = session.exec(query.order_by(OwnLesson.title, OwnLesson.id).limit(policy.OWN_LESSONS_MOST))
    return {(row.kind, row.id): _published_entry(row) for row in rows}


def entry_to_learn(
    session: Session, *, of: Actor, kind: LearningKind, content_id: str, now: datetime
) -> Lesson | Scene:
    """Return one lesson or scene, ours or one that the person's structure published.

    At most two queries. Raises NotFound for an unknown one, one that was withdrawn and another structure's alike.
    """
    if not is_own_id(content_id):
        is_lesson = kind is LearningKind.LESSON
        return library.lesson_with_id(content_id) if is_lesson else library.scene_with_id(content_id)
    row = session.get(OwnLesson, content_id)
    if row is None or row.kind is not kind or row.published_at is None:
        raise NotFound
    if row.organisation_id not in permissions.learning_structures(session, of=of, now=now):
        raise NotFound
    return _published_entry(row)


def lesson_to_learn(session: Session, *, of: Actor, lesson_id: str, now: datetime) -> Lesson:
    """As `entry_to_learn`, for a lesson. Raises NotFound."""
    found = entry_to_learn(session, of=of, kind=LearningKind.LESSON, content_id=lesson_id, now=now)
    assert isinstance(found, Lesson)
    return found


def scene_to_learn(session: Session, *, of: Actor, scene_id: str, now: datetime) -> Scene:
    """As `entry_to_learn`, for a scene. Raises NotFound."""
    found = entry_to_learn(session, of=of, kind=LearningKind.SCENE, content_id=scene_id, now=now)
    assert isinstance(found, Scene)
    return found


def shown_titles(session: Session, *, of: Actor) -> dict[tuple[LearningKind, str], str]:
    """Return the titles of what the professional's own structure shows now, by kind and id, in their order; one query.

    Raises NotFound for who writes none.
    """
    if not permissions.may_write(of):
        raise NotFound
    row = OwnLesson
    shown = row.organisation_id == of.organisation_id, col(row.published_at).is_not(None)
    query = select(row.kind, row.id, col(row.published)["titre"].as_string()).where(*shown)
    found = session.exec(query.order_by(row.title, row.id).limit(policy.OWN_LESSONS_MOST))
    return {(LearningKind(kind), content_id): title for kind, content_id, title in found}


def own_titles(session: Session, *, ids: frozenset[str], shown_only: bool = False) -> dict[str, str]:
    """Return the titles of a structure's lessons and scenes by id; one query, or none without such an id.

    Those that were withdrawn have theirs too, unless only what is shown now is asked for. The ids must come from rows
    about the actor or somebody whom they follow.
    """
    own = sorted(one for one in ids if is_own_id(one))
    if not own:
        return {}
    query = select(OwnLesson).where(col(OwnLesson.id).in_(own))
    if shown_only:
        query = query.where(col(OwnLesson.published_at).is_not(None))
    found = session.exec(query)
    return {row.id: row.published.get("titre") or row.title for row in found}


def _published_entry(row: OwnLesson) -> Lesson | Scene:
    return MODELS[row.kind].model_validate({**row.published, "id": row.id})
