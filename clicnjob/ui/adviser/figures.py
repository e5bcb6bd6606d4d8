"""The page of figures: of a quarter, a month or free dates, as tables with bars, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.cohort import definitions, permissions
from clicnjob.cohort.definitions import FigurePeriod, PeriodCounts
from clicnjob.cohort.reports import export, figures, report
from clicnjob.cohort.reports.figures import Figures
from clicnjob.cohort.reports.report import FiguresRequest
from clicnjob.cohort.reports.spreadsheets import Cell
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.ui.forms import day_box
from clicnjob.ui.shell import layout
from clicnjob.ui.widgets import download

_FREE = "Autres dates"
_EVERYBODY = ("", "")
_SAID = ' class="said"'  # words instead of a number


def _period_before(period: FigurePeriod, *, of_quarter: bool) -> FigurePeriod:
    before = period.start - timedelta(days=1)
    return definitions.quarter_of(before) if of_quarter else definitions.month_of(before)


def named_periods(today: date) -> dict[str, FigurePeriod]:
    """Return the periods offered, by name; the ones that run end with their last day, to come."""
    month, quarter = definitions.month_of(today), definitions.quarter_of(today)
    return {
        "Trimestre dernier": _period_before(quarter, of_quarter=True),
        "Ce trimestre": quarter,
        "Mois dernier": _period_before(month, of_quarter=False),
        "Ce mois-ci": month,
        "Cette année": FigurePeriod(date(today.year, 1, 1), date(today.year, 12, 31)),
    }


def chosen_period(today: date) -> tuple[date, date]:
    """Ask for a period; return its first and last day, today at the latest."""
    offered = named_periods(today)
    chosen = st.segmented_control(
        "Période", [*offered, _FREE], default="Ce trimestre", key="figures-period", required=True
    )
    if chosen in offered:
        period = offered[chosen]
        return period.start, min(period.end, today)
    left, right = st.columns(2)
    with left:
        start = day_box.draw_typed_day(
            "Du", key="figures-from", start=today - timedelta(days=27), last=today, today=today
        )
    with right:
        end = day_box.draw_typed_day("Au", key="figures-to", start=today, last=today, today=today)
    return start, end


def chosen_people(me: Present, today: date) -> tuple[str, str]:
    """Ask for a list or, as a head, an adviser; return (list id, adviser id), both '' for everybody."""
    with db.read_transaction() as session:
        lists = figures.lists_by_name(session, of=me)
        advisers = permissions.adviser_colleagues(session, of=me, today=today) if permissions.may_see_all(me) else ()
    names = {_EVERYBODY: "Tous les jeunes" if permissions.may_see_all(me) else "Tous mes jeunes"}
    names |= {("", one.id): f"{one.first_name} {one.last_name}" for one in advisers}
    names |= {(list_id, ""): f"Liste\u00a0: {name}" for list_id, name in lists}
    if len(names) == 1:
        return _EVERYBODY
    kept = st.selectbox(
        "De qui", list(names), format_func=lambda key: layout.escape_markdown(names[key]), key="figures-whose"
    )
    return kept or _EVERYBODY


def shown_figures(me: Present, start: date, end: date, whose: tuple[str, str], today: date) -> Figures | None:
    """Read the figures; None after showing why they are refused."""
    list_id, adviser_id = whose
    try:
        with db.read_transaction() as session:
            return figures.cohort_figures(
                session, of=me, start=start, end=end, today=today, list_id=list_id, adviser_id=adviser_id
            )
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence))
        return None


def draw_figures(found: Figures, today: date) -> None:
    """Draw the main numbers, then each table with its bars."""
    start, end = (days.shown_day(on, today=today) for on in (found.period.start, found.period.end))
    st.html(f'<p class="cj-or">Du {start} au {end}. Les accompagnements finis dans la période comptent aussi.</p>')
    numbers = "".join(
        f"<div><dt>{escape(label)}</dt><dd{_SAID if isinstance(value, str) else ''}>{escape(cell_text(value))}</dd></div>"
        for label, value in report.main_figures(found)
    )
    st.html(f'<dl class="cj-numbers">{numbers}</dl>')
    st.text(report.LIMITS)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Jusqu’où ils sont allés, à ce jour", anchor=False)
        _draw_bars("Étape atteinte", found.funnel)
    with right:
        st.header("Sorties, par motif", anchor=False)
        if found.exits:
            _draw_bars("Motif", found.exits)
        else:
            st.text("Aucune sortie dans la période.")
    weeks = [(_week_name(week, today), one) for week, one in found.weeks]
    _draw_counts("Semaine par semaine", "Semaine", weeks)
    _draw_counts("Par conseiller", "Conseiller", found.advisers)
    _draw_counts("Par liste", "Liste", found.lists)


def take_along(start: date, end: date, whose: tuple[str, str]) -> None:
    """Offer the files. Each needs a purpose, which is written to the audit log."""
    st.header("Imprimer ou exporter", anchor=False)
    st.text("Chaque fichier est noté dans le journal. Hors de «\u00a0Mon suivi\u00a0», les nombres sous 5 sont cachés.")
    purpose = st.pills(
        "Pour quoi\u00a0?", list(report.PURPOSES), format_func=report.PURPOSES.__getitem__, key="figures-purpose"
    )
    if purpose:
        key = FiguresRequest(start, end, purpose, *whose).key
        with st.container(key="cj-figures-files", horizontal=True):
            download.download_button(
                "Page à imprimer (PDF)", document="figures-pdf", work_id=key, icon=":material/print:"
            )
            download.download_button("Tableur (XLSX)", document="figures-xlsx", work_id=key, icon=":material/table:")
            download.download_button("Texte (CSV)", document="figures-csv", work_id=key, icon=":material/csv:")
    wanted = st.pills(
        "La liste des jeunes, avec noms et téléphones", list(export.PURPOSES), format_func=export.PURPOSES.__getitem__,
        key="people-purpose",
    )  # fmt: skip
    if wanted:
        with st.container(key="cj-people-files", horizontal=True):
            download.download_button(
                "Mes jeunes (XLSX)", document="people-xlsx", work_id=wanted, icon=":material/table:"
            )
            download.download_button("Mes jeunes (CSV)", document="people-csv", work_id=wanted, icon=":material/csv:")


def cell_text(value: Cell) -> str:
    """Return a value as French people write it: 1,5."""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _week_name(week: FigurePeriod, today: date) -> str:
    first, last = (days.shown_day(on, today=today) for on in (week.start, week.end))
    return f"{first} – {last}" if week.start != week.end else first


def _draw_counts(title: str, first: str, parts: Sequence[tuple[str, PeriodCounts]]) -> None:
    """Draw a table with a column for each figure, and a bar of the active people; nothing without parts."""
    if not parts:
        return
    st.header(title, anchor=False)
    most = max((one.active for _, one in parts), default=0) or 1
    names = "".join(f'<th scope="col">{escape(column)}</th>' for column, _, _ in report.COLUMNS)
    lines = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{_bar_html(one.active, most)}'
        + "".join(f"<td>{cell_text(read(one))}</td>" for _, read, _ in report.COLUMNS)
        + "</tr>"
        for name, one in parts
    )
    table = (
        f'<table class="cj-table cj-counts"><thead><tr><th scope="col">{escape(first)}</th><td aria-hidden="true"></td>{names}'
        f"</tr></thead><tbody>{lines}</tbody></table>"
    )
    st.html(f'<div class="cj-scroll" tabindex="0" role="group" aria-label="{escape(title)}">{table}</div>')


def _draw_bars(first: str, rows: Iterable[tuple[str, int]]) -> None:
    """Draw a table with a bar in each row. The bars are hidden from screen readers, which read the numbers."""
    kept = list(rows)
    most = max((count for _, count in kept), default=0) or 1
    lines = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{count}</td>{_bar_html(count, most)}</tr>'
        for label, count in kept
    )
    st.html(
        f'<table class="cj-table cj-bars"><thead><tr><th scope="col">{escape(first)}</th><th scope="col">Jeunes'
        f'</th><td aria-hidden="true"></td></tr></thead><tbody>{lines}</tbody></table>'
    )


def _bar_html(count: int, most: int) -> str:
    return f'<td class="bar" aria-hidden="true"><span style="width:{round(100 * count / most)}%"></span></td>'
