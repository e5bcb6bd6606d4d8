"""The page of figures: tables with bars, and their exports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from html import escape

import streamlit as st

from clicnjob import db, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.reports import export, figures
from clicnjob.cohort.reports.figures import Figures, FiguresRequest
from clicnjob.cohort.reports.spreadsheets import Cell
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.ui.shell import layout
from clicnjob.ui.widgets import download

_PERIODS = {"4 semaines": 28, "3 mois": 91, "12 mois": 365}


def chosen_period(today: date) -> tuple[date, date]:
    """Ask for a period that ends today; return its first and last day."""
    chosen = st.segmented_control("Période", list(_PERIODS), default="3 mois", key="figures-period", required=True)
    return today - timedelta(days=_PERIODS[chosen or "3 mois"]), today


def chosen_list(me: Present) -> str:
    """Ask for a list of people; return its id, or '' for everybody."""
    with db.read_transaction() as session:
        found = figures.lists_by_name(session, of=me)
    if not found:
        return ""
    names = {"": "Tous mes jeunes"} | dict(found)
    return st.selectbox("Liste", list(names), format_func=lambda key: names[key], key="figures-list") or ""


def shown_figures(me: Present, start: date, end: date, list_id: str) -> Figures | None:
    """Read the figures; None after showing why they are refused."""
    try:
        with db.read_transaction() as session:
            return figures.cohort_figures(session, of=me, start=start, end=end, today=end, list_id=list_id)
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence))
        return None


def draw_figures(found: Figures, today: date) -> None:
    """Draw the key numbers and both tables."""
    if figures.publishable_figures(found).withholds:
        st.text("«\u00a0Non dit\u00a0»\u00a0: sinon, une soustraction donnerait un nombre en dessous de 5.")
    st.text("Les jeunes archivés depuis le début de la période comptent aussi.")
    _draw_number_cards(found)
    st.header("Jusqu’où vont les jeunes", anchor=False)
    st.text("Chaque ligne compte les jeunes qui ont atteint au moins cette étape.")
    _draw_bars("Étape", "Jeunes", figures.publishable_figures(found).funnel)
    st.header("L’activité, semaine par semaine", anchor=False)
    weeks = [
        (f"Semaine du {days.shown_day(w.monday, today=today)}", figures.publishable_count(w.people))
        for w in found.weeks
    ]
    _draw_bars("Semaine", "Jeunes actifs", weeks)
    st.text("Entraînements et candidatures : seulement ceux que les jeunes partagent.")


def take_along(start: date, end: date, list_id: str) -> None:
    """Offer the two exports. Each needs a purpose, which is written to the audit log."""
    st.header("Exporter", anchor=False)
    st.text("Chaque export est noté dans le journal, avec sa raison. Aucun texte libre n’en sort.")
    left, right = st.columns(2, gap="large")
    with left:
        purpose = _choose_purpose("Pourquoi exporter ces chiffres ?", figures.PURPOSES, "figures-purpose")
        if purpose:
            key = FiguresRequest(start, end, purpose, list_id).key
            download.download_button("Chiffres (XLSX)", document="figures-xlsx", work_id=key, icon=":material/table:")
            download.download_button("Chiffres (CSV)", document="figures-csv", work_id=key, icon=":material/csv:")
    with right:
        purpose = _choose_purpose("Pourquoi exporter la liste des jeunes ?", export.PURPOSES, "people-purpose")
        if purpose:
            download.download_button(
                "Mes jeunes (XLSX)", document="people-xlsx", work_id=purpose, icon=":material/table:"
            )
            download.download_button("Mes jeunes (CSV)", document="people-csv", work_id=purpose, icon=":material/csv:")


def _choose_purpose(label: str, purposes: dict[str, str], key: str) -> str:
    return (
        st.selectbox(
            label,
            list(purposes),
            index=None,
            format_func=lambda one: purposes[one],
            key=key,
            placeholder="Choisir une raison",
        )
        or ""
    )


def _draw_number_cards(found: Figures) -> None:
    """Draw the six key numbers."""
    told = figures.publishable_figures(found)
    numbers = (
        ("Jeunes suivis", told.people),
        ("Déjà connectés", told.came),
        ("Premiers CV finis", told.first_cvs),
        ("Attente avant le premier CV", _wait_in_words(found.days_to_first_cv)),
        ("Entraînements depuis l’inscription", figures.publishable_count(found.practice)),
        ("Candidatures depuis l’inscription", figures.publishable_count(found.applications)),
    )
    cards = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(str(value))}</dd></div>" for label, value in numbers)
    st.html(f'<dl class="cj-numbers">{cards}</dl>')


def _wait_in_words(count: int | None) -> str:
    if count is None:
        return figures.TOO_FEW_CVS
    return f"{count} jours" if count > 1 else f"{count} jour"


def _draw_bars(first: str, second: str, rows: Iterable[tuple[str, Cell]]) -> None:
    """Draw a table with a bar in each row. The bars are hidden from screen readers, which read the numbers."""
    kept = [(label, said, _bar_value(said)) for label, said in rows]
    most = max((drawn for _, _, drawn in kept), default=0) or 1
    lines = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(str(said))}</td>'
        f'<td class="bar" aria-hidden="true"><span style="width:{round(100 * drawn / most)}%"></span></td></tr>'
        for label, said, drawn in kept
    )
    st.html(
        f'<table class="cj-table cj-bars"><thead><tr><th scope="col">{escape(first)}</th><th scope="col">{escape(second)}'
        f'</th><td aria-hidden="true"></td></tr></thead><tbody>{lines}</tbody></table>'
    )


def _bar_value(said: Cell) -> int:
    """Return the length of a bar. A withheld count must not leak: « moins de 5 » draws 4, « non dit » draws 0."""
    if isinstance(said, int):
        return said
    return policy.LEAST_COUNT - 1 if said == figures.HIDDEN else 0
