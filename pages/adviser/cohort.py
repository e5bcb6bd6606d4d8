"""« Mes jeunes »: the young people whom an adviser follows, and whom to contact first."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import cohort, cohort_filters, lists, person_link, signin

me = signin.require_role(Role.ADVISER, Role.HEAD)
person_link.go_on()
shown = cohort.read(me)

st.title("Mes jeunes", anchor=False)
cohort_filters.figures(shown.page.figures)
cohort_filters.search_and_filters(shown.page.lists)
cohort.asked_for(shown)
lists.same_step(shown.page.lists)
cohort.people(shown)
cohort_filters.more_figures(shown.page.figures)
lists.manage(shown.page.lists)
cohort.handed_over(shown)
