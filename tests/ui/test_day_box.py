"""A day typed as people write it; what is no day is said, and a day after the last one is the last one."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

PAGE = """
from datetime import date
import streamlit as st
from clicnjob.ui.forms import day_box
last = date(2026, 3, 16)
st.text(day_box.draw_typed_day("Du", key="day", start=date(2026, 3, 1), last=last, today=last).isoformat())
"""


def test_a_day_is_typed_in_french_and_bounded() -> None:
    page = AppTest.from_string(PAGE, default_timeout=30).run()
    read = {}
    for typed in ("05/03/2026", "5 mars 2026", "31/12/2026", "hier", ""):
        page.text_input("day").set_value(typed).run()
        read[typed] = (page.text[0].value, len(page.error))
    assert read == {
        "05/03/2026": ("2026-03-05", 0),
        "5 mars 2026": ("2026-03-05", 0),
        "31/12/2026": ("2026-03-16", 0),
        "hier": ("2026-03-01", 1),
        "": ("2026-03-01", 1),
    }
