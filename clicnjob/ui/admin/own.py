"""« Mon compte » of a professional: their account, password and second factor, and their sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import own_sign_ins, second_factor, structures, team
from clicnjob.accounts.own_sign_ins import OwnHistory, OwnSignIn
from clicnjob.accounts.presence import Present
from clicnjob.accounts.second_factor import SecondFactorState
from clicnjob.french import days
from clicnjob.models import Account, Password, Role
from clicnjob.ui.admin import acting
from clicnjob.ui.shell import session_state, transactions


@dataclass(frozen=True)
class OwnAccount:
    """What the page reads: the account, its second factor (`standing`), its open sign-ins and its recent events."""

    name: str
    login: str
    structure: str
    roles: dict[Role, date | None]
    standing: SecondFactorState
    sign_ins: tuple[OwnSignIn, ...]
    history: OwnHistory


def own_account(me: Present) -> OwnAccount:
    """Read the account of the person signed in."""
    with db.read_transaction() as session:
        account, password = session.get(Account, me.id), session.get(Password, me.id)
        assert account is not None
        return OwnAccount(
            name=f"{account.first_name} {account.last_name}".strip(),
            login=password.login if password else "",
            structure=structures.name_of(session, me.organisation_id),
            roles=team.given_roles(session, me.id),
            standing=second_factor.second_factor_state(session, account),
            sign_ins=own_sign_ins.own_sign_ins(session, of=me, sign_in_id=me.sign_in_id, now=models.utc_now()),
            history=own_sign_ins.own_history(session, of=me, sign_in_id=me.sign_in_id),
        )


def draw_account(shown: OwnAccount) -> None:
    """Draw the name, login, organisation, roles and second factor."""
    acting.draw_facts(
        {
            "Nom": shown.name,
            "Identifiant": shown.login or "aucun",
            "Structure": shown.structure,
            "Rôles": acting.roles_said(shown.roles, today=days.local_day(models.utc_now())),
            "Double vérification": _factor_in_words(shown.standing),
        }
    )


def draw_changes(shown: OwnAccount) -> None:
    """Link to the pages that change the password or the second factor, which ask for the password again."""
    links = {"/compte/mot-de-passe": "Changer de mot de passe"} if shown.standing.password else {}
    if shown.standing.since:
        links["/compte/double"] = "Changer ma double vérification"
    elif shown.standing.password:
        links["/compte/double"] = "Ajouter mon téléphone"
    if not shown.standing.password:
        st.text("Vous entrez par le fournisseur d’identité. Votre mot de passe se change là-bas.")
    if links:
        made = " ".join(
            f'<a class="cj-button quiet" href="{address}" target="_self">{words}</a>'
            for address, words in links.items()
        )
        st.html(f'<p class="cj-links">{made}</p>')


def sign_ins(shown: OwnAccount) -> None:
    """Draw the open sign-ins; all but the current one have a button that ends them."""
    st.header("Mes connexions", anchor=False)
    for one in shown.sign_ins:
        with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
            with st.container(key=f"cj-who-{one.id}", gap=None):
                st.text(f"{_device_name(one)} (celui-ci)" if one.here else _device_name(one))
                since, seen = _instant_in_words(one.started_at), _instant_in_words(one.seen_at)
                st.html(f'<p class="cj-help">Depuis {since}. Dernier geste {seen}.</p>')
            if not one.here:
                st.button(
                    "Fermer", key=f"end-{one.id}", icon=":material/logout:", on_click=_end_sign_in, args=(one.id,)
                )
    if len(shown.sign_ins) > 1:
        st.button("Fermer partout ailleurs", key="end-others", icon=":material/block:", on_click=_end_others)


def draw_history(shown: OwnAccount) -> None:
    """Draw the failed attempts and the latest events of this account."""
    st.header("Dernières entrées", anchor=False)
    found = shown.history
    since = (
        f"depuis votre connexion d’avant, {_instant_in_words(found.since)}"
        if found.since
        else "depuis l’ouverture du compte"
    )
    if found.failures:
        count = f"{found.failures} essai{'s' if found.failures > 1 else ''} raté{'s' if found.failures > 1 else ''}"
        st.html(f'<p class="cj-warned" role="status">{count} {since}.</p>')
        st.text("Ce n’était pas vous\u00a0? Changez votre mot de passe, puis prévenez votre responsable.")
    else:
        st.text(f"Aucun essai raté {since}.")
    rows = "".join(
        f"<tr><td>{one.at.astimezone():%d/%m/%Y %H:%M}</td><td>{escape(one.said)}</td></tr>" for one in found.traces
    )
    head = '<thead><tr><th scope="col">Quand</th><th scope="col">Quoi</th></tr></thead>'
    st.html(f'<table class="cj-table">{head}<tbody>{rows}</tbody></table>')


def _device_name(one: OwnSignIn) -> str:
    """Name a device: « Firefox sur Windows »."""
    return f"{one.browser or 'Navigateur inconnu'} sur {one.computer or 'un appareil inconnu'}"


def _instant_in_words(at: datetime) -> str:
    """Format an instant in local time: « aujourd’hui à 09:12 », « le 28/11/2026 à 09:12 »."""
    here = at.astimezone()
    day = "aujourd’hui" if here.date() == models.utc_now().astimezone().date() else f"le {here:%d/%m/%Y}"
    return f"{day} à {here:%H:%M}"


def _end_sign_in(sign_in_id: str) -> None:
    if transactions.run_action(
        lambda session, me: own_sign_ins.end_own_sign_in(session, by=me, sign_in_id=sign_in_id, now=models.utc_now())
    ):
        session_state.tell_once("La connexion est fermée.")


def _end_others() -> None:
    if transactions.run_action(
        lambda session, me: own_sign_ins.end_other_sign_ins(
            session, by=me, sign_in_id=me.sign_in_id, now=models.utc_now()
        )
    ):
        session_state.tell_once(
            "Vos autres connexions sont fermées, et l’adresse de votre calendrier s’il y en avait une."
        )


def _factor_in_words(standing: SecondFactorState) -> str:
    if standing.since:
        left = standing.codes_left
        return f"active, {left} code{'s' if left > 1 else ''} de secours"
    return "obligatoire à la prochaine entrée" if standing.required else "pas active"
