"""« Équipe »: the professionals of an organisation, and inviting one with a link that is shown once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models
from clicnjob.accounts import heads, roster, structures
from clicnjob.accounts import team as accounts
from clicnjob.accounts.permissions import may_manage_structures
from clicnjob.accounts.presence import Present
from clicnjob.accounts.roster import Member, State
from clicnjob.config import current_settings
from clicnjob.french import days
from clicnjob.models import Role
from clicnjob.ui.admin import acting, member
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, transactions

STATES = {
    State.ACTIVE: "Peut entrer",
    State.INVITED: "Lien donné, pas encore venu",
    State.LINK_RUN_OUT: "Lien périmé\u00a0: refaites-le",
    State.ENDED: "Accès terminé",
    State.CLOSED: "Compte fermé",
}

_FIRST, _LAST, _UNTIL, _EMAIL = "invite-first", "invite-last", "invite-until", "invite-email"


def chosen_structure(me: Present) -> str | None:
    """Return the organisation to show: the person's own, or the one chosen by an administrator of several."""
    if not may_manage_structures(me):
        return me.organisation_id
    with db.read_transaction() as session:
        names = {one.id: one.name for one in structures.all_structures(session, of=me)}
    if len(names) < 2:
        return me.organisation_id
    wanted = session_state.TEAM_STRUCTURE.get() or me.organisation_id
    position = list(names).index(wanted) if wanted in names else 0
    chosen = st.selectbox("Structure", list(names), index=position, format_func=names.__getitem__, key="team-place")
    session_state.TEAM_STRUCTURE.set(chosen)
    return chosen


def choose_place(organisation_id: str) -> None:
    """Show the team of this organisation."""
    session_state.TEAM_STRUCTURE.set(organisation_id)
    session_state.TEAM_STRUCTURE_BOX.clear()
    leave_member()


def draw_team(me: Present, organisation_id: str | None) -> None:
    """Draw the team, or the page of the chosen professional."""
    link_to_give()
    with db.read_transaction() as session:
        found = roster.team_members(session, of=me, organisation_id=organisation_id, now=models.utc_now())
        givable = heads.givable_roles(session, by=me, organisation_id=organisation_id)
    chosen = next((one for one in found if one.id == session_state.TEAM_MEMBER.get()), None)
    if chosen:
        st.button("Retour à l’équipe", key="team-back", icon=":material/arrow_back:", on_click=leave_member)
        advisers = _other_advisers(found, chosen)
        member.draw_member(me, chosen, STATES[chosen.state], givable=givable, give_link=keep_link, advisers=advisers)
        return
    draw_members(found)
    draw_invitation(organisation_id, givable)


def _other_advisers(found: tuple[Member, ...], leaving: Member) -> dict[str, str]:
    """Return the advisers who can follow people today, besides the one who leaves."""
    today = days.local_day(models.utc_now())
    return {
        one.id: layout.escape_markdown(f"{one.first_name} {one.last_name}".strip())
        for one in found
        if one.id != leaving.id and one.state is not State.CLOSED and Role.ADVISER in one.roles
        and ((until := one.roles[Role.ADVISER]) is None or until >= today)
    }  # fmt: skip


def draw_members(found: tuple[Member, ...]) -> None:
    """Draw one line for each professional: name, roles, state, and a button to their page."""
    today = days.local_day(models.utc_now())
    for one in found:
        name = f"{one.first_name} {one.last_name}".strip()
        with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
            with st.container(key=f"cj-who-{one.id}", gap=None):
                st.text(name)
                st.html('<p class="cj-help">' + escape(acting.roles_said(one.roles, today=today)) + "</p>")
            st.text(STATES[one.state])
            st.button(
                "Gérer",
                key=f"manage-{one.id}",
                help=None,
                icon=":material/tune:",
                on_click=_choose_member,
                args=(one.id,),
            )


def draw_invitation(organisation_id: str | None, givable: Collection[Role]) -> None:
    """Draw the form that creates an account."""
    with st.form("invite", enter_to_submit=False):
        st.header("Inviter un professionnel", anchor=False)
        text_boxes.draw_message("Prénom", key=_FIRST)
        text_boxes.draw_message("Nom", key=_LAST)
        st.html('<p class="cj-or">Que fera cette personne\u00a0?</p>')
        keys = {role: session_state.widget_key(f"invite-{role}") for role in acting.ROLES if role in givable}
        for role, key in keys.items():
            st.checkbox(acting.ROLES[role], key=key)
        text_boxes.draw_message("Jusqu’au (jj/mm/aaaa), vide si sans fin", key=_UNTIL)
        if current_settings().outside_sign_in:
            text_boxes.draw_message(f"Adresse e-mail pour {current_settings().oidc_name} (facultatif)", key=_EMAIL)
        st.form_submit_button(
            "Créer le lien d’invitation", type="primary", icon=":material/link:", key="invite-add",
            on_click=double_click.act_at_first_click,
            args=("invitation", (_FIRST, _LAST, _UNTIL, _EMAIL), _invite_member, organisation_id, keys),
        )  # fmt: skip


def link_to_give() -> None:
    """Show the link just created, once."""
    if not (kept := session_state.TEAM_LINK.take()):
        return
    name, token = kept
    chosen = current_settings()
    here = (chosen.public_url or f"http://localhost:{chosen.port}").rstrip("/")
    with st.container(key="cj-link", border=True):
        st.header(f"Lien pour {layout.escape_markdown(name)}", anchor=False)
        st.html(f'<p class="cj-address" role="status">{escape(f"{here}/invitation#{token}")}</p>')
        st.text("Copiez ce lien et donnez-le à cette personne, et à elle seule.")
        st.text("Il sert une fois, pendant 24 heures. Il n’est montré que maintenant.")


def keep_link(name: str, token: str) -> None:
    """Keep a new link for the next run, which shows it once."""
    session_state.TEAM_LINK.set((name, token))


def leave_member() -> None:
    """Return to the list of the team."""
    session_state.TEAM_MEMBER.clear()


def _choose_member(account_id: str) -> None:
    session_state.TEAM_MEMBER.set(account_id)


def _invite_member(organisation_id: str | None, keys: Mapping[Role, str]) -> None:
    boxes = (_FIRST, _LAST, _UNTIL, _EMAIL)
    first, last, until, email = (session_state.widget_value(key, str) or "" for key in boxes)
    chosen = [role for role, key in keys.items() if session_state.widget_value(key, bool)]

    def invite_member(session: Session, me: Present) -> str:
        last_day: date | None = acting.typed_day(until)
        _account, token = accounts.invite_professional(
            session,
            by=me,
            organisation_id=organisation_id,
            first_name=first,
            last_name=last,
            roles=dict.fromkeys(chosen, last_day),
            email=email,
            now=models.utc_now(),
        )
        return token

    if saved := transactions.run_action(invite_member):
        text_boxes.clear_messages(*boxes)
        session_state.renew_widgets()
        keep_link(f"{first} {last}".strip(), saved.result)
        session_state.tell_once("Le compte est créé. Donnez le lien ci-dessous.")
