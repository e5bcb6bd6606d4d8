"""Boxes of messages: what a young person types is stored as a draft within a second, and leaves only when they send it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models, text
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import drafts
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import run_cache, session_state, signed_in, transactions

_DRAFTS = "drafts"


def draw_draft(label: str, *, name: str, most: int, height: int = 0) -> None:
    """Draw the box of a message; with a `height` in pixels, of several lines. `send_draft` sends what it holds."""
    kept = run_cache.read_once(_DRAFTS, _read_drafts).get(name, "")

    def take(typed: str) -> bool:
        words = text.clean_paragraph(typed, most=most)
        run_cache.forget_read(_DRAFTS)
        saved = transactions.save_or_raise(
            lambda session, me: drafts.save_draft(
                session, by=me, box=name, typed=words, most=most, now=models.utc_now()
            ),
            who=signed_in.person_here,
        )
        return saved is not None

    if height:
        text_boxes.draw_lines(label, name=name, kept=kept, take=take, most=most, height=height)
    else:
        text_boxes.draw_line(label, name=name, kept=kept, take=take, most=most)


def send_draft(name: str, send: Callable[[Session, Present, str], object], *, told: str) -> bool:
    """Send what the box holds and forget the draft in the same transaction; return whether it was sent.

    When it was not, the text stays in its box, with the sentence of the refusal. Call it from a button's callback.
    """
    typed = draft_of(name)

    def act(session: Session, me: Present) -> None:
        send(session, me, typed)
        drafts.forget_draft(session, by=me, box=name)

    sent = transactions.run_action(act) is not None
    if sent:
        forget_box(name)
        session_state.tell_once(told)
    return sent


def add_ready_words(name: str, words: str, *, most: int) -> None:
    """Put a ready sentence into a box after what it holds, from a callback. Nothing leaves before « Envoyer »."""
    typed = draft_of(name).strip()
    if words in typed:
        return
    whole = f"{typed} {words}".strip()
    if transactions.run_action(
        lambda session, me: drafts.save_draft(session, by=me, box=name, typed=whole, most=most, now=models.utc_now())
    ):
        run_cache.forget_read(_DRAFTS)
        text_boxes.show_saved(name, whole)


def draw_ready_words(phrases: Sequence[str], *, name: str, most: int) -> None:
    """Draw ready sentences above a box; a touch writes one into it."""
    st.html(
        '<p class="cj-small">Touche une phrase\u00a0: elle s’écrit dans la case. Puis touche «\u00a0Envoyer\u00a0».</p>'
    )
    with st.container(key=f"cj-ready-{name}", horizontal=True, gap="small"):
        for number, words in enumerate(phrases):
            st.button(
                words,
                key=f"ready-{name}-{number}",
                icon=":material/add:",
                on_click=add_ready_words,
                args=(name, words),
                kwargs={"most": most},
            )


def draft_of(name: str) -> str:
    """Return what the box holds now, for an action that sends several boxes at once."""
    typed = text_boxes.typed_text(name)
    return run_cache.read_once(_DRAFTS, _read_drafts).get(name, "") if typed is None else typed


def forget_box(name: str) -> None:
    """Empty the box of a message that was sent; its draft was forgotten by the same action."""
    run_cache.forget_read(_DRAFTS)
    text_boxes.empty_box(name)


def _read_drafts() -> dict[str, str]:
    me = signed_in.person_here()
    if me is None:
        return {}
    with db.read_transaction() as session:
        return drafts.own_drafts(session, of=me)
