"""« Améliore ta page »: what the page still lacks, one gesture each, what an employer misses most first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from clicnjob.cv.model.advice import Advice, shows_something_done
from clicnjob.cv.model.improvements import Improvement, page_improvements
from clicnjob.ui.shell import navigation
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import way


def draw_improvements(now: Desk, *, told: Collection[Advice] = (), most: int = 3) -> None:
    """Draw the first improvements, each with its button; the others are in an expander. Nothing if none is left.

    `told` is the advice on this page, where the page tells it: what is to be checked is not said a second time.
    """
    found = page_improvements(now.profile, now.cv, told=told)
    if not found:
        return
    with st.container(key="cj-improvements"):
        st.header("Améliore ta page", anchor=False)
        usable = shows_something_done(now.profile, now.cv)
        st.text(f"Un geste à la fois. {'Ton CV est déjà utilisable.' if usable else 'Dis d’abord ce que tu as fait.'}")
        _draw_gestures(found[:most], first=0)
        if left := len(found) - most if len(found) > most else 0:
            words = f"Encore {left} idées" if left > 1 else "Encore une idée"
            with st.expander(words, icon=":material/lightbulb:", key="more-improvements"):
                _draw_gestures(found[most:], first=most)


def _draw_gestures(found: Sequence[Improvement], *, first: int) -> None:
    for position, one in enumerate(found, start=first):
        with st.container(key=f"cj-line-improve-{position}", horizontal=True, vertical_alignment="center"):
            picture = f'<span class="cj-picture-small" aria-hidden="true">{one.icon}</span>'
            st.html(f'<p class="cj-item cj-improve">{picture} {escape(one.sentence)}</p>', width="stretch")
            if st.button(one.gesture, key=f"improve-{position}-{one.key}"):
                way.start_at(one.place)
                st.switch_page(navigation.page_path("young/guide.py"))
