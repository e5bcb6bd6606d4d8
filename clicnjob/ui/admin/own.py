"""« Mon compte » of a professional: who one is here, and the ways to change how one comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import second_factor, structures, team
from clicnjob.accounts.presence import Present
from clicnjob.accounts.second_factor import Standing
from clicnjob.models import Account, Password, Role
from clicnjob.ui.admin import acting


@dataclass(frozen=True)
class Own:
    """What the page reads."""

    name: str
    login: str
    structure: str
    roles: dict[Role, date | None]
    standing: Standing


def read(me: Present) -> Own:
    """One's own account."""
    with db.reading() as session:
        account, password = session.get(Account, me.id), session.get(Password, me.id)
        assert account is not None
        return Own(
            name=f"{account.first_name} {account.last_name}".strip(),
            login=password.login if password else "",
            structure=structures.name_of(session, me.organisation_id),
            roles=team.held(session, me.id),
            standing=second_factor.standing(session, account),
        )


def account(shown: Own) -> None:
    """Who one is here."""
    acting.facts(
        {
            "Nom": shown.name,
            "Identifiant": shown.login or "aucun",
            "Structure": shown.structure,
            "Rôles": acting.roles_said(shown.roles, today=models.now().date()),
            "Double vérification": _said(shown.standing),
        }
    )


def changes(shown: Own) -> None:
    """The plain pages that ask for the password again."""
    if not shown.login:
        st.text("Vous entrez par le fournisseur d’identité. Votre mot de passe se change là-bas.")
        return
    factor = "Changer ma double vérification" if shown.standing.since else "Ajouter mon téléphone"
    st.html(
        '<p class="cj-links">'
        '<a class="cj-button quiet" href="/compte/mot-de-passe" target="_self">Changer de mot de passe</a> '
        f'<a class="cj-button quiet" href="/compte/double" target="_self">{factor}</a></p>'
    )


def _said(standing: Standing) -> str:
    if standing.since:
        left = standing.codes_left
        return f"active, {left} code{'s' if left > 1 else ''} de secours"
    return "obligatoire à la prochaine entrée" if standing.required else "pas active"
