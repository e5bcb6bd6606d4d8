"""Beside the board: who shares a computer, who sits alone again, and a proposal when there are fewer computers than people."""

from __future__ import annotations

import streamlit as st

from clicnjob import workshop_policy
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.trainer import acting
from clicnjob.workshops.live import seats
from clicnjob.workshops.live.board import Board
from clicnjob.workshops.live.seats import TooFewScreens

_PICKED = "seat-people"


def draw_seats(me: Present, shown: Board) -> None:
    """Draw the choice of people for one screen, the screens that are shared, and the proposal."""
    called = names.names_in_group(shown.first_names, projected=me.projected)
    if not called:
        st.text("Personne n’est encore entré.")
        return
    st.text("À deux ou trois par ordinateur, chacun son tour, chacun son travail.")
    key = session_state.widget_key(_PICKED)
    picked = st.pills(
        "Qui partage un ordinateur\u00a0?",
        list(called),
        selection_mode="multi",
        format_func=lambda one: layout.escape_markdown(called.get(one, "")),
        key=key,
    )
    st.button(
        "Asseoir ensemble", key="sit-together", icon=":material/group:", on_click=_sit_together, args=(shown, picked)
    )
    _draw_shared(shown, called)
    _draw_proposal(shown, called)


def _draw_shared(shown: Board, called: dict[str, str]) -> None:
    for tile in shown.tiles:
        if len(tile.people) < 2:
            continue
        st.header(f"Poste {tile.number}", anchor=False)
        with st.container(horizontal=True, gap="small"):
            for one in tile.people:
                st.button(
                    f"{layout.escape_markdown(called[one.id])} à part",
                    key=f"alone-{one.id}",
                    icon=":material/person:",
                    on_click=acting.act_on_session,
                    args=(shown.workshop_id, seats.sit_alone),
                    kwargs={"participant_id": one.id},
                )


def _draw_proposal(shown: Board, called: dict[str, str]) -> None:
    st.header("Moins d’ordinateurs que de jeunes", anchor=False)
    screens = st.number_input(
        "Combien d’ordinateurs\u00a0?",
        1,
        workshop_policy.WORKSHOP_PEOPLE,
        value=min(8, len(called)),
        key="seat-screens",
    )
    if screens >= len(called):
        st.text("Chacun a le sien.")
        return
    try:
        groups = seats.suggested_groups(
            list(called), screens=screens, apart=frozenset(frozenset(pair) for pair in shown.apart)
        )
    except TooFewScreens as refusal:
        st.text(refusal.sentence)
        return
    for group in groups:
        if len(group) > 1:
            st.text(" + ".join(called[one] for one in group))
    st.button(
        "Asseoir ainsi",
        key="sit-as-proposed",
        icon=":material/event_seat:",
        on_click=acting.act_on_session,
        args=(shown.workshop_id, seats.sit_in_groups),
        kwargs={"groups": groups, "told": "Chacun lit sur son écran avec qui il partage l’ordinateur."},
    )


def _sit_together(shown: Board, picked: list[str]) -> None:
    if len(picked) < 2:
        session_state.tell_once("Choisissez deux ou trois personnes.")
        return
    if acting.run_on_session(shown.workshop_id, seats.sit_together, participant_ids=picked):
        session_state.renew_widgets()
