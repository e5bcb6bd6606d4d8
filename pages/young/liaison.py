"""« Ma fiche de liaison »: what the person gives to a place of digital help, line by line."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.liaison import page
from clicnjob.ui.young.privacy import entry

me = guard.require_role(*YOUNG_ROLES)
found = page.read_liaison(me)

st.title("Ma fiche de liaison", anchor=False)
st.text("Une page à donner à quelqu’un qui t’aide. Tu choisis chaque ligne. Une ligne vide n’est pas écrite.")
page.draw_file(found)
page.draw_lines(found)
entry.draw_page_button("Mon point numérique", "young/check.py", "liaison-check", ":material/computer:", kind="tertiary")
