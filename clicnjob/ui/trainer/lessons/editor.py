"""Writing a lesson or a scene of the structure: its outline, the boxes of what is open in it, and how a young person sees it.

What is typed is saved within a second. What is still to be done is said at its box and above, and keeps nobody from writing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from clicnjob.french import typography
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import parts, writing
from clicnjob.learn.own.parts import PART_NAMES
from clicnjob.learn.own.written_lessons import LessonChoice
from clicnjob.learn.scene import Scene
from clicnjob.own_content.changes import Path
from clicnjob.ui.shell import session_state
from clicnjob.ui.trainer.lessons import boxes
from clicnjob.ui.trainer.own_content import editor, saving

DrawPreview = Callable[[Lesson | Scene, str], None]
_LISTED = 4
_HEADS = {"ecrans": "Les écrans", "quiz": "Les questions", "moments": "Les moments"}
_NEW = {"ecrans": "Nouvel écran", "quiz": "Nouvelle question", "moments": "Nouveau moment"}


def draw_editor(chosen: LessonChoice, draw_preview: DrawPreview) -> None:
    """Draw the outline beside the boxes of what is open in it, and its preview."""
    editor.draw_head(
        chosen.entry.titre or "Sans titre", version=chosen.version, done="Fini, voir la leçon", undoes=chosen.undoes,
        on_done=session_state.OWN_LESSON_WRITES.clear, undo=partial(writing.undo_change, lesson_id=chosen.id),
    )  # fmt: skip
    draw_missing(chosen)
    listed, part_id = _open_part(chosen)
    outline, written, seen = st.columns([7, 11, 10] if part_id else [7, 20, 1], gap="medium")
    with outline, st.container(key="cj-plan-agenda"):
        _draw_outline(chosen, part_id)
    with written, st.container(key="cj-plan-boxes"):
        if part_id:
            _draw_part(chosen, listed, part_id)
        else:
            boxes.draw_boxes(chosen, parts.own_boxes(chosen.kind))
            _draw_origin(chosen)
            editor.draw_deleting(
                chosen.id, "Effacer pour toujours",
                "Effacer pour toute la structure\u00a0? Les jeunes ne la verront plus. On ne peut pas revenir en arrière.",
                on_delete=partial(_delete_lesson, chosen.id),
            )  # fmt: skip
    if part_id:
        with seen, st.container(key="cj-lesson-preview"):
            st.html('<p class="cj-about">Ce que voit le jeune</p>')
            with st.container(key="cj-lesson-preview-card", border=True):
                draw_preview(chosen.entry, part_id)


def draw_missing(chosen: LessonChoice) -> None:
    """Say what is still to be done before young people can see it."""
    said: dict[str, list[str]] = {}
    for one in chosen.mistakes:
        said.setdefault(_place_in_words(chosen, one.path), []).append(one.sentence)
    editor.draw_unfinished("À finir avant de publier", said, most=_LISTED)


def _place_in_words(chosen: LessonChoice, path: Path) -> str:
    """Name the part of a mistake: « Écran 2 : »; '' for the lesson itself."""
    if len(path) < 2 or path[0] not in PART_NAMES:
        return ""
    ids = [one["id"] for one in chosen.body[path[0]]]
    number = ids.index(path[1]) + 1 if path[1] in ids else 0
    return f"{PART_NAMES[path[0]].capitalize()} {number}\u00a0: "


def _open_part(chosen: LessonChoice) -> tuple[str, str]:
    wanted = session_state.OWN_LESSON_PART.get()
    for listed in parts.lists_of(chosen.kind):
        if any(one["id"] == wanted for one in chosen.body[listed]):
            return listed, wanted
    return "", ""


def _draw_outline(chosen: LessonChoice, opened: str) -> None:
    """Draw the lesson part by part: each line opens its boxes."""
    wrong = {one.path[1] if len(one.path) > 1 and one.path[0] in PART_NAMES else "" for one in chosen.mistakes}
    _outline_button("", "Titre, but, fiche" if "fiche" in chosen.body else "Titre, début", opened, wrong)
    for listed in parts.lists_of(chosen.kind):
        st.html(f'<p class="cj-about">{_HEADS[listed]}</p>')
        for number, part in enumerate(chosen.body[listed], start=1):
            title = typography.typeset_text(parts.part_title(listed, part)) or parts.form_of(listed, part).name
            _outline_button(part["id"], f"{number}. {title}", opened, wrong)
        saving.tell_mistakes(chosen.mistakes, (listed,))
        if len(chosen.body[listed]) < parts.PARTS_AT_MOST[listed]:
            _draw_adding(chosen, listed)


def _outline_button(part: str, words: str, opened: str, wrong: set[str]) -> None:
    short = f"{words[:46]}…" if len(words) > 48 else words
    editor.draw_outline_button(part, short, opened=opened == part, wrong=part in wrong, on_open=open_part)


def _draw_adding(chosen: LessonChoice, listed: str) -> None:
    forms = parts.FORMS[listed]
    key = session_state.widget_key("lesson-add", listed, str(len(chosen.body[listed])))
    st.selectbox(
        _NEW[listed], list(forms), index=None, key=key, format_func=lambda one: forms[one].name,
        placeholder="Choisissez", on_change=_add_part, args=(chosen.id, listed, key),
    )  # fmt: skip


def _draw_part(chosen: LessonChoice, listed: str, part_id: str) -> None:
    rows: list[dict[str, Any]] = chosen.body[listed]
    place = [one["id"] for one in rows].index(part_id)
    form = boxes.part_form(chosen, listed, part_id)
    st.header(f"{PART_NAMES[listed].capitalize()} {place + 1}\u00a0: {form.name.lower()}", anchor=False)
    with st.container(key="cj-plan-moves", horizontal=True, gap="small"):
        here = {"lesson_id": chosen.id, "path": (listed,), "part": part_id}
        editor.draw_moves(
            place, len(rows), move=lambda places: editor.do_on_shown(writing.move_part, places=places, **here)
        )  # fmt: skip
        if len(rows) > 1:
            editor.draw_removing(
                "Enlever", on_remove=partial(_remove_part, here, rows[place - 1 if place else 1]["id"])
            )
    saving.tell_mistakes(chosen.mistakes, (listed, part_id))
    boxes.draw_boxes(chosen, form.boxes, part=(listed, part_id))
    for items in form.items:
        boxes.draw_items(chosen, items, part=(listed, part_id))


def _draw_origin(chosen: LessonChoice) -> None:
    entry = chosen.entry
    copied = entry.copie_de
    said = f" D’après «\u00a0{copied.lecon}\u00a0», version {copied.version}, {copied.structure}." if copied else ""
    st.html(
        f'<p class="cj-small">Auteur\u00a0: {escape(entry.auteur.structure)}. Licence\u00a0: {escape(entry.licence)}.'
        f"{escape(said)}</p>"
    )


def open_part(part: str) -> None:
    """Open a part on the next run; '' for the lesson itself."""
    session_state.OWN_LESSON_PART.set(part)
    session_state.OWN_CONTENT_TO_DELETE.clear()
    session_state.PREVIEW_TRY.clear()


def _add_part(lesson_id: str, listed: str, key: str) -> None:
    form = session_state.widget_value(key, str)
    if form is None:
        return
    if made := editor.act_on_shown(writing.add_part, lesson_id=lesson_id, listed=listed, form=form, after=""):
        open_part(made.result)


def _remove_part(here: dict[str, Any], neighbour: str) -> None:
    if editor.act_on_shown(writing.remove_part, **here):
        open_part(neighbour)
        session_state.tell_once("C’est enlevé. «\u00a0Annuler\u00a0» le remet.")


def _delete_lesson(lesson_id: str) -> None:
    if editor.act_on_shown(writing.delete_lesson, lesson_id=lesson_id):
        for key in (session_state.OWN_LESSON, session_state.OWN_LESSON_PART, session_state.OWN_CONTENT_TO_DELETE):
            key.clear()
        session_state.OWN_LESSON_WRITES.clear()
        session_state.tell_once("C’est effacé.")
