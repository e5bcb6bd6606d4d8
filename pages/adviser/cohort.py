"""« Mes jeunes »: the young people whom an adviser follows, and whom to contact first."""

import streamlit as st

from clicnjob.models import FOLLOWING_ROLES
from clicnjob.ui.adviser.cohort import address, filters, list_lessons, lists, page
from clicnjob.ui.adviser.many import bar
from clicnjob.ui.adviser.person import link
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import guard, layout, signed_in

guard.require_role(*FOLLOWING_ROLES, telling=False)


@st.fragment
def draw_cohort() -> None:
    """Draw the people with their filters. As a fragment, it reruns after a filter without the header and the menu."""
    me = signed_in.still_present(*FOLLOWING_ROLES)
    link.go_on()
    layout.draw_messages()
    address.follow_address()
    shown = page.read_cohort(me)
    with st.container(key="cj-cohort-top", horizontal=True, vertical_alignment="center"):
        st.title("Mes jeunes", anchor=False, width="content")
        filters.draw_figures(shown.page.figures)
    filters.search_and_filters(
        shown.page.lists, shown.advisers, page.found_words(shown), beside=lambda: page.choose_columns(shown)
    )
    list_lessons.draw_list_lessons(me, shown.page.lists)
    bar.draw_bar(shown)
    page.draw_people(shown)
    filters.more_figures(shown.page.figures)
    lists.draw_lists(shown.page.lists)
    page.handed_over(shown)
    text_boxes.report_to_browser()


draw_cohort()
