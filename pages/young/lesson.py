"""One lesson: one screen or question at a time."""

import streamlit as st

from clicnjob import models
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import guard, layout, signed_in
from clicnjob.ui.young.learn import lesson_page

me = guard.require_role(*YOUNG_ROLES, telling=False)


@st.fragment
def draw_lesson() -> None:
    """Draw the screen. As a fragment, it reruns after an answer without the header and the menu."""
    here = signed_in.still_present(*YOUNG_ROLES)
    at = models.utc_now()
    now = lesson_page.read_lesson(here, at=at)
    layout.draw_messages()
    with st.container(key="cj-narrow"):
        lesson_page.draw_lesson(here, now, at=at)
    text_boxes.report_to_browser()


draw_lesson()
