"""Signing young people up: the code is shown once, to be copied on the card."""

from __future__ import annotations

import streamlit as st

from clicnjob import db
from clicnjob.accounts import codes, names
from clicnjob.accounts import people as accounts
from clicnjob.accounts.presence import Present
from clicnjob.ui import desk, navigation, state, text_boxes

_CODE = "card_code"


def enrol(first_name: str, last_name: str) -> None:
    """Sign somebody up, and show the code of the card."""
    made: list[str] = []

    def doing(session: object, me: Present) -> None:
        made.append(accounts.enrol_young(session, by=me, first_name=first_name, last_name=last_name)[1])  # type: ignore[arg-type]

    if desk.act(doing):
        text_boxes.clear_messages("enrol-first", "enrol-last")
        st.session_state[_CODE] = made[0]
    st.rerun()


def to_list() -> None:
    """The way to signing up a whole list."""
    st.page_link(
        navigation.page("adviser/enrol.py"), label="Inscrire une liste (CSV, XLSX)", icon=":material/group_add:"
    )


def code_to_give() -> None:
    """The code just made, once."""
    if code := st.session_state.pop(_CODE, ""):
        st.html(f'<p class="cj-code" role="status">{codes.shown(code)}</p>')
        st.text("Notez ce code sur la carte : il n’est montré qu’une fois. Le jeune choisira son code secret.")


def people(me: Present) -> None:
    """The young people of the structure, with the way to a new card."""
    with db.reading() as session:
        found = accounts.young_people(session, of=me)
    st.header(f"Jeunes inscrits : {len(found)}", anchor=False)
    for person in found:
        with st.container(key=f"cj-line-{person.id}", horizontal=True, vertical_alignment="center"):
            st.text(names.shown(person.first_name, person.last_name, projected=me.projected))
            st.text(_standing(person))
            if person.locked:
                st.button(
                    "Débloquer",
                    key=f"unlock-{person.id}",
                    icon=":material/lock_open:",
                    on_click=_unlock,
                    args=(person.id,),
                )
            st.button(
                "Nouvelle carte", key=f"card-{person.id}", icon=":material/badge:", on_click=_renew, args=(person.id,)
            )


def _standing(person: accounts.YoungPerson) -> str:
    words = "Carte bloquée" if person.locked else "Déjà connecté" if person.came else "Jamais connecté"
    return words if person.followed else f"{words}, sans conseiller"


def _unlock(account_id: str) -> None:
    if desk.act(lambda session, me: accounts.unlock_card(session, by=me, account_id=account_id)):
        state.tell("La carte est débloquée. Son code secret n’a pas changé.")


def _renew(account_id: str) -> None:
    made: list[str] = []

    def doing(session: object, me: Present) -> None:
        made.append(accounts.renew_card(session, by=me, account_id=account_id))  # type: ignore[arg-type]

    if desk.act(doing):
        st.session_state[_CODE] = made[0]
