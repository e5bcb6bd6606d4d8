"""« Le jour J »: the list of interviews; for one of them its questions, its page, and what follows it."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.interview import book, day, day_page, day_screens

me = guard.require_role(*YOUNG_ROLES)
kept = book.read_notebook(me)
one = day.chosen_day(kept)

with st.container(key="cj-narrow"):
    if one is None:
        day.draw_days(kept)
    elif day.current_screen() in day_screens.SCREENS:
        day_screens.draw_day_screen(me, one, day.current_screen())
    elif day.current_screen() == "apres":
        day_page.draw_after(one)
    else:
        day_page.draw_day(one)
    if one is not None:
        st.button(
            "Tous mes entretiens", key="all-days", type="tertiary", icon=":material/list:", on_click=day.put_aside
        )
    book.draw_tools()
