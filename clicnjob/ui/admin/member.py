"""The page of one professional: account, roles, lost password or telephone, closing the account."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

import streamlit as st
from sqlmodel import Session

from clicnjob import models, policy
from clicnjob.accounts import team
from clicnjob.accounts.presence import Present
from clicnjob.accounts.reauthentication import Proof
from clicnjob.accounts.roster import Member, State
from clicnjob.cohort.many import leaving
from clicnjob.models import Role
from clicnjob.ui.admin import acting
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, transactions
from clicnjob.ui.widgets import proof

GiveLink = Callable[[str, str], None]
_PHONE, _LINK = "phone", "link"
_NOBODY = ""


def draw_member(
    me: Present,
    one: Member,
    standing: str,
    *,
    givable: Collection[Role],
    give_link: GiveLink,
    advisers: Mapping[str, str],
) -> None:
    """Draw one account and the actions on it; a closed account can only be reopened.

    `advisers` are those to whom the people of somebody who leaves can go, id → name.
    """
    name = f"{one.first_name} {one.last_name}".strip()
    st.header(layout.escape_markdown(name), anchor=False)
    acting.draw_facts(_member_facts(one, standing))
    if one.state is State.CLOSED:
        st.button(
            "Rouvrir le compte",
            key="member-reopen",
            icon=":material/lock_open:",
            on_click=_reopen_account,
            args=(one.id,),
        )
        return
    _draw_roles(one, givable, advisers)
    if one.id == me.id:
        st.text("Pour votre mot de passe et votre téléphone, ouvrez « Mon compte ».")
        return
    _ways_in(one)
    _draw_confirmation(me, one, name, give_link)
    _draw_closing(one, name, advisers)


def _member_facts(one: Member, standing: str) -> dict[str, str]:
    followed = f"{one.follows} jeune{'s' if one.follows > 1 else ''}" if one.follows else "personne"
    return {
        "État": standing,
        "Identifiant": one.login or "pas encore choisi",
        "Dernière venue": f"{one.seen_at.astimezone():%d/%m/%Y}" if one.seen_at else "jamais",
        "Double vérification": "active" if one.second_factor else "pas active",
        "Suit": followed,
        **({"Lien valable jusqu’au": f"{one.link_until.astimezone():%d/%m/%Y à %H:%M}"} if one.link_until else {}),
    }


def _draw_roles(one: Member, givable: Collection[Role], advisers: Mapping[str, str]) -> None:
    with st.form("member-roles", enter_to_submit=False):
        st.subheader("Rôles", anchor=False)
        st.text("À droite, le dernier jour du rôle (31/12/2027). Laissez vide s’il n’a pas de fin.")
        offered = [role for role in acting.ROLES if role in one.roles or role in givable]
        for role in offered:
            words = acting.ROLES[role]
            had = one.roles.get(role)
            with st.container(key=f"cj-role-{role}", horizontal=True, vertical_alignment="center"):
                held_key, key = _role_keys(one.id, role)
                st.checkbox(words, value=role in one.roles, key=held_key)
                text_boxes.note_limit(key, policy.DATE_LENGTH)
                st.text_input(
                    f"{words} jusqu’au (jj/mm/aaaa)",
                    value=f"{had:%d/%m/%Y}" if had else "",
                    key=key,
                    max_chars=policy.DATE_LENGTH,
                    autocomplete="off",
                    label_visibility="collapsed",
                    placeholder="sans fin",
                )
        boxes = tuple(key for role in offered for key in _role_keys(one.id, role))
        heir_key = f"member-role-heir-{one.id}" if one.follows and Role.ADVISER in one.roles else ""
        if heir_key:
            asked = f"Si vous retirez «\u00a0conseiller\u00a0»\u00a0: à qui confier ses jeunes ({one.follows})\u00a0?"
            _draw_heir(asked, advisers, key=heir_key)
        st.form_submit_button(
            "Enregistrer les rôles", type="primary", key="member-save",
            on_click=double_click.act_at_first_click,
            args=("roles", boxes, _save_roles, one, offered, heir_key),
        )  # fmt: skip


def _role_keys(account_id: str, role: Role) -> tuple[str, str]:
    """Return the widget keys of a role: whether it is held, and its last day."""
    return f"role-{account_id}-{role}", f"until-{account_id}-{role}"


def _draw_heir(asked: str, advisers: Mapping[str, str], *, key: str) -> str | None:
    """Draw to whom the people of an adviser go; return '' when they wait, None while nothing is chosen."""
    offered = {**advisers, _NOBODY: "Personne pour l’instant\u00a0: ils attendent un conseiller"}
    to_id = st.selectbox(
        asked, list(offered), index=None, key=key, placeholder="Choisir", format_func=offered.__getitem__
    )
    st.text("Ses rendez-vous à venir passent dans l’agenda du collègue choisi. Chaque jeune reçoit un message.")
    return to_id


def _ways_in(one: Member) -> None:
    st.subheader("Entrer", anchor=False)
    with st.container(key="cj-ways-in", horizontal=True):
        words = "Mot de passe perdu" if one.state is State.ACTIVE else "Refaire le lien"
        st.button(words, key="member-link", icon=":material/link:", on_click=_ask_confirmation, args=(one.id, _LINK))
        if one.link_until:
            st.button(
                "Annuler le lien",
                key="member-revoke",
                icon=":material/link_off:",
                on_click=_revoke_link,
                args=(one.id,),
            )
        if one.second_factor:
            st.button(
                "Téléphone perdu",
                key="member-phone",
                icon=":material/phonelink_erase:",
                on_click=_ask_confirmation,
                args=(one.id, _PHONE),
            )
    if one.state is State.ACTIVE:
        st.text("« Mot de passe perdu » annule l’ancien et ferme ses connexions.")


def _draw_confirmation(me: Present, one: Member, name: str, give_link: GiveLink) -> None:
    """Draw the full name of the person whose access is reset, and ask for re-authentication."""
    account_id, what = session_state.MEMBER_CONFIRMATION.get()
    if account_id != one.id:
        return
    with st.container(key="cj-way-in", border=True):
        words = "Nouveau lien pour" if what == _LINK else "Oublier le téléphone de"
        st.header(f"{words} {layout.escape_markdown(name)}", anchor=False)
        proof.draw_proof_form(
            me, name="way-in", button="Confirmer", icon=":material/verified_user:", act=_do_confirmed,
            args=(one.id, name, what, give_link),
        )  # fmt: skip
        st.button("Ne rien changer", key="way-in-leave", type="tertiary", on_click=_ask_confirmation, args=("", ""))


def _draw_closing(one: Member, name: str, advisers: Mapping[str, str]) -> None:
    with st.expander("Fermer ce compte", key="member-closing", on_change="rerun"):
        st.text(f"{name} ne pourra plus entrer.")
        to_id: str | None = _NOBODY
        if one.follows:
            to_id = _draw_heir(
                f"À qui confier ses jeunes ({one.follows})\u00a0?", advisers, key=f"member-heir-{one.id}"
            )
        st.button(
            "Oui, fermer le compte",
            key="member-close",
            icon=":material/block:",
            disabled=to_id is None,
            on_click=_close_account,
            args=(one.id, to_id or _NOBODY, one.follows),
        )


def _save_roles(one: Member, offered: list[Role], heir_key: str) -> None:
    today, keys = date.today(), {role: _role_keys(one.id, role) for role in offered}
    typed = {
        role: session_state.widget_value(until, str) or ""
        for role, (held, until) in keys.items()
        if session_state.widget_value(held, bool)
    }
    to_id = session_state.widget_value(heir_key, str) if heir_key else _NOBODY

    def save_roles(session: Session, me: Present) -> None:
        roles: dict[Role, date | None] = {role: acting.typed_day(until) for role, until in typed.items()}
        leaving.change_roles(
            session, by=me, account_id=one.id, roles=roles, to_id=to_id, follows=one.follows, today=today,
            now=models.utc_now(),
        )  # fmt: skip

    if transactions.run_action(save_roles):
        session_state.tell_once("C’est enregistré. Le changement vaut tout de suite, et ferme les autres connexions.")


def _ask_confirmation(account_id: str, what: str) -> None:
    session_state.MEMBER_CONFIRMATION.set((account_id, what))


def _do_confirmed(account_id: str, name: str, what: str, give_link: GiveLink, typed: str) -> None:
    given = proof.given_proof(typed)
    if given is not None:
        _ask_confirmation("", "")
        if what == _LINK:
            _new_link(account_id, name, given, give_link)
        else:
            _forget_phone(account_id, given)


def _new_link(account_id: str, name: str, given: Proof, give_link: GiveLink) -> None:
    saved = transactions.run_action(
        lambda session, me: team.new_link(session, by=me, account_id=account_id, proof=given, now=models.utc_now())
    )
    if saved:
        give_link(name, saved.result)


def _revoke_link(account_id: str) -> None:
    transactions.run_action(
        lambda session, me: team.revoke_link(session, by=me, account_id=account_id, now=models.utc_now())
    )


def _forget_phone(account_id: str, given: Proof) -> None:
    if transactions.run_action(
        lambda session, me: team.forget_second_factor(
            session, by=me, account_id=account_id, proof=given, now=models.utc_now()
        )
    ):
        session_state.tell_once(
            "C’est fait. Cette personne donnera son mot de passe, puis pourra ajouter un téléphone."
        )


def _close_account(account_id: str, to_id: str, follows: int) -> None:
    today = date.today()
    saved = transactions.run_action(
        lambda session, me: leaving.close_adviser_account(
            session, by=me, account_id=account_id, to_id=to_id, follows=follows, today=today, now=models.utc_now()
        )
    )
    if saved:
        session_state.tell_once(f"Le compte est fermé. Jeunes sans conseiller maintenant\u00a0: {saved.result}.")


def _reopen_account(account_id: str) -> None:
    transactions.run_action(
        lambda session, me: team.reopen_account(session, by=me, account_id=account_id, now=models.utc_now())
    )
