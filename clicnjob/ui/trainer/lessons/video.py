"""The video of a structure's lesson for its professionals: watched, put there by a form of its own, taken out."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.learn.own import videos
from clicnjob.learn.own.written_lessons import LessonChoice
from clicnjob.models import LearningKind
from clicnjob.ui.shell import session_state, transactions
from clicnjob.ui.widgets import lesson_video


def draw_video(me: Present, chosen: LessonChoice) -> None:
    """Draw the video of an own lesson and what one can do with it; nothing for ours, and for situations."""
    if not chosen.own or chosen.kind is not LearningKind.LESSON:
        return
    with db.read_transaction() as session:
        found = videos.lesson_video(session, of=me, lesson_id=chosen.id, now=models.utc_now())
    with st.expander(
        "La vidéo de la leçon" if found else "Ajouter une vidéo", icon=":material/movie:", key="lesson-video"
    ):
        if found is None:
            st.text("3 minutes au plus, avec ses sous-titres et le texte de ce qui est dit.")
            _draw_form_link(chosen.id, "Choisir la vidéo")
            return
        st.text(f"{lesson_video.duration_in_words(found.seconds)}, {max(1, round(found.size / 1024 / 1024))}\u00a0Mo.")
        st.text("Elle est sur le premier écran de la leçon publiée. La changer la change tout de suite.")
        lesson_video.draw_video(found)
        _draw_form_link(chosen.id, "Mettre une autre vidéo")
        st.button(
            "Enlever la vidéo", key="remove-video", icon=":material/delete:", on_click=_remove_video, args=(chosen.id,)
        )


def _draw_form_link(lesson_id: str, words: str) -> None:
    st.html(
        f'<p class="cj-links"><a class="cj-button quiet" href="/lecon-video/{lesson_id}" target="_self">{words}</a></p>'
    )


def _remove_video(lesson_id: str) -> None:
    if transactions.run_action(
        lambda session, me: videos.remove_video(session, by=me, lesson_id=lesson_id, now=models.utc_now())
    ):
        session_state.tell_once("La vidéo est effacée. La leçon reste.")
