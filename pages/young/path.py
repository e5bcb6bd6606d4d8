"""The young person's home: the path, and the next step as one big button."""

import streamlit as st

from clicnjob.cv import bag, guide
from clicnjob.models import YOUNG_ROLES, Role
from clicnjob.ui import desk, navigation, signin
from clicnjob.ui.guide import way
from clicnjob.ui.widgets import preview

me = signin.require_role(*YOUNG_ROLES)
now = desk.opened(me)

st.title(f"Bonjour {desk.hello(now)}".strip(), anchor=False)
fresh = bag.is_empty(now.bag)
st.text("Ici, tu fais ton CV en répondant à des questions simples." if fresh else "Ton travail t’attend. On continue ?")

done = guide.answered(now.profile, now.cv)
left, right = st.columns([11, 9], gap="large")
finished = not fresh and way.next_stage(done) == "fin"
with left:
    way.big_path(done)
    if finished and st.button(
        "Voir ma page et la télécharger", key="see", type="primary", icon=":material/auto_awesome:", width="stretch"
    ):
        st.switch_page(navigation.page("young/sheet.py"))
    kind = "secondary" if finished else "primary"
    words = "Commencer mon CV" if fresh else "Continuer mon CV"
    if st.button(words, key="start", type=kind, icon=":material/edit:", width="stretch"):
        st.switch_page(navigation.page("young/guide.py"))
    if (
        not fresh
        and not finished
        and st.button("Voir ma page", key="see-now", icon=":material/visibility:", width="stretch")
    ):
        st.switch_page(navigation.page("young/sheet.py"))
    if fresh and st.button(
        "J’ai déjà un fichier ClicNJob", key="reopen", icon=":material/attach_file:", width="stretch"
    ):
        st.switch_page(navigation.page("young/cvs.py"))
    if me.role is Role.GUEST:
        st.info("Sans carte, ton travail s’efface quand tu pars. Pense à télécharger ton CV.", icon=":material/save:")
with right:
    preview.beside(now.document)
