"""« Mon chemin »: the home of a young person, with the stages and the next step."""

import streamlit as st

from clicnjob import models
from clicnjob.cohort.support import help_requests
from clicnjob.cv.model import bag, guide
from clicnjob.models import YOUNG_ROLES, Role
from clicnjob.ui.shell import guard, navigation, open_work, remade_cards
from clicnjob.ui.widgets import preview
from clicnjob.ui.young import messages, path, portfolio
from clicnjob.ui.young.cv import improvements
from clicnjob.ui.young.first_visit import offering
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.interview import coming
from clicnjob.ui.young.learn import opening, proposing
from clicnjob.ui.young.privacy import entry, merged

me = guard.require_role(*YOUNG_ROLES)
messages.follow_to_step()
coming.follow_to_day()
opening.follow_to_content()
now = open_work.opened_desk(me)
chosen = path.own_choices(me)
fresh = bag.is_empty(now.bag)
offering.follow_to_questions(me, nothing_yet=fresh and chosen.only_cv)
plan = entry.planned_erasure(me)
said = messages.read_messages(me)

st.title(f"Bonjour {open_work.greeting_name(now)}".strip(), anchor=False)
st.text("Choisis par où commencer. Tu peux changer quand tu veux." if fresh else "Ton travail t’attend. On continue ?")
entry.to_come(plan)
remade_cards.draw_own_cards(me)
merged.draw_own_merge(me)
messages.on_home(said)
if kept_page := portfolio.read_page(me):
    portfolio.draw_on_home(kept_page)
coming.draw_coming(chosen.notes, chosen.sent)

done = guide.answered_stages(now.profile, now.cv)
finished = guide.has_first_page(now.profile, now.cv)
lessons = proposing.read_proposals(
    me, chosen.jobs, chosen.sent, chosen.notes, known=chosen.known, page_ready=finished, now=models.utc_now()
)
proposed = offering.draw_on_home(chosen.known, fresh=fresh)
path.cv_steps(fresh=fresh, finished=finished, first=not proposed)
path.draw_stages(chosen, done, lessons)
proposing.draw_link()
left, right = st.columns([11, 9], gap="large") if not fresh else (st.container(), None)
with left:
    if not fresh:
        improvements.draw_improvements(now)
    st.header("Mon CV, étape par étape", anchor=False)
    way.big_path(done)
    if me.role is Role.GUEST:
        st.info("Sans carte, ton travail s’efface quand tu pars. Pense à télécharger ton CV.", icon=":material/save:")
if right is not None:  # an empty sheet would only take the place of what there is to do
    with right:
        preview.draw_preview(now.document)
if help_requests.may_ask(me) and st.button("Avec mon conseiller", key="see-told", icon=":material/chat_bubble:"):
    st.switch_page(navigation.page_path("young/told.py"))
