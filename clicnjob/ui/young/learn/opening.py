"""How any page opens a lesson or a scene, and leads from its end to where the gesture is done for real."""

from __future__ import annotations

import streamlit as st

from clicnjob.learn import library
from clicnjob.models import LearningKind
from clicnjob.ui.shell import navigation, session_state

LEARN, LESSON, SCENE = "young/learn.py", "young/lesson.py", "young/scene.py"


def open_lesson(lesson_id: str) -> None:
    """Choose a lesson, from a callback; `follow_to_content` then goes there."""
    session_state.LESSON.set(lesson_id)
    session_state.LESSON_AT.clear()
    session_state.LESSON_TRY.clear()
    session_state.OPEN_LEARNING.set(LearningKind.LESSON.value)


def open_scene(scene_id: str) -> None:
    """Choose a scene, from a callback; `follow_to_content` then goes there."""
    session_state.SCENE.set(scene_id)
    session_state.SCENE_WAY.clear()
    session_state.OPEN_LEARNING.set(LearningKind.SCENE.value)


def follow_to_content() -> None:
    """Go to what a callback of this page has just chosen."""
    chosen = session_state.OPEN_LEARNING.take()
    if chosen:
        st.switch_page(navigation.page_path(LESSON if chosen == LearningKind.LESSON.value else SCENE))


def go_to_page(file: str) -> None:
    """Go to a page that content names, or home where this installation has no such page."""
    known = {page.file for page in navigation.EVERY_PAGE}
    st.switch_page(navigation.page_path(file if file in known else "young/path.py"))


def title_with_picture(theme: str) -> str:
    """Return the picture and the name of a theme."""
    one = library.lesson_themes()[theme]
    return f"{one.signe} {one.nom}"
