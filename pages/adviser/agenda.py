"""« Agenda »: a professional's own appointments, by day or by week."""

import streamlit as st

from clicnjob.models import FOLLOWING_ROLES
from clicnjob.ui.adviser import agenda, calendar_feed
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import guard

me = guard.require_role(*FOLLOWING_ROLES)
link.go_on()
shown = agenda.read_agenda(me)

agenda.back_to_list()
st.title("Agenda", anchor=False)
agenda.draw_next(shown)
agenda.draw_turner(shown)
agenda.draw_days(shown)
calendar_feed.draw_feed(me)
