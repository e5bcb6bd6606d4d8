"""Changes of something that is being written: each is undone by another one. No database.

A place in the body is a path: keys, and ids where a list holds parts (« ecrans », « e1 », « titre »).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from clicnjob import workshop_policy
from clicnjob.errors import Refusal

Body = dict[str, Any]
Path = tuple[str, ...]


class PartGone(Refusal):
    """The part was taken out meanwhile, or has no such box."""

    sentence = "Cette partie n’est plus là. Regardez la liste, puis recommencez."


class _Change(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path


class PutValue(_Change):
    """Put `value` at `path`."""

    act: Literal["put"] = "put"
    value: Any


class InsertPart(_Change):
    """Put `body` at place `at`, counted from 0, of the list at `path`."""

    act: Literal["insert"] = "insert"
    at: int
    body: Body


class RemovePart(_Change):
    """Take the part `id` out of the list at `path`."""

    act: Literal["remove"] = "remove"
    id: str


class MovePart(_Change):
    """Put the part `id` at place `at` of the list at `path` without it."""

    act: Literal["move"] = "move"
    id: str
    at: int


ContentChange = PutValue | InsertPart | RemovePart | MovePart


class StoredContent(BaseModel):
    """What the row of a plan or a lesson holds: its body, and how to take back its last changes, the latest one last.

    `brought`: it came in a file and nobody has changed it since.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: Body
    undo: tuple[ContentChange, ...] = Field(default=(), max_length=workshop_policy.OWN_CONTENT_UNDO_STEPS)
    brought: bool = False


@dataclass(frozen=True, slots=True)
class ContentMistake:
    """What is still to be done, and where: a path of the body, that of a part where the whole part is meant."""

    path: Path
    sentence: str


def value_at(body: Any, path: Path) -> Any:
    """Return what the body holds at a path. Raises PartGone."""
    for key in path:
        if isinstance(body, list):
            body = body[place_of_part(body, key)]
        elif isinstance(body, dict) and key in body:
            body = body[key]
        else:
            raise PartGone
    return body


def apply_change(body: Body, change: ContentChange) -> tuple[Body, ContentChange]:
    """Return the changed body, and the change that takes this one back. Raises PartGone."""
    if isinstance(change, PutValue):
        before = value_at(body, change.path)
        return _with_value(body, change.path, lambda _: change.value), change.model_copy(update={"value": before})
    rows = value_at(body, change.path)
    if not isinstance(rows, list):
        raise PartGone
    changed, inverse = _change_list(list(rows), change)
    return _with_value(body, change.path, lambda _: changed), inverse


def with_undo(stored: StoredContent, changed: Body, inverse: ContentChange) -> StoredContent:
    """Return what is stored, with one more change to take back; typing on in one box counts as one change."""
    undo = stored.undo
    latest = undo[-1] if undo else None
    if not (isinstance(inverse, PutValue) and isinstance(latest, PutValue) and latest.path == inverse.path):
        undo = (*undo, inverse)[-workshop_policy.OWN_CONTENT_UNDO_STEPS :]
    return StoredContent(content=changed, undo=undo)


def with_keys(kept: Any, typed: Any) -> Any:
    """Return what a box holds after `typed`; a dict changes only its own keys, so that one value may have several boxes."""
    return {**kept, **typed} if isinstance(kept, dict) and isinstance(typed, dict) else typed


def keys_of(kept: Any, typed: Any) -> Any:
    """Return what `typed` would change of what a box holds."""
    if isinstance(kept, dict) and isinstance(typed, dict):
        return {key: kept.get(key) for key in typed}
    return kept


def value_fingerprint(value: Any) -> str:
    """Return what tells the value of a box from any other."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:20]


def place_of_part(rows: list[Any], part_id: str) -> int:
    """Return the place of a part in its list, counted from 0. Raises PartGone."""
    for place, one in enumerate(rows):
        if isinstance(one, dict) and one.get("id") == part_id:
            return place
    raise PartGone


def _change_list(rows: list[Any], change: InsertPart | RemovePart | MovePart) -> tuple[list[Any], ContentChange]:
    if isinstance(change, InsertPart):
        if any(one["id"] == change.body["id"] for one in rows):
            raise PartGone
        rows.insert(min(max(change.at, 0), len(rows)), change.body)
        return rows, RemovePart(path=change.path, id=change.body["id"])
    at = place_of_part(rows, change.id)
    part = rows.pop(at)
    if isinstance(change, RemovePart):
        return rows, InsertPart(path=change.path, at=at, body=part)
    rows.insert(min(max(change.at, 0), len(rows)), part)
    return rows, change.model_copy(update={"at": at})


def _with_value(body: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    """Return a copy of the body in which only the value at the path is another one."""
    if not path:
        return change(body)
    if isinstance(body, list):
        at = place_of_part(body, path[0])
        return [*body[:at], _with_value(body[at], path[1:], change), *body[at + 1 :]]
    return {**body, path[0]: _with_value(body[path[0]], path[1:], change)}
