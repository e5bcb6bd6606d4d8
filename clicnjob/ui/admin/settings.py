"""« Réglages »: what an organisation chooses, and the retention periods that it cannot choose."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from clicnjob import db, policy
from clicnjob.accounts import structure_settings, structures
from clicnjob.accounts.presence import Present
from clicnjob.accounts.structure_settings import Body, Current
from clicnjob.config import settings
from clicnjob.ui.admin import acting
from clicnjob.ui.admin.structures import rename
from clicnjob.ui.shell import session_state


@dataclass(frozen=True)
class Settings:
    """What the page reads: an organisation with its name and its current settings."""

    organisation_id: str
    name: str
    current: Current


def read(me: Present) -> Settings:
    """Read the settings of the person's own organisation."""
    with db.reading() as session:
        current = structure_settings.current(session, organisation_id=me.organisation_id)
        return Settings(me.organisation_id or "", structures.name_of(session, me.organisation_id), current)


def name_form(shown: Settings) -> None:
    """Draw the form that renames the organisation."""
    with st.form("structure-name-form", enter_to_submit=False):
        st.header("Nom de la structure", anchor=False)
        typed = st.text_input("Nom", value=shown.name, key="own-name", autocomplete="off")
        if st.form_submit_button("Enregistrer le nom", key="own-name-save"):
            rename(shown.organisation_id, typed)
            st.rerun()


def choices_form(shown: Settings) -> None:
    """Draw the form of the security settings."""
    always = settings().second_factor_required
    with st.form("structure-choices", enter_to_submit=False):
        st.header("Sécurité", anchor=False)
        second = st.checkbox(
            "Double vérification obligatoire pour toute l’équipe",
            value=always or shown.current.body.second_factor,
            disabled=always,
            key=f"second-factor-{shown.current.version}",
        )
        st.text(
            "Elle est obligatoire sur toute l’installation."
            if always
            else "Chacun entre alors avec un code de son téléphone."
        )
        if st.form_submit_button("Enregistrer", type="primary", key="choices-save"):
            body = shown.current.body.model_copy(update={"second_factor": second and not always})
            if save(shown, body):
                session_state.tell("Les réglages sont enregistrés.")
            st.rerun()


def kept_how_long() -> None:
    """Draw the retention periods, which policy.py sets for every organisation."""
    st.header("Ce qui est gardé, et combien de temps", anchor=False)
    acting.facts(
        {
            "Dossier d’un jeune": f"{_months(policy.KEPT_AFTER_LAST_CONTACT.days)} après le dernier contact",
            "Carte jamais utilisée": f"{policy.FIRST_CARD_LASTS.days} jours",
            "Travail sans carte": "effacé au départ",
            "Lien d’invitation": f"{policy.INVITATION_LASTS.total_seconds() // 3600:.0f} heures",
        }
    )


def save(shown: Settings, body: Body) -> bool:
    """Save these settings as a new version; return whether they were saved."""

    def doing(session: Session, me: Present) -> bool:
        base = shown.current.version
        structure_settings.change(session, body, by=me, organisation_id=shown.organisation_id, base=base)
        return True

    return bool(acting.done(doing))


def _months(days: int) -> str:
    return f"{round(days / 30.4)} mois"
