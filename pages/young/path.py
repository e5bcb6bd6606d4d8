"""« Mon chemin »: the home of a young person, with the stages and the next step."""

import streamlit as st

from clicnjob.cohort.support import help_requests
from clicnjob.cv.model import bag, guide
from clicnjob.models import YOUNG_ROLES, Role
from clicnjob.ui.shell import guard, navigation, open_work, remade_cards
from clicnjob.ui.widgets import preview
from clicnjob.ui.young import messages, path, portfolio
from clicnjob.ui.young.cv import improvements
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.interview import coming
from clicnjob.ui.young.privacy import entry
from clicnjob.ui.young.workshop import place

me = guard.require_role(*YOUNG_ROLES)
messages.follow_to_step()
coming.follow_to_day()
now = open_work.opened_desk(me)
chosen = path.own_choices(me)
plan = entry.planned_erasure(me)
said = messages.read_messages(me)

st.title(f"Bonjour {open_work.greeting_name(now)}".strip(), anchor=False)
fresh = bag.is_empty(now.bag)
st.text("Choisis par où commencer. Tu peux changer quand tu veux." if fresh else "Ton travail t’attend. On continue ?")
entry.to_come(plan)
remade_cards.draw_own_cards(me)
messages.on_home(said)
if kept_page := portfolio.read_page(me):
    place.draw_link(me)
    portfolio.draw_on_home(kept_page)
coming.draw_coming(chosen[2], chosen[1])

done = guide.answered_stages(now.profile, now.cv)
path.cv_steps(fresh=fresh, finished=guide.has_first_page(now.profile, now.cv))
path.draw_stages(*chosen, done)
left, right = st.columns([11, 9], gap="large")
with left:
    if not fresh:
        improvements.draw_improvements(now)
    st.header("Mon CV, étape par étape", anchor=False)
    way.big_path(done)
    if me.role is Role.GUEST:
        st.info("Sans carte, ton travail s’efface quand tu pars. Pense à télécharger ton CV.", icon=":material/save:")
with right:
    preview.draw_preview(now.document)
if help_requests.may_ask(me) and st.button("Avec mon conseiller", key="see-told", icon=":material/chat_bubble:"):
    st.switch_page(navigation.page_path("young/told.py"))
