"""« Journal »: renewed cards and the audit log of the organisation."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui.admin import journal
from clicnjob.ui.shell import guard, remade_cards

me = guard.require_role(Role.HEAD)

st.title("Journal", anchor=False)
st.text("Qui a fait quoi, et quand. Jamais le contenu des dossiers.")
remade_cards.draw_remade_cards(me)
shown = journal.shown_journal(me, journal.draw_filters(me))
journal.draw_lines(shown)
journal.draw_page_turner(shown)
