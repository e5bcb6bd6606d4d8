"""« Signaler », below a screen of a lesson or a scene: a few reasons to tick, some words if one likes."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from sqlmodel import Session

from clicnjob import models, policy
from clicnjob.accounts.presence import Present
from clicnjob.learn import reports
from clicnjob.models import LearningKind
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, session_state, transactions


def draw_reporting(me: Present, kind: LearningKind, content_id: str, place: str) -> None:
    """Draw the folded form for this screen, for who has a structure that reads it."""
    if not reports.may_report(me):
        return
    where = f"{content_id}-{place}"
    with (
        st.expander("Un problème sur cet écran\u00a0?", key=f"report-{where}", icon=":material/flag:"),
        st.form(f"report-form-{where}", border=False, enter_to_submit=False),
    ):
        st.text("Coche ce qui ne va pas. Ta structure le lit, sans ton nom.")
        keys = {one: session_state.widget_key("report", where, one) for one in reports.report_reasons()}
        for key, one in reports.report_reasons().items():
            st.checkbox(one.jeune, key=keys[key])
        box = f"report-note-{where}"
        text_boxes.draw_message("Un mot (pas obligatoire)", key=box, most=policy.LESSON_REPORT_NOTE)
        st.form_submit_button(
            "Signaler", key=f"report-send-{where}", icon=":material/flag:",
            on_click=double_click.act_at_first_click,
            args=(f"report-{where}", (), _send_report, kind, content_id, place, keys, box),
        )  # fmt: skip


def _send_report(kind: LearningKind, content_id: str, place: str, keys: Mapping[str, str], box: str) -> None:
    ticked = [one for one, key in keys.items() if session_state.widget_value(key, bool)]
    note = session_state.widget_value(box, str) or ""

    def report_screen(session: Session, me: Present) -> None:
        reports.report_screen(
            session, by=me, kind=kind, content_id=content_id, place=place, reasons=ticked, note=note,
            now=models.utc_now(),
        )  # fmt: skip

    if transactions.run_action(report_screen):
        text_boxes.clear_messages(box)
        session_state.renew_widgets()
        session_state.tell_once("Merci. Ta structure va le lire.")
