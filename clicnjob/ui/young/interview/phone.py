"""Rehearsing telephone calls: one moment at a time, with what the other person says and possible replies."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob.interview import practice
from clicnjob.interview.calls import Call, Moment, rehearsal_calls, walk_call
from clicnjob.ui.forms import choice_boxes
from clicnjob.ui.shell import layout, read_aloud, session_state, session_strip
from clicnjob.ui.widgets import download, turn
from clicnjob.ui.young.interview import book

_QUOTES = "«» \u00a0\u202f"


def chosen_call() -> Call | None:
    """Return the call being rehearsed, or None."""
    return rehearsal_calls().get(session_state.CALL.get())


def draw_calls() -> None:
    """Draw the list of calls to rehearse."""
    st.title("Le téléphone", anchor=False)
    st.text("Choisis un appel. Tu le joues ici, mot par mot. Personne n’entend.")
    shown = [(one.cle, one.icone, one.titre) for one in rehearsal_calls().values()]
    choice_boxes.draw_tiles(shown, name="calls", choose=_open_call)
    download.download_button("Imprimer les appels", document="phone-calls", icon=":material/print:")


def play_call(call: Call) -> None:
    """Draw the preparation of a call, then the call itself."""
    path = session_state.CALL_CHOICES.get()
    if not session_state.CALL_READY.get():
        _draw_before(call)
        return
    moment = walk_call(call, path)
    session_strip.note_step("young/interview_phone.py", step=len(path) + 1, steps=0, title=call.titre, done=moment.over)
    st.html(f'<p class="cj-about">{call.icone} {escape(call.titre)}</p>')
    with st.container(key="cj-card"):
        _draw_exchanges(moment)
        if moment.step is None:
            _draw_ending(moment)
        else:
            _draw_answers(call, moment, path)
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        if path:
            st.button("Revenir en arrière", key="step-back", icon=":material/undo:", on_click=_step_back)
        st.button("Un autre appel", key="other-call", icon=":material/phone:", type="tertiary", on_click=_close_call)


def _draw_before(call: Call) -> None:
    st.html(f'<p class="cj-about">{call.icone} {escape(call.titre)}</p>')
    with st.container(key="cj-card"):
        st.title("Avant l’appel", anchor=False)
        turn.to_title("before")
        st.html(f'<p class="cj-help">{escape(call.but)}</p>')
        for position, line in enumerate(call.avant):
            st.checkbox(
                layout.escape_markdown(line),
                key=session_state.widget_key("before", call.cle, str(position)),
                width="stretch",
            )
        with st.container(key="cj-steps", horizontal=True, gap="small"):
            st.button("Un autre appel", key="other-call", icon=":material/arrow_back:", on_click=_close_call)
            st.button("C’est parti", key="next", type="primary", icon=":material/call:", on_click=_begin_call)


def _draw_exchanges(moment: Moment) -> None:
    """Draw the last two exchanges; earlier ones are in an expander, to keep the page short."""
    earlier, near = moment.said[:-2], moment.said[-2:]
    if earlier:
        with st.expander("Le début de l’appel", key=f"earlier-{len(earlier)}"):
            st.html("".join(_bubbles_html(one.theirs, one.choice.dire, "") for one in earlier))
    if near:
        st.html("".join(_bubbles_html(one.theirs, one.choice.dire, one.choice.retour) for one in near))


def _draw_answers(call: Call, moment: Moment, path: tuple[int, ...]) -> None:
    step = moment.step
    assert step is not None
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title(layout.escape_markdown(step.eux) if step.eux else "À toi de parler", anchor=False)
        turn.to_title(f"{call.cle}-{len(path)}-{step.cle}")
        if step.eux:
            read_aloud.read_aloud_button(step.eux.strip(_QUOTES), key=f"listen-{len(path)}")
    if step.conseil:
        st.html(f'<p class="cj-help">{escape(step.conseil)}</p>')
    st.html('<p class="cj-or">Que dis-tu\u00a0?</p>')
    with st.container(key="cj-sayings"):
        for position, choice in enumerate(step.choix):
            st.button(
                layout.escape_markdown(choice.dire),
                key=f"say-{len(path)}-{position}",
                width="stretch",
                wrap=True,
                on_click=_choose_answer,
                args=(call, position),
            )


def _draw_ending(moment: Moment) -> None:
    st.title("L’appel est fini", anchor=False)
    turn.to_title("end")
    st.html(f'<p class="cj-help">{escape(moment.ending)}</p>')
    with st.container(key="cj-steps", horizontal=True, gap="small"):
        st.button("Recommencer", key="again", icon=":material/replay:", on_click=_begin_call)
        st.button("Un autre appel", key="next", type="primary", on_click=_close_call)


def _bubbles_html(theirs: str, mine: str, effect: str) -> str:
    said = (
        f'<p class="cj-them"><span class="cj-hidden">La personne\u00a0: </span>{escape(theirs)}</p>' if theirs else ""
    )
    back = f'<p class="cj-effect">{escape(effect)}</p>' if effect else ""
    return f'{said}<p class="cj-me"><span class="cj-hidden">Toi\u00a0: </span>{escape(mine)}</p>{back}'


def _open_call(key: str) -> None:
    session_state.CALL.set(key)
    session_state.CALL_CHOICES.set(())
    session_state.CALL_READY.set(False)


def _begin_call() -> None:
    session_state.CALL_READY.set(True)
    session_state.CALL_CHOICES.set(())


def _choose_answer(call: Call, position: int) -> None:
    path = (*session_state.CALL_CHOICES.get(), position)
    session_state.CALL_CHOICES.set(path)
    if walk_call(call, path).over:
        book.change_notebook(lambda notes: practice.note_rehearsal(notes, practice.PHONE_TITLE, today=date.today()))


def _step_back() -> None:
    session_state.CALL_CHOICES.set(session_state.CALL_CHOICES.get()[:-1])


def _close_call() -> None:
    for key in (session_state.CALL, session_state.CALL_CHOICES, session_state.CALL_READY):
        key.clear()
