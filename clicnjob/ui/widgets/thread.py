"""The messages of a thread, as both sides see them: one's own on the right, those of the other side on the left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from clicnjob.cohort.support.threads import ShownMessage
from clicnjob.french import days


def draw_thread(messages: Sequence[ShownMessage], *, young: bool, today: date) -> None:
    """Draw the messages, the latest at the bottom and in sight; `young` tells whose side this is.

    The list is turned over by its style, so that the browser opens it at its end.
    """
    rows = "".join(_message_html(one, mine=one.from_young == young, today=today) for one in reversed(messages))
    label = "Messages, le plus récent d’abord"
    st.html(f'<ol class="cj-thread" tabindex="0" aria-label="{label}">{rows}</ol>')


def _message_html(one: ShownMessage, *, mine: bool, today: date) -> str:
    when = days.shown_day(days.local_day(one.at) or today, today=today)
    state = (", lu" if one.read_at else ", pas encore lu") if mine else ""
    said = "".join(f"<p>{escape(line)}</p>" for line in one.text.splitlines())
    side = "cj-mine" if mine else "cj-theirs"
    return f'<li class="{side}">{said}<p class="cj-when">{escape(one.by)}, {when}{state}</p></li>'
