"""The thresholds (days or visits) that a head chooses for the alerts of the organisation."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.progress import alert_silences, alerts
from clicnjob.ui.shell import session_state, transactions


def draw_alert_numbers(me: Present) -> None:
    """Draw one threshold for each adjustable rule, for those who may choose them."""
    if not alert_silences.may_choose_numbers(me):
        return
    with db.read_transaction() as session:
        chosen = alerts.rule_numbers(session, organisation_id=me.organisation_id)
    st.header("Quand alerter les conseillers", anchor=False)
    with st.form("alert-numbers", enter_to_submit=False):
        for key, rule in alerts.alert_rules().items():
            if rule.adjustable:
                unit = "visites" if rule.quand == "compte" else "jours"
                st.number_input(
                    f"{rule.titre} ({unit})",
                    min_value=rule.least,
                    max_value=alert_silences.MOST,
                    value=chosen[key],
                    step=1,
                    key=f"alert-number-{key}",
                )
        st.form_submit_button(
            "Enregistrer", key="alert-numbers-save", icon=":material/check:", on_click=_save_numbers, args=(chosen,)
        )


def _save_numbers(before: dict[str, int]) -> None:
    today = date.today()
    wanted = {key: session_state.widget_value(f"alert-number-{key}", int) for key in before}
    changed = {key: number for key, number in wanted.items() if number is not None and number != before[key]}

    def save_numbers(session: object, me: Present) -> None:
        for key, number in changed.items():
            alert_silences.choose_number(session, by=me, rule=key, number=number, today=today, now=models.utc_now())  # type: ignore[arg-type]

    if changed and transactions.run_action(save_numbers):
        session_state.tell_once("C’est enregistré. Les alertes suivent dès la prochaine ouverture.")
