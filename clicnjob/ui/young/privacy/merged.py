"""Tells a young person, on their home page, that two accounts of theirs are one now, and gives them what stayed aside."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.merging import own_merges
from clicnjob.cohort.merging.own_merges import ToldMerge
from clicnjob.french import days
from clicnjob.ui.shell import transactions
from clicnjob.ui.widgets import download


def draw_own_merge(me: Present) -> None:
    """Draw the notice of the latest merge until its owner has read it."""
    with db.read_transaction() as session:
        told = own_merges.unread_merge(session, of=me)
    if told is None:
        return
    with st.container(key="cj-merged", border=True):
        st.html("".join(f'<p role="status">{escape(line)}</p>' for line in merge_said(told)))
        with st.container(horizontal=True):
            if told.has_work_aside:
                download.download_button(
                    "Prendre mon ancien travail", document="merged-work", work_id=told.id, icon=":material/download:"
                )
            st.button("J’ai compris", key="merge-read", icon=":material/check:", on_click=_mark_read, args=(told.id,))


def merge_said(told: ToldMerge) -> tuple[str, ...]:
    """Return the sentences of that notice."""
    on = days.shown_day(days.local_day(told.at) or date.today(), today=date.today())
    said = [
        f"Tu avais deux comptes. Le {on}, {told.by} les a réunis ici.",
        "Seule ta carte d’ici marche.",
    ]
    if told.has_work_aside:
        said.append("Une partie de ton ancien travail est à part. Tu peux le prendre avec toi.")
    said.append("Tu ne montres pas plus qu’avant. Ce n’était pas à toi\u00a0? Dis-le vite à ton conseiller.")
    return tuple(said)


def _mark_read(merge_id: str) -> None:
    transactions.run_action(
        lambda session, me: own_merges.mark_merge_read(session, by=me, merge_id=merge_id, now=models.utc_now())
    )
