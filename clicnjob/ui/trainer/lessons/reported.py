"""« Signalé par des jeunes »: what they say is wrong on a screen, to be mended and closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.french import days
from clicnjob.learn import reports
from clicnjob.models import LearningKind
from clicnjob.ui.shell import session_state, transactions


def draw_reports(me: Present, *, opened: Callable[[LearningKind, str], None]) -> None:
    """Draw what waits to be read; nothing when nothing does. `opened` gets the lesson or scene to look at."""
    with db.read_transaction() as session:
        found = reports.open_reports(session, of=me, now=models.utc_now())
    if not found:
        return
    st.header(f"Signalé par des jeunes\u00a0: {len(found)}", anchor=False)
    today = date.today()
    for one in found:
        with st.container(key=f"cj-report-{one.id}", border=True):
            when = days.shown_day(days.local_day(one.at) or today, today=today)
            where = ", ".join(part for part in (one.title, one.where) if part)
            note = f"<p>«\u00a0{escape(one.note)}\u00a0»</p>" if one.note else ""
            st.html(
                f'<p class="cj-about">{escape(where)}</p><p>{escape(" · ".join(one.reasons))}</p>{note}'
                f'<p class="cj-small">{escape(when)}</p>'
            )
            with st.container(key=f"cj-report-acts-{one.id}", horizontal=True, gap="small"):
                st.button(
                    "Voir la leçon", key=f"report-see-{one.id}", icon=":material/visibility:", on_click=opened,
                    args=(one.kind, one.content_id),
                )  # fmt: skip
                st.button(
                    "C’est réglé",
                    key=f"report-close-{one.id}",
                    icon=":material/check:",
                    on_click=_close_report,
                    args=(one.id,),
                )


def _close_report(report_id: str) -> None:
    if transactions.run_action(
        lambda session, me: reports.close_report(session, by=me, report_id=report_id, now=models.utc_now())
    ):
        session_state.tell_once("C’est réglé. Le signalement est fermé.")
