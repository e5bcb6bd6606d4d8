"""« Ce qui me bloque »: first the pictures, then one obstacle at a time. Opening one stores nothing; keeping it does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from clicnjob import db, models, works
from clicnjob.accounts.presence import Present
from clicnjob.learn import obstacles
from clicnjob.learn.obstacles import Obstacle
from clicnjob.privacy import permissions, sharing
from clicnjob.ui.forms import choice_boxes
from clicnjob.ui.shell import navigation, read_aloud, session_state, transactions
from clicnjob.ui.young.obstacles import contacts, nearby, shared_switch
from clicnjob.ui.young.obstacles.nearby import Nearby


@dataclass(frozen=True)
class ObstaclesPage:
    """What the page reads: the keys kept and shared, whether there is somebody to share with, and the open obstacle."""

    kept: tuple[str, ...]
    shared: tuple[str, ...]
    may_share: bool
    opened: Obstacle | None
    near: Nearby | None = None


def read_obstacles(me: Present) -> ObstaclesPage:
    """Read what the person keeps and shares."""
    opened = next((one for one in obstacles.known_obstacles() if one.cle == session_state.OBSTACLE.get()), None)
    with db.read_transaction() as session:
        kept = obstacles.own_obstacles(session, of=me)
        shared = sharing.shared_obstacles(session, of=me.id)
        near = nearby.read_nearby(session, me=me, one=opened) if opened else None
    return ObstaclesPage(kept, shared, permissions.may_share(me), opened, near)


def draw_pictures(page: ObstaclesPage) -> None:
    """Draw one tile for each obstacle; those that the person keeps have a tick."""
    st.text("Touche une image. Tu vois un premier pas, et à qui parler.")
    st.text("C’est à toi. Personne ne le voit, sauf si tu le montres.")
    tiles = [
        (one.cle, one.signe, f"✓ {one.titre}" if one.cle in page.kept else one.titre)
        for one in obstacles.known_obstacles()
    ]
    choice_boxes.draw_tiles(tiles, name="obstacles", choose=_open_obstacle)
    if page.kept:
        words = "✓\u00a0: tu l’as gardé." if len(page.kept) == 1 else f"✓\u00a0: tu en as gardé {len(page.kept)}."
        st.html(f'<p class="cj-help">{words}</p>')


def draw_obstacle(page: ObstaclesPage, one: Obstacle) -> None:
    """Draw one obstacle: a kind sentence, the first step, and whether to keep and to show it."""
    with st.container(key="cj-obstacle", border=True):
        with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="cj-picture-small" role="img" aria-label="{one.alt}">{one.signe}</p>', width="content")
            st.title(one.titre, anchor=False)
            read_aloud.read_region_button(".st-key-cj-obstacle", key=f"listen-{one.cle}")
        st.text(one.phrase)
        st.header("Un premier pas", anchor=False)
        st.text(one.geste)
        if one.suite and st.button(one.suite.libelle, key="obstacle-next", type="primary"):
            st.switch_page(navigation.page_path(one.suite.page))
        if one.garde:
            _draw_keeping(page, one)
    st.header("À qui parler", anchor=False)
    contacts.draw_contacts(obstacles.contacts_of(one))
    if page.near:
        nearby.draw_nearby(page.near)


def draw_way_back() -> None:
    """Draw the button that shows the pictures again."""
    st.button(
        "Revenir aux images", key="obstacles-back", icon=":material/arrow_back:", on_click=session_state.OBSTACLE.clear
    )


def _draw_keeping(page: ObstaclesPage, one: Obstacle) -> None:
    kept = one.cle in page.kept
    choice_boxes.draw_tick(
        "Oui, ça me bloque. Je le garde.", name=f"keep-{one.cle}", ticked=kept, take=partial(_keep_obstacle, one.cle)
    )
    if kept and page.may_share:
        shared_switch.draw_switch(one, shown=one.cle in page.shared)


def _open_obstacle(key: str) -> None:
    session_state.OBSTACLE.set(key)


def _keep_obstacle(key: str, keep: bool) -> bool:
    operation = works.new_operation()
    saved = transactions.run_action(
        lambda session, me: sharing.keep_obstacle(
            session, by=me, key=key, keep=keep, operation=operation, now=models.utc_now()
        )
    )
    return saved is not None
