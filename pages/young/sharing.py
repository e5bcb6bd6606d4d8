"""« Ce que voit mon conseiller »: listed in plain words, with a switch for each thing that is the young person's to show."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.privacy import doors, sharing

me = signin.require_role(*YOUNG_ROLES)
seen = sharing.read(me)

st.title("Ce que voit mon conseiller", anchor=False)
sharing.who(seen)
sharing.switches(seen)
sharing.always(seen)
doors.back()
