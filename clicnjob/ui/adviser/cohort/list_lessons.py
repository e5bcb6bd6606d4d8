"""For the open list, the lessons that its people finished and share, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.cohort.progress.overview import ListCard
from clicnjob.cohort.support import list_lessons
from clicnjob.ui.adviser.cohort import filters


def draw_list_lessons(me: Present, cards: Sequence[ListCard]) -> None:
    """Draw one line for each person of the open list who shares their lessons."""
    card = next((card for card in cards if card.id == filters.chosen_filters().list_id), None)
    if card is None or not card.people:
        return
    unfolded = st.expander("Les leçons de cette liste", key="list-lessons", icon=":material/school:", on_change="rerun")
    if not unfolded.open:
        return
    if me.projected:
        unfolded.text("Cachées en mode projection.")
        return
    with db.read_transaction() as session:
        found = list_lessons.lessons_of_list(session, by=me, list_id=card.id, today=date.today())
    with unfolded:
        st.text("Seulement les titres, et seulement de ceux qui les partagent.")
        rows = ""
        for one in found:
            name = f"{one.first_name} {one.last_name}".strip()
            said = " · ".join(one.titles) or "Aucune pour l’instant."
            rows += f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>"
        if rows:
            st.html(f'<dl class="cj-portfolio">{rows}</dl>')
        else:
            st.text("Personne de cette liste ne partage ses leçons.")
