"""The order of the page: each section with its items, to hide or to move up."""

from __future__ import annotations

import streamlit as st

from clicnjob.cv.document import compose
from clicnjob.cv.model.bag import Alter
from clicnjob.cv.model.profile import Cv, Profile, SectionKey
from clicnjob.ui.forms import asking
from clicnjob.ui.shell import open_work
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.cv import experience_order


def order_and_choice(now: Desk) -> None:
    """Draw each section with its items, to hide or to move up."""
    keys = [*compose.section_order(now.profile, now.cv)]
    for position, key in enumerate(keys):
        items = [item for item in compose.section_items(now.profile, key, now.cv) if item[1]]
        if not items:
            continue
        with st.expander(compose.TITLES[key], key=f"section-{key}"):
            _draw_move_buttons(f"section-{key}", first=position == 0, up=_section_up(key, keys))
            if key == "experiences":
                experience_order.draw_experience_orders(now)
            for place, (item_id, label) in enumerate(items):
                with st.container(key=f"cj-choice-{item_id}", horizontal=True, vertical_alignment="center"):
                    asking.ask_tick(
                        label, name=f"show-{item_id}", ticked=item_id not in now.cv.hidden, put=_put_shown(item_id)
                    )
                    _draw_move_buttons(f"item-{item_id}", first=place == 0, up=_item_up(now, key, item_id))


def _draw_move_buttons(name: str, *, first: bool, up: Alter) -> None:
    st.button(
        "Monter", icon=":material/arrow_upward:", key=f"up-{name}", disabled=first, on_click=_change_page, args=(up,)
    )


def _change_page(alter: Alter) -> None:
    open_work.change_cv(alter)


def _section_up(key: SectionKey, keys: list[SectionKey]) -> Alter:
    def alter(profile: Profile, cv: Cv) -> None:
        cv.section_order = _raised_key(keys, key)[:-1]  # the last one follows; so it is not taken for an order of ours

    return alter


def _item_up(now: Desk, section: SectionKey, item_id: str) -> Alter:
    ids = [each for each, _ in compose.section_items(now.profile, section, now.cv)]

    def alter(profile: Profile, cv: Cv) -> None:
        cv.order = [*(each for each in cv.order if each not in ids), *_raised_key(ids, item_id)]

    return alter


def _raised_key(keys: list, key: str) -> list:  # type: ignore[type-arg]
    position = keys.index(key)
    before = max(position - 1, 0)
    rest = [each for each in keys if each != key]
    return [*rest[:before], key, *rest[before:]]


def _put_shown(item_id: str) -> asking.Ticked:
    def put(profile: Profile, cv: Cv, shown: bool) -> None:
        others = [each for each in cv.hidden if each != item_id]
        cv.hidden = others if shown else [*others, item_id]

    return put
