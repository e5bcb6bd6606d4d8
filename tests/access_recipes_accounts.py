"""How each function of accounts is called in the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from clicnjob.accounts import (
    heads,
    journal,
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
from clicnjob.models import Account, Role, SignIn
from tests.access_world import Case
from tests.cohort_people import NOW

Recipe = Callable[[Case], Any]
SOMEBODY = {"first_name": "Nour", "last_name": "Neuf"}
ROLES = {Role.ADVISER: None}

ON_SOMEBODY: dict[str, Recipe] = {
    "people.renew_card": lambda c: people.renew_card(c.there().session, **c.at, proof=c.proof),
    "people.unlock_card": lambda c: people.unlock_card(c.there().session, **c.at),
    "heads.givable_roles": lambda c: heads.givable_roles(c.session, by=c.me, organisation_id=c.it.organisation),
    "roster.roster": lambda c: roster.roster(c.session, of=c.me, organisation_id=c.it.organisation, now=NOW),
    "structure_settings.change": lambda c: structure_settings.change(
        c.session, structure_settings.Body(), by=c.me, organisation_id=c.it.organisation, base=0, now=NOW
    ),
    "structures.rename": lambda c: structures.rename(
        c.session, by=c.me, organisation_id=c.it.organisation, name="Nouveau", now=NOW
    ),
    "team.invite": lambda c: team.invite(
        c.session, by=c.me, organisation_id=c.it.organisation, **SOMEBODY, roles=ROLES, now=NOW
    ),
    "team.new_link": lambda c: team.new_link(c.session, **c.staff, proof=c.proof),
    "team.revoke_link": lambda c: team.revoke_link(c.session, **c.staff),
    "team.forget_second_factor": lambda c: team.forget_second_factor(c.session, **c.staff, proof=c.proof),
    "team.give_roles": lambda c: team.give_roles(c.session, **c.staff, roles={Role.TRAINER: None}),
    "team.close": lambda c: team.close(c.session, **c.staff),
    "team.reopen": lambda c: team.reopen(c.session, **c.staff),
    "team.member": lambda c: team.member(c.session, by=c.me, account_id=c.it.member),
}
ON_ONESELF: dict[str, Recipe] = {
    "journal.page": lambda c: journal.page(c.session, of=c.me),
    "journal.authors": lambda c: journal.authors(c.session, of=c.me),
    "own_sign_ins.own_sign_ins": lambda c: own_sign_ins.own_sign_ins(c.session, of=c.me, sign_in_id="", now=NOW),
    "own_sign_ins.own_history": lambda c: own_sign_ins.own_history(c.session, of=c.me, sign_in_id=""),
    "own_sign_ins.end_own_sign_in": lambda c: own_sign_ins.end_own_sign_in(
        c.session, by=c.me, sign_in_id=_own_sign_in(c), now=NOW
    ),
    "own_sign_ins.end_other_sign_ins": lambda c: own_sign_ins.end_other_sign_ins(
        c.session, by=c.me, sign_in_id="", now=NOW
    ),
    "reauthentication.proof_way": lambda c: reauthentication.proof_way(c.session, of=c.me),
    "remade_cards.own_remade_cards": lambda c: remade_cards.own_remade_cards(c.remade_card().session, of=c.me, now=NOW),
    "remade_cards.remade_cards": lambda c: remade_cards.remade_cards(c.session, of=c.me, now=NOW),
    "people.enrol_young": lambda c: people.enrol_young(c.session, by=c.me, **SOMEBODY, now=NOW),
    "people.young_people": lambda c: people.young_people(c.session, of=c.me, now=NOW),
    "staff.enrol_staff": lambda c: staff.enrol_staff(
        c.session, by=c.me, role=Role.ADVISER, **SOMEBODY, login="nour", password="quatre girafes dansent"
    ),
    "structures.structures": lambda c: structures.structures(c.session, of=c.me),
    "structures.create": lambda c: structures.create(c.session, by=c.me, name="Autre", now=NOW),
}
FILTERING = {"roster.roster", "heads.givable_roles", "remade_cards.own_remade_cards"}


def _own_sign_in(c: Case) -> str:
    """The id of a sign-in of the one who acts."""
    account = c.session.get(Account, c.me.id)
    assert account is not None
    presence.begin(c.session, account=account, now=NOW)
    return c.session.exec(select(SignIn.id).where(SignIn.account_id == c.me.id)).first() or ""
