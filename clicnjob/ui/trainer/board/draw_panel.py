"""Beside the board: draws of pairs and trios, again, and who is kept apart. Each learns their group on their own screen."""

from __future__ import annotations

import streamlit as st

from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.trainer import acting
from clicnjob.workshops.live import draws
from clicnjob.workshops.live.board import Board

_APART = ("apart-first", "apart-second")


def draw_groups(me: Present, shown: Board) -> None:
    """Draw the two buttons, the groups of the last draw, and the pairs that are kept apart."""
    called = names.names_in_group(shown.first_names, projected=me.projected)
    drawn = max((one.group_number for one in shown.people), default=0)
    st.text("Chacun lit sur son écran avec qui il travaille.")
    with st.container(horizontal=True, gap="small"):
        for size, words in ((draws.PAIR, "Par deux"), (draws.TRIO, "Par trois")):
            again = f"{words}, encore" if drawn else words
            st.button(
                again,
                key=f"draw-{size}",
                icon=":material/shuffle:",
                on_click=acting.act_on_session,
                args=(shown.workshop_id, draws.draw_people),
                kwargs={"size": size, "told": "Les groupes sont faits."},
            )
        if drawn:
            st.button(
                "Effacer",
                key="draw-none",
                type="tertiary",
                on_click=acting.act_on_session,
                args=(shown.workshop_id, draws.forget_draw),
            )
    for number in range(1, drawn + 1):
        together = [called[one.id] for one in shown.people if one.group_number == number]
        if together:
            st.text(f"Groupe {number}\u00a0: {', '.join(together)}")
    _draw_apart(shown, called)


def _draw_apart(shown: Board, called: dict[str, str]) -> None:
    st.header("Ne pas mettre ensemble", anchor=False)
    for first, second in shown.apart:
        if first in called and second in called:
            st.button(
                layout.escape_markdown(f"{called[first]} et {called[second]}"),
                key=f"together-{first}-{second}",
                icon=":material/close:",
                help="Enlever cette séparation",
                on_click=_set_apart,
                args=(shown, first, second, False),
            )
    if len(called) < 3:
        st.text("Il faut au moins trois personnes.")
        return
    keys = [session_state.widget_key(name) for name in _APART]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for key, label in zip(keys, ("Une personne", "Une autre"), strict=True):
            st.selectbox(
                label,
                list(called),
                index=None,
                format_func=lambda one: called.get(one, ""),
                key=key,
                placeholder="Prénom",
            )
        st.button("Séparer", key="set-apart", on_click=_separate_people, args=(shown, keys[0], keys[1]))


def _separate_people(shown: Board, first_key: str, second_key: str) -> None:
    first, second = (session_state.widget_value(key, str) or "" for key in (first_key, second_key))
    if not first or not second or first == second:
        session_state.tell_once("Choisissez deux personnes différentes.")
        return
    _set_apart(shown, first, second, True)
    session_state.renew_widgets()


def _set_apart(shown: Board, first: str, second: str, apart: bool) -> None:
    acting.act_on_session(shown.workshop_id, draws.keep_apart, participant_ids=(first, second), apart=apart)
