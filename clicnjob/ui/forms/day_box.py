"""A box for a day to come, in French words; Streamlit's own box has an English calendar."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from clicnjob.french import moments

_DAYS_AHEAD = 366


def draw_day(label: str, *, key: str, today: date, first: int) -> date:
    """Draw a list of the days to come, `first` days ahead chosen; keys typed in it find a day. Return the day."""
    ahead = [(today + timedelta(days=number)).isoformat() for number in range(_DAYS_AHEAD)]
    chosen = st.selectbox(
        label, ahead, index=first, key=key, format_func=lambda day: moments.shown_day(date.fromisoformat(day))
    )
    return date.fromisoformat(chosen)
