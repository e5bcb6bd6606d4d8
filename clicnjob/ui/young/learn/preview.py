"""A screen, a question or a moment that is still being written, drawn by what draws it for a young person."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.learn import answers
from clicnjob.learn.lesson import GestureScreen, Lesson, LessonScreen
from clicnjob.learn.quiz import QuizQuestion
from clicnjob.learn.scene import Scene
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.young.learn import lesson_page, scene_page, screens
from clicnjob.ui.young.learn.exercises import choosing, doing
from clicnjob.ui.young.learn.exercises.trying import Try


def draw_preview(entry: Lesson | Scene, part_id: str) -> None:
    """Draw one part as a young person sees it; its answers can be tried, and nothing of that is stored."""
    if isinstance(entry, Scene):
        moment = entry.moment_with_id(part_id)
        if moment is not None:
            _draw_heading(moment.qui)
            scene_page.draw_moment(moment)
            for choice in moment.choix:
                st.button(
                    layout.escape_markdown(choice.texte or "…"), key=f"preview-{choice.id}", wrap=True, width="stretch",
                    on_click=session_state.PREVIEW_TRY.set, args=((part_id, (choice.id,)),),
                )  # fmt: skip
                if session_state.PREVIEW_TRY.get() == (part_id, (choice.id,)):
                    st.html(scene_page.led_to_html(choice))
        return
    part = next((one for one in (*entry.ecrans, *entry.quiz) if one.id == part_id), None)
    if part is not None:
        _draw_heading(part.question if hasattr(part, "question") else part.titre)
        _draw_part(part)


def _draw_heading(words: str) -> None:
    st.html(f'<p class="cj-preview-title">{escape(words or "…")}</p>')


def _draw_part(part: LessonScreen | QuizQuestion) -> None:
    if isinstance(part, GestureScreen):
        st.html(f'<p class="cj-help">{escape(part.consigne)}</p>')
    exercise = lesson_page.exercise_of(part)
    if exercise is None:
        screens.draw_screen(part)  # type: ignore[arg-type]
        return
    at, tried = session_state.PREVIEW_TRY.get()
    answer = tried if at == part.id else ()
    one = Try(part.id, exercise, answer, answers.feedback_on(exercise, answer), keep=_try_answer)
    if not choosing.draw_exercise(one):
        doing.draw_exercise(one)


def _try_answer(place: str, answer: tuple[str, ...]) -> None:
    session_state.PREVIEW_TRY.set((place, answer))
