"""« Journal »: the audit log of the organisation, with filters and pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import journal as accounts
from clicnjob.accounts.journal import JournalPage
from clicnjob.accounts.presence import Present
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import session_state

_ALL = ""
_NAME_LENGTH = 60
PERIODS = {"7 jours": 7, "30 jours": 30, "Un an": 365}


@dataclass(frozen=True)
class JournalFilters:
    """The chosen filters; '' means everybody or every action."""

    days: int
    by_id: str
    kind: str
    about: str


def draw_filters(me: Present) -> JournalFilters:
    """Draw the filters and return them; changing one returns to page 1. A projected screen asks for no name."""
    with db.read_transaction() as session:
        authors = accounts.journal_authors(session, of=me)
    kinds, about = accounts.act_kinds(), ""
    with st.container(key="cj-filters", horizontal=True):
        period = st.selectbox("Période", list(PERIODS), index=1, key="journal-period", on_change=_go_to_first_page)
        by_id = st.selectbox(
            "Qui l’a fait",
            [_ALL, *authors],
            format_func=lambda key: authors.get(key, "Tout le monde"),
            key="journal-by",
            on_change=_go_to_first_page,
        )
        kind = st.selectbox(
            "Quoi",
            [_ALL, *kinds],
            format_func=lambda key: kinds.get(key, "Tout"),
            key="journal-kind",
            on_change=_go_to_first_page,
        )
        if not me.projected:
            text_boxes.note_limit("journal-about", _NAME_LENGTH)
            about = st.text_input(
                "Concernant (nom)",
                key="journal-about",
                max_chars=_NAME_LENGTH,
                autocomplete="off",
                on_change=_go_to_first_page,
            )
    return JournalFilters(PERIODS[period], by_id, kind, about)


def shown_journal(me: Present, chosen: JournalFilters) -> JournalPage:
    """Read one page of the audit log."""
    since = models.utc_now() - timedelta(days=chosen.days)
    number = session_state.JOURNAL_PAGE.get()
    with db.read_transaction() as session:
        return accounts.journal_page(
            session,
            of=me,
            kind=chosen.kind,
            by_id=chosen.by_id,
            about=chosen.about,
            since=since,
            number=number,
            projected=me.projected,
        )


def draw_lines(shown: JournalPage) -> None:
    """Draw the table of entries: when, who, what."""
    if not shown.lines:
        st.info("Rien sur cette période. Choisissez une période plus longue.", icon=":material/search_off:")
        return
    rows = "".join(
        f"<tr><td>{line.at.astimezone():%d/%m/%Y %H:%M}</td><td>{escape(line.by)}</td><td>{escape(line.did)}"
        f"{_reason_html(line.reason)}</td></tr>"
        for line in shown.lines
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Quand", "Qui", "Ce qui a été fait"))
    st.html(f'<table class="cj-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def draw_page_turner(shown: JournalPage) -> None:
    """Draw the number of entries and the buttons to newer and older pages."""
    if not shown.lines:
        return
    with st.container(key="cj-pages", horizontal=True, vertical_alignment="center"):
        counted = f"{shown.count} lignes" if shown.count > 1 else "1 ligne"
        st.text(f"{counted}. Page {shown.number} sur {shown.pages}.")
        if shown.number > 1:
            st.button("Plus récent", key="journal-newer", on_click=_go_to_page, args=(shown.number - 1,))
        if shown.number < shown.pages:
            st.button("Plus ancien", key="journal-older", on_click=_go_to_page, args=(shown.number + 1,))


def _reason_html(reason: str) -> str:
    return f'<br><span class="cj-help">Raison\u00a0: {escape(reason)}</span>' if reason else ""


def _go_to_page(number: int) -> None:
    session_state.JOURNAL_PAGE.set(number)


def _go_to_first_page() -> None:
    session_state.JOURNAL_PAGE.clear()
