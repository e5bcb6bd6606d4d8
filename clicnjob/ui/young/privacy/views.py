"""« Qui a vu mon dossier »: who opened the person's file and what they did, by day."""

from __future__ import annotations

from html import escape
from itertools import groupby

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.privacy import views
from clicnjob.privacy.export.stored_work import full_day
from clicnjob.privacy.views import View


def own_views(me: Present) -> tuple[View, ...]:
    """Read what others did with the person's file."""
    with db.read_transaction() as session:
        return views.file_views(session, of=me, now=models.utc_now())


def draw_views(found: tuple[View, ...]) -> None:
    """Draw the accesses by day, latest first."""
    if not found:
        st.info("Personne n’a ouvert ton dossier ces 90 derniers jours.", icon=":material/check_circle:")
    for when, lines in groupby(found, key=lambda view: full_day(view.at)):
        items = dict.fromkeys(f"<li><strong>{escape(one.who)}</strong> {escape(one.did)}</li>" for one in lines)
        st.html(
            f'<section class="cj-day"><h2>{escape(when)}</h2><ul class="cj-plain-list">{"".join(items)}</ul></section>'
        )
