"""Ways into somebody else's account: each asks for a proof, is bounded, names who may, and is told to who is concerned."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from sqlmodel import Session, col, select

from clicnjob import models, policy, workshop_policy
from clicnjob.accounts import (
    card_holders,
    cards,
    people,
    presence,
    reauthentication,
    remade_cards,
    second_factor,
    staff,
)
from clicnjob.accounts.console import Console
from clicnjob.accounts.people import NotAtSession
from clicnjob.accounts.reauthentication import Proof, ProofNeeded, ProofWay, SignInAgain
from clicnjob.accounts.staff import WrongPassword
from clicnjob.accounts.waits import TooManyTries
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, AuditEvent, Card, Password, Role
from clicnjob.workshops import attendance, lifecycle
from tests import access_table
from tests.access_world import OWN, ROLES, SAME, Case, World
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
PASSWORD = "quatre mots assez longs"
PIN = "482915"

# What makes a number or a link without a proof: nobody's account is taken by it.
WITHOUT_PROOF = {
    "accounts.people.enrol_young": "The first card of somebody who was not here: there is nothing to read yet.",
    "accounts.team.invite_professional": "The first link of a new account.",
    "cohort.importing.enrolment.enrol_person": "The same, with a telephone number.",
    "cohort.importing.cards_paper.printed_cards": "Only for who never came and holds no card that works.",
}


# --- the kind: every function that gives a number or a link


def test_whatever_gives_a_way_in_takes_a_proof_or_has_a_reason() -> None:
    """Read from the code: who calls what makes a card, makes a link, or takes a second factor away."""
    makers = (
        "cards.issue_card(",
        "accounts.enrol_young(",
        "invitations.make_invitation(",
        "second_factor.forget_second_factor(",
        "[_card_data(session",
    )
    found = {
        name
        for name in access_table.functions()
        if any(maker in inspect.getsource(_function(name)) for maker in makers)
        and not name.endswith((".issue_card", ".make_invitation"))
    }
    without = {name for name in found if "proof" not in access_table.functions()[name].parameters}
    assert without == set(WITHOUT_PROOF)
    assert {"accounts.people.renew_card", "accounts.team.new_link", "accounts.team.forget_second_factor"} <= found


@dataclass(frozen=True, slots=True)
class Unproved(Case):
    """The same case, whose actor brings this instead of a proof."""

    brought: Proof | None = None

    @property
    def proof(self) -> Any:
        """What they bring."""
        return self.brought


@pytest.mark.parametrize("brought", ["nothing", "a colleague’s", "an old one", "one of tomorrow"])
def test_without_a_proof_of_now_and_of_oneself_nothing_is_given(brought: str) -> None:
    world = World()
    asking = [name for name, how in access_table.functions().items() if "proof" in how.parameters]
    asking = [name for name in asking if name in access_table.ON_SOMEBODY]
    assert len(asking) >= 4
    for name in asking:
        refused = [role for role in ROLES for relation in (OWN, SAME) if _refused(world, name, role, relation, brought)]
        assert refused, name
        assert "let" not in refused, (name, refused)


def _refused(world: World, name: str, role: str, relation: str, brought: str) -> str:
    """« needed », « let » or '' (refused for another reason)."""
    with world.case(role, relation) as case:
        given = {
            "nothing": None,
            "a colleague’s": Proof(world.colleague, NOW),
            "an old one": Proof(case.me.id, NOW - policy.PROOF_LASTS - timedelta(seconds=1)),
            "one of tomorrow": Proof(case.me.id, NOW + timedelta(days=1)),
        }[brought]
        try:
            access_table.ON_SOMEBODY[name](Unproved(case.world, case.session, case.me, case.it, given))
        except ProofNeeded:
            return "needed"
        except Refusal:
            return ""
        return "let"


def _function(name: str) -> Any:
    module, _, one = name.rpartition(".")
    return getattr(inspect.importlib.import_module(f"clicnjob.{module}"), one)  # type: ignore[attr-defined]


# --- proving who one is


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def given_password(session: Session, whom: Account) -> None:
    session.add(Password(account_id=whom.id, login=whom.id, hash=staff.seal_password(PASSWORD)))
    session.flush()


_MANY = 50  # more tries than anybody may make at once


def with_telephone(session: Session, whom: Account) -> pyotp.TOTP:
    """Turn the second factor on, some minutes ago."""
    at = NOW - timedelta(minutes=5)
    second_factor.begin_change(session, account=whom, code="", now=at)
    phone = pyotp.parse_uri(second_factor.set_up_address(session, account=whom, now=at))
    second_factor.confirm_change(session, account=whom, code=phone.at(at), now=at)  # type: ignore[call-arg, arg-type]
    return phone  # type: ignore[return-value]


def test_the_password_proves_where_there_is_no_telephone(here: Place) -> None:
    given_password(here.session, here.claire)
    assert reauthentication.proof_way(here.session, of=here.claire) is ProofWay.PASSWORD
    attempt = staff.begin_own_try(here.session, account_id=here.claire.id, now=NOW)
    assert attempt.secret_fits(PASSWORD)
    proof = reauthentication.prove_by_password(here.session, of=here.claire, attempt=attempt, now=NOW)
    assert proof == Proof(here.claire.id, NOW)


def test_the_telephone_proves_and_the_password_no_longer_does(here: Place) -> None:
    given_password(here.session, here.claire)
    phone = with_telephone(here.session, here.claire)
    assert reauthentication.proof_way(here.session, of=here.claire) is ProofWay.CODE
    attempt = staff.begin_own_try(here.session, account_id=here.claire.id, now=NOW)
    with pytest.raises(ProofNeeded):
        reauthentication.prove_by_password(here.session, of=here.claire, attempt=attempt, now=NOW)
    code = phone.at(NOW)
    assert reauthentication.prove_by_code(here.session, of=here.claire, code=code, now=NOW) == Proof(
        here.claire.id, NOW
    )
    assert reauthentication.prove_by_code(here.session, of=here.claire, code=code, now=NOW) is None  # none serves twice


def test_somebody_else_s_try_proves_nothing(here: Place) -> None:
    for one in (here.claire, here.karim):
        given_password(here.session, one)
    attempt = staff.begin_own_try(here.session, account_id=here.karim.id, now=NOW)
    with pytest.raises(ProofNeeded):
        reauthentication.prove_by_password(here.session, of=here.claire, attempt=attempt, now=NOW)


@pytest.mark.parametrize("way", ["code", "password"])
def test_wrong_tries_are_bounded(here: Place, way: str) -> None:
    given_password(here.session, here.claire)
    if way == "code":
        with_telephone(here.session, here.claire)
    with pytest.raises(TooManyTries):
        for _ in range(_MANY):
            if way == "code":
                reauthentication.prove_by_code(here.session, of=here.claire, code="000000", now=NOW)
            else:
                staff.begin_own_try(here.session, account_id=here.claire.id, now=NOW)


def test_who_comes_through_a_provider_signs_in_again(here: Place) -> None:
    token = presence.begin_sign_in(here.session, account=here.claire, now=NOW)
    at = NOW + policy.FRESH_SIGN_IN
    there = presence.recognised_person(here.session, token, now=at)
    assert there is not None
    assert reauthentication.prove_by_sign_in(here.session, of=there, now=at) == Proof(here.claire.id, at)
    with pytest.raises(SignInAgain):
        reauthentication.prove_by_sign_in(here.session, of=there, now=at + timedelta(seconds=1))
    given_password(here.session, here.claire)
    with pytest.raises(ProofNeeded):
        reauthentication.prove_by_sign_in(here.session, of=there, now=at)


def test_a_password_that_was_taken_away_proves_nothing(here: Place) -> None:
    given_password(here.session, here.claire)
    attempt = staff.begin_own_try(here.session, account_id=here.claire.id, now=NOW)
    here.session.get_one(Password, here.claire.id).hash = staff.seal_password("un autre mot bien long")
    with pytest.raises(WrongPassword):
        reauthentication.prove_by_password(here.session, of=here.claire, attempt=attempt, now=NOW)


def test_the_console_of_the_server_needs_none(here: Place) -> None:
    zoe = here.young()
    by = Console(here.organisation_id)
    assert people.renew_card(here.session, by=by, account_id=zoe.id, proof=None, now=NOW)


# --- a trainer, and who is there


def proof(by: Actor, at: datetime = NOW) -> Proof:
    return Proof(by.id, at)


def renewed(here: Place, whom: Account, by: Account, at: datetime = NOW) -> str:
    return people.renew_card(here.session, by=by, account_id=whom.id, proof=proof(by, at), now=at)


def test_a_trainer_makes_a_card_only_for_who_is_at_their_running_session(here: Place) -> None:
    zoe, other = here.young(), here.young("Ali")
    by = {"by": here.trainer}
    with pytest.raises(NotAtSession):
        renewed(here, zoe, here.trainer)
    running = lifecycle.begin_workshop(here.session, **by, kind="cv", now=NOW)  # type: ignore[arg-type]
    attendance.note_attendance(
        here.session, **by, workshop_id=running, account_id=zoe.id, today=TODAY, now=models.utc_now()
    )  # type: ignore[arg-type]
    assert renewed(here, zoe, here.trainer)
    with pytest.raises(NotAtSession):
        renewed(here, other, here.trainer)
    with pytest.raises(NotAtSession):
        people.unlock_card(here.session, by=here.trainer, account_id=other.id, now=NOW)
    with pytest.raises(NotAtSession):  # forgotten open, it is over
        renewed(here, zoe, here.trainer, NOW + workshop_policy.WORKSHOP_ENDS_AFTER)
    lifecycle.end_workshop(here.session, **by, workshop_id=running, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(NotAtSession):
        renewed(here, zoe, here.trainer)


def test_a_colleague_s_session_opens_nothing(here: Place) -> None:
    zoe = here.young()
    running = lifecycle.begin_workshop(here.session, by=here.karim, kind="cv", now=NOW)
    here.session.add(models.Attendance(workshop_id=running, account_id=zoe.id))
    here.session.flush()
    with pytest.raises(NotAtSession):
        renewed(here, zoe, here.trainer)


def test_the_list_says_for_whom_a_card_may_be_made(here: Place) -> None:
    zoe = here.young()
    here.young("Ali")
    running = lifecycle.begin_workshop(here.session, by=here.trainer, kind="cv", now=NOW)
    attendance.note_attendance(
        here.session, by=here.trainer, workshop_id=running, account_id=zoe.id, today=TODAY, now=models.utc_now()
    )
    shown = card_holders.young_people(here.session, of=here.trainer, now=NOW)
    assert {one.first_name for one in shown if one.renewable} == {"Zoé"}
    assert all(one.renewable for one in card_holders.young_people(here.session, of=here.claire, now=NOW))


def test_another_structure_is_not_told_from_an_unknown_person(here: Place) -> None:
    far = place(here.session, "Ailleurs").young()
    for account_id in (far.id, "unknown"):
        with pytest.raises(NotFound):
            people.renew_card(here.session, by=here.trainer, account_id=account_id, proof=proof(here.trainer), now=NOW)


# --- told to its owner and to the head


@pytest.fixture
def remade(here: Place) -> Iterator[tuple[Account, str]]:
    """Somebody who has a card, and the number of a new one that Claire made."""
    zoe = here.young()
    yield zoe, renewed(here, zoe, here.claire)


def told(here: Place, whom: Account, at: datetime = NOW) -> remade_cards.OwnRemadeCards | None:
    return remade_cards.own_remade_cards(here.session, of=whom, now=at)


def test_the_first_sign_in_with_a_remade_card_is_told_to_its_owner(here: Place, remade: tuple[Account, str]) -> None:
    zoe, code = remade
    assert told(here, zoe) is None
    cards.choose_pin(here.session, code=code, pin=PIN, now=NOW)
    found = told(here, zoe)
    assert found is not None
    assert (found.made, found.tell) == (((NOW, "Claire M."),), "Hélène R.")
    assert told(here, zoe, NOW + policy.REMADE_CARD_TOLD) is None


def test_a_card_that_somebody_else_used_in_between_is_told_with_the_next_one(
    here: Place, remade: tuple[Account, str]
) -> None:
    zoe, code = remade
    cards.choose_pin(here.session, code=code, pin=PIN, now=NOW)
    later = NOW + timedelta(days=40)
    mine = renewed(here, zoe, here.karim, later)
    cards.choose_pin(here.session, code=mine, pin=PIN, now=later)
    found = told(here, zoe, later)
    assert found is not None and [by for _, by in found.made] == ["Karim S.", "Claire M."]
    assert found.tell == "Hélène R."


def test_the_head_reads_it_in_a_list_and_in_the_journal(here: Place, remade: tuple[Account, str]) -> None:
    zoe, code = remade
    shown = remade_cards.remade_cards(here.session, of=here.head, now=NOW)
    assert [(one.first_name, one.by, one.used_at) for one in shown] == [("Zoé", "Claire M.", None)]
    cards.choose_pin(here.session, code=code, pin=PIN, now=NOW)
    assert remade_cards.remade_cards(here.session, of=here.head, now=NOW)[0].used_at == NOW
    acts = here.session.exec(select(AuditEvent.act).where(AuditEvent.whom_id == zoe.id).order_by(col(AuditEvent.id)))
    assert list(acts)[-2:] == ["card renewed", "remade card used"]


def test_the_first_card_of_somebody_is_no_remade_card(here: Place) -> None:
    moussa = here.newcomer("Moussa")
    code = renewed(here, moussa, here.claire)
    cards.choose_pin(here.session, code=code, pin=PIN, now=NOW)
    assert told(here, moussa) is None
    assert here.session.exec(select(Card.remade_by_id).where(Card.account_id == moussa.id)).all() == [None, None]


@for_each("role", [role for role in Role if role is not Role.HEAD])
def test_only_the_head_reads_the_list(session: Session, role: Role) -> None:
    with pytest.raises(remade_cards.MayNotReadCards):
        remade_cards.remade_cards(session, of=person(session, role), now=datetime(2026, 3, 16, tzinfo=UTC))
