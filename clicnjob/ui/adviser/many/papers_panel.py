"""The panel that prints cards or sheets of many people."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.many import papers
from clicnjob.cohort.many.papers import TooManyPapers
from clicnjob.cohort.many.reach import Reach
from clicnjob.ui.adviser.cohort.page import Cohort
from clicnjob.ui.adviser.many import confirmation, ticks
from clicnjob.ui.shell import layout
from clicnjob.ui.widgets import download

_SHEETS, _CARDS = "fiches", "cartes"
_WHAT = {_SHEETS: "Les fiches, une page chacune", _CARDS: "Les cartes, pour qui n’est jamais venu"}


def draw_papers(me: Present, shown: Cohort) -> None:
    """Draw the choice between sheets and cards, whom it reaches, and the download."""
    if me.projected:
        layout.names_not_shown()
        return
    what = st.segmented_control(
        "Imprimer", list(_WHAT), default=_SHEETS, key="many-papers-what", required=True, format_func=_WHAT.__getitem__
    )
    chosen, today = ticks.ticked_ids(), shown.today
    with db.read_transaction() as session:
        reach = (
            papers.cards_reach(session, by=me, account_ids=chosen, today=today, now=models.utc_now())
            if what == _CARDS
            else papers.sheets_reach(session, by=me, account_ids=chosen, today=today)
        )
    confirmation.draw_reach(me, reach)
    if len(reach.ids) > policy.PRINTED_AT_ONCE:
        st.text(TooManyPapers.sentence)
    elif reach.ids:
        _draw_download(what, reach)


def _draw_download(what: str, reach: Reach) -> None:
    if what == _CARDS:
        st.text("Le fichier crée les cartes\u00a0: imprimez-le tout de suite, il ne se refait pas.")
    document = {_CARDS: "cards", _SHEETS: "people-sheets"}[what]
    download.download_button(
        confirmation.go_on(f"Préparer les {what} de", reach), document=document, name="many",
        work_id=papers.papers_key(reach.ids), icon=":material/print:", primary=True,
    )  # fmt: skip
