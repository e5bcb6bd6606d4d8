"""« Agenda »: a professional's own appointments, by day or by week, the next one first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import agenda, appointments
from clicnjob.cohort.support.agenda import AgendaLine
from clicnjob.french.appointments import day_shown, when_shown, where_shown
from clicnjob.ui.adviser import meetings
from clicnjob.ui.adviser.cohort import address
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import layout, session_state

_VIEWS = {"jour": "Jour", "semaine": "Semaine"}
_SATURDAY = 5
_FAR = 5 * 366  # days from today, beyond which no appointment is


@dataclass(frozen=True)
class ShownAgenda:
    """What the page shows: the days of the view, their appointments, and the next one."""

    me: Present
    view: str
    days: tuple[date, ...]
    lines: tuple[AgendaLine, ...]
    next: AgendaLine | None
    today: date
    now: datetime


def read_agenda(me: Present) -> ShownAgenda:
    """Read the days chosen, in two queries; on a projected screen without what was written."""
    today, now = date.today(), models.utc_now()
    day, view = _chosen_day(today), "jour" if session_state.AGENDA_VIEW.get() == "jour" else "semaine"
    days = (day,) if view == "jour" else agenda.week_of(day)
    with db.read_transaction() as session:
        lines = agenda.own_agenda(session, of=me, first=days[0], last=days[-1], today=today)
        coming = agenda.next_appointment(session, of=me, today=today, now=now)
    if me.projected:
        lines = tuple(one.for_projection() for one in lines)
        coming = coming.for_projection() if coming else None
    return ShownAgenda(me, view, days, lines, coming, today, now)


def draw_next(shown: ShownAgenda) -> None:
    """Draw the next appointment with the button to its sheet."""
    one = shown.next
    if one is None:
        st.text("Aucun rendez-vous à venir. Pour en proposer un, ouvrez une fiche, partie «\u00a0Échanges\u00a0».")
        return
    when = when_shown(one.day, one.start, today=shown.today)
    where = where_shown(one.kind, one.place)
    with st.container(key="cj-agenda-next", horizontal=True, vertical_alignment="center", gap="small"):
        said = f"<strong>{escape(when[0].upper() + when[1:])}</strong>{escape(f' · {where}' if where else '')}"
        st.html(f'<p class="cj-about">Prochain rendez-vous</p><p>{said}</p>')
        _draw_name(shown, one, key=f"agenda-next-{one.id}", primary=True)


def draw_turner(shown: ShownAgenda) -> None:
    """Draw the choice of day or week, and the buttons before, today and after."""
    step = 1 if shown.view == "jour" else 7
    what = "Jour" if shown.view == "jour" else "Semaine"
    key = session_state.widget_key("agenda-view")
    with st.container(key="cj-agenda-turner", horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            "Ce que montre l’agenda", list(_VIEWS), default=shown.view, key=key, format_func=_VIEWS.__getitem__,
            required=True, label_visibility="collapsed", on_change=_put_view, args=(key,),
        )  # fmt: skip
        _draw_turn(f"{what} d’avant", shown.days[0] - timedelta(days=step), "before", ":material/chevron_left:")
        _draw_turn("Aujourd’hui", shown.today, "today", ":material/today:")
        _draw_turn(f"{what} d’après", shown.days[0] + timedelta(days=step), "after", ":material/chevron_right:")


def draw_days(shown: ShownAgenda) -> None:
    """Draw each day with its appointments: a week in columns, without an empty week-end."""
    if shown.view == "jour":
        _draw_day(shown, shown.days[0])
        return
    busy = {one.day for one in shown.lines}
    days = [day for day in shown.days if day.weekday() < _SATURDAY or day in busy]
    with st.container(key="cj-agenda-week"):
        for column, day in zip(st.columns(len(days), gap="small"), days, strict=True):
            with column:
                _draw_day(shown, day)


def _draw_day(shown: ShownAgenda, day: date) -> None:
    named = day_shown(day, today=shown.today)
    now = " cj-agenda-today" if day == shown.today else ""
    said = f"{named[0].upper()}{named[1:]}"
    st.html(f'<h2 class="cj-agenda-day{now}">{escape(said)}{", aujourd’hui" if now else ""}</h2>')
    mine = [one for one in shown.lines if one.day == day]
    if not mine:
        st.html('<p class="cj-agenda-empty">Rien de prévu.</p>')
    for one in mine:
        _draw_line(shown, one)


def _draw_line(shown: ShownAgenda, one: AgendaLine) -> None:
    with st.container(key=f"cj-meeting-{one.id}", border=True, gap="small"):
        _draw_name(shown, one, key=f"agenda-{one.id}", primary=False)
        st.html(
            meetings.meeting_html(
                "", start=one.start, minutes=one.minutes, kind=one.kind, place=one.place, words=one.words,
                accepted=one.accepted,
            )
        )  # fmt: skip
        if appointments.has_begun(one.day, one.start, now=shown.now):
            meetings.draw_outcome(one.id, outcome=one.outcome)


def _draw_name(shown: ShownAgenda, one: AgendaLine, *, key: str, primary: bool) -> None:
    name = names.name_on_screen(one.first_name, one.last_name, projected=shown.me.projected)
    st.button(
        layout.escape_markdown(name),
        key=key,
        type="primary" if primary else "tertiary",
        icon=":material/person:",
        on_click=link.choose_person,
        args=(one.account_id, "echanges"),
    )


def _draw_turn(words: str, to: date, key: str, icon: str) -> None:
    st.button(words, key=f"agenda-{key}", icon=icon, on_click=session_state.AGENDA_DAY.set, args=(to.isoformat(),))


def _chosen_day(today: date) -> date:
    """Return the day asked for; today at first, and for a day that makes no sense."""
    try:
        day = date.fromisoformat(session_state.AGENDA_DAY.get())
    except ValueError:
        return today
    return day if abs((day - today).days) < _FAR else today


def _put_view(key: str) -> None:
    session_state.AGENDA_VIEW.set(session_state.widget_value(key, str) or "semaine")


def back_to_list() -> None:
    """Draw the button back to « Mes jeunes »."""
    if st.button("Mes jeunes", key="back", icon=":material/arrow_back:", type="tertiary"):
        address.open_list()
