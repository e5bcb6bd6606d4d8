"""The button in the header: « J’ai besoin d’aide » for young people, « Mode projection » for professionals."""

from __future__ import annotations

import streamlit as st

from clicnjob import models
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import help_requests
from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import session_state, transactions


def draw_header_button(me: Present) -> None:
    """Draw the button of this person, if they have one."""
    if help_requests.may_ask(me):
        st.button("J’ai besoin d’aide", key="ask-help", icon=":material/front_hand:", on_click=_ask_for_help)
    elif me.roles & SUPPORT_ROLES:
        words = "Montrer les noms" if me.projected else "Mode projection"
        icon = ":material/visibility:" if me.projected else ":material/present_to_all:"
        st.button(words, key="project", icon=icon, on_click=_set_projection, args=(not me.projected,))


def _ask_for_help() -> None:
    if transactions.run_action(lambda session, me: help_requests.ask_for_help(session, by=me, now=models.utc_now())):
        session_state.tell_once("C’est envoyé à ton conseiller. Tu peux ajouter un mot sur l’accueil.")


def _set_projection(on: bool) -> None:
    if transactions.run_action(lambda session, me: presence.set_projection(session, me.sign_in_id, on=on)):
        session_state.tell_once(
            "Les noms sont cachés\u00a0: seules les initiales restent." if on else "Les noms sont de retour."
        )
