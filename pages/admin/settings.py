"""« Réglages »: the settings of the organisation."""

import streamlit as st

from clicnjob.models import MANAGING_ROLES
from clicnjob.ui.admin import alert_numbers, competences, settings
from clicnjob.ui.shell import guard

me = guard.require_role(*MANAGING_ROLES)
shown = settings.own_settings(me)

st.title("Réglages", anchor=False)
settings.name_form(shown)
settings.town_form(shown)
settings.first_visit_form(shown)
settings.choices_form(shown)
alert_numbers.draw_alert_numbers(me)
competences.competences_form(shown)
settings.kept_how_long()
