"""« Vers i-milo »: the lines of everybody over a week, to copy, and to tick once they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort import permissions
from clicnjob.cohort.reports import imilo, imilo_week
from clicnjob.cohort.reports.imilo_week import ImiloWeek, LineToEnter, WeekLine, WeekPerson
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.french.durations import minutes_shown
from clicnjob.ui.adviser.cohort import address
from clicnjob.ui.adviser.person import link
from clicnjob.ui.forms import day_box
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import imilo_table
from clicnjob.ui.widgets.imilo_table import LineRow, PersonRows

_FREE = "Autres dates"
_WEEKS = {"Cette semaine": 0, "Semaine dernière": 1, _FREE: -1}


def chosen_weeks(today: date) -> tuple[date, date]:
    """Ask for this week, the last one or free dates; return the first and the last day."""
    monday = today - timedelta(days=today.weekday())
    chosen = st.segmented_control("Semaine", list(_WEEKS), default="Cette semaine", key="imilo-weeks", required=True)
    if chosen != _FREE:
        start = monday - timedelta(weeks=_WEEKS[chosen or "Cette semaine"])
        return start, start + timedelta(days=6)
    left, right = st.columns(2)
    with left:
        first = day_box.draw_typed_day(
            "Du", key="imilo-from", start=monday - timedelta(weeks=2), last=today, today=today
        )
    with right:
        last = day_box.draw_typed_day("Au", key="imilo-to", start=today, last=monday + timedelta(days=6), today=today)
    st.text("Les semaines sont prises entières.")
    return first, last


def chosen_adviser(me: Present, today: date) -> str:
    """Ask a head whose people; return the adviser's id, or '' for all."""
    if not permissions.may_see_all(me):
        return ""
    with db.read_transaction() as session:
        found = permissions.adviser_colleagues(session, of=me, today=today)
    named = {"": "Tous"} | {one.id: layout.escape_markdown(f"{one.first_name} {one.last_name}") for one in found}
    return st.selectbox("Conseiller", list(named), format_func=named.__getitem__, key="imilo-adviser") or ""


def read_week(me: Present, start: date, end: date, adviser_id: str, today: date) -> ImiloWeek | None:
    """Read the lines; None after showing why they are refused."""
    try:
        with db.write_transaction() as session:
            return imilo_week.week_lines(
                session, of=me, start=start, end=end, today=today, now=models.utc_now(), adviser_id=adviser_id
            )
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence))
        return None


def draw_week(shown: ImiloWeek, today: date) -> None:
    """Draw how much there is and how much is left, then everybody's lines."""
    left = [line for line in shown.lines if line.is_left]
    when = f"Du {days.shown_day(shown.start, today=today)} au {days.shown_day(shown.end, today=today)}"
    if not shown.lines:
        st.info(f"{when}\u00a0: rien à recopier pour l’instant.", icon=":material/hourglass_empty:")
        return
    total, rest = (
        sum(minutes) for minutes in ([one.line.minutes for one in shown.lines], [one.left_minutes for one in left])
    )
    st.html(
        f'<p class="cj-or" role="status">{when}\u00a0: {layout.count_of_people(len(shown.people))}, '
        f"{_lines_said(len(shown.lines))}{_spent_said(total)}. "
        f"Reste à saisir\u00a0: {_lines_said(len(left))}{_spent_said(rest)}.</p>"
    )
    _draw_last_mark()
    imilo_table.draw_imilo_table(
        [_person_rows(one, today) for one in shown.people],
        key="imilo-table",
        copied="\n\n".join(_person_text(one) for one in shown.people if _person_text(one)),
        opened=lambda account_id: link.choose_person(account_id, "imilo"),
        entered=_mark_entered,
        undone=_undo_entered,
    )
    if shown.more:
        st.text(f"Et {layout.count_of_people(shown.more)} de plus. Choisissez un conseiller, ou moins de semaines.")
    st.info(imilo.imilo_rule().regle, icon=":material/info:")


def back_to_list() -> None:
    """Draw the button back to « Mes jeunes »."""
    if st.button("Mes jeunes", key="back", icon=":material/arrow_back:", type="tertiary"):
        address.open_list()


def _lines_said(count: int) -> str:
    return f"{count} lignes" if count > 1 else f"{count} ligne"


def _spent_said(minutes: int) -> str:
    return f", {minutes_shown(minutes)}" if minutes else ""


def _person_text(person: WeekPerson) -> str:
    """Return what is left of somebody as one text: the name, then a line each; '' when nothing is left."""
    lines = [one.to_copy.copied for one in person.lines if one.is_left]
    return "\n".join((f"{person.first_name} {person.last_name}", *lines)) if lines else ""


def _person_rows(person: WeekPerson, today: date) -> PersonRows:
    rows = [_line_row(one, today) for one in person.lines]
    return PersonRows(person.id, f"{person.first_name} {person.last_name}", _person_text(person), rows)


def _line_row(one: WeekLine, today: date) -> LineRow:
    line = one.line
    minutes = one.left_minutes if one.is_left else line.minutes
    more = "encore " if one.is_left and one.entered else ""
    spent = f"\u00a0: {more}{minutes_shown(minutes)}" if line.minutes else ""
    entered = ""
    if one.entered_at:
        entered = f"Saisi par {one.entered_by}, {days.days_ago(days.local_day(one.entered_at), today=today)}"
    return LineRow(
        key=line.key,
        head=f"{line.category}{spent}",
        words=line.comment,
        copied=one.to_copy.copied,
        minutes=line.minutes,
        left=one.is_left,
        entered=entered,
    )


def _mark_entered(chosen: Sequence[LineToEnter]) -> None:
    now, today = models.utc_now(), date.today()
    if saved := transactions.run_action(
        lambda session, me: imilo_week.mark_entered(session, by=me, chosen=chosen, today=today, now=now)
    ):
        session_state.IMILO_MARKED.set((now.isoformat(), saved.result))


def _undo_entered(account_id: str, key: str) -> None:
    now, today = models.utc_now(), date.today()
    transactions.run_action(
        lambda session, me: imilo_week.undo_entered(
            session, by=me, account_id=account_id, key=key, today=today, now=now
        )
    )
    session_state.IMILO_MARKED.clear()


def _draw_last_mark() -> None:
    """Say what was just ticked, with the button that takes it back."""
    at, count = session_state.IMILO_MARKED.get()
    if not count:
        return
    with st.container(key="cj-imilo-marked", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="cj-saved" role="status">✓ Noté comme saisi\u00a0: {_lines_said(count)}.</p>', width="content"
        )
        st.button("Annuler", key="imilo-undo", icon=":material/undo:", type="tertiary", on_click=_undo_mark, args=(at,))


def _undo_mark(at: str) -> None:
    transactions.run_action(
        lambda session, me: imilo_week.undo_entered_at(
            session, by=me, at=datetime.fromisoformat(at), now=models.utc_now()
        )
    )
    session_state.IMILO_MARKED.clear()
