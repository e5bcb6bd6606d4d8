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
from clicnjob.cohort.progress import alert_silences, alerts, refreshing, stages
from clicnjob.cohort.support import person_file
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import layout, session_state, transactions

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
            return found.for_projection() if me.projected else found
    except NotFound:
        return None


def person_name(me: Present, shown: PersonFile, *, whole: bool = False) -> str:
    """Return the person's name, escaped for a title or a label, as initials on a projected screen."""
    return layout.escape_markdown(
        names.name_on_screen(shown.first_name, shown.last_name, projected=me.projected, whole=whole)
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
            st.button(
                alert.gesture,
                key=f"gesture-{alert.key}",
                type="secondary" if place else "primary",
                on_click=link.open_part,
                args=(alert.opens,),
            )
            label = f"Vu\u00a0: {alert.title}"
            st.button(
                label, key=f"seen-{alert.key}", type="tertiary", on_click=_silence_alert, args=(shown.id, alert.key)
            )


def draw_parts() -> Sequence[Any]:
    """Return the tabs of the page. The key changes with each opening, so that the requested part is shown."""
    key = f"person-parts-{link.opening_count()}"
    default = PARTS.get(link.chosen_part(), PARTS["suivi"])
    return st.tabs(list(PARTS.values()), key=key, default=default, on_change="rerun")


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


def _silence_alert(account_id: str, rule: str) -> None:
    if rule in alerts.alert_rules() and transactions.run_action(
        lambda session, me: alert_silences.silence_alert(
            session, by=me, account_id=account_id, rule=rule, now=models.utc_now()
        )
    ):
        session_state.tell_once("C’est vu. L’alerte reviendra si quelque chose change.")
