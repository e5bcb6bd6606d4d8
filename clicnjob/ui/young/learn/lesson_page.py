"""« Une leçon »: one screen or question at a time, then what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.learn import answers, records
from clicnjob.learn.gestures import JudgeGesture
from clicnjob.learn.lesson import (
    ComparisonScreen,
    GestureScreen,
    Lesson,
    LessonScreen,
    PictureScreen,
    StepsScreen,
    TextScreen,
)
from clicnjob.learn.own import published, videos
from clicnjob.learn.own.videos import WatchedVideo
from clicnjob.learn.quiz import QuizQuestion
from clicnjob.learn.records import OwnRecord
from clicnjob.models import LearningKind
from clicnjob.ui.shell import layout, navigation, open_work, read_aloud, session_state, session_strip, transactions
from clicnjob.ui.widgets import download, in_sight, lesson_video, turn
from clicnjob.ui.young.learn import opening, reporting, screens
from clicnjob.ui.young.learn.exercises import choosing, doing
from clicnjob.ui.young.learn.exercises.trying import Try
from clicnjob.workshops.live import progress

_END = "fin"
_KIND = LearningKind.LESSON


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """The lesson on the screen, what was done of it, and the place: the id of a screen or a question, or « fin »."""

    lesson: Lesson
    record: OwnRecord
    place: str
    video: WatchedVideo | None = None

    @property
    def position(self) -> int:
        """The index of the place."""
        return self.lesson.places.index(self.place)

    @property
    def part(self) -> LessonScreen | QuizQuestion:
        """The screen or question at the place."""
        return (*self.lesson.ecrans, *self.lesson.quiz)[self.position]


def read_lesson(me: Present, *, at: datetime) -> OpenLesson:
    """Read the chosen lesson and what the person did of it; go to the list when there is none, or none any more."""
    try:
        with db.read_transaction() as session:
            lesson = published.lesson_to_learn(session, of=me, lesson_id=session_state.LESSON.get(), now=at)
            record = records.own_record(session, of=me, kind=_KIND, content_id=lesson.id)
            video = videos.lesson_video(session, of=me, lesson_id=lesson.id, now=at)
    except NotFound:
        st.switch_page(navigation.page_path(opening.LEARN))
    place = session_state.LESSON_AT.get() or record.place
    return OpenLesson(lesson, record, place if place in (*lesson.places, _END) else lesson.places[0], video)


def draw_lesson(me: Present, now: OpenLesson, *, at: datetime) -> None:
    """Draw the place: a screen, a question or the end."""
    if now.place == _END:
        _draw_end(now, at=at)
        return
    _note_step(now)
    _draw_progress(now)
    with st.container(key="cj-card"):
        _draw_title(now)
        exercise = exercise_of(now.part)
        if exercise is None:
            screens.draw_screen(now.part)  # type: ignore[arg-type]
            done = True
        else:
            done = _draw_exercise(now, exercise)
        if now.video is not None and not now.position:
            lesson_video.draw_video(now.video)
        _draw_steps(now, done=done)
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        if st.button("Toutes les leçons", key="to-learn", icon=":material/arrow_back:", type="tertiary"):
            st.switch_page(navigation.page_path(opening.LEARN))
    reporting.draw_reporting(me, _KIND, now.lesson.id, now.place)


def exercise_of(part: LessonScreen | QuizQuestion) -> answers.Exercise | None:
    """Return what is to be answered there; None for a screen that is read."""
    match part:
        case GestureScreen():
            return part.geste
        case TextScreen() | PictureScreen() | StepsScreen() | ComparisonScreen():
            return None
        case _:
            return part


def _draw_progress(now: OpenLesson) -> None:
    number, count = now.position + 1, len(now.lesson.places)
    dots = "".join(f'<i class="{_dot_state(now, place)}"></i>' for place in now.lesson.places)
    st.html(
        f'<p class="cj-about">{escape(now.lesson.titre)}</p>'
        f'<p class="cj-dots"><span aria-hidden="true">{dots}</span> Écran {number} sur {count}</p>'
    )


def _dot_state(now: OpenLesson, place: str) -> str:
    if place == now.place:
        return "here"
    return "done" if now.lesson.places.index(place) < now.position else ""


def _draw_title(now: OpenLesson) -> None:
    part = now.part
    said = part.question if hasattr(part, "question") else part.titre
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title(layout.escape_markdown(said), anchor=False)
        turn.to_title(f"{now.lesson.id}/{now.place}")
        if words := getattr(part, "lire", ""):
            read_aloud.read_aloud_button(f"{said}. {words}", key=f"listen-{now.place}")
        else:
            read_aloud.read_region_button(".st-key-cj-card", key="listen")
    if isinstance(part, GestureScreen):
        st.html(f'<p class="cj-help">{escape(part.consigne)}</p>')


def _draw_exercise(now: OpenLesson, exercise: answers.Exercise) -> bool:
    """Draw a question or a gesture; return whether its answer is whole."""
    kept = now.record.answers.get(now.place, ())
    tried_at, tried = session_state.LESSON_TRY.get()
    answer = tried if tried_at == now.place else kept
    one = Try(now.place, exercise, answer, answers.feedback_on(exercise, answer), keep=_keep_answer)
    if not choosing.draw_exercise(one):
        doing.draw_exercise(one)
    if not one.feedback.over and (hint := getattr(exercise, "indice", None)):
        with st.expander("Un indice", icon=":material/lightbulb:", key=f"hint-{now.place}"):
            st.text(hint)
    in_sight.keep_in_sight(_said_region(one), said=f"{now.place} {' '.join(answer)}")
    return one.feedback.over


def _said_region(one: Try) -> str:
    """Return the selector of what was said last: beside the thing judged last, else the last on the screen."""
    if isinstance(one.exercise, JudgeGesture) and one.answer:
        return f".st-key-cj-judged-{one.answer[-1].partition('=')[0]} .cj-said"
    return ".st-key-cj-card .cj-said"


def _draw_steps(now: OpenLesson, *, done: bool) -> None:
    with st.container(key="cj-steps", horizontal=True, gap="small"):
        if now.position:
            before = now.lesson.places[now.position - 1]
            st.button("Retour", key="back", icon=":material/arrow_back:", on_click=_go_to, args=(before,))
        last = now.position + 1 == len(now.lesson.places)
        words = ("Terminer" if last else "Continuer") if done else "Passer"
        st.button(
            words,
            key="next",
            type="primary" if done else "secondary",
            on_click=_finish_lesson if last else _go_to,
            args=() if last else (now.lesson.places[now.position + 1],),
        )


def _draw_end(now: OpenLesson, *, at: datetime) -> None:
    lesson = now.lesson
    st.html(f'<p class="cj-about">{escape(lesson.titre)}</p>')
    with st.container(key="cj-card"):
        with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
            st.title("C’est fait\u00a0!" if now.record.answers else "C’est lu\u00a0!", anchor=False)
            turn.to_title(f"{lesson.id}/{_END}")
            read_aloud.read_region_button(".st-key-cj-card", key="listen")
        if now.record.answers:
            st.html(screens.list_html(lesson.objectifs, "cj-lesson-done"))
        else:  # everything was passed: nothing may be ticked for the person
            st.text("Quand tu veux, refais-la avec les exercices. Tu sauras dire\u00a0:")
            st.html(screens.list_html(lesson.objectifs, "cj-lines"))
        if now.record.due_at is not None and now.record.due_at > at:
            days = max(1, round((now.record.due_at - at).total_seconds() / 86_400))
            st.text(f"On te la propose encore dans {days} {'jours' if days > 1 else 'jour'}, pour bien retenir.")
        with st.container(key="cj-lesson-next"):
            if st.button(
                layout.escape_markdown(lesson.geste_suivant.libelle),
                key="next-gesture",
                type="primary",
                icon=":material/arrow_forward:",
                width="stretch",
            ):
                opening.go_to_page(lesson.geste_suivant.page)
            if st.button("Une autre leçon", key="other", icon=":material/school:", width="stretch"):
                st.switch_page(navigation.page_path(opening.LEARN))
            download.download_button(
                "Imprimer l’essentiel", document="lesson-sheet", work_id=lesson.id, icon=":material/print:"
            )
            st.button(
                "Recommencer", key="again", icon=":material/replay:", type="tertiary",
                on_click=_begin_again, args=(lesson.places[0],),
            )  # fmt: skip
    screens.draw_origin(lesson)


def _note_step(now: OpenLesson) -> None:
    """Tell the trainer's board, if the group session sent this very lesson."""
    if session_state.WORKSHOP_CONTENT.get() == now.lesson.id:
        session_strip.note_step(
            opening.LESSON, step=now.position + 1, steps=len(now.lesson.places), title=now.lesson.titre
        )


def _go_to(place: str) -> None:
    session_state.LESSON_TRY.clear()
    lesson_id = session_state.LESSON.get()
    if transactions.run_action(
        lambda session, me: records.note_place(
            session, by=me, kind=_KIND, content_id=lesson_id, place=place, now=models.utc_now()
        )
    ):
        session_state.LESSON_AT.set(place)


def _finish_lesson() -> None:
    lesson_id, sent = session_state.LESSON.get(), session_state.WORKSHOP_CONTENT.get()

    def finish_lesson(session: Session, me: Present) -> None:
        now = models.utc_now()
        records.finish_content(session, by=me, kind=_KIND, content_id=lesson_id, now=now)
        if sent == lesson_id:
            progress.note_done(session, of=me, page=opening.LESSON, now=now)

    if transactions.run_action(finish_lesson):
        session_state.LESSON_TRY.clear()
        session_state.LESSON_AT.set(_END)


def _begin_again(first: str) -> None:
    lesson_id = session_state.LESSON.get()
    if transactions.run_action(
        lambda session, me: records.begin_again(session, by=me, kind=_KIND, content_id=lesson_id, now=models.utc_now())
    ):
        session_state.LESSON_TRY.clear()
        session_state.LESSON_AT.set(first)
        session_state.renew_widgets()


def _keep_answer(place: str, answer: tuple[str, ...]) -> None:
    """Show what was tried, and keep what is right of it."""
    lesson_id = session_state.LESSON.get()
    session_state.LESSON_TRY.set((place, answer))
    transactions.run_action(
        lambda session, me: records.keep_answer(
            session, by=me, lesson_id=lesson_id, exercise_id=place, answer=answer, now=models.utc_now()
        )
    )
