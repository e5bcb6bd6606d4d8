"""« Mots »: words that the search of jobs did not know, and the synonyms of the organisation."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import signin, words

me = signin.require_role(Role.HEAD, Role.ADMIN)
shown = words.read(me)

st.title("Mots de la recherche", anchor=False)
st.text("Les jeunes ont signalé ces mots. Reliez chaque mot à un métier.")
words.missing_words(shown)
words.new_word()
words.added_words(shown)
