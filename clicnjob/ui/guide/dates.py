"""Asking when something was: a year to tick is enough, words are understood, and what was understood is said back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from clicnjob.cv import periods
from clicnjob.cv.profile import Period, Profile
from clicnjob.errors import Refusal
from clicnjob.ui import desk, frame, state

PutPeriod = Callable[[Profile, Period], None]
_YEARS = 6


def asked(name: str, kept: Period, *, put: PutPeriod) -> None:
    """The two ends in the person's own way of writing, or one year by one touch."""
    years = [str(date.today().year - back) for back in range(_YEARS)]
    pill, first, last, still = (state.key(part, name) for part in ("year", "from", "to", "still"))
    only = kept.start if len(kept.start) == 4 and kept.end in ("", kept.start) and not kept.ongoing else None
    st.pills(
        "L’année suffit",
        years,
        default=only if only in years else None,
        key=pill,
        on_change=_take_year,
        args=(pill, put),
    )
    start, end = periods.ends_shown(kept)
    taken = (first, last, still, put)
    _end("Début", start, key=first, example="mars 2024", taken=taken)
    st.checkbox("C’est encore en cours", value=kept.ongoing, key=still, on_change=_take, args=taken)
    if not kept.ongoing:
        _end("Fin", end, key=last, example="juillet 2024", taken=taken)
    if sentence := state.faults().get(first):
        st.error(frame.plain(sentence), icon=":material/front_hand:")
    elif shown := periods.shown(kept):
        st.html(f'<p class="cj-understood" role="status">Sur ta page\u00a0: <strong>{escape(shown)}</strong></p>')


def _end(label: str, value: str, *, key: str, example: str, taken: tuple[str, str, str, PutPeriod]) -> None:
    """One end of a period, in words."""
    shown = f"Exemple\u00a0: {example}"
    st.text_input(label, value, key=key, placeholder=shown, on_change=_take, args=taken, autocomplete="off")


def _take_year(pill: str, put: PutPeriod) -> None:
    year = st.session_state[pill]
    state.forget_faults()
    if desk.change(lambda profile, cv: put(profile, Period(start=year or ""))):
        state.renew_widgets()


def _take(first: str, last: str, still: str, put: PutPeriod) -> None:
    ongoing = bool(st.session_state[still])
    typed = st.session_state.get(last) or ""
    try:
        understood = periods.period(
            st.session_state[first] or "", "" if ongoing else typed, ongoing=ongoing, today=date.today()
        )
    except Refusal as refusal:
        state.fault(first, refusal.sentence)
        return
    state.forget_faults()
    desk.change(lambda profile, cv: put(profile, understood))
