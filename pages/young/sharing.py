"""« Ce que voit mon conseiller »: what is seen, and a switch for each thing that the young person may hide or show."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.privacy import entry, sharing

me = guard.require_role(*YOUNG_ROLES)
seen = sharing.read_sharing(me)

st.title("Ce que voit mon conseiller", anchor=False)
sharing.draw_who_sees(seen)
sharing.draw_switches(seen)
sharing.draw_always_seen(seen)
entry.draw_way_back()
