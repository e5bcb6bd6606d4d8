"""« Journal »: renewed cards and the audit log of the organisation."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui.admin import journal
from clicnjob.ui.shell import guard, remade_cards

me = guard.require_role(Role.HEAD)

st.title("Journal", anchor=False)
st.text("Qui a fait quoi, et quand. Jamais le contenu des dossiers.")
remade_cards.listed(me)
shown = journal.read(me, journal.filters(me))
journal.lines(shown)
journal.pages(shown)
