"""The head and the moves of an editor: « Fini », « Annuler », what is still missing, up, down, take out, delete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, TypeVar

import streamlit as st

from clicnjob import models
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.shell.transactions import Saved

Made = TypeVar("Made")


def act_on_shown(act: Callable[..., Made], **what: Any) -> Saved[Made] | None:
    """Run an act on the version that the screen shows; None where it was not saved."""
    base = session_state.OWN_CONTENT_SHOWN.get()
    return transactions.run_action(lambda session, me: act(session, by=me, base=base, now=models.utc_now(), **what))


def do_on_shown(act: Callable[..., object], **what: Any) -> None:
    """As `act_on_shown`, for a button after which nothing else is to be done."""
    act_on_shown(act, **what)


def draw_head(
    title: str, *, version: int, done: str, undoes: str, on_done: Callable[[], None], undo: Callable[..., None]
) -> None:
    """Draw the way out, what « Annuler » takes back, whether all is saved, and the title; `undo` is an act as shown."""
    session_state.OWN_CONTENT_SHOWN.set(version)
    with st.container(key="cj-plan-top", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(done, key="editor-done", icon=":material/visibility:", on_click=on_done)
        if undoes:
            st.button(
                f"Annuler\u00a0: {layout.escape_markdown(undoes)}", key="editor-undo", icon=":material/undo:",
                on_click=_undo_write, args=(undo,),
            )  # fmt: skip
        _draw_saved()
    st.title(layout.escape_markdown(title), anchor=False)


def draw_unfinished(head: str, said: Mapping[str, Sequence[str]], *, most: int) -> None:
    """Say what is still to be done, a line for each place, « Étape 2 : » or '' for the whole; nothing when nothing is."""
    if not said:
        return
    rows = [
        f"{place}{sentences[0]}" + (f" Et {len(sentences) - 1} de plus." if len(sentences) > 1 else "")
        for place, sentences in said.items()
    ]
    more = [f"Et {len(rows) - most} de plus."] if len(rows) > most else []
    items = "".join(f"<li>{escape(one)}</li>" for one in (*rows[:most], *more))
    st.html(f'<div class="cj-warned" role="status"><p>{head}</p><ul class="cj-plain-list">{items}</ul></div>')


def draw_outline_button(part: str, words: str, *, opened: bool, wrong: bool, on_open: Callable[[str], None]) -> None:
    """Draw the line of one part in the outline: it opens its boxes; '' is the whole."""
    st.button(
        layout.escape_markdown(words), key=f"outline-{part or 'whole'}", width="stretch", wrap=True,
        type="primary" if opened else "secondary", icon=":material/edit_note:" if wrong else None,
        on_click=on_open, args=(part,),
    )  # fmt: skip


def draw_moves(place: int, count: int, *, move: Callable[[int], None]) -> None:
    """Draw « Monter » and « Descendre » of the part at a place among so many."""
    for words, icon, places, stops in (
        ("Monter", "arrow_upward", -1, place == 0),
        ("Descendre", "arrow_downward", 1, place == count - 1),
    ):
        st.button(
            words, key=f"part-move-{places}", icon=f":material/{icon}:", disabled=stops, on_click=move, args=(places,)
        )


def draw_removing(words: str, *, on_remove: Callable[[], None]) -> None:
    """Draw the way to take a part out, which « Annuler » takes back."""
    st.button(words, key="part-remove", icon=":material/delete:", on_click=on_remove)


def draw_deleting(content_id: str, words: str, question: str, *, on_delete: Callable[[], None]) -> None:
    """Ask before the whole is deleted: that alone cannot be undone."""
    if session_state.OWN_CONTENT_TO_DELETE.get() != content_id:
        st.button(
            words, key="editor-delete", icon=":material/delete:", type="tertiary",
            on_click=session_state.OWN_CONTENT_TO_DELETE.set, args=(content_id,),
        )  # fmt: skip
        return
    with st.container(key="cj-plan-delete", border=True):
        st.text(question)
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Effacer pour de bon", key="editor-delete-sure", icon=":material/delete_forever:", on_click=on_delete
            )
            st.button("Ne rien effacer", key="editor-keep", on_click=session_state.OWN_CONTENT_TO_DELETE.clear)


def _draw_saved() -> None:
    saved = session_state.is_saved()
    words = "Pas encore enregistré. Attendez un instant." if saved is False else "Tout s’enregistre tout seul."
    mark = "✓ Enregistré" if saved else words
    st.html(f'<p class="{"cj-unsaved" if saved is False else "cj-saved"}" role="status">{mark}</p>', width="content")


def _undo_write(undo: Callable[..., None]) -> None:
    if act_on_shown(undo):
        session_state.renew_widgets()
