"""The page of one young person: alerts, work, exchanges and file."""

from datetime import date

import streamlit as st

from clicnjob.models import FOLLOWING_ROLES
from clicnjob.ui.adviser.cohort import address
from clicnjob.ui.adviser.person import actions, file_actions, lesson_step, link, page, work
from clicnjob.ui.shell import guard
from clicnjob.ui.widgets import imilo_lines as bridge

me = guard.require_role(*FOLLOWING_ROLES)
shown = page.open_file(me)
if st.button("Mes jeunes", key="back", icon=":material/arrow_back:", type="tertiary"):
    address.open_list()
if shown is None:
    st.title("Aucune fiche ouverte", anchor=False)
    st.text(page.closed_said())
    st.stop()

st.title(page.person_name(me, shown), anchor=False)
page.draw_printing(me, shown)
page.draw_top(me, shown)
follow_up, cv, applying, talking, imilo, keeping = page.draw_parts()
if follow_up.open:
    with follow_up:
        work.follow_up(me, shown)
if cv.open:
    link.tell_looked("cv")
    with cv:
        work.draw_cv(me, shown)
if applying.open:
    link.tell_looked("candidatures")
    with applying:
        work.jobs_and_applications(shown)
        work.draw_lessons(me, shown)
        lesson_step.draw_proposing(me, shown)
if talking.open:
    with talking:
        actions.draw_exchanges(me, shown)
if imilo.open:
    with imilo:
        bridge.draw_imilo_section(me, shown.id, today=date.today())
if keeping.open:
    with keeping:
        file_actions.draw_file_actions(me, shown)
