"""The lists of an adviser: creating, opening and deleting them, and their members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from sqlmodel import Session

from clicnjob import policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.progress.overview import ListCard, only_filter
from clicnjob.cohort.support import lists
from clicnjob.ui.adviser.cohort import filters
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, transactions

_NAME = "new-list-name"


def draw_lists(cards: Sequence[ListCard]) -> None:
    """Draw the lists, each as a button that opens it, and the form that creates one."""
    unfolded = st.expander(f"Mes listes\u00a0: {len(cards)}", key="lists", icon=":material/group:", on_change="rerun")
    if not unfolded.open:
        return
    with unfolded:
        for card in cards:
            with st.container(key=f"cj-line-{card.id}", horizontal=True, vertical_alignment="center"):
                st.button(
                    f"{layout.escape_markdown(card.name)}\u00a0: {card.people}",
                    key=f"list-{card.id}",
                    on_click=_open_list,
                    args=(card.id,),
                )
                st.button(
                    "Supprimer la liste",
                    key=f"list-drop-{card.id}",
                    type="tertiary",
                    on_click=_drop_list,
                    args=(card.id,),
                )
        with st.form("new-list", enter_to_submit=True, border=False):
            text_boxes.draw_message("Nouvelle liste", key=_NAME, most=policy.LIST_NAME_LENGTH)
            st.form_submit_button(
                "Créer la liste",
                key="new-list-make",
                icon=":material/add:",
                on_click=double_click.act_at_first_click,
                args=("list", (_NAME,), _make_list),
            )


def of_person(account_id: str, cards: Sequence[tuple[str, str]], holding: frozenset[str]) -> None:
    """Draw a checkbox for each list of the adviser, ticked where this person is a member."""
    if not cards:
        st.text("Vous n’avez pas de liste. Créez-en une dans «\u00a0Mes jeunes\u00a0».")
    for list_id, name in cards:
        key = session_state.widget_key("in-list", list_id)
        st.checkbox(
            layout.escape_markdown(name),
            value=list_id in holding,
            key=key,
            on_change=_put_in_list,
            args=(account_id, list_id, key),
        )


def _open_list(list_id: str) -> None:
    filters.ask_for(only_filter(list_id=list_id))


def _make_list() -> None:
    name = session_state.widget_value(_NAME, str) or ""
    if transactions.run_action(lambda session, me: lists.make_list(session, by=me, name=name)):
        text_boxes.clear_messages(_NAME)
        session_state.tell_once("La liste est créée. Ajoutez-y des jeunes depuis leur fiche.")


def _drop_list(list_id: str) -> None:
    if transactions.run_action(lambda session, me: lists.remove_list(session, by=me, list_id=list_id)):
        if filters.chosen_filters().list_id == list_id:
            filters.ask_for(only_filter())
        session_state.tell_once("La liste est supprimée. Les jeunes restent.")


def _put_in_list(account_id: str, list_id: str, key: str) -> None:
    wanted, today = bool(session_state.widget_value(key, bool)), date.today()

    def put_people(session: Session, me: Present) -> None:
        if wanted:
            lists.add_to_list(session, by=me, list_id=list_id, account_ids=[account_id], today=today)
        else:
            lists.take_out(session, by=me, list_id=list_id, account_id=account_id)

    transactions.run_action(put_people)
