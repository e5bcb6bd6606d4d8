"""« Conservation »: files due for erasure, and files frozen by the head."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import card_holders
from clicnjob.accounts.card_holders import YoungPerson
from clicnjob.accounts.presence import Present
from clicnjob.models import ErasureWhy, Role
from clicnjob.privacy.export.stored_work import full_day
from clicnjob.privacy.retention import freezing, rules
from clicnjob.privacy.retention.freezing import REASONS, FrozenFile
from clicnjob.privacy.retention.rules import UpcomingErasure
from clicnjob.ui.shell import double_click, layout, session_state, transactions

_WHY = {ErasureWhy.ASKED: "demandé par le jeune", ErasureWhy.IDLE: "24 mois sans contact"}

_WHOM, _REASON = "freeze-whom", "freeze-why"


@dataclass(frozen=True)
class RetentionLists:
    """What the page reads: planned erasures, frozen files, and the young people whose file can be frozen."""

    upcoming: tuple[UpcomingErasure, ...]
    frozen: tuple[FrozenFile, ...]
    people: tuple[YoungPerson, ...]


def retention_lists(me: Present) -> RetentionLists:
    """Read the lists; only a head gets those of freezing."""
    head = Role.HEAD in me.roles
    with db.read_transaction() as session:
        return RetentionLists(
            rules.upcoming_erasures(session, of=me),
            freezing.frozen_files(session, of=me) if head else (),
            card_holders.young_people(session, of=me, now=models.utc_now()) if head else (),
        )


def to_go(shown: RetentionLists) -> None:
    """List who will be erased, when and why. Only the young person can cancel an erasure that they asked for."""
    st.header(f"Effacements à venir\u00a0: {len(shown.upcoming)}", anchor=False)
    if not shown.upcoming:
        st.info("Aucun dossier ne s’efface bientôt.", icon=":material/check_circle:")
    for one in shown.upcoming:
        with st.container(key=f"cj-line-{one.account_id}"):
            st.text(f"{one.name} · le {full_day(one.due_at)} · {_WHY[one.why]}" + (" · gelé" if one.frozen else ""))


def frozen_files(shown: RetentionLists) -> None:
    """For the head, draw the frozen files and the form that freezes one."""
    st.header(f"Dossiers gelés\u00a0: {len(shown.frozen)}", anchor=False)
    for one in shown.frozen:
        with st.container(key=f"cj-line-{one.account_id}-frozen", horizontal=True, vertical_alignment="center"):
            words = REASONS.get(one.why, ("raison inconnue", ""))[0].lower()
            st.text(f"{one.name} · depuis le {full_day(one.since)} · {words}")
            st.button("Dégeler", key=f"unfreeze-{one.account_id}", on_click=_unfreeze_file, args=(one.account_id,))
    names = {one.id: f"{one.first_name} {one.last_name}" for one in shown.people}
    with st.form("freeze", enter_to_submit=False, clear_on_submit=True):
        st.text("Un dossier gelé ne s’efface plus. Le jeune le voit, avec la raison.")
        st.selectbox(
            "Jeune",
            list(names),
            index=None,
            format_func=lambda account_id: layout.escape_markdown(names[account_id]),
            key=_WHOM,
            placeholder="Choisissez un jeune",
        )
        st.selectbox(
            "Raison",
            list(REASONS),
            index=None,
            format_func=lambda code: REASONS[code][0],
            key=_REASON,
            placeholder="Choisissez une raison",
        )
        st.form_submit_button(
            "Geler ce dossier",
            icon=":material/ac_unit:",
            key="freeze-add",
            on_click=double_click.act_at_first_click,
            args=("freeze", (), _freeze_file),
        )


def _freeze_file() -> None:
    account_id, why = (session_state.widget_value(key, str) or "" for key in (_WHOM, _REASON))
    if not account_id:
        session_state.tell_once("Choisissez un jeune.")
    elif transactions.run_action(
        lambda session, me: freezing.freeze_file(session, by=me, account_id=account_id, why=why, now=models.utc_now())
    ):
        session_state.tell_once("Le dossier est gelé.")


def _unfreeze_file(account_id: str) -> None:
    if transactions.run_action(
        lambda session, me: freezing.unfreeze_file(session, by=me, account_id=account_id, now=models.utc_now())
    ):
        session_state.tell_once("Le dossier est dégelé.")
