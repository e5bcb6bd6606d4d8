"""« M’entraîner »: choose a job or a theme and a length, then answer one question a screen."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import guard, layout, signed_in, uploads
from clicnjob.ui.young.interview import book, training

me = guard.require_role(*YOUNG_ROLES, telling=False)


@st.fragment
def training_screen() -> None:
    """Draw the screen of the training. As a fragment, it reruns after an answer without the header and the menu."""
    me = signed_in.still_present(*YOUNG_ROLES)
    uploads.begin_run()  # the microphone of the screen before must not keep the gate open
    layout.draw_messages()
    with st.container(key="cj-narrow"):
        training.draw_training(me, book.read_notebook(me))
    text_boxes.report_to_browser()


training_screen()
