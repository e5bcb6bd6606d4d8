"""The confirmation of an act on many people: how many, who is left out and why, what will change besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import models
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.cohort.many.last_act import LastAct
from clicnjob.cohort.many.listing import ListedPeople
from clicnjob.cohort.many.reach import NamedReason, Reach
from clicnjob.ui.adviser.many import ticks
from clicnjob.ui.shell import layout, session_state, transactions

_NAMED = 6  # receivers whose names fit in one line


def draw_reach(me: Present, reach: Reach) -> None:
    """Draw whom the act reaches and leaves out; on a projected screen with initials."""
    if reach.receivers:
        named = [names.name_on_screen(one.first_name, one.last_name, projected=me.projected) for one in reach.receivers]
        said = f"Pour {layout.count_of_people(len(named))}"
        st.text(f"{said}\u00a0: {', '.join(named)}." if len(named) <= _NAMED else f"{said}.")
    else:
        st.text("Aucun de ces jeunes n’est concerné.")
    _draw_reasons("À savoir", reach.warnings, projected=me.projected)
    _draw_reasons("Laissés de côté", reach.left_out, projected=me.projected)
    if reach.gone:
        st.text(f"{layout.count_of_people(reach.gone)} que vous ne suivez plus\u00a0: laissés de côté.")


def go_on(label: str, reach: Reach) -> str:
    """Return the words of the button, with the number: « Envoyer à 47 jeunes »."""
    return f"{label} {layout.count_of_people(len(reach.receivers))}"


def act_once(kind: str, doing: Callable[[Session, Present, datetime], int | ListedPeople]) -> bool:
    """Run an act in one transaction; when it is saved, keep it for its undo and untick everybody."""
    now = models.utc_now()
    saved = transactions.run_action(lambda session, me: doing(session, me, now))
    if saved is None:
        return False
    done = saved.result
    act = LastAct(kind, done, now) if isinstance(done, int) else LastAct(kind, len(done.account_ids), now, done)
    session_state.LAST_ACT.set(act)
    ticks.clear_ticks()
    return True


def _draw_reasons(title: str, reasons: Sequence[NamedReason], *, projected: bool) -> None:
    if not reasons:
        return
    lines = "".join(
        f"<li><strong>{escape(names.name_on_screen(one.first_name, one.last_name, projected=projected))}</strong>"
        f"\u00a0: {escape(one.why)}</li>"
        for one in reasons
    )
    words = f"{title}\u00a0: {len(reasons)}"
    st.html(
        f'<div class="cj-reasons" role="group" aria-label="{escape(words)}" tabindex="0"><p>{escape(words)}</p>'
        f"<ul>{lines}</ul></div>"
    )
