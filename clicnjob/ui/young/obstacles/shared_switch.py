"""The switch that shows one obstacle to the adviser, on its own page and on « Ce que voit mon conseiller »."""

from __future__ import annotations

import streamlit as st

from clicnjob import models
from clicnjob.learn.obstacles import Obstacle
from clicnjob.privacy import sharing
from clicnjob.ui.shell import layout, session_state, transactions


def draw_switch(one: Obstacle, *, shown: bool, by_name: bool = False) -> None:
    """Draw the switch of one obstacle. `by_name` says its title, where several switches stand together."""
    key = session_state.widget_key("show-obstacle", one.cle)
    words = f"Montrer\u00a0: {one.titre}" if by_name else "Mon conseiller peut le voir"
    st.checkbox(layout.escape_markdown(words), value=shown, key=key, on_change=_switch_obstacle, args=(one.cle, key))


def _switch_obstacle(obstacle: str, key: str) -> None:
    on = bool(session_state.widget_value(key, bool))
    if transactions.run_action(
        lambda session, me: sharing.share_obstacle(session, by=me, key=obstacle, on=on, now=models.utc_now())
    ):
        session_state.tell_once(
            "C’est noté\u00a0: c’est visible." if on else "C’est noté\u00a0: ce n’est plus visible."
        )
    else:
        session_state.renew_widgets()
