"""« Premiers réglages »: three steps after the very first sign-in in an organisation."""

from __future__ import annotations

import streamlit as st

from clicnjob.accounts.staff import FIRST_STRUCTURE
from clicnjob.ui.admin import settings
from clicnjob.ui.admin.settings import SettingsPage
from clicnjob.ui.admin.structures import rename_structure
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import navigation


def draw_name_step(shown: SettingsPage) -> None:
    """Draw step one: the name of the organisation."""
    with st.form("first-name", enter_to_submit=False):
        st.header("1. Le nom de votre structure", anchor=False)
        given = "" if shown.name == FIRST_STRUCTURE else shown.name
        key = "first-name-text"
        text_boxes.draw_message("Nom, comme sur votre porte", key=key, value=given)
        st.form_submit_button(
            "Enregistrer le nom", type="primary", key="first-name-save",
            on_click=rename_structure, args=(shown.organisation_id, key),
        )  # fmt: skip


def draw_protection_step() -> None:
    """Draw step two: the password and the second factor."""
    st.header("2. Votre compte", anchor=False)
    st.text("Choisissez votre mot de passe, puis ajoutez un code de votre téléphone.")
    links = (("/compte/mot-de-passe", "Changer le mot de passe"), ("/compte/double", "Ajouter mon téléphone"))
    st.html(
        '<p class="cj-links">'
        + " ".join(f'<a class="cj-button quiet" href="{href}" target="_self">{words}</a>' for href, words in links)
        + "</p>"
    )


def draw_team_step() -> None:
    """Draw step three: the link to the team."""
    st.header("3. Votre équipe", anchor=False)
    st.text("Invitez vos collègues. Chacun reçoit un lien et choisit son mot de passe.")
    st.page_link(navigation.page_path("admin/team.py"), label="Ouvrir l’équipe", icon=":material/groups:")


def end_first_settings(shown: SettingsPage) -> None:
    """Draw the button that ends the first steps; saving the settings stops this page from opening by itself."""
    if st.button("J’ai terminé", key="first-done", type="primary", icon=":material/check:"):
        if shown.current.version == 0:
            settings.save_settings(shown, shown.current.body)
        st.switch_page(navigation.page_path("admin/home.py"))
