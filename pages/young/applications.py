"""« Mes candidatures »: the applications and their follow-ups, and the official sites with offers."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, open_work
from clicnjob.ui.young.applications import offers, page
from clicnjob.ui.young.interview import coming
from clicnjob.ui.young.sending import letter_desk, send_buttons

me = guard.require_role(*YOUNG_ROLES)
letter_desk.follow_to_letter()
coming.follow_to_day()
page.take_wanted()
log = page.application_log(me)

st.title("Mes candidatures", anchor=False)
mine, finding = st.tabs(["Ma liste", "Trouver des offres"], key="applications-tabs")
with mine:
    page.draw_due(log)
    page.draw_adding(log)
    page.draw_cards(log)
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=page.undo_last_change)
        send_buttons.draw_rehearse_button()
    st.text("Personne d’autre ne voit cette liste, sauf si tu la partages.")
with finding:
    st.text("Ces sites sont officiels et gratuits. Ils s’ouvrent à côté.")
    offers.official_places(log.wanted)
