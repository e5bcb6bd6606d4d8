"""The top of a young person's page for an adviser: name, stages, facts, alerts, and the tabs below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.cohort.progress import refreshing, stages
from clicnjob.cohort.progress.alerts import Alert
from clicnjob.cohort.support import person_file
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.errors import NotFound
from clicnjob.french import contact as numbers
from clicnjob.french import days
from clicnjob.ui.adviser import seen_alerts
from clicnjob.ui.adviser.person import contact, link
from clicnjob.ui.shell import layout
from clicnjob.ui.widgets import download

PARTS = {
    "suivi": "Suivi",
    "cv": "CV",
    "candidatures": "Métiers et candidatures",
    "echanges": "Échanges",
    "imilo": "Vers i-milo",
    "dossier": "Dossier",
}


def open_file(me: Present) -> PersonFile | None:
    """Read the open file; None if there is none, or if this professional may no longer read it."""
    link.follow_address(me)
    account_id = link.chosen_person()
    if not account_id:
        return None
    try:
        with db.read_transaction() as session:
            old = refreshing.outdated_people(session, today=date.today(), account_id=account_id)
        if old:
            with db.write_transaction() as session:
                person_file.up_to_date(session, by=me, account_id=account_id, now=models.utc_now())
        with db.read_transaction() as session:
            found = person_file.person_file(session, by=me, account_id=account_id, today=date.today())
        link.tell_looked("")
        return found.for_projection() if me.projected else found
    except NotFound:
        return None


def closed_said() -> str:
    """Say why no file is open; the same for a file that one may not read any more and for an unknown one."""
    if link.chosen_person():
        return "Vous ne suivez pas ou plus ce jeune\u00a0: il est confié à un collègue, ou repris. Choisissez dans la liste."
    return "Choisissez un jeune dans votre liste."


def person_name(me: Present, shown: PersonFile) -> str:
    """Return the person's name, escaped for a title or a label, as initials on a projected screen."""
    return layout.escape_markdown(names.name_on_screen(shown.first_name, shown.last_name, projected=me.projected))


def draw_printing(me: Present, shown: PersonFile) -> None:
    """Draw the buttons that print the sheet and the CV; not on a projected screen."""
    if me.projected:
        return
    with st.container(key="cj-sheet-printing", horizontal=True):
        download.download_button(
            "Imprimer la fiche", document="person-sheet", work_id=shown.id, icon=":material/print:", fit=True
        )
        if shown.bag is not None:
            latest = max(shown.bag.cvs, key=lambda one: one.changed_at)
            both = f"{shown.id}.{latest.id}"
            download.download_button(
                "CV en PDF", document="person-cv", work_id=both, icon=":material/picture_as_pdf:", fit=True
            )


def draw_top(me: Present, shown: PersonFile) -> None:
    """Draw the stages, the facts in one line, and the alerts with their buttons."""
    today = date.today()
    st.html(_path_html(shown.row.stage))
    st.html(f'<p class="cj-help">{escape(" · ".join(_person_facts(shown, today)))}</p>')
    if shown.archived:
        st.info("Accompagnement terminé. La partie «\u00a0Dossier\u00a0» permet de le reprendre.")
    for place, alert in enumerate(() if shown.archived else shown.alerts):
        with st.container(key=f"cj-alert-{alert.key}", horizontal=True, vertical_alignment="center"):
            reason = alert.title if me.projected and alert.key == "aide" else alert.reason
            st.text(reason)
            _draw_gesture(me, shown, alert, first=not place)
            label = f"Marquer vu\u00a0: {alert.title}"
            args = (shown.id, alert.key)
            icon = ":material/visibility:"
            st.button(label, key=f"seen-{alert.key}", icon=icon, on_click=seen_alerts.mark_seen, args=args)
    seen_alerts.draw_last_mark()


def _draw_gesture(me: Present, shown: PersonFile, alert: Alert, *, first: bool) -> None:
    """Draw what to do: a call where the number is known, else the part of the file where it is done."""
    if alert.opens == "appel":
        if shown.phone and not me.projected:
            said = f"{alert.gesture}\u00a0: {numbers.phone_shown(shown.phone)}"
            st.html(contact.call_link(shown.phone, said), width="content")
        return
    st.button(
        alert.gesture,
        key=f"gesture-{alert.key}",
        type="primary" if first else "secondary",
        on_click=link.open_part,
        args=(alert.opens,),
    )


def draw_parts() -> Sequence[Any]:
    """Return the tabs of the page. The key changes with each opening, so that the requested part is shown."""
    link.follow_part()
    key = f"person-parts-{link.opening_count()}"
    default = PARTS.get(link.chosen_part(), PARTS["suivi"])
    tabs = st.tabs(list(PARTS.values()), key=key, default=default, on_change="rerun")
    shown = next((part for part, tab in zip(PARTS, tabs, strict=True) if tab.open), "suivi")
    link.write_part(shown if shown != "suivi" else "")
    return tabs


def _path_html(stage: str) -> str:
    reached = list(stages.STAGES).index(stage)
    marks = []
    for place, (key, words) in enumerate(stages.STAGES.items()):
        if key == "jamais_venu":
            continue
        kind = "here" if key == stage else "done" if place < reached else "todo"
        said = {"here": "en cours", "done": "passée", "todo": "à venir"}[kind]
        current = ' aria-current="step"' if kind == "here" else ""
        marks.append(f'<li class="cj-{kind}"{current}><span>{words}</span><span class="cj-hidden">, {said}</span></li>')
    now = f'<p class="cj-path-now">{stages.STAGES[stage]}</p>'
    return f'<nav class="cj-path" aria-label="Étapes">{now}<ol>{"".join(marks)}</ol></nav>'


def _person_facts(shown: PersonFile, today: date) -> list[str]:
    row = shown.row
    last = days.local_day(row.last_activity_at)
    facts = [f"Dernière activité {days.days_ago(last, today=today)}" if last else "Jamais connecté"]
    if row.visits:
        facts.append(f"{row.visits} visites" if row.visits > 1 else "1 visite")
    facts.append(f"CV\u00a0: {stages.CV_STATES[row.cv_state].lower()}")
    if row.cv_state in ("commence", "presque"):
        facts.append(f"manque\u00a0: {stages.missing_said(row.missing.split())}")
    if shown.loan and shown.loan.until:
        facts.append(f"confié à {shown.loan.to_name} jusqu’au {days.shown_day(shown.loan.until, today=today)}")
    return facts
