"""« Trouver des métiers »: a search in own words, families of jobs, and favourites."""

import streamlit as st

from clicnjob import policy
from clicnjob.jobs.query import read_query
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import guard, layout, navigation, session_state, signed_in
from clicnjob.ui.young.jobs import search

guard.require_role(*YOUNG_ROLES, telling=False)


@st.fragment
def find_jobs() -> None:
    """Draw the search and its answer. As a fragment, it reruns at each letter without the header and the menu."""
    me = signed_in.still_present(*YOUNG_ROLES)
    search.follow_to_sheet()
    layout.draw_messages()
    st.title("Trouver des métiers", anchor=False)
    st.text("Écris comme tu parles. Les fautes ne comptent pas.")
    key = session_state.widget_key("wish")
    text_boxes.note_limit(key, policy.WISH_LENGTH)
    search.recall_wish(key)
    wish = st.text_input(
        "Qu’est-ce que tu aimerais faire\u00a0?",
        key=key,
        placeholder="Exemple\u00a0: bosser dehors, mcdo, les enfants",
        max_chars=policy.WISH_LENGTH,
        autocomplete="off",
        live=True,
    )
    query = read_query(wish or "")
    shown = search.wished_jobs(me, query)
    search.remember_wish(query, shown.answer)
    if shown.answer is not None:
        search.draw_answer(query, shown.answer)
    else:
        search.draw_favourites(shown.choices)
        if st.button("Je n’ai pas d’idée\u00a0: faire le test", key="quiz", icon=":material/psychology_alt:"):
            st.switch_page(navigation.page_path("young/interests.py"))
        search.draw_families()
        search.draw_family()
    search.draw_source(shown.source)
    text_boxes.report_to_browser()


find_jobs()
