"""« Ma fiche de liaison »: every line is the person's choice; without their agreement nothing is kept or printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.learn import liaison, records
from clicnjob.learn.digital_check import own_check
from clicnjob.learn.liaison import LiaisonLines
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import download


@dataclass(frozen=True)
class LiaisonPage:
    """What the page reads: the lines agreed to, and what can be given."""

    lines: LiaisonLines
    first_name: str
    equipment: str
    connection: str
    lessons: str


def read_liaison(me: Present) -> LiaisonPage:
    """Read the lines, and the answers of the digital check that can be given."""
    with db.read_transaction() as session:
        lines = liaison.own_lines(session, of=me)
        check = own_check.own_check(session, of=me)
        done = liaison.lessons_in_words(records.own_records(session, of=me))
    equipment, connection = liaison.equipment_in_words(check), liaison.connection_in_words(check)
    return LiaisonPage(lines, me.first_name, equipment, connection, done)


def draw_file(page: LiaisonPage) -> None:
    """Draw the download of a sheet that was agreed to, and the button that takes the agreement back."""
    if not page.lines.agreed_on:
        return
    on = liaison.day_in_words(date.fromisoformat(page.lines.agreed_on))
    with st.container(key="cj-liaison-ready", border=True):
        st.text(f"Tu as donné ton accord le {on}. Ta fiche est prête.")
        download.download_button("Télécharger ma fiche", document="liaison", icon=":material/download:", primary=True)
        st.button("Je reprends mon accord", key="liaison-withdraw", type="tertiary", on_click=_withdraw_lines)


def draw_lines(page: LiaisonPage) -> None:
    """Draw the form: a tick or a box for each line, then the agreement."""
    kept = page.lines
    with st.form("liaison-form", enter_to_submit=False):
        st.header("Ce que je donne", anchor=False)
        offered = _offered_lines(page)
        for name, label in offered.items():
            st.checkbox(layout.escape_markdown(label), value=getattr(kept, name), key=f"liaison-{name}")
        st.radio(
            "Devant un ordinateur",
            ["", *liaison.AUTONOMY],
            index=["", *liaison.AUTONOMY].index(kept.autonomy),
            key="liaison-autonomy",
            format_func=lambda key: liaison.AUTONOMY.get(key, "Je ne le dis pas"),
        )
        st.pills(
            "Ce que je veux apprendre (trois au plus)",
            list(liaison.theme_titles()),
            selection_mode="multi",
            default=kept.themes,
            key="liaison-themes",
            format_func=lambda key: liaison.theme_titles()[key],
        )
        for name, label, most in _BOXES:
            text_boxes.draw_message(label, key=f"liaison-{name}", value=getattr(kept, name), most=most)
        st.checkbox("Je suis d’accord pour donner ces lignes.", key="liaison-agreed")
        st.form_submit_button(
            "Faire ma fiche", key="liaison-make", type="primary", on_click=_agree_to_lines, args=(tuple(offered),)
        )


_BOXES = (
    ("contact", "Mon téléphone ou mon e-mail, si je veux", 100),
    ("wish", "Ce que j’aimerais, avec mes mots", 200),
    ("towards", "Où je vais\u00a0: le lieu, ou la personne", 120),
    ("meeting", "Le rendez-vous\u00a0: jour et heure", 80),
)


def _offered_lines(page: LiaisonPage) -> dict[str, str]:
    offered = {
        "first_name": ("Mon prénom", page.first_name),
        "equipment": ("Mon matériel", page.equipment),
        "connection": ("Ma connexion", page.connection),
        "lessons": ("Mes leçons faites", page.lessons),
    }
    return {name: f"{label}\u00a0: {said}" for name, (label, said) in offered.items() if said}


def _agree_to_lines(offered: Sequence[str]) -> None:
    agreed = bool(session_state.widget_value("liaison-agreed", bool))
    lines = LiaisonLines.model_validate(
        {
            **{name: bool(session_state.widget_value(f"liaison-{name}", bool)) for name in offered},
            **{name: session_state.widget_value(f"liaison-{name}", str) or "" for name, _label, _most in _BOXES},
            "autonomy": session_state.widget_value("liaison-autonomy", str) or "",
            "themes": (session_state.widget_value("liaison-themes", list) or [])[: liaison.THEMES_AT_MOST],
        }
    )
    operation, today = works.new_operation(), date.today()
    if transactions.run_action(
        lambda session, me: liaison.agree_to_lines(
            session, lines, by=me, agreed=agreed, operation=operation, today=today
        )
    ):
        session_state.tell_once("Ta fiche est prête.")


def _withdraw_lines() -> None:
    operation = works.new_operation()
    if transactions.run_action(lambda session, me: liaison.withdraw_lines(session, by=me, operation=operation)):
        session_state.tell_once("C’est noté\u00a0: la fiche est effacée.")
