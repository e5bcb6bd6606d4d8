"""« Le jour J »: the list of interviews; for one of them its questions, its page, and what follows it."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.interview import book, day, day_page, day_screens

me = guard.require_role(*YOUNG_ROLES)
kept = book.read(me)
one = day.chosen(kept)

with st.container(key="cj-narrow"):
    if one is None:
        day.listed(kept)
    elif day.step() in day_screens.SCREENS:
        day_screens.screen(me, one, day.step())
    elif day.step() == "apres":
        day_page.after(one)
    else:
        day_page.page(one)
    if one is not None:
        st.button(
            "Tous mes entretiens", key="all-days", type="tertiary", icon=":material/list:", on_click=day.put_aside
        )
    book.tools()
