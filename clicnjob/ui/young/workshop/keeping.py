"""At the end of a session: a guest, whose work goes with the visit, takes it along in a file or keeps it with a card."""

from __future__ import annotations

import streamlit as st

from clicnjob import db
from clicnjob.accounts import own_cards, presence
from clicnjob.accounts.presence import Present
from clicnjob.models import Role
from clicnjob.privacy.export import leaving_work
from clicnjob.privacy.export.leaving_work import WorkAtRisk
from clicnjob.ui.widgets import download


def draw_keeping(me: Present, *, page_written: bool) -> bool:
    """Say that the work stays; to a guest, offer the file and the card first. Return whether there is work to keep.

    `page_written`: there is a page of the session, which the caller offers.
    """
    risk = _work_at_risk(me)
    if risk is None or risk.only_page:
        if me.role is not Role.GUEST:
            st.text("Ton travail est gardé.")
        elif not page_written:
            st.text("Tu n’as rien à emporter.")
        return False
    with st.container(key="cj-session-keeping", border=True):
        st.header("Garde ton travail d’abord", anchor=False)
        st.text("Tu n’as pas de carte. Ton travail s’efface quand tu pars.")
        download.download_button(
            "Télécharger mon CV" if risk.cv_id else "Télécharger mon travail",
            document=risk.document,
            work_id=risk.cv_id,
            icon=":material/download:",
            primary=True,
        )
        if own_cards.may_make_own_card(me):
            st.html('<a class="cj-button quiet" href="/sortie/carte" target="_self">Le garder avec une carte</a>')
    return True


def _work_at_risk(me: Present) -> WorkAtRisk | None:
    with db.read_transaction() as session:
        taken_at = presence.work_taken_at(session, me.sign_in_id)
        return leaving_work.work_at_risk(session, of=me, taken_at=taken_at)
