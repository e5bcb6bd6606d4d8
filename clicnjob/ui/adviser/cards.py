"""Enrolling young people one at a time, and the list of those who have a card."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import names
from clicnjob.accounts import people as accounts
from clicnjob.accounts.permissions import may_renew_any_card
from clicnjob.accounts.presence import Present
from clicnjob.ui.adviser import new_card
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import navigation, session_state, transactions
from clicnjob.workshops import attendance, lifecycle


def enrol_person(first_name: str, last_name: str) -> None:
    """Enrol somebody, and show the number of their card on the next run."""
    saved = transactions.run_action(
        lambda session, me: accounts.enrol_young(
            session, by=me, first_name=first_name, last_name=last_name, now=models.utc_now()
        )
    )
    if saved:
        _account, code = saved.result
        text_boxes.clear_messages("enrol-first", "enrol-last")
        new_card.keep_code(f"{first_name} {last_name}".strip(), code)
    st.rerun()


def to_list() -> None:
    """Link to the page that enrols a whole list."""
    st.page_link(
        navigation.page_path("adviser/enrol.py"), label="Inscrire une liste (CSV, XLSX)", icon=":material/group_add:"
    )


def draw_card_holders(me: Present) -> None:
    """List the young people of the organisation, with a new-card button where this professional may renew the card."""
    with db.read_transaction() as session:
        found = accounts.young_people(session, of=me, now=models.utc_now())
        running = None if may_renew_any_card(me) else lifecycle.running_workshop(session, of=me, now=models.utc_now())
    st.header(f"Jeunes inscrits : {len(found)}", anchor=False)
    if not may_renew_any_card(me):
        st.text(
            "Pour refaire une carte, notez d’abord le jeune présent à votre séance."
            if running
            else "Pour refaire une carte, commencez une séance, puis notez le jeune présent."
        )
    for person in found:
        with st.container(key=f"cj-line-{person.id}", horizontal=True, vertical_alignment="center"):
            st.text(names.name_on_screen(person.first_name, person.last_name, projected=me.projected))
            st.text(_card_state(person))
            if person.renewable:
                _card_buttons(person)
            elif running:
                _there_button(person, running.id)
        new_card.draw_confirmation(me, account_id=person.id, first_name=person.first_name, last_name=person.last_name)


def _card_buttons(person: accounts.YoungPerson) -> None:
    here = (person.id,)
    if person.locked:
        icon = ":material/lock_open:"
        st.button("Débloquer", key=f"unlock-{person.id}", icon=icon, on_click=new_card.unlock_card, args=here)
    st.button(
        "Nouvelle carte", key=f"card-{person.id}", icon=":material/badge:", on_click=new_card.ask_for_card, args=here
    )


def _there_button(person: accounts.YoungPerson, workshop_id: str) -> None:
    icon = ":material/how_to_reg:"
    args = (workshop_id, person.id)
    st.button("Noter présent", key=f"there-{person.id}", icon=icon, on_click=_note_there, args=args)


def _note_there(workshop_id: str, account_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: attendance.note_attendance(
            session, by=me, workshop_id=workshop_id, account_id=account_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("C’est noté. Vous pouvez refaire sa carte.")


def _card_state(person: accounts.YoungPerson) -> str:
    words = "Carte bloquée" if person.locked else "Déjà connecté" if person.came else "Jamais connecté"
    return words if person.followed else f"{words}, sans conseiller"
