"""Renewing the card of a young person: confirmation, re-authentication, and the card number shown once."""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from clicnjob import models
from clicnjob.accounts import codes, people
from clicnjob.accounts.presence import Present
from clicnjob.cohort.progress import refreshing
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import proof


def keep_code(name: str, code: str, *, account_id: str = "") -> None:
    """Keep a new card number for the next run, which shows it once.

    It appears beside the person with `account_id`, or on top of the page for somebody just enrolled.
    """
    session_state.CARD_CODE.set((name, code, account_id))


def code_to_give(account_id: str = "") -> None:
    """Show the number just created for this person, once."""
    name, code, owner = session_state.CARD_CODE.get()
    if owner != account_id:
        return
    session_state.CARD_CODE.clear()
    st.text(f"Numéro de la carte de {name}\u00a0:")
    st.html(f'<p class="cj-code" role="status">{codes.printed_code(code)}</p>')
    st.text("Notez ce code sur la carte\u00a0: il n’est montré qu’une fois. Le jeune choisira son code secret.")


def ask_for_card(account_id: str) -> None:
    """Open the confirmation for this person; '' closes it."""
    session_state.CARD_CONFIRMATION.set(account_id)


def draw_confirmation(me: Present, *, account_id: str, first_name: str, last_name: str) -> None:
    """Draw the confirmation that `ask_for_card` opened for this person, then the new number.

    It gives the full name, so that nobody renews the wrong card, and is refused on a projected screen.
    """
    code_to_give(account_id)
    if session_state.CARD_CONFIRMATION.get() != account_id:
        return
    if me.projected:
        layout.names_not_shown()
        return
    name = f"{first_name} {last_name}".strip()
    with st.container(key="cj-new-card", border=True):
        st.header(f"Nouvelle carte pour {layout.escape_markdown(name)}", anchor=False)
        st.text("L’ancienne carte et son code secret ne marcheront plus.")
        st.text("Le jeune verra à l’accueil que vous avez refait sa carte. Le responsable le verra aussi.")
        typed = proof.draw_proof_form(me, name="card", button="Faire la nouvelle carte", icon=":material/badge:")
        st.button("Ne rien changer", key="card-leave", type="tertiary", on_click=ask_for_card, args=("",))
        if typed is not None:
            _renew_card(account_id, name, typed)


def _renew_card(account_id: str, name: str, typed: str) -> None:
    given = proof.given_proof(typed)

    def doing(session: Session, me: Present) -> str:
        code = people.renew_card(session, by=me, account_id=account_id, proof=given, now=models.utc_now())
        refreshing.mark_outdated(session, account_id=account_id)
        return code

    if given is not None and (saved := transactions.run_action(doing)):
        keep_code(name, saved.result, account_id=account_id)
        ask_for_card("")
    st.rerun()


def unlock_card(account_id: str) -> None:
    """Unlock a card blocked by too many wrong codes."""
    if transactions.run_action(
        lambda session, me: people.unlock_card(session, by=me, account_id=account_id, now=models.utc_now())
    ):
        session_state.tell_once("La carte est débloquée. Son code secret n’a pas changé.")
