"""« Mes CV »: the list of CVs, opening a file, downloading all the work, and the paper questionnaire."""

import streamlit as st

from clicnjob.cv.model import bag
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation, open_work
from clicnjob.ui.widgets import download
from clicnjob.ui.young.cv import cvs, improvements

me = guard.require_role(*YOUNG_ROLES)
now = open_work.opened_desk(me)

st.title("Mes CV", anchor=False)
st.text("Un CV par métier, c’est mieux. Tes réponses servent à tous.")
for card in now.bag.cvs:
    cvs.draw_cv_card(card, chosen=card.id == now.card.id)
cvs.bring_back()
with st.container(horizontal=True, vertical_alignment="center"):
    st.button("Nouveau CV", icon=":material/add:", key="new-cv", type="primary", on_click=cvs.start_cv)
    open_work.saved_mark()
    st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=open_work.undo_change)
if not bag.is_empty(now.bag):
    improvements.draw_improvements(now)
if st.button("Reprendre un CV que j’ai déjà", icon=":material/upload_file:", key="reopen"):
    st.switch_page(navigation.page_path("young/reopen.py"))
cvs.take_work_away()
with st.expander("Préparer mon CV sur papier", icon=":material/print:", key="paper"):
    st.text("Les mêmes questions, à remplir avec un stylo.")
    download.download_button("Télécharger le questionnaire", document="questionnaire", icon=":material/edit_note:")
