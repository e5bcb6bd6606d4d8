"""The latest imported lists: their cards, and cancelling an import."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.importing import cards_paper, enrolment, intake
from clicnjob.cohort.importing.cards_paper import CardGiven
from clicnjob.cohort.importing.enrolment import Import, UndoneImport
from clicnjob.french import days
from clicnjob.ui.adviser import import_tables as tables
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import download, proof


def draw_latest_imports(me: Present) -> None:
    """List the latest imports with their cards; an import can be cancelled for a day."""
    with db.read_transaction() as session:
        now = models.utc_now()
        found = enrolment.latest_imports(session, of=me, now=now)
        given = {one.id: cards_paper.cards_given(session, of=me, batch_id=one.id, now=now) for one in found}
    if found:
        st.header("Dernières listes", anchor=False)
        st.text("La carte d’un jeune déjà venu n’est jamais réimprimée.")
        st.text(
            "Le fichier des cartes ne se fait qu’une fois\u00a0: leurs numéros ne sont gardés nulle part, pour que personne "
            "ne les copie. Imprimez-le dès qu’il arrive."
        )
    for one in found:
        _draw_import(one, given[one.id])
        _draw_cancelling(me, one, given[one.id])


def _draw_import(one: Import, given: Sequence[CardGiven]) -> None:
    with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
        st.text(import_said(one))
        if given:
            words, icon = "Réimprimer les cartes", ":material/print:"
            st.button(words, key=f"again-{one.id}", icon=icon, on_click=_ask_again, args=(one.id,))
        else:
            download.download_button(
                "Imprimer les cartes",
                document="cards",
                work_id=intake.cards_key(one.id),
                icon=":material/print:",
            )
        if one.may_be_undone:
            st.button(
                "Annuler l’inscription",
                key=f"undo-{one.id}",
                icon=":material/undo:",
                on_click=_undo_import,
                args=(one.id,),
            )


def _draw_cancelling(me: Present, one: Import, given: Sequence[CardGiven]) -> None:
    """List the cards that reprinting would cancel, and ask for re-authentication before cancelling them."""
    if not given or session_state.CARDS_TO_CANCEL.get() != one.id:
        return
    with st.container(key="cj-cancel-cards", border=True):
        st.header(cancelled_said(len(given)), anchor=False)
        st.text(
            "Le premier fichier ne peut pas revenir\u00a0: il faut de nouveaux numéros. "
            "Ces jeunes ne sont pas encore venus. S’ils ont reçu leur carte, elle ne marchera plus."
        )
        tables.draw_table(
            "Les cartes à annuler", ("Prénom", "Nom"), [(card.first_name, card.last_name) for card in given]
        )
        proof.draw_proof_form(
            me, name="cards", button="Annuler ces cartes", icon=":material/block:", act=_cancel_cards, args=(one.id,)
        )
        st.button("Ne rien changer", key="cards-leave", type="tertiary", on_click=_ask_again, args=("",))


def cancelled_said(count: int) -> str:
    """Say how many cards would be cancelled."""
    return "1 carte donnée sera annulée" if count == 1 else f"{count} cartes données seront annulées"


def _ask_again(batch_id: str) -> None:
    session_state.CARDS_TO_CANCEL.set(batch_id)


def _cancel_cards(batch_id: str, typed: str) -> None:
    given = proof.given_proof(typed)
    if given is not None and transactions.run_action(
        lambda session, me: cards_paper.cancel_cards(
            session, by=me, batch_id=batch_id, proof=given, now=models.utc_now()
        )
    ):
        _ask_again("")
        session_state.tell_once("Les cartes sont annulées. Imprimez maintenant les nouvelles.")


def import_said(one: Import) -> str:
    """Say how many people were enrolled, and on which day in the server's time zone."""
    on = days.local_day(one.made_at) or one.made_at
    return f"{layout.count_of_people(one.people)}, le {on.day}/{on.month:02}/{on.year}"


def _undo_import(batch_id: str) -> None:
    saved = transactions.run_action(
        lambda session, me: enrolment.undo_import(session, batch_id, by=me, now=models.utc_now())
    )
    if saved:
        session_state.tell_once(undone_said(saved.result))


def undone_said(done: UndoneImport) -> str:
    """Say how many people were removed, and how many stay because they have signed in."""
    gone = f"C’est annulé pour {layout.count_of_people(done.gone)}." if done.gone else "Personne n’est retiré."
    stays = "déjà venu reste" if done.kept == 1 else "déjà venus restent"
    return f"{gone} {layout.count_of_people(done.kept)} {stays}." if done.kept else gone
