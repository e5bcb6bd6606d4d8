"""« Ma page »: the CV as printed, the final check, the downloads, what would improve it, and its look."""

import streamlit as st

from clicnjob.cv.document import pdf
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation, open_work
from clicnjob.ui.widgets import download, phone, preview
from clicnjob.ui.young import messages
from clicnjob.ui.young.cv import checks, cvs, order, photos
from clicnjob.ui.young.cv import page as sheet
from clicnjob.ui.young.sending import send_buttons

me = guard.require_role(*YOUNG_ROLES)
now = open_work.opened_desk(me)
sheet.follow_gesture()
page = pdf.pdf_page(now.document)

st.title("Ma page", anchor=False)
showing, doing = st.columns([11, 10], gap="large")
with showing, st.container(key="cj-page"):
    sheet.draw_exact_page(now)
    st.html(preview.gauge_html(page.fill, now.document))
with doing:
    messages.in_place(me)
    with st.container(key="cj-checks"):
        checks.draw_final_check(now, page)
    with st.container(key="cj-take", horizontal=True):
        download.download_button(
            "Télécharger le PDF", document="pdf", work_id=now.card.id, icon=":material/picture_as_pdf:", primary=True
        )
    with st.container(key="cj-take-more", horizontal=True):
        download.download_button("Télécharger le Word", document="docx", work_id=now.card.id, icon=":material/article:")
        phone.draw_phone_square(work_id=now.card.id)
    st.text("Le PDF s’envoie, s’imprime et se rouvre ici. Il contient cette page, et rien d’autre.")
    send_buttons.draw_send_button()
    checks.draw_improvements(now, page)
    st.header("Change le look", anchor=False)
    sheet.model_and_colour(now)
    photos.draw_photo(now)
    with st.expander("Changer l’ordre, cacher", key="order", icon=":material/swap_vert:"):
        order.order_and_choice(now)
    with st.expander("Avant de partir", key="leaving", icon=":material/logout:"):
        sheet.before_leaving(now)
    cvs.take_work_away()
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=open_work.undo_change)
        if st.button("Continuer les questions", key="back-to-guide", icon=":material/edit:"):
            st.switch_page(navigation.page_path("young/guide.py"))
