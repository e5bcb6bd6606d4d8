"""« Envoyer mon CV »: what for, to whom, sentences to tick, then the message and the letter."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation, open_work
from clicnjob.ui.young.sending import letter_desk, message, screens

me = guard.require_role(*YOUNG_ROLES)
now = letter_desk.opened_letters(me)

with st.container(key="cj-narrow"):
    if now.letter is None:
        screens.draw_moments(now)
    elif letter_desk.current_screen(now.letter) == letter_desk.SENT:
        message.draw_sent(now, now.letter)
    else:
        screens.draw_screen(now, now.letter, letter_desk.current_screen(now.letter))
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=letter_desk.undo_last_change)
        if st.button("Ma page", key="to-sheet", icon=":material/arrow_back:", type="tertiary"):
            st.switch_page(navigation.page_path("young/sheet.py"))
