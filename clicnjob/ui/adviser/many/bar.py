"""The bar above the table when people are ticked or a list is open: how many, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from clicnjob import models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.many import last_act
from clicnjob.cohort.progress import overview
from clicnjob.cohort.support import lists
from clicnjob.errors import Refusal
from clicnjob.ui.adviser.cohort import filters
from clicnjob.ui.adviser.cohort.page import Cohort
from clicnjob.ui.adviser.many import handover_panel, meeting_panel, papers_panel, ticks, words_panels
from clicnjob.ui.shell import layout, session_state, transactions

# What can be done: the label of the button, its icon, and what draws its panel.
ACTS: dict[str, tuple[str, str, Callable[[Present, Cohort], None]]] = {
    "message": ("Message", "mail", words_panels.draw_message),
    "step": ("Étape", "flag", words_panels.draw_step),
    "appointment": ("Rendez-vous", "event", meeting_panel.draw_appointment),
    "list": ("Liste", "playlist_add", words_panels.draw_list),
    "handover": ("Confier", "swap_horiz", handover_panel.draw_handover),
    "papers": ("Imprimer", "print", papers_panel.draw_papers),
}

_PAGE = "Vous pouvez annuler tant que la page n’est pas rechargée."  # the act is remembered by the tab alone
_DAY = "Vous pouvez annuler pendant 24 heures, ici ou en bas de la page."


def draw_bar(shown: Cohort) -> None:
    """Draw the undo of the last act, and the bar with the open panel while somebody is ticked.

    While nobody is, the bar of an open list acts on all its people: an act ticks them first, so that there is one way.
    """
    _draw_undo()
    list_id = filters.chosen_filters().list_id
    card = next((one for one in shown.page.lists if one.id == list_id and one.people), None)
    if ticks.ticked_ids():
        with st.container(key="cj-many", border=True):
            _draw_count(shown)
            opened = session_state.MANY_ACT.get()
            _draw_choices(opened, _open_panel)
            if opened in ACTS:
                with st.container(key="cj-many-panel"):
                    _draw_panel(shown, opened)
    elif card:
        with st.container(key="cj-many", border=True):
            with st.container(key="cj-many-count", horizontal=True, vertical_alignment="center"):
                people = layout.count_of_people(card.people)
                st.html(f"<p><strong>Toute la liste «\u00a0{escape(card.name)}\u00a0»</strong>\u00a0: {people}</p>")
            _draw_choices("", lambda key: _open_panel_on_list(list_id, key))


def _draw_count(shown: Cohort) -> None:
    count = len(ticks.ticked_ids())
    with st.container(key="cj-many-count", horizontal=True, vertical_alignment="center"):
        words = f"{layout.count_of_people(count)} coché{'s' if count > 1 else ''}"
        hidden = len(ticks.ticked_ids() - {row.id for row in shown.page.rows})
        beside = f", dont {hidden} hors de cette page" if hidden else ""
        st.html(f'<p role="status"><strong>{words}</strong>{beside}</p>', width="content")
        if shown.page.found > len(shown.page.rows):
            found = min(shown.page.found, policy.PEOPLE_AT_ONCE)
            st.button(f"Cocher les {found} trouvés", key="tick-found", type="tertiary", on_click=_tick_found)
        st.button("Tout décocher", key="tick-none", type="tertiary", on_click=ticks.clear_ticks)


def _draw_choices(opened: str, act: Callable[[str], None]) -> None:
    with st.container(key="cj-many-acts", horizontal=True, gap="small"):
        for key, (label, icon, _) in ACTS.items():
            st.button(
                label, key=f"many-{key}", icon=f":material/{icon}:", on_click=act, args=(key,),
                type="primary" if key == opened else "secondary",
            )  # fmt: skip


def _draw_panel(shown: Cohort, opened: str) -> None:
    """Draw the panel of an act; a refusal, for instance of a list deleted meanwhile, is said in its place."""
    try:
        ACTS[opened][2](shown.me, shown)
    except Refusal as refusal:
        st.warning(layout.escape_markdown(refusal.sentence), icon=":material/front_hand:")


def _draw_undo() -> None:
    act = session_state.LAST_ACT.get()
    if act is None or models.utc_now() - act.at > policy.UNDO_WITHIN:
        return
    said = {"message": "Message envoyé à", "step": "Étape proposée à", "appointment": "Rendez-vous proposé à",
            "list": "Mis dans la liste\u00a0:", "handover": "Confié\u00a0:"}[act.kind]  # fmt: skip
    with st.container(key="cj-last-act", horizontal=True, vertical_alignment="center"):
        how_long = _DAY if act.kind == "handover" else _PAGE
        st.html(f"<p>{said} {layout.count_of_people(act.people)}. {how_long}</p>", width="content")
        st.button("Annuler pour tous", key="last-act-undo", icon=":material/undo:", on_click=_undo_last_act)
        st.button("C’est bon", key="last-act-keep", type="tertiary", on_click=session_state.LAST_ACT.clear)


def _undo_last_act() -> None:
    act = session_state.LAST_ACT.get()
    if act is None:
        return
    saved = transactions.run_action(
        lambda session, me: last_act.undo_last_act(session, by=me, act=act, today=date.today(), now=models.utc_now())
    )
    if saved:
        session_state.LAST_ACT.clear()
        rest = act.people - saved.result
        session_state.tell_once(f"C’est annulé pour {layout.count_of_people(saved.result)}.")
        if rest:
            session_state.tell_once(f"Pour {layout.count_of_people(rest)}, c’est déjà lu, fait ou changé.")


def _tick_found() -> None:
    saved = transactions.run_action(
        lambda session, me: overview.found_people(
            session, adviser=me, today=date.today(), filters=filters.chosen_filters(), most=policy.PEOPLE_AT_ONCE
        )
    )
    if saved:
        ticks.tick_people(saved.result)


def _open_panel_on_list(list_id: str, key: str) -> None:
    """Tick the list as it is now, and open the panel of the act."""
    saved = transactions.run_action(
        lambda session, me: lists.list_members(session, of=me, list_id=list_id, today=date.today())
    )
    if saved:
        ticks.tick_people(saved.result)
        session_state.MANY_ACT.set(key)


def _open_panel(key: str) -> None:
    session_state.MANY_ACT.set("" if session_state.MANY_ACT.get() == key else key)
