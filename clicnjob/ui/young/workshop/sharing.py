"""Sharing one computer: with whom, and the way to leave it to the other, each with their own work."""

from __future__ import annotations

from html import escape

import streamlit as st


def draw_sharing(mates: tuple[str, ...]) -> None:
    """Draw who shares the screen with « C’est mon tour »; nothing for somebody alone."""
    if not mates:
        return
    people = mates[0] if len(mates) == 1 else f"{', '.join(mates[:-1])} et {mates[-1]}"
    verb, whose = ("partage", f"\u00a0: {escape(mates[0])}") if len(mates) == 1 else ("partagent", "")
    with st.container(key="cj-session-sharing", border=True):
        st.html(
            f"<p>{escape(people)} {verb} cet ordinateur avec toi.</p>"
            f'<a class="cj-button quiet" href="/tour" target="_self">C’est mon tour{whose}</a>'
        )


def draw_first_turn(mates: tuple[str, ...]) -> None:
    """Draw, for somebody alone at the computer, the way for a partner who has just come; nothing once they share it."""
    if not mates:
        st.html('<a class="cj-button quiet" href="/tour" target="_self">On est plusieurs sur cet ordinateur</a>')


def draw_given_back(first_name: str) -> None:
    """Tell who waits at the door that the trainer gives them their place back, with the button that takes it."""
    st.html(
        f'<p role="status">{escape(first_name)}, le formateur te rend ta place.</p>'
        '<a class="cj-button" href="/reprendre-ma-place" target="_self">Reprendre ma place</a>'
    )
