"""The page of one young person: alerts, work, exchanges and file."""

from datetime import date

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import bridge, navigation, person, person_acts, person_file_acts, person_link, person_work, signin

me = signin.require_role(Role.ADVISER, Role.HEAD)
shown = person.read(me)
if st.button("Mes jeunes", key="back", icon=":material/arrow_back:", type="tertiary"):
    st.switch_page(navigation.page("adviser/cohort.py"))
if shown is None:
    st.title("Aucune fiche ouverte", anchor=False)
    st.text("Choisissez un jeune dans votre liste.")
    st.stop()

st.title(person.name(me, shown, whole=True), anchor=False)
person.top(me, shown)
follow_up, cv, applying, talking, imilo, keeping = person.parts()
if follow_up.open:
    with follow_up:
        person_work.follow_up(me, shown)
if cv.open:
    person_link.tell_looked("cv")
    with cv:
        person_work.cv(me, shown)
if applying.open:
    person_link.tell_looked("candidatures")
    with applying:
        person_work.jobs_and_applications(shown)
if talking.open:
    with talking:
        person_acts.exchanges(me, shown)
if imilo.open:
    with imilo:
        bridge.section(me, shown.id, today=date.today())
if keeping.open:
    with keeping:
        person_file_acts.keeping(me, shown)
