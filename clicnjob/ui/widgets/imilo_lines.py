"""The lines that an adviser copies into i-milo, on a young person's page."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.reports import imilo
from clicnjob.cohort.reports.imilo import ImiloLine
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.ui.shell import layout
from clicnjob.ui.widgets import copy

_PERIODS = {"Cette semaine": 0, "2 semaines": 1, "4 semaines": 3, "8 semaines": 7}


def draw_imilo_section(me: Present, account_id: str, *, today: date) -> None:
    """Draw the lines of one young person for the chosen weeks, and the rule that computed them."""
    if me.projected:
        layout.content_not_shown()
        return
    chosen = st.segmented_control("Période", list(_PERIODS), default="2 semaines", key="bridge-period", required=True)
    monday = today - timedelta(days=today.weekday())
    start = monday - timedelta(weeks=_PERIODS[chosen or "2 semaines"])
    try:
        with db.write_transaction() as session:
            found = imilo.lines_of(
                session, by=me, account_id=account_id, start=start, end=today, today=today, now=models.utc_now()
            )
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence))
        return
    _draw_lines(found, today=today)


def _draw_lines(found: tuple[ImiloLine, ...], *, today: date) -> None:
    if not found:
        st.info("Pas assez d’activité sur cette période : il n’y a rien à recopier.", icon=":material/hourglass_empty:")
    for number, line in enumerate(found):
        draw_imilo_line(line, name=f"{number}", today=today)
    st.info(imilo.imilo_rule().regle, icon=":material/info:")


def draw_imilo_line(line: ImiloLine, *, name: str, today: date) -> None:
    """Draw one line, ready to copy. `name` makes its key unique on the page."""
    with st.container(border=True, key=f"cj-bridge-{name}"):
        spent = (
            f"\u00a0: {line.minutes} minutes" if line.minutes else ""
        )  # a call takes none, and the line says « Appel »
        st.header(f"{line.category}{spent}", anchor=False)
        about = f"{'Séance du' if line.is_session else 'Le'} {days.shown_day(line.on, today=today)}" if line.on else ""
        st.text(about or f"Semaine du {days.shown_day(line.monday, today=today)}")
        copy.text_to_copy(line.copied, key=f"copy-line-{name}", label="Copier la ligne")
