"""The guided CV: one question a screen, with the preview beside it."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import guard, layout, open_work, signed_in
from clicnjob.ui.widgets import preview
from clicnjob.ui.young import messages
from clicnjob.ui.young.cv import old_cv
from clicnjob.ui.young.guide import screens, way

me = guard.require_role(*YOUNG_ROLES, telling=False)


@st.fragment
def draw_screen() -> None:
    """Draw the question. As a fragment, it reruns after an answer without the header and the menu."""
    now = open_work.opened_desk(signed_in.still_present(*YOUNG_ROLES))
    at = way.current_place(now)
    way.follow_to_page(now, at)
    layout.draw_messages()
    way.draw_path(now, at)
    asking, showing = st.columns([11, 9], gap="large")
    with asking:
        with st.container(key="cj-card"):
            way.draw_question(now, at)
            with st.container(key="cj-answers"):  # keeps « Continuer » in place when an answer adds widgets above it
                screens.draw_answers(now, at)
            way.draw_steps(now, at)
        messages.in_place(now.me, now.words.screens[at.screen].etape)
        with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
            open_work.saved_mark()
            st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=open_work.undo_change)
        preview.behind_button(now.document)
    with showing:
        old_cv.draw_beside()
        preview.draw_preview(now.document)
    text_boxes.report_to_browser()


draw_screen()
