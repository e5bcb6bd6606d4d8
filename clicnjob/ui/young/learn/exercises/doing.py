"""Gestures that are really done on the screen: name a file, choose it, find a word, correct a line, judge."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from clicnjob.learn import answers
from clicnjob.learn.gestures import (
    FILE_NAME_LENGTH,
    TYPED_LENGTH,
    ChooseFileGesture,
    CorrectLineGesture,
    FindWordGesture,
    JudgedItem,
    JudgeGesture,
    NameFileGesture,
    shown_words,
)
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.young.learn.exercises.trying import Try, draw_answer_button, draw_said

_BLANK = re.compile(r":\s*\?")  # « Net : ? € »: something to find, not a mistake to correct
_CORRECTING = ("La ligne corrigée", "Il reste quelque chose à changer. Relis lentement, mot par mot.")
_FINDING = ("Ta réponse", "Ce n’est pas encore ça. Relis la consigne, et refais le calcul sur une feuille.")


def draw_exercise(one: Try) -> None:
    """Draw a gesture."""
    match one.exercise:
        case ChooseFileGesture():
            _draw_folder(one, one.exercise)
        case FindWordGesture():
            _draw_words(one, one.exercise)
        case JudgeGesture():
            _draw_judging(one, one.exercise)
        case NameFileGesture():
            st.html(_file_html(one.exercise.de))
            _draw_box(one, "Le nouveau nom du fichier", longest=FILE_NAME_LENGTH, start=one.exercise.de)
            said = one.feedback.lines if one.answer else ()
            if one.feedback.over:
                said = ("Ce nom dit ce que c’est et à qui c’est. L’employeur le retrouve tout de suite.",)
            draw_said(said, over=one.feedback.over)
        case CorrectLineGesture():
            st.html(f'<p class="cj-typed">{escape(one.exercise.ligne)}</p>')
            label, try_again = _CORRECTING if not _BLANK.search(one.exercise.ligne) else _FINDING
            _draw_box(one, label, longest=TYPED_LENGTH, start=one.exercise.ligne)
            said = one.feedback.lines
            if one.answer and not one.feedback.over:
                said = (try_again,)
            draw_said(said, over=one.feedback.over)


def _draw_folder(one: Try, gesture: ChooseFileGesture) -> None:
    with st.container(key="cj-document"):
        st.html(f'<p class="cj-document-title">{escape(gesture.dossier)}</p>')
        for file in gesture.fichiers:
            words = f"{file.nom} · {file.taille}"
            draw_answer_button(words, one=one, answer=(file.id,), key=file.id, icon=":material/draft:")
    draw_said(one.feedback.lines, over=one.feedback.over)


def _draw_words(one: Try, gesture: FindWordGesture) -> None:
    with st.container(key="cj-words", horizontal=True, gap=None):
        for position, word in enumerate(shown_words(gesture.texte)):
            chosen = one.answer == (word,)
            st.button(
                layout.escape_markdown(word),
                key=f"{one.place}-word-{position}",
                type="primary" if chosen and one.feedback.over else "tertiary",
                on_click=one.keep,
                args=(one.place, (word,)),
            )
    if one.answer and not one.feedback.over:
        draw_said((f"Tu as touché «\u00a0{one.answer[0]}\u00a0». Relis la phrase, le mot est ailleurs.",), over=False)
    draw_said(one.feedback.lines, over=one.feedback.over)


def _draw_judging(one: Try, gesture: JudgeGesture) -> None:
    for item in gesture.objets:
        with st.container(key=f"cj-judged-{item.id}"):
            style = "cj-typed sentence" if " " in item.texte else "cj-typed"  # an address is read letter by letter
            st.html(f'<p class="{style}">{escape(item.texte)}</p>')
            with st.container(key=f"cj-sayings-two-{item.id}", horizontal=True, gap="small"):
                _draw_judgement(one, item, words=gesture.oui, good=True)
                _draw_judgement(one, item, words=gesture.non, good=False)
            said = _judgement_of(one, item)
            if said is not None:
                draw_said((item.explication,), over=said == item.juste, alone=False)
    judged = [(_judgement_of(one, item), item.juste) for item in gesture.objets]
    wrong = sum(said is not None and said != right for said, right in judged)
    if wrong and all(said is not None for said, _ in judged):
        draw_said((f"Il en reste {wrong} à changer.",), over=False)


def _draw_judgement(one: Try, item: JudgedItem, *, words: str, good: bool) -> None:
    chosen = _judgement_of(one, item) is good
    others = tuple(word for word in one.answer if not word.startswith(f"{item.id}="))
    st.button(
        layout.escape_markdown(words),
        key=f"{one.place}-{item.id}-{good}",
        icon=_judgement_icon(chosen=chosen, right=good == item.juste),
        type="primary" if chosen and good == item.juste else "secondary",
        width="stretch",
        wrap=True,
        on_click=one.keep,
        args=(one.place, (*others, answers.judged_word(item.id, good=good))),
    )


def _judgement_icon(*, chosen: bool, right: bool) -> str:
    """Return an icon that tells a right choice from another one without colour."""
    if not chosen:
        return ":material/radio_button_unchecked:"
    return ":material/check_circle:" if right else ":material/radio_button_checked:"


def _judgement_of(one: Try, item: JudgedItem) -> bool | None:
    """Return what was said of one thing, None before."""
    for good in (True, False):
        if answers.judged_word(item.id, good=good) in one.answer:
            return good
    return None


def _draw_box(one: Try, label: str, *, longest: int, start: str) -> None:
    """Draw the box to type in; nothing typed here is work, only a try."""
    key = session_state.widget_key("lesson-typed", one.place)
    text_boxes.note_limit(key, longest)
    st.text_input(label, value=one.answer[0] if one.answer else start, key=key, max_chars=longest, autocomplete="off")
    st.button("Vérifier", key=f"{one.place}-check", icon=":material/visibility:", on_click=_check_box, args=(one, key))


def _check_box(one: Try, key: str) -> None:
    one.keep(one.place, (session_state.widget_value(key, str) or "",))


def _file_html(name: str) -> str:
    return f'<p class="cj-typed"><span aria-hidden="true">📄</span> {escape(name)}</p>'
