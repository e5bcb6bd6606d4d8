"""The boxes of a lesson or a scene that is being written: where each is, what it takes, what « Annuler » says. No database.

What somebody types is kept as they typed it, also a sentence that is too long: `checks.py` says what is still to be done.
"""

from __future__ import annotations

from typing import Any

from clicnjob import policy, text
from clicnjob.errors import Refusal
from clicnjob.learn.own.parts import FORMS, Items, LessonBox, form_of, own_boxes
from clicnjob.models import LearningKind
from clicnjob.own_content.changes import Body, ContentChange, PartGone, Path, PutValue, value_at


class WrongBoxValue(Refusal):
    """What was typed does not fit its box at all."""

    sentence = "C’est trop long pour cette case. Raccourcissez, puis recommencez."


def said_change(change: ContentChange, body: Body, kind: LearningKind) -> str:
    """Return what « Annuler » would take back, in words for its button."""
    if isinstance(change, PutValue):
        box = find_box(body, kind, change.path)
        return box.label.split("\u00a0:")[0].split(",")[0].lower() if box else "bonne réponse"
    return {"insert": "partie enlevée", "remove": "partie ajoutée", "move": "partie déplacée"}[change.act]


def find_box(body: Body, kind: LearningKind, path: Path) -> LessonBox | None:
    """Return the box that writes at a path; None where there is none."""
    for box in own_boxes(kind):
        if box.path == path:
            return box
    if len(path) < 3 or path[0] not in FORMS or path[0] not in body:
        return None
    form = form_of(path[0], value_at(body, path[:2]))
    for box in form.boxes:
        if box.path == path[2:]:
            return box
    for items in form.items:
        depth = 2 + len(items.path)
        if path[2:depth] == items.path and len(path) == depth + 2:
            return _box_of_item(items, path[-1])
    return None


def check_list(body: Body, path: Path) -> None:
    """Raise PartGone unless the path is a list of parts, or of things within one."""
    if path not in [(key,) for key in FORMS]:
        find_items(body, path)


def find_items(body: Body, path: Path) -> Items:
    """Return the list of things at a path of the body. Raises PartGone."""
    if len(path) > 2 and path[0] in FORMS and path[0] in body:
        for items in form_of(path[0], value_at(body, path[:2])).items:
            if items.path == path[2:]:
                return items
    raise PartGone


def clean_value(box: LessonBox, value: Any) -> Any:
    """Return what was typed without invisible characters and empty rows. Raises WrongBoxValue, what `text` raises."""
    if box.kind in ("lines", "sources"):
        if not isinstance(value, list) or len(value) > policy.LESSON_ROWS:
            raise WrongBoxValue
        rows = [_clean_row(one) for one in value]
        return [one for one in rows if one not in ("", {"nom": "", "url": ""})]
    if box.path == ("gestes",):
        return [_clean_text(str(one), most=policy.LESSON_LINE_LENGTH) for one in list(value)[:4]]
    expected = {"number": int, "yes": bool}.get(box.kind, str)
    if type(value) is not expected:
        raise WrongBoxValue
    return _clean_text(value, most=box.most) if isinstance(value, str) else value


def _box_of_item(items: Items, field: str) -> LessonBox | None:
    if field == "juste" and items.right == "each":
        return LessonBox(("juste",), "C’est bon", "yes")
    return next((box for box in items.boxes if box.path == (field,)), None)


def _clean_row(row: Any) -> Any:
    if isinstance(row, dict):
        return {key: _clean_text(str(row.get(key, "")), most=300) for key in ("nom", "url")}
    return _clean_text(str(row), most=policy.LESSON_LINE_LENGTH)


def _clean_text(typed: str, *, most: int) -> str:
    return text.clean_line(typed, most=most)
