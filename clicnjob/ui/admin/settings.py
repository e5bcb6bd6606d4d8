"""« Réglages »: what an organisation chooses, and the retention periods that it cannot choose."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clicnjob import db, models, policy, text
from clicnjob.accounts import structure_settings, structures
from clicnjob.accounts.presence import Present
from clicnjob.accounts.structure_settings import CurrentSettings, SettingsBody
from clicnjob.config import current_settings
from clicnjob.ui.admin import acting
from clicnjob.ui.admin.structures import rename_structure
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, session_state, transactions


@dataclass(frozen=True)
class SettingsPage:
    """What the page reads: an organisation with its name and its current settings."""

    organisation_id: str
    name: str
    current: CurrentSettings


def own_settings(me: Present) -> SettingsPage:
    """Read the settings of the person's own organisation."""
    with db.read_transaction() as session:
        current = structure_settings.current_settings(session, organisation_id=me.organisation_id)
        return SettingsPage(me.organisation_id or "", structures.name_of(session, me.organisation_id), current)


def name_form(shown: SettingsPage) -> None:
    """Draw the form that renames the organisation."""
    with st.form("structure-name-form", enter_to_submit=False):
        st.header("Nom de la structure", anchor=False)
        key = "own-name"
        text_boxes.draw_message("Nom", key=key, value=shown.name)
        st.form_submit_button(
            "Enregistrer le nom", key="own-name-save", on_click=rename_structure, args=(shown.organisation_id, key)
        )


def choices_form(shown: SettingsPage) -> None:
    """Draw the form of the security settings."""
    always = current_settings().second_factor_required
    with st.form("structure-choices", enter_to_submit=False):
        st.header("Sécurité", anchor=False)
        key = f"second-factor-{shown.current.version}"
        st.checkbox(
            "Double vérification obligatoire pour toute l’équipe",
            value=always or shown.current.body.second_factor,
            disabled=always,
            key=key,
        )
        st.text(
            "Elle est obligatoire sur toute l’installation."
            if always
            else "Chacun entre alors avec un code de son téléphone."
        )
        st.form_submit_button(
            "Enregistrer",
            type="primary",
            key="choices-save",
            on_click=double_click.act_at_first_click,
            args=(key, (), _save_security, shown, key),
        )


def town_form(shown: SettingsPage) -> None:
    """Draw the form of the town in which services are looked for first."""
    with st.form("structure-town-form", enter_to_submit=False):
        st.header("Ville de la structure", anchor=False)
        key = "own-town"
        text_boxes.draw_message(
            "Ville où chercher d’abord les portes du territoire",
            key=key,
            value=shown.current.body.town,
            most=policy.TOWN_LENGTH,
        )
        st.form_submit_button(
            "Enregistrer la ville",
            key="own-town-save",
            on_click=double_click.act_at_first_click,
            args=(f"town-{shown.current.version}", (), _save_town, shown, key),
        )


def first_visit_form(shown: SettingsPage) -> None:
    """Draw the form that opens the first visit of young people with a few questions, or not."""
    with st.form("structure-first-visit", enter_to_submit=False):
        st.header("Première visite des jeunes", anchor=False)
        key = f"first-questions-{shown.current.version}"
        st.checkbox(
            "Ouvrir la première visite par «\u00a0On se connaît en 2 minutes\u00a0»",
            value=shown.current.body.first_questions,
            key=key,
        )
        st.text("Sept questions à toucher, facultatives. Elles proposent un premier pas et une leçon.")
        st.text("Vous ne voyez pas les réponses. Elles ne sont posées qu’une fois.")
        st.form_submit_button(
            "Enregistrer la première visite",
            key="first-questions-save",
            on_click=double_click.act_at_first_click,
            args=(key, (), _save_first_visit, shown, key),
        )


def kept_how_long() -> None:
    """Draw the retention periods, which policy.py sets for every organisation."""
    st.header("Ce qui est gardé, et combien de temps", anchor=False)
    acting.draw_facts(
        {
            "Dossier d’un jeune": f"{_months_in_words(policy.KEPT_AFTER_LAST_CONTACT.days)} après le dernier contact",
            "Carte jamais utilisée": f"{policy.FIRST_CARD_LASTS.days} jours",
            "Travail sans carte": "effacé au départ",
            "Lien d’invitation": f"{policy.INVITATION_LASTS.total_seconds() // 3600:.0f} heures",
        }
    )


def save_settings(shown: SettingsPage, body: SettingsBody) -> bool:
    """Save these settings as a new version; return whether they were saved."""
    base = shown.current.version
    saved = transactions.run_action(
        lambda session, me: structure_settings.change_settings(
            session, body, by=me, organisation_id=shown.organisation_id, base=base, now=models.utc_now()
        )
    )
    return saved is not None


def _save_security(shown: SettingsPage, key: str) -> None:
    second = bool(session_state.widget_value(key, bool)) and not current_settings().second_factor_required
    if save_settings(shown, shown.current.body.model_copy(update={"second_factor": second})):
        session_state.tell_once("Les réglages sont enregistrés.")


def _save_town(shown: SettingsPage, key: str) -> None:
    town = text.clean_line(session_state.widget_value(key, str) or "", most=policy.TOWN_LENGTH)
    if save_settings(shown, shown.current.body.model_copy(update={"town": town})):
        session_state.tell_once("La ville est enregistrée.")


def _save_first_visit(shown: SettingsPage, key: str) -> None:
    wished = bool(session_state.widget_value(key, bool))
    if save_settings(shown, shown.current.body.model_copy(update={"first_questions": wished})):
        session_state.tell_once("La première visite est enregistrée.")


def _months_in_words(days: int) -> str:
    return f"{round(days / 30.4)} mois"
