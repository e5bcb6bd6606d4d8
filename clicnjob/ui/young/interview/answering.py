"""Help with one interview question, and its answer: spoken (played back, never kept) or written (saved at once)."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.interview import practice
from clicnjob.interview.notebook import Notebook
from clicnjob.interview.practice import ShownQuestion
from clicnjob.interview.words import interview_words
from clicnjob.ui.shell import session_state, uploads
from clicnjob.ui.widgets import timer
from clicnjob.ui.young.interview import asking, book

_VOICE_KEPT_NOWHERE = (
    "Écoute-toi avec le bouton ▶. Ta voix n’est gardée nulle part. Elle s’efface à la question suivante."
)
_ALOUD, _WRITTEN = "À voix haute", "Par écrit"


def draw_help(one: ShownQuestion, *, family: str = "") -> None:
    """Draw why the question is asked and the three parts of an answer; the example and the trap are in expanders.

    `family` is the ROME letter of the job that the person trains for, from which the example comes.
    """
    if one.question is None:
        st.html('<p class="cj-help">Cette question vient de ton CV. Raconte avec tes mots.</p>')
        if one.beginning:
            st.html(f'<p class="cj-understood">Tu peux commencer par\u00a0: « {escape(one.beginning)}… »</p>')
        return
    st.html(f'<p class="cj-help"><strong>Pourquoi on te le demande.</strong> {escape(one.question.pourquoi)}</p>')
    beats = "".join(f"<li>{escape(beat)}</li>" for beat in one.question.temps)
    st.html(f'<ol class="cj-beats" aria-label="Ta réponse en trois temps">{beats}</ol>')
    with st.container(key="cj-folds", horizontal=True):
        with st.expander("Voir un exemple", icon=":material/chat_bubble:", key=f"example-{one.key}"):
            st.html(f'<p class="cj-help">« {escape(interview_words().example_of(one.question, family=family))} »</p>')
        with st.expander("Le piège", icon=":material/warning:", key=f"trap-{one.key}"):
            st.html(f'<p class="cj-help">{escape(one.question.piege)}</p>')


def draw_answer(me: Present, notes: Notebook, one: ShownQuestion, *, seconds: int) -> None:
    """Let the person answer aloud or in writing. `seconds` is the length of the timer, which stops nothing."""
    way = st.segmented_control(
        "Comment veux-tu répondre\u00a0?",
        [_ALOUD, _WRITTEN],
        default=_WRITTEN if one.key in notes.answers else _ALOUD,
        key=session_state.widget_key("way", one.key),
        required=True,
        label_visibility="collapsed",
    )
    if way == _WRITTEN:
        in_writing(notes, one)
    else:
        draw_microphone(me, one, seconds=seconds)


def draw_microphone(me: Present, one: ShownQuestion, *, seconds: int) -> None:
    """Draw the timer and the microphone."""
    timer.draw_timer(place=one.key, seconds=seconds, over="Tu peux finir ta phrase, sans te presser.", key="timer")
    uploads.draw_recorder(
        "Enregistre ta réponse, puis écoute-toi",
        key=session_state.widget_key("voice", one.key),
        sign_in_id=me.sign_in_id,
        spoken=lambda: _note_spoken(one),
    )
    st.html(
        f'<p class="cj-small">{_VOICE_KEPT_NOWHERE}<br>Pas de micro\u00a0? Parle quand même, ou choisis « Par écrit ».</p>'
    )


def in_writing(notes: Notebook, one: ShownQuestion) -> None:
    """Draw the text box, and a button that starts it with words from the CV."""
    kept = notes.answers.get(one.key)

    def put(changed: Notebook, value: str) -> None:
        practice.write_answer(changed, one, value, today=date.today())

    if kept is None and one.beginning:
        st.button(
            f"Commencer par « {one.beginning}… »",
            key=session_state.widget_key("begin", one.key),
            icon=":material/add:",
            on_click=_begin_writing,
            args=(one,),
        )
    asking.ask_text("Ma réponse", name=one.key, value=kept.text if kept else "", put=put)


def _begin_writing(one: ShownQuestion) -> None:
    if book.change_notebook(
        lambda notes: practice.write_answer(notes, one, f"{one.beginning} ".strip(), today=date.today())
    ):
        session_state.renew_widgets()


def _note_spoken(one: ShownQuestion) -> None:
    book.change_notebook(lambda notes: practice.note_spoken_answer(notes, one))
