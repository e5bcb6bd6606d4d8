"""« Ce que voit mon conseiller »: what is seen, and a switch for each thing that the young person may hide or show."""

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
