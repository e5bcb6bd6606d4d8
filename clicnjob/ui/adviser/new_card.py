"""Renewing the card of a young person: confirmation, re-authentication, and the card number shown once."""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from clicnjob import models
from clicnjob.accounts import people
from clicnjob.accounts.presence import Present
from clicnjob.cohort.progress import refreshing
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import card_sheet, in_sight, phone, proof


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
    st.text("Imprimez cette carte, ou le jeune la photographie\u00a0: elle n’est montrée qu’une fois.")
    card_sheet.draw_card(name, code, address=phone.server_address())


def ask_for_card(account_id: str) -> None:
    """Open the confirmation for this person; '' closes it."""
    session_state.CARD_CONFIRMATION.set(account_id)
    session_state.CARD_CONFIRMATION_AT.set(models.utc_now())


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
        proof.draw_proof_form(
            me, name="card", button="Faire la nouvelle carte", icon=":material/badge:", act=_renew_card,
            args=(account_id, name),
        )  # fmt: skip
        in_sight.keep_in_sight(".st-key-cj-new-card", said=account_id)
        st.button("Ne rien changer", key="card-leave", type="tertiary", on_click=ask_for_card, args=("",))


def _renew_card(account_id: str, name: str, typed: str) -> None:
    given, shown_at = proof.given_proof(typed), session_state.CARD_CONFIRMATION_AT.get()

    def renew_card(session: Session, me: Present) -> str:
        code = people.renew_card(
            session, by=me, account_id=account_id, proof=given, shown_at=shown_at, now=models.utc_now()
        )
        refreshing.mark_outdated(session, account_id=account_id)
        return code

    if given is not None and (saved := transactions.run_action(renew_card)):
        keep_code(name, saved.result, account_id=account_id)
        ask_for_card("")


def unlock_card(account_id: str) -> None:
    """Unlock a card blocked by too many wrong codes."""
    if transactions.run_action(
        lambda session, me: people.unlock_card(session, by=me, account_id=account_id, now=models.utc_now())
    ):
        session_state.tell_once("La carte est débloquée. Son code secret n’a pas changé.")
