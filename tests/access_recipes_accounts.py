"""How each function of accounts is called in the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from clicnjob.accounts import (
    card_holders,
    heads,
    journal,
    own_cards,
    own_sign_ins,
    people,
    presence,
    reauthentication,
    remade_cards,
    roster,
    staff,
    structure_settings,
    structures,
    team,
)
from clicnjob.accounts.own_cards import NewCard
from clicnjob.models import Account, Role, SignIn
from tests.access_world import Case
from tests.cohort_people import NOW

Recipe = Callable[[Case], Any]
SOMEBODY = {"first_name": "Nour", "last_name": "Neuf"}
ROLES = {Role.ADVISER: None}

ON_SOMEBODY: dict[str, Recipe] = {
    "accounts.people.renew_card": lambda c: people.renew_card(c.there().session, **c.at, proof=c.proof),
    "accounts.people.unlock_card": lambda c: people.unlock_card(c.there().session, **c.at),
    "accounts.heads.givable_roles": lambda c: heads.givable_roles(
        c.session, by=c.me, organisation_id=c.it.organisation
    ),
    "accounts.roster.team_members": lambda c: roster.team_members(
        c.session, of=c.me, organisation_id=c.it.organisation, now=NOW
    ),
    "accounts.structure_settings.change_settings": lambda c: structure_settings.change_settings(
        c.session, structure_settings.SettingsBody(), by=c.me, organisation_id=c.it.organisation, base=0, now=NOW
    ),
    "accounts.structures.rename_structure": lambda c: structures.rename_structure(
        c.session, by=c.me, organisation_id=c.it.organisation, name="Nouveau", now=NOW
    ),
    "accounts.team.invite_professional": lambda c: team.invite_professional(
        c.session, by=c.me, organisation_id=c.it.organisation, **SOMEBODY, roles=ROLES, now=NOW
    ),
    "accounts.team.new_link": lambda c: team.new_link(c.session, **c.staff, proof=c.proof),
    "accounts.team.revoke_link": lambda c: team.revoke_link(c.session, **c.staff),
    "accounts.team.forget_second_factor": lambda c: team.forget_second_factor(c.session, **c.staff, proof=c.proof),
    "accounts.team.give_roles": lambda c: team.give_roles(c.session, **c.staff, roles={Role.TRAINER: None}),
    "accounts.team.close_account": lambda c: team.close_account(c.session, **c.staff),
    "accounts.team.reopen_account": lambda c: team.reopen_account(c.session, **c.staff),
    "accounts.team.managed_member": lambda c: team.managed_member(c.session, by=c.me, account_id=c.it.member),
}
ON_ONESELF: dict[str, Recipe] = {
    "accounts.own_cards.keep_with_card": lambda c: own_cards.keep_with_card(
        c.session, by=c.me, card=NewCard("K7QM2XHP9DP", "x"), first_name="", last_name="", now=NOW
    ),
    "accounts.journal.journal_page": lambda c: journal.journal_page(c.session, of=c.me),
    "accounts.journal.journal_authors": lambda c: journal.journal_authors(c.session, of=c.me),
    "accounts.own_sign_ins.own_sign_ins": lambda c: own_sign_ins.own_sign_ins(
        c.session, of=c.me, sign_in_id="", now=NOW
    ),
    "accounts.own_sign_ins.own_history": lambda c: own_sign_ins.own_history(c.session, of=c.me, sign_in_id=""),
    "accounts.own_sign_ins.end_own_sign_in": lambda c: own_sign_ins.end_own_sign_in(
        c.session, by=c.me, sign_in_id=_own_sign_in(c), now=NOW
    ),
    "accounts.own_sign_ins.end_other_sign_ins": lambda c: own_sign_ins.end_other_sign_ins(
        c.session, by=c.me, sign_in_id="", now=NOW
    ),
    "accounts.reauthentication.proof_way": lambda c: reauthentication.proof_way(c.session, of=c.me),
    "accounts.remade_cards.own_remade_cards": lambda c: remade_cards.own_remade_cards(
        c.remade_card().session, of=c.me, now=NOW
    ),
    "accounts.remade_cards.remade_cards": lambda c: remade_cards.remade_cards(c.session, of=c.me, now=NOW),
    "accounts.people.enrol_young": lambda c: people.enrol_young(c.session, by=c.me, **SOMEBODY, now=NOW),
    "accounts.card_holders.card_holders": lambda c: card_holders.card_holders(
        c.session, of=c.me, search="", page=1, now=NOW
    ),
    "accounts.card_holders.young_people": lambda c: card_holders.young_people(c.session, of=c.me, now=NOW),
    "accounts.staff.enrol_staff": lambda c: staff.enrol_staff(
        c.session, by=c.me, role=Role.ADVISER, **SOMEBODY, login="nour", password="quatre girafes dansent"
    ),
    "accounts.structures.all_structures": lambda c: structures.all_structures(c.session, of=c.me),
    "accounts.structures.open_structure": lambda c: structures.open_structure(
        c.session, by=c.me, name="Autre", now=NOW
    ),
}
FILTERING = {"accounts.roster.team_members", "accounts.heads.givable_roles", "accounts.remade_cards.own_remade_cards"}


def _own_sign_in(c: Case) -> str:
    """The id of a sign-in of the one who acts."""
    account = c.session.get(Account, c.me.id)
    assert account is not None
    presence.begin_sign_in(c.session, account=account, now=NOW)
    return c.session.exec(select(SignIn.id).where(SignIn.account_id == c.me.id)).first() or ""
