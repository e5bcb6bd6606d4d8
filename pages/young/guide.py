"""The guided CV: one question a screen, with the preview beside it."""

import streamlit as st

from clicnjob.cv.guide import START
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import desk, frame, navigation, signin, text_boxes, told
from clicnjob.ui.guide import screens, way
from clicnjob.ui.widgets import preview

me = signin.require_role(*YOUNG_ROLES, telling=False)


@st.fragment
def question() -> None:
    """Draw the question. As a fragment, it reruns after an answer without the header and the menu."""
    now = desk.opened(signin.still(*YOUNG_ROLES))
    at = way.here(now)
    if at.screen == "fin":
        way.go(START)
        st.switch_page(navigation.page("young/sheet.py"))
    frame.told()
    way.path(now, at)
    asking, showing = st.columns([11, 9], gap="large")
    with asking:
        with st.container(key="cj-card"):
            way.question(now, at)
            with st.container(key="cj-answers"):  # keeps « Continuer » in place when an answer adds widgets above it
                screens.SCREENS[at.screen](now, at)
            way.steps(now, at)
        told.in_place(now.me, now.words.screens[at.screen].etape)
        with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
            desk.saved_mark()
            st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=desk.undo)
            way.jumps()
        preview.behind_button(now.document)
    with showing:
        preview.beside(now.document)
    text_boxes.report_to_browser()


question()
