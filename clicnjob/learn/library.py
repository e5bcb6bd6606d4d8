"""Reads the lessons and scenes that come with the application; all mistakes at once, with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import StringConstraints

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content, shown_path
from clicnjob.errors import NotFound
from clicnjob.learn.lesson import GestureKey, Lesson
from clicnjob.learn.plain_words import Key, Line, Sign
from clicnjob.learn.scene import Scene
from clicnjob.paths import DATA

LESSONS = DATA / "lecons"
SCENES = DATA / "scenes"


class LessonTheme(ContentModel):
    """A theme under which lessons are listed."""

    cle: Key
    nom: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    signe: Sign


class GestureWords(ContentModel):
    """A gesture that lessons train; `fait` says it in « je »."""

    cle: GestureKey
    fait: Line


class FileNameRule(ContentModel):
    """What the reader of a file name sees when it breaks a rule of clicnjob/learn/file_names.py."""

    cle: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    explication: Line


Entry = TypeVar("Entry", Lesson, Scene)


@loaded_once
def lesson_themes() -> dict[str, LessonTheme]:
    """The themes by key, in the order of their file. Raises ContentMistakes."""
    return {one.cle: one for one in read_content(list[LessonTheme], LESSONS / "_themes.yaml")}


@loaded_once
def gesture_words() -> dict[str, GestureWords]:
    """The gestures by key, in the order of their file. Raises ContentMistakes."""
    return {one.cle: one for one in read_content(list[GestureWords], LESSONS / "_gestes.yaml")}


@loaded_once
def file_name_rules() -> dict[str, str]:
    """What each rule on file names explains, by key. Raises ContentMistakes."""
    rules = read_content(list[FileNameRule], LESSONS / "_noms-de-fichiers.yaml")
    return {one.cle: one.explication for one in rules}


@loaded_once
def shipped_lessons() -> dict[str, Lesson]:
    """Our lessons by id, by theme and then by the name of their file. Raises ContentMistakes."""
    lessons = read_lessons()
    order = list(lesson_themes())
    return dict(sorted(lessons.items(), key=lambda pair: (order.index(pair[1].theme), pair[0])))


@loaded_once
def shipped_scenes() -> dict[str, Scene]:
    """Our scenes by id, in the order of their files. Raises ContentMistakes."""
    return read_scenes()


def lesson_with_id(lesson_id: str) -> Lesson:
    """Return a lesson of ours. Raises NotFound."""
    if (lesson := shipped_lessons().get(lesson_id)) is None:
        raise NotFound
    return lesson


def scene_with_id(scene_id: str) -> Scene:
    """Return a scene of ours. Raises NotFound."""
    if (scene := shipped_scenes().get(scene_id)) is None:
        raise NotFound
    return scene


def read_lessons(folder: Path = LESSONS) -> dict[str, Lesson]:
    """Read the lessons of a folder. Raises ContentMistakes with every mistake of every file."""
    lessons, mistakes = _read_folder(folder, Lesson)
    for file, lesson in lessons.items():
        mistakes += _unknown_keys(file, lesson)
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    return {lesson.id: lesson for lesson in lessons.values()}


def read_scenes(folder: Path = SCENES) -> dict[str, Scene]:
    """Read the scenes of a folder. Raises ContentMistakes with every mistake of every file."""
    scenes, mistakes = _read_folder(folder, Scene)
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    return {scene.id: scene for scene in scenes.values()}


def _read_folder(folder: Path, kind: type[Entry]) -> tuple[dict[Path, Entry], list[str]]:
    """Read each file that holds one lesson or one scene; those whose names begin with « _ » hold something else."""
    found: dict[Path, Entry] = {}
    mistakes: list[str] = []
    for file in sorted(folder.glob("[!_]*.yaml")):
        try:
            entry = read_content(kind, file)
        except ContentMistakes as wrong:
            mistakes += wrong.mistakes
            continue
        if entry.id != file.stem:
            mistakes.append(f"{shown_path(file)}:1 : l’id « {entry.id} » n’est pas le nom du fichier.")
        found[file] = entry
    return found, mistakes


def _unknown_keys(file: Path, lesson: Lesson) -> Iterator[str]:
    if lesson.theme not in lesson_themes():
        yield f"{shown_path(file)}:{_line_of(file, lesson.theme)} : le thème « {lesson.theme} » n’existe pas."
    for key in lesson.gestes:
        if key not in gesture_words():
            yield f"{shown_path(file)}:{_line_of(file, key)} : le geste « {key} » n’est pas dans _gestes.yaml."


def _line_of(file: Path, word: str) -> int:
    rows = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, row in enumerate(rows, 1) if word in row), 1)
