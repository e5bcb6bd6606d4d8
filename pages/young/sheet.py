"""« Ma page »: the CV as printed, advice, appearance, and downloads."""

import streamlit as st

from clicnjob.cv.document import pdf
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation, open_work
from clicnjob.ui.widgets import download, phone, preview
from clicnjob.ui.young import messages
from clicnjob.ui.young.cv import cvs, improvements, photos
from clicnjob.ui.young.cv import page as sheet
from clicnjob.ui.young.sending import send_buttons

me = guard.require_role(*YOUNG_ROLES)
now = open_work.opened_desk(me)
sheet.follow_gesture()
page = pdf.pdf_page(now.document)

st.title("Ma page", anchor=False)
doing, showing = st.columns([11, 9], gap="large")
with showing:
    st.html(preview.gauge_html(page.fill))
    sheet.draw_exact_page(now)
with doing:
    messages.in_place(me)
    with st.container(key="cj-take", border=True):
        download.download_button(
            "Télécharger le PDF", document="pdf", work_id=now.card.id, icon=":material/picture_as_pdf:", primary=True
        )
        download.download_button("Télécharger le Word", document="docx", work_id=now.card.id, icon=":material/article:")
        phone.draw_phone_square(work_id=now.card.id)
        send_buttons.draw_send_button()
        st.text("Le PDF s’envoie, s’imprime et se rouvre ici. Il contient cette page, et rien d’autre.")
    improvements.draw_improvements(now)
    advice, words, look, order, leave = st.tabs(
        ["Conseils", "Orthographe", "Modèle", "Ordre", "Avant de partir"], key="sheet-tabs"
    )
    with advice:
        sheet.advice_list(sheet.advice_for_page(now, page))
    with words:
        sheet.draw_corrections(now)
    with look:
        sheet.model_and_colour(now)
        photos.draw_photo(now)
    with order:
        sheet.order_and_choice(now)
    with leave:
        sheet.before_leaving(now)
        cvs.take_work_away()
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=open_work.undo_change)
        if st.button("Continuer les questions", key="back-to-guide", icon=":material/edit:"):
            st.switch_page(navigation.page_path("young/guide.py"))
