"""« Ce qui me bloque »: pictures, then one obstacle with a first step and whom to turn to."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.obstacles import page
from clicnjob.ui.young.privacy import entry

me = guard.require_role(*YOUNG_ROLES)
found = page.read_obstacles(me)

if found.opened:
    page.draw_way_back()
    page.draw_obstacle(found, found.opened)
else:
    st.title("Ce qui me bloque", anchor=False)
    page.draw_pictures(found)
    entry.draw_page_button("Mon chemin", "young/path.py", "obstacles-path", ":material/route:", kind="tertiary")
