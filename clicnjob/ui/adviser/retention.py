"""« Conservation »: files due for erasure, and files frozen by the head."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.accounts.people import YoungPerson
from clicnjob.accounts.presence import Present
from clicnjob.models import ErasureWhy, Role
from clicnjob.privacy.export.stored_work import day
from clicnjob.privacy.retention import freezing, rules
from clicnjob.privacy.retention.freezing import REASONS, Frozen
from clicnjob.privacy.retention.rules import Upcoming
from clicnjob.ui.shell import layout, open_work, session_state

_WHY = {ErasureWhy.ASKED: "demandé par le jeune", ErasureWhy.IDLE: "24 mois sans contact"}


@dataclass(frozen=True)
class Shown:
    """What the page reads: planned erasures, frozen files, and the young people whose file can be frozen."""

    upcoming: tuple[Upcoming, ...]
    frozen: tuple[Frozen, ...]
    people: tuple[YoungPerson, ...]


def read(me: Present) -> Shown:
    """Read the lists; only a head gets those of freezing."""
    head = Role.HEAD in me.roles
    with db.reading() as session:
        return Shown(
            rules.upcoming(session, of=me),
            freezing.frozen(session, of=me) if head else (),
            people.young_people(session, of=me) if head else (),
        )


def to_go(shown: Shown) -> None:
    """List who will be erased, when and why. Only the young person can cancel an erasure that they asked for."""
    st.header(f"Effacements à venir\u00a0: {len(shown.upcoming)}", anchor=False)
    if not shown.upcoming:
        st.info("Aucun dossier ne s’efface bientôt.", icon=":material/check_circle:")
    for one in shown.upcoming:
        with st.container(key=f"cj-line-{one.account_id}"):
            st.text(f"{one.name} · le {day(one.due_at)} · {_WHY[one.why]}" + (" · gelé" if one.frozen else ""))


def frozen_files(shown: Shown) -> None:
    """For the head, draw the frozen files and the form that freezes one."""
    st.header(f"Dossiers gelés\u00a0: {len(shown.frozen)}", anchor=False)
    for one in shown.frozen:
        with st.container(key=f"cj-line-{one.account_id}-frozen", horizontal=True, vertical_alignment="center"):
            words = REASONS.get(one.why, ("raison inconnue", ""))[0].lower()
            st.text(f"{one.name} · depuis le {day(one.since)} · {words}")
            st.button("Dégeler", key=f"unfreeze-{one.account_id}", on_click=_unfreeze, args=(one.account_id,))
    names = {one.id: f"{one.first_name} {one.last_name}" for one in shown.people}
    with st.form("freeze", enter_to_submit=False, clear_on_submit=True):
        st.text("Un dossier gelé ne s’efface plus. Le jeune le voit, avec la raison.")
        whom = st.selectbox(
            "Jeune",
            list(names),
            index=None,
            format_func=lambda account_id: layout.plain(names[account_id]),
            key="freeze-whom",
            placeholder="Choisissez un jeune",
        )
        why = st.selectbox(
            "Raison",
            list(REASONS),
            index=None,
            format_func=lambda code: REASONS[code][0],
            key="freeze-why",
            placeholder="Choisissez une raison",
        )
        if st.form_submit_button("Geler ce dossier", icon=":material/ac_unit:", key="freeze-add"):
            _freeze(whom or "", why or "")


def _freeze(account_id: str, why: str) -> None:
    if not account_id:
        session_state.tell("Choisissez un jeune.")
    elif open_work.act(
        lambda session, me: freezing.freeze(session, by=me, account_id=account_id, why=why, now=models.now())
    ):
        session_state.tell("Le dossier est gelé.")
    st.rerun()


def _unfreeze(account_id: str) -> None:
    if open_work.act(lambda session, me: freezing.unfreeze(session, by=me, account_id=account_id, now=models.now())):
        session_state.tell("Le dossier est dégelé.")
