"""« Cartes »: enrol a young person, and renew lost cards."""

import streamlit as st

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.adviser import cards, new_card
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import guard

me = guard.require_role(*SUPPORT_ROLES)

st.title("Cartes des jeunes", anchor=False)
st.text("Chaque jeune entre avec une carte. Aucune adresse e-mail n’est demandée.")
cards.to_list()
new_card.code_to_give()
with st.form("new-card", enter_to_submit=False):
    st.header("Inscrire un jeune", anchor=False)
    first = text_boxes.draw_message("Prénom", key="enrol-first")
    last = text_boxes.draw_message("Nom", key="enrol-last")
    if st.form_submit_button("Créer la carte", type="primary", icon=":material/badge:"):
        cards.enrol_person(first, last)
cards.draw_card_holders(me)
