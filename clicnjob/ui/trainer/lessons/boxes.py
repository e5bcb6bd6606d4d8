"""The boxes of a lesson or a scene: each saves by itself what is typed in it, and says below what is still to be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from clicnjob.french import typography
from clicnjob.learn import library
from clicnjob.learn.own import parts, writing
from clicnjob.learn.own.parts import Items, LessonBox
from clicnjob.learn.own.written_lessons import LessonChoice
from clicnjob.own_content import changes
from clicnjob.own_content.changes import Path
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import navigation, session_state
from clicnjob.ui.trainer.own_content import editor, saving

_BOX_LENGTH = 1_700  # characters of a box of several lines
_DEVICES = {"bien": "Ça va bien", "gene": "Mieux sur un ordinateur", "non": "Seulement sur un ordinateur"}
_NEXT_PAGES = (
    "young/learn.py", "young/path.py", "young/jobs.py", "young/guide.py", "young/cvs.py", "young/sending.py",
    "young/mailbox.py", "young/applications.py", "young/interview.py", "young/obstacles.py", "young/check.py",
    "young/told.py", "young/appointment.py",
)  # fmt: skip


def draw_boxes(chosen: LessonChoice, boxes: tuple[LessonBox, ...], *, part: Path = ()) -> None:
    """Draw boxes of the lesson itself, or of the part at a path."""
    for box in boxes:
        _draw_box(chosen, box, (*part, *box.path))


def draw_items(chosen: LessonChoice, items: Items, *, part: Path) -> None:
    """Draw a list of things: the boxes of each, which of them is right, and the ways to add and take out."""
    path = (*part, *items.path)
    rows: list[dict[str, Any]] = changes.value_at(chosen.body, path)
    for number, row in enumerate(rows, start=1):
        with st.container(key=f"cj-item-{row['id']}", border=True):
            _draw_item_head(chosen, items, path, row, f"{items.name} {number}", spare=len(rows) > items.least)
            draw_boxes(chosen, items.boxes, part=(*path, row["id"]))
            if items.right == "each":
                _draw_box(chosen, LessonBox(("juste",), "C’est bon", "yes"), (*path, row["id"], "juste"))
    saving.tell_mistakes(chosen.mistakes, path)
    if len(rows) < items.most:
        st.button(
            f"Ajouter\u00a0: {items.name.lower()}", key=f"add-item-{'-'.join(path)}", icon=":material/add:",
            on_click=partial(editor.do_on_shown, writing.add_item, lesson_id=chosen.id, path=path),
        )  # fmt: skip


def _draw_item_head(
    chosen: LessonChoice, items: Items, path: Path, row: Mapping[str, Any], name: str, *, spare: bool
) -> None:
    with st.container(key=f"cj-item-head-{row['id']}", horizontal=True, vertical_alignment="center", gap="small"):
        if items.right != "one":
            st.html(f'<p class="cj-about">{escape(name)}</p>', width="content")
        else:
            right = bool(row["juste"])
            st.button(
                f"{name}\u00a0: le bon" if right else f"{name}\u00a0: en faire le bon", key=f"right-{row['id']}",
                icon=":material/check_circle:" if right else ":material/radio_button_unchecked:",
                type="primary" if right else "secondary", on_click=partial(
                    editor.do_on_shown, writing.mark_right, lesson_id=chosen.id, path=path, item=row["id"]
                ),
            )  # fmt: skip
        if spare:
            st.button(
                f"Enlever\u00a0: {name.lower()}", key=f"drop-{row['id']}", icon=":material/delete:", type="tertiary",
                on_click=_remove_item, args=(chosen.id, path, row["id"]),
            )  # fmt: skip


def _draw_box(chosen: LessonChoice, box: LessonBox, path: Path) -> None:
    kept = changes.value_at(chosen.body, path)
    label = f"{box.label} (pas obligatoire)" if box.optional else box.label
    name = f"{chosen.id}-{'-'.join(path)}"
    save = partial(_save_box, chosen.id, path, kept)
    match box.kind:
        case "line":
            text_boxes.draw_line(label, name=name, kept=kept or "", take=save, most=box.most)
        case "text":
            text_boxes.draw_lines(label, name=name, kept=kept or "", take=save, most=box.most, height=90)
        case "lines":
            _draw_rows(label, name, "\n".join(kept), lambda typed: save(typed.split("\n")))
        case "sources":
            shown = "\n".join(f"{one['nom']} {one['url']}".strip() for one in kept)
            _draw_rows(label, name, shown, lambda typed: save([_source_of(one) for one in typed.split("\n")]))
        case "number":
            text_boxes.draw_number(
                label, name=name, kept=kept, take=partial(saving.save_number, save), bounds=(1, 60), placeholder="5"
            )
        case "yes":
            key = session_state.widget_key("lesson-yes", name)
            st.toggle(label, value=bool(kept), key=key, on_change=_put_yes, args=(chosen.id, path, kept, key))
        case "choice":
            _draw_choice(chosen, label, name, path, kept)
        case "day":
            _draw_day(chosen, path, str(kept))
    saving.tell_mistakes(chosen.mistakes, path)


def _draw_rows(label: str, name: str, kept: str, take: text_boxes.Take) -> None:
    text_boxes.draw_lines(label, name=name, kept=kept, take=take, most=_BOX_LENGTH, height=140)


def _draw_choice(chosen: LessonChoice, label: str, name: str, path: Path, kept: Any) -> None:
    """Draw a choice among what exists; what is stored and exists no more is left open."""
    offered = _offered_choices(chosen, path)
    current = kept[0] if isinstance(kept, list) and kept else kept
    key = session_state.widget_key("lesson-choice", name, str(current))
    st.selectbox(
        label, list(offered), index=list(offered).index(current) if current in offered else None, key=key,
        format_func=lambda one: offered[one], placeholder="Choisissez", on_change=_put_choice,
        args=(chosen.id, path, kept, key),
    )  # fmt: skip


def _draw_day(chosen: LessonChoice, path: Path, kept: str) -> None:
    today = date.today()
    with st.container(key="cj-lesson-checked", horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"Faits vérifiés le {date.fromisoformat(kept):%d/%m/%Y}")
        if kept != today.isoformat():
            st.button(
                "Relu aujourd’hui", key="lesson-checked", icon=":material/event_available:", on_click=_save_choice,
                args=(chosen.id, path, kept, today.isoformat()),
            )  # fmt: skip


def _offered_choices(chosen: LessonChoice, path: Path) -> dict[str, str]:
    match path[-1]:
        case "theme":
            return {key: one.nom for key, one in library.lesson_themes().items()}
        case "gestes":
            return {key: one.fait for key, one in library.gesture_words().items()}
        case "telephone":
            return _DEVICES
        case "page":
            titles = {page.file: page.title for page in navigation.EVERY_PAGE}
            return {file: titles[file] for file in _NEXT_PAGES if file in titles}
    moments = chosen.body["moments"]
    return {
        one["id"]: f"{number}. {typography.typeset_text(one['qui']) or '…'}"
        for number, one in enumerate(moments, start=1)
    }


def _source_of(row: str) -> dict[str, str]:
    words = row.split()
    address = words[-1] if words and words[-1].startswith("https://") else ""
    return {"nom": " ".join(words[:-1] if address else words), "url": address}


def _save_box(lesson_id: str, path: Path, shown: Any, value: Any) -> bool:
    return saving.save_box(lesson_id, path, shown, value, set_value=partial(writing.set_value, lesson_id=lesson_id))


def _save_choice(lesson_id: str, path: Path, shown: Any, value: Any) -> None:
    saving.save_chosen(partial(_save_box, lesson_id, path, shown, value))


def _put_yes(lesson_id: str, path: Path, shown: Any, key: str) -> None:
    _save_choice(lesson_id, path, shown, bool(session_state.widget_value(key, bool)))


def _put_choice(lesson_id: str, path: Path, shown: Any, key: str) -> None:
    value = session_state.widget_value(key, str)
    if value is not None:
        _save_choice(lesson_id, path, shown, [value] if path == ("gestes",) else value)


def _remove_item(lesson_id: str, path: Path, item: str) -> None:
    if editor.act_on_shown(writing.remove_part, lesson_id=lesson_id, path=path, part=item):
        session_state.tell_once("C’est enlevé. «\u00a0Annuler\u00a0» le remet.")


def part_form(chosen: LessonChoice, listed: str, part_id: str) -> parts.PartForm:
    """Return how the part at a place of the lesson is written. Raises PartGone."""
    return parts.form_of(listed, changes.value_at(chosen.body, (listed, part_id)))
