"""A plan or a lesson in a file of another structure: shown before it is taken in, with all of its mistakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TypeVar

import streamlit as st

from clicnjob import models
from clicnjob.errors import Refusal
from clicnjob.ui.shell import session_state, transactions, uploads
from clicnjob.ui.shell.transactions import Saved

Brought = TypeVar("Brought")
Made = TypeVar("Made")
_MEGABYTES = 1  # the box's own limit; the reader says the real one in words


def draw_bringing(
    title: str, told: str, label: str, *, name: str, read: Callable[[bytes], Brought], draw: Callable[[Brought], None]
) -> None:
    """Draw the box for a file, then what `read` finds in it by `draw`, or why it cannot be read."""
    with st.expander(title, icon=":material/upload_file:", key=f"bring-{name}"):
        st.text(told)
        key = session_state.widget_key(f"{name}-file")
        file = uploads.file_box(label, types=("yaml", "yml", "json"), key=key, megabytes=_MEGABYTES)
        if file is None:
            return
        try:
            found = read(file.getvalue())
        except Refusal as refusal:
            rows = "".join(f"<li>{escape(one)}</li>" for one in refusal.sentence.split("\n"))
            st.html(
                '<div class="cj-warned" role="alert"><p>Ce fichier ne peut pas être repris. Rien n’est ajouté.</p>'
                f'<ul class="cj-plain-list">{rows}</ul></div>'
            )
            return
        draw(found)


def draw_found(facts: Sequence[tuple[str, str]], *, words: str, name: str, on_take: Callable[[], None]) -> None:
    """Draw what the file holds, fact by fact, and the button that takes it in."""
    said = "".join(f"<dt>{title}</dt><dd>{escape(fact)}</dd>" for title, fact in facts if fact)
    st.html(f'<dl class="cj-portfolio">{said}</dl>')
    st.button(words, key=f"take-{name}", type="primary", icon=":material/add:", on_click=on_take)


def take_in(act: Callable[..., Made], told: str, **what: object) -> Saved[Made] | None:
    """Store what the file held, forget the file and say so; None where it was not stored."""
    taken = transactions.run_action(lambda session, me: act(session, by=me, now=models.utc_now(), **what))
    if taken:
        uploads.drop_mine()
        session_state.renew_widgets()
        session_state.tell_once(told)
    return taken
