"""« Journal »: renewed cards and the audit log of the organisation."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import remade_cards, signin
from clicnjob.ui.admin import journal

me = signin.require_role(Role.HEAD)

st.title("Journal", anchor=False)
st.text("Qui a fait quoi, et quand. Jamais le contenu des dossiers.")
remade_cards.listed(me)
shown = journal.read(me, journal.filters(me))
journal.lines(shown)
journal.pages(shown)
