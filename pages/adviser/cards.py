"""« Cartes »: enrol a young person, and renew lost cards."""

import streamlit as st

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.adviser import cards, new_card
from clicnjob.ui.shell import guard

me = guard.require_role(*SUPPORT_ROLES)

st.title("Cartes des jeunes", anchor=False)
st.text("Chaque jeune entre avec une carte. Aucune adresse e-mail n’est demandée.")
cards.to_list()
new_card.code_to_give()
cards.draw_enrolment()
cards.draw_card_holders(me)
