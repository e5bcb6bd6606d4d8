"""The door of a live session, on the trainer's screen: its code, who waits, who was taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.ui.shell import layout
from clicnjob.ui.trainer import acting
from clicnjob.workshops import co_trainers
from clicnjob.workshops.live import codes, entrance, returning
from clicnjob.workshops.live.entrance import Entrance, PersonAtDoor


def draw_entrance(me: Present, workshop_id: str) -> None:
    """Draw the door: closed with one button, or open with the code and the waiting room."""
    try:
        with db.read_transaction() as session:
            shown = entrance.workshop_entrance(session, by=me, workshop_id=workshop_id, now=models.utc_now())
    except NotFound:  # the session has just ended
        return
    with st.container(key="cj-entrance", border=True):
        if not shown.open:
            st.text("La porte est fermée\u00a0: personne ne peut entrer avec le code.")
            st.button(
                "Ouvrir la porte", key="open-door", type="primary", icon=":material/door_open:",
                on_click=acting.act_on_session, args=(workshop_id, entrance.open_joining),
            )  # fmt: skip
        else:
            code = codes.shown_code(shown.code)
            st.html(
                f'<p class="cj-help">À taper dans « J’ai un code de séance »\u00a0:</p><p class="cj-door-code">{code}</p>'
            )
            st.button(
                "Fermer la porte", key="close-door", icon=":material/door_front:",
                on_click=acting.act_on_session, args=(workshop_id, entrance.close_joining),
            )  # fmt: skip
        _draw_waiting(me, workshop_id, shown)
        for one in shown.removed:
            back = partial(entrance.bring_back, participant_id=one.id)
            _draw_person(me, workshop_id, one, "Faire revenir", back)


def draw_co_trainers(me: Present, workshop_id: str) -> None:
    """Draw who else leads the session, and the colleagues who can be asked to."""
    with st.expander("Animer à plusieurs", icon=":material/group:", key="co-trainers"):
        try:
            with db.read_transaction() as session:
                found = co_trainers.possible_co_trainers(session, by=me, workshop_id=workshop_id, now=models.utc_now())
        except NotFound:
            return
        st.text("La personne choisie voit ce tableau et peut tout faire comme vous.")
        for one in found:
            if one.leads:
                st.text(f"{one.name} anime avec vous.")
            else:
                st.button(
                    f"Ajouter {layout.escape_markdown(one.name)}", key=f"co-{one.id}", icon=":material/person_add:",
                    on_click=acting.act_on_session,
                    args=(workshop_id, co_trainers.add_co_trainer), kwargs={"account_id": one.id},
                )  # fmt: skip
        if not found:
            st.text("Personne d’autre ne peut animer dans votre structure.")


def _draw_waiting(me: Present, workshop_id: str, shown: Entrance) -> None:
    waiting = shown.waiting
    if not waiting:
        return
    st.html(f'<p class="cj-about" role="status">{_count_in_words(len(waiting))}</p>')
    if len(waiting) > 1:
        st.button(
            "Faire entrer tout le monde", key="admit-all", type="primary", icon=":material/group_add:",
            on_click=acting.act_on_session, args=(workshop_id, entrance.admit_people),
        )  # fmt: skip
    if me.projected:
        st.text(
            "Les prénoms sont cachés, au cas où l’écran est projeté. Pour les lire\u00a0: « Montrer les noms », en haut."
        )
    with st.container(key="cj-door-people"):
        for one in waiting:
            _draw_person(me, workshop_id, one, "Faire entrer", partial(entrance.admit_people, participant_ids=[one.id]))
    if shown.absent and any(one.guest for one in waiting):
        _draw_giving_back(me, workshop_id, shown)


def _draw_giving_back(me: Present, workshop_id: str, shown: Entrance) -> None:
    """Draw « Rendre sa place »: the trainer knows by sight that who waits was in already, on a screen that is gone."""
    with st.expander("Cette personne était déjà là\u00a0?", icon=":material/undo:", key="give-back"):
        st.text("Son écran s’est éteint, ou elle a perdu son code. Rendez-lui sa place et son travail.")
        to = _choose_person(me, "Qui attend", [one for one in shown.waiting if one.guest], key="give-to", first=True)
        called = next((one.first_name for one in shown.waiting if one.id == to), "")
        same = [one for one in shown.absent if one.first_name.casefold() == called.casefold()]
        others = [one for one in shown.absent if one not in same]
        # A choice made for somebody else must not stay when the absent change: the wrong place would be opened.
        key = f"give-which-{to}-{same[0].id if same else ''}"
        which = _choose_person(me, "Sa place", [*same, *others], key=key, first=bool(same))
        st.button(
            "Rendre sa place", key="give-place", disabled=not which, icon=":material/undo:", on_click=acting.act_on_session,
            args=(workshop_id, returning.give_place_back),
            kwargs={"waiting_id": to, "participant_id": which,
                    "told": "Sa place l’attend 2 minutes. Un bouton est sur son écran."},
        )  # fmt: skip


def _choose_person(me: Present, label: str, offered: Sequence[PersonAtDoor], *, key: str, first: bool) -> str:
    """Return the id of the person chosen, '' for nobody; `first`: the first one is chosen to begin with."""
    called = names.names_in_group({one.id: one.first_name for one in offered}, projected=me.projected)
    return (
        st.selectbox(
            label,
            list(called),
            index=0 if first else None,
            format_func=lambda one: called.get(one, ""),
            key=key,
            placeholder="Choisissez",
        )
        or ""
    )


def _draw_person(me: Present, workshop_id: str, one: PersonAtDoor, words: str, act: Callable[..., object]) -> None:
    name = names.name_on_screen(one.first_name, "", projected=me.projected)
    with st.container(key=f"cj-line-door-{one.id}", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="cj-item">{escape(name)}{" · invité" if one.guest else ""}</p>', width="stretch")
        st.button(
            f"{words}\u00a0: {layout.escape_markdown(name)}",
            key=f"door-{one.id}",
            on_click=acting.act_on_session,
            args=(workshop_id, act),
        )


def _count_in_words(count: int) -> str:
    return "1 personne attend" if count == 1 else f"{count} personnes attendent"
