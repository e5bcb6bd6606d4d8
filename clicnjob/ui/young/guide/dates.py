"""Asking for a period: one year is enough, dates are parsed from words, and the result is shown back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Period, Profile
from clicnjob.errors import Refusal
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import open_work, pending_actions, session_state

PutPeriod = Callable[[Profile, Period], None]
_YEARS = 6
_END_MISSING = "Et la fin\u00a0? Écris-la, ou coche «\u00a0C’est encore en cours\u00a0»."


def ask_period(name: str, kept: Period, *, put: PutPeriod, study: bool = False) -> None:
    """Ask for start and end in the person's own words, or for one year by one click.

    What is dated in the future is refused at once; only a study may end later.
    """
    years = [str(date.today().year - back) for back in range(_YEARS)]
    pill, still = session_state.widget_key("year", name), session_state.widget_key("still", name)
    only = kept.start if len(kept.start) == 4 and kept.end in ("", kept.start) and not kept.ongoing else None
    st.pills(
        "L’année suffit",
        years,
        default=only if only in years else None,
        key=pill,
        on_change=_take_year,
        args=(pill, put),
    )
    ends = _Ends(name, *periods.ends_shown(kept), kept.ongoing, put, study)
    _ask_end("Début", ends, "from", example="mars 2024")
    st.checkbox("C’est encore en cours", value=kept.ongoing, key=still, on_change=_take_still, args=(still, ends))
    if not kept.ongoing:
        _ask_end("Fin", ends, "to", example="juillet 2024")
    if periods.lacks_end(kept) and not session_state.current_faults():
        st.info(_END_MISSING, icon=":material/event:")
    if not session_state.current_faults() and (shown := periods.period_text(kept)):
        st.html(f'<p class="cj-understood" role="status">Sur ta page\u00a0: <strong>{escape(shown)}</strong></p>')


@dataclass(frozen=True, slots=True)
class _Ends:
    """The two ends of a period as text, and the callback that saves a period."""

    name: str
    first: str
    last: str
    ongoing: bool
    put: PutPeriod
    study: bool

    def box_name(self, which: str) -> str:
        return f"{which}-{self.name}"

    def typed_text(self, which: str) -> str:
        """Return what the box of an end holds now, or the stored text before it was drawn."""
        kept = self.first if which == "from" else self.last
        typed = session_state.widget_value(text_boxes.box_key(self.box_name(which)), str)
        return kept if typed is None else typed


def _ask_end(label: str, ends: _Ends, which: str, *, example: str) -> None:
    """Draw the box for one end of a period."""

    def take(typed: str) -> bool:
        said = {"from": ends.typed_text("from"), "to": ends.typed_text("to")} | {which: typed}
        return _save_period(said["from"], said["to"], ends.ongoing, ends)

    kept = ends.first if which == "from" else ends.last
    text_boxes.draw_line(
        label, name=ends.box_name(which), kept=kept, take=take, placeholder=f"Exemple\u00a0: {example}"
    )


def _take_still(key: str, ends: _Ends) -> None:
    ongoing = bool(session_state.widget_value(key, bool))
    try:
        pending_actions.do_or_wait(
            key, lambda: _save_period(ends.typed_text("from"), ends.typed_text("to"), ongoing, ends)
        )
    except Refusal as refusal:
        session_state.set_fault(text_boxes.box_key(ends.box_name("from")), refusal.sentence)
        session_state.mark_saved(False)


def _save_period(first: str, last: str, ongoing: bool, ends: _Ends) -> bool:
    """Parse and save a period; return whether it was saved. Raises a Refusal when the words are not understood."""
    understood = periods.past_period(
        first, "" if ongoing else last, ongoing=ongoing, today=date.today(), study=ends.study
    )
    session_state.forget_faults()
    return open_work.change_cv(lambda profile, cv: ends.put(profile, understood))


def _take_year(pill: str, put: PutPeriod) -> None:
    year = session_state.widget_value(pill, str)
    session_state.forget_faults()
    if pending_actions.do_or_wait(
        pill, lambda: open_work.change_cv(lambda profile, cv: put(profile, Period(start=year or "")))
    ):
        session_state.renew_widgets()
