"""Parses the file of a lesson or a scene that somebody brings, in a process of its own; nothing is stored here.

That process imports what this module imports: the models of lessons and scenes, and no table. The file is YAML as in
data/lecons and data/scenes, or JSON: one lesson or scene, alone or as the only one of a list.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from clicnjob import policy, text
from clicnjob.errors import Refusal
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import typesetting
from clicnjob.learn.scene import Scene
from clicnjob.own_content import brought_content
from clicnjob.own_content.brought_content import BroughtKind


class BadLessonFile(Refusal):
    """The file is no lesson; the sentence has one line for each mistake, with the number of its line."""


_LESSON = BroughtKind(
    BadLessonFile,
    "une leçon",
    "leçons",
    policy.LESSON_FILE_BYTES,
    policy.LESSON_FILE_LEVELS,
    policy.LESSON_FILE_VALUES,
    policy.LESSON_MISTAKES_SHOWN,
)


def read_brought_lesson(data: bytes) -> Lesson | Scene:
    """Return the lesson or scene of a file of unknown origin. Raises BadLessonFile, TooManyReaders."""
    read = brought_content.read_in_own_process(data, _LESSON, read_lesson)
    return _model_of(json.loads(read)).model_validate_json(read)


def read_lesson(data: bytes) -> bytes:
    """Return the lesson or scene as JSON; runs in the process of `apart`. Raises BadLessonFile."""
    document = brought_content.read_document(data, _LESSON)
    written = typesetting.typeset_body(_cleaned_texts(document.data))
    try:
        return _model_of(written).model_validate(written).model_dump_json().encode()
    except ValidationError as fault:
        brought_content.refuse_mistakes(fault, document, _LESSON)


def _model_of(written: dict[str, Any]) -> type[Lesson] | type[Scene]:
    return Scene if "moments" in written else Lesson


def _cleaned_texts(value: Any) -> Any:
    """Take invisible characters and line breaks out of every text."""
    if isinstance(value, dict):
        return {str(key): _cleaned_texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned_texts(one) for one in value]
    if not isinstance(value, str):
        return value
    try:
        return text.clean_line(value, most=policy.LESSON_FILE_BYTES)
    except Refusal as refusal:
        raise BadLessonFile(refusal.sentence) from None
