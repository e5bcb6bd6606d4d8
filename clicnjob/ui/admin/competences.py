"""The structure's own list of competences, which the portfolio page of a group session offers."""

from __future__ import annotations

import streamlit as st

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.ui.admin.settings import SettingsPage, save_settings
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, session_state
from clicnjob.workshops.records import portfolio

_LENGTH = policy.COMPETENCES_AT_MOST * (policy.NAME_LENGTH + 1)


def competences_form(shown: SettingsPage) -> None:
    """Draw the form of the list, one competence a line, filled with the list that is offered now."""
    own = shown.current.body.competences
    offered = own or portfolio.shipped_competences()
    with st.form("structure-competences", enter_to_submit=False):
        st.header("Compétences du portefeuille", anchor=False)
        st.text(
            "À la fin d’une séance, chaque jeune peut en nommer trois, sans niveau. Mettez les mots de votre structure."
            if own
            else "À la fin d’une séance, chaque jeune peut en nommer trois. Voici notre liste\u00a0: mettez vos mots à la place."
        )
        key = f"competences-{shown.current.version}"
        text_boxes.draw_message(
            f"Une par ligne, {policy.COMPETENCES_AT_MOST} au plus", key=key, most=_LENGTH, height=260, value="\n".join(offered),
        )  # fmt: skip
        if sentence := session_state.current_faults().get(key):
            st.error(layout.escape_markdown(sentence), icon=":material/front_hand:")
        st.text("Une liste vide remet la nôtre.")
        st.form_submit_button(
            "Enregistrer la liste",
            key="competences-save",
            icon=":material/check:",
            on_click=double_click.act_at_first_click,
            args=("competences", (key,), _save_list, shown, key),
        )


def _save_list(shown: SettingsPage, key: str) -> None:
    """Save the list; a refusal leaves what was typed in the box."""
    try:
        chosen = portfolio.cleaned_competences((session_state.widget_value(key, str) or "").split("\n"))
    except Refusal as refusal:
        session_state.set_fault(key, refusal.sentence)
        return
    session_state.set_fault(key)
    if chosen == portfolio.shipped_competences():
        chosen = ()
    if save_settings(shown, shown.current.body.model_copy(update={"competences": chosen})):
        session_state.tell_once("La liste est enregistrée.")
