"""Boxes for a day, in French; Streamlit's own box has an English calendar, and English names for a screen reader."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.french import dates, moments
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state

_DAYS_AHEAD = 366


def draw_day(label: str, *, key: str, today: date, first: int) -> date:
    """Draw a list of the days to come, `first` days ahead chosen; keys typed in it find a day. Return the day."""
    ahead = [(today + timedelta(days=number)).isoformat() for number in range(_DAYS_AHEAD)]
    chosen = st.selectbox(
        label, ahead, index=first, key=key, format_func=lambda day: moments.shown_day(date.fromisoformat(day))
    )
    return date.fromisoformat(chosen)


def chosen_day(key: str) -> date | None:
    """Return the day chosen in a list of `draw_day`, for a callback; None before it was drawn."""
    chosen = session_state.widget_value(key, str)
    return date.fromisoformat(chosen) if chosen else None


def draw_typed_day(label: str, *, key: str, start: date, last: date, today: date) -> date:
    """Draw a box where a day up to `last` is typed, `start` at first; return the day, `last` for a later one.

    What is no day is said below the box, and `start` stands for it.
    """
    text_boxes.note_limit(key, policy.DATE_LENGTH)
    typed = st.text_input(
        f"{label} (jj/mm/aaaa)", f"{start:%d/%m/%Y}", key=key, max_chars=policy.DATE_LENGTH, autocomplete="off"
    )
    try:
        return min(dates.calendar_day(typed or "", today=today), last)
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence), icon=":material/front_hand:")
        return start
