"""One scene to play: one moment at a time, each choice with what happens next."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import guard, layout, signed_in
from clicnjob.ui.young.learn import scene_page

me = guard.require_role(*YOUNG_ROLES, telling=False)


@st.fragment
def draw_scene() -> None:
    """Draw the moment. As a fragment, it reruns after a choice without the header and the menu."""
    now = signed_in.still_present(*YOUNG_ROLES)
    scene = scene_page.read_scene(now)
    moment = scene_page.current_moment(now, scene)
    layout.draw_messages()
    with st.container(key="cj-narrow"):
        scene_page.draw_scene(now, scene, moment)
    text_boxes.report_to_browser()


draw_scene()
