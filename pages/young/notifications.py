"""« Mes rappels »: how a young person wants to be notified, and how they stop."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.privacy import entry, notifications

me = guard.require_role(*YOUNG_ROLES)
found = notifications.read_notifications(me)

st.title("Mes rappels", anchor=False)
notifications.draw_what_they_say(found)
notifications.draw_channels(found)
notifications.draw_latest(found)
entry.draw_way_back()
