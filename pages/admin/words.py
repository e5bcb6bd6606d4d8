"""« Mots »: words that the search of jobs did not know, and the synonyms of the organisation."""

import streamlit as st

from clicnjob.models import MANAGING_ROLES
from clicnjob.ui.admin import synonyms
from clicnjob.ui.shell import guard

me = guard.require_role(*MANAGING_ROLES)
shown = synonyms.read_synonyms(me)

st.title("Mots de la recherche", anchor=False)
st.text("Les jeunes ont signalé ces mots. Reliez chaque mot à un métier.")
synonyms.missing_words(shown)
synonyms.new_word()
synonyms.added_words(shown)
