"""« Mon chemin »: the home of a young person, with the stages and the next step."""

import streamlit as st

from clicnjob.cv import bag, guide
from clicnjob.models import YOUNG_ROLES, Role
from clicnjob.ui import desk, home, navigation, remade_cards, signin, told
from clicnjob.ui.guide import way
from clicnjob.ui.privacy import doors
from clicnjob.ui.widgets import preview

me = signin.require_role(*YOUNG_ROLES)
told.follow()
now = desk.opened(me)
chosen = home.chosen(me)
plan = doors.planned(me)
said = told.read(me)

st.title(f"Bonjour {desk.hello(now)}".strip(), anchor=False)
fresh = bag.is_empty(now.bag)
st.text("Choisis par où commencer. Tu peux changer quand tu veux." if fresh else "Ton travail t’attend. On continue ?")
doors.to_come(plan)
remade_cards.own(me)
told.on_home(said)

done = guide.answered(now.profile, now.cv)
home.cv_steps(fresh=fresh, finished=not fresh and way.next_stage(done) == "fin")
home.stages(me, *chosen, done)
left, right = st.columns([11, 9], gap="large")
with left:
    st.header("Mon CV, étape par étape", anchor=False)
    way.big_path(done)
    if me.role is Role.GUEST:
        st.info("Sans carte, ton travail s’efface quand tu pars. Pense à télécharger ton CV.", icon=":material/save:")
with right:
    preview.beside(now.document)
if me.role is Role.YOUNG and st.button("Avec mon conseiller", key="see-told", icon=":material/chat_bubble:"):
    st.switch_page(navigation.page("young/told.py"))
