"""« Vu » on an alert: hidden from oneself until something changes, with the choice of a day and an undo."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from clicnjob import models
from clicnjob.cohort.progress import alert_silences, alerts
from clicnjob.ui.shell import session_state, transactions

_DAYS = (7, 14, 30)


def mark_seen(account_id: str, rule: str, until: date | None = None) -> None:
    """Hide an alert from the professional who is signed in, and offer to undo it on the next run."""
    saved = transactions.run_action(
        lambda session, me: alert_silences.silence_alert(
            session, by=me, account_id=account_id, rule=rule, until=until, now=models.utc_now()
        )
    )
    if saved:
        session_state.ALERT_SEEN.set((saved.result, account_id, rule))


def draw_last_mark() -> None:
    """Draw what was just marked « Vu », with the days after which it may come back, and the undo."""
    mark_id, account_id, rule = session_state.ALERT_SEEN.take()
    known = alerts.alert_rules().get(rule)
    if not mark_id or known is None:
        return
    with st.container(key="cj-seen-mark", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p role="status"><strong>Vu\u00a0: {known.titre}.</strong> '
            "L’alerte revient si quelque chose change, pour vous. Ou la revoir\u00a0:</p>"
        )
        for number in _DAYS:
            back_on = date.today() + timedelta(days=number)
            args = (account_id, rule, back_on)
            st.button(f"dans {number} jours", key=f"seen-again-{number}", on_click=mark_seen, args=args)
        st.button("Annuler", key="seen-undo", icon=":material/undo:", on_click=undo_mark, args=(mark_id,))


def undo_mark(mark_id: str) -> None:
    """Show an alert again."""
    if transactions.run_action(
        lambda session, me: alert_silences.undo_silence(session, by=me, mark_id=mark_id, now=models.utc_now())
    ):
        session_state.tell_once("C’est annulé\u00a0: l’alerte est de nouveau là.")
