"""« Structures »: the organisations of the installation, and the forms that create and rename one."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import structures as accounts
from clicnjob.accounts.presence import Present
from clicnjob.ui.admin import team
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import navigation, session_state, transactions


def draw_structures(me: Present) -> None:
    """Draw one line for each organisation."""
    with db.read_transaction() as session:
        found = accounts.all_structures(session, of=me)
    for one in found:
        with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
            with st.container(key=f"cj-who-{one.id}", gap=None):
                st.text(one.name)
                st.html(f'<p class="cj-help">{one.professionals} professionnels, {one.young} jeunes</p>')
            if st.button("Équipe", key=f"team-of-{one.id}", icon=":material/groups:"):
                team.choose_place(one.id)
                st.switch_page(navigation.page_path("admin/team.py"))
            st.button(
                "Renommer", key=f"rename-{one.id}", icon=":material/edit:", on_click=_choose_structure, args=(one.id,)
            )
    chosen = next((one for one in found if one.id == session_state.RENAMED_STRUCTURE.get()), None)
    if chosen:
        _rename_form(chosen.id, chosen.name)


def new_structure() -> None:
    """Draw the form that creates an organisation."""
    with st.form("new-structure", enter_to_submit=False):
        st.header("Ouvrir une structure", anchor=False)
        name = text_boxes.draw_message("Nom de la nouvelle structure", key="structure-name")
        if st.form_submit_button("Ouvrir", type="primary", icon=":material/add:", key="structure-add"):
            saved = transactions.run_action(
                lambda session, me: accounts.open_structure(session, by=me, name=name, now=models.utc_now()).id
            )
            if saved:
                text_boxes.clear_messages("structure-name")
                session_state.tell_once("La structure est ouverte. Invitez maintenant son responsable.")
                team.choose_place(saved.result)
                st.switch_page(navigation.page_path("admin/team.py"))
            st.rerun()


def _rename_form(organisation_id: str, name: str) -> None:
    with st.form("rename-structure", enter_to_submit=False):
        key = f"renamed-{organisation_id}"
        text_boxes.draw_message("Nouveau nom", key=key, value=name)
        st.form_submit_button(
            "Enregistrer le nom",
            type="primary",
            key="rename-save",
            on_click=rename_structure,
            args=(organisation_id, key),
        )


def rename_structure(organisation_id: str, key: str) -> None:
    """Give an organisation the name typed in the box with this widget key."""
    name = session_state.widget_value(key, str) or ""
    saved = transactions.run_action(
        lambda session, me: accounts.rename_structure(
            session, by=me, organisation_id=organisation_id, name=name, now=models.utc_now()
        )
    )
    if saved:
        session_state.RENAMED_STRUCTURE.clear()
        session_state.tell_once("Le nom est enregistré.")


def _choose_structure(organisation_id: str) -> None:
    session_state.RENAMED_STRUCTURE.set(organisation_id)
