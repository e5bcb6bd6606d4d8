"""The professionals of a structure: invited by a link, roles with an end, lost passwords, closing; who may do it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from clicnjob import models, policy
from clicnjob.accounts import (
    card_holders,
    invitations,
    journal,
    outside,
    people,
    presence,
    roster,
    second_factor,
    staff,
    team,
)
from clicnjob.accounts.heads import OnlyAHead
from clicnjob.accounts.invitations import InvitationSpent
from clicnjob.accounts.names import EmptyName
from clicnjob.accounts.reauthentication import Proof
from clicnjob.accounts.roster import State
from clicnjob.accounts.staff import LoginTaken, RolesEnded, WrongPassword
from clicnjob.accounts.team import LastOne, MayNotGive, MayNotManageTeam, NoRole, PastEnd, UnknownMember
from clicnjob.models import STAFF_ROLES, Account, AuditEvent, Organisation, Password, Role, RoleHeld
from tests.conftest import count_queries, person
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = "quatre mots assez longs"
WITHOUT_END: dict[Role, date | None] = {Role.ADVISER: None}


def structure(session: Session, name: str) -> Organisation:
    made = Organisation(name=name)
    session.add(made)
    session.flush()
    return made


def able(session: Session, role: Role, organisation_id: str, *more: Role, **named: str) -> Account:
    """Somebody who can sign in."""
    made = person(session, role, organisation_id=organisation_id, **named)
    session.add(Password(account_id=made.id, login=made.id, hash="sealed"))
    session.add_all(RoleHeld(account_id=made.id, role=one) for one in more)
    session.flush()
    return made


def acting(session: Session, account: Account) -> presence.ActingPerson:
    return presence.acting_person(session, account.id, now=NOW)


def proof(by: Account) -> Proof:
    return Proof(by.id, NOW)


@pytest.fixture
def here(session: Session) -> Organisation:
    return structure(session, "Ici")


@pytest.fixture
def head(session: Session, here: Organisation) -> Account:
    return able(session, Role.HEAD, here.id, first_name="Inès", last_name="Petit")


@pytest.fixture
def admin(session: Session, here: Organisation) -> Account:
    return able(session, Role.ADMIN, here.id, first_name="Ali", last_name="Sow")


def invite(session: Session, by: Account, **other: object) -> tuple[Account, str]:
    named: dict[str, object] = {
        "organisation_id": by.organisation_id,
        "first_name": "Claire",
        "last_name": "Morvan",
        "roles": WITHOUT_END,
        "now": NOW,
    }
    return team.invite_professional(session, by=acting(session, by), **(named | other))  # type: ignore[arg-type]


def accept(session: Session, token: str, login: str = "claire", now: datetime = NOW) -> Account:
    return invitations.accept_invitation(session, token, login=login, sealed=staff.seal_password(GOOD), now=now)


def enter(session: Session, login: str, password: str = GOOD, now: datetime = NOW) -> Account:
    counted = staff.begin_try(session, login=login, now=now)
    if not counted.secret_fits(password):
        raise WrongPassword
    return staff.admit_professional(session, counted, now=now)


# --- invited by a link


def test_an_invited_professional_chooses_a_login_and_a_password(session: Session, head: Account) -> None:
    account, token = invite(session, head)
    shown = invitations.invitation_opening(session, token, now=NOW)
    assert (shown.first_name, shown.login, shown.structure) == ("Claire", "", "Ici")
    accept(session, token, login=" Claire.M ")
    assert enter(session, "claire.m").id == account.id
    assert acting(session, account).roles == {Role.ADVISER}


def test_a_link_serves_once(session: Session, head: Account) -> None:
    _account, token = invite(session, head)
    accept(session, token)
    for again in (
        lambda: invitations.invitation_opening(session, token, now=NOW),
        lambda: accept(session, token, "autre"),
    ):
        with pytest.raises(InvitationSpent):
            again()


def test_a_link_runs_out(session: Session, head: Account) -> None:
    _account, token = invite(session, head)
    late = NOW + policy.INVITATION_LASTS
    assert invitations.invitation_opening(session, token, now=late - timedelta(seconds=1))
    with pytest.raises(InvitationSpent):
        accept(session, token, now=late)


def test_a_new_link_voids_the_one_before(session: Session, head: Account) -> None:
    account, first = invite(session, head)
    second = team.new_link(session, by=acting(session, head), account_id=account.id, proof=proof(head), now=NOW)
    with pytest.raises(InvitationSpent):
        invitations.invitation_opening(session, first, now=NOW)
    assert accept(session, second).id == account.id


def test_a_link_can_be_taken_back(session: Session, head: Account) -> None:
    account, token = invite(session, head)
    team.revoke_link(session, by=acting(session, head), account_id=account.id, now=NOW)
    with pytest.raises(InvitationSpent):
        accept(session, token)


@for_each("token", ["", "x", "é", "\ud83d", "a" * 10_000, "' OR 1=1 --"])
def test_an_unknown_link_answers_like_a_used_one(session: Session, head: Account, token: str) -> None:
    with pytest.raises(InvitationSpent):
        invitations.invitation_opening(session, token, now=NOW)


def test_the_token_is_not_in_the_database(session: Session, head: Account) -> None:
    from clicnjob.models import Invitation

    _account, token = invite(session, head)
    kept = session.exec(select(Invitation)).one()
    assert token not in kept.model_dump_json()


def test_a_login_that_somebody_has_is_refused_and_the_link_still_serves(session: Session, head: Account) -> None:
    accept(session, invite(session, head)[1])
    _account, token = invite(session, head, first_name="Autre")
    with pytest.raises(LoginTaken):
        accept(session, token, login="CLAIRE")
    assert accept(session, token, login="autre")


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_an_invited_professional_has_a_name(session: Session, head: Account, name: str) -> None:
    with pytest.raises(EmptyName):
        invite(session, head, first_name=name)


def test_a_lost_password_is_replaced_by_a_link_and_every_sign_in_ends(session: Session, head: Account) -> None:
    account, token = invite(session, head)
    accept(session, token)
    cookie = presence.begin_sign_in(session, account=account, now=NOW)
    again = team.new_link(session, by=acting(session, head), account_id=account.id, proof=proof(head), now=NOW)
    assert presence.present_person(session, cookie, now=NOW) is None
    with pytest.raises(WrongPassword):
        enter(session, "claire")
    assert invitations.invitation_opening(session, again, now=NOW).login == "claire"
    accept(session, again, login="ignored")
    assert enter(session, "claire").id == account.id


# --- who may


def test_nobody_else_invites(session: Session, here: Organisation) -> None:
    for role in (Role.ADVISER, Role.TRAINER, Role.YOUNG):
        with pytest.raises(MayNotManageTeam):
            invite(session, able(session, role, here.id))


def test_a_head_manages_their_own_structure_only(session: Session, head: Account) -> None:
    there = structure(session, "Là-bas")
    stranger = able(session, Role.ADVISER, there.id)
    by = acting(session, head)
    with pytest.raises(MayNotManageTeam):
        invite(session, head, organisation_id=there.id)
    proved = {"proof": proof(head)}
    for act, more in (
        (team.new_link, proved),
        (team.forget_second_factor, proved),
        (team.close_account, {}),
        (team.revoke_link, {}),
        (team.reopen_account, {}),
    ):
        for account_id in (stranger.id, "unknown"):
            with pytest.raises(UnknownMember):
                act(session, by=by, account_id=account_id, now=NOW, **more)  # type: ignore[operator]
    with pytest.raises(UnknownMember):
        team.give_roles(session, by=by, account_id=stranger.id, roles=WITHOUT_END, now=NOW)


def test_an_administrator_manages_every_structure(session: Session, admin: Account) -> None:
    there = structure(session, "Là-bas")
    account, _token = invite(session, admin, organisation_id=there.id, roles={Role.HEAD: None})
    assert account.organisation_id == there.id


# --- a head is made by a head


def test_an_administrator_alone_makes_no_head(session: Session, head: Account, admin: Account) -> None:
    with pytest.raises(MayNotGive):
        invite(session, admin, roles={Role.HEAD: None})
    account, token = invite(session, admin)
    accept(session, token)
    for roles in ({Role.HEAD: None}, {Role.HEAD: date(2026, 12, 31), Role.ADVISER: None}):
        with pytest.raises(MayNotGive), session.begin_nested():
            team.give_roles(session, by=acting(session, admin), account_id=account.id, roles=roles, now=NOW)
    team.give_roles(session, by=acting(session, head), account_id=account.id, roles={Role.HEAD: None}, now=NOW)
    assert team.given_roles(session, account.id) == {Role.HEAD: None}


def test_an_administrator_alone_opens_no_head_s_account(session: Session, head: Account, admin: Account) -> None:
    other, token = invite(session, head, roles={Role.HEAD: None})
    accept(session, token)
    by, named = acting(session, admin), {"account_id": other.id, "now": NOW}
    team.close_account(session, by=acting(session, head), **named)  # type: ignore[arg-type]
    with pytest.raises(OnlyAHead):
        team.reopen_account(session, by=by, **named)  # type: ignore[arg-type]
    team.reopen_account(session, by=acting(session, head), **named)  # type: ignore[arg-type]
    for act in (team.new_link, team.forget_second_factor):
        with pytest.raises(OnlyAHead):
            act(session, by=by, proof=proof(admin), **named)  # type: ignore[arg-type]
        act(session, by=acting(session, head), proof=proof(head), **named)  # type: ignore[arg-type]


def test_the_link_of_an_invited_head_is_not_remade_by_an_administrator(
    session: Session, head: Account, admin: Account
) -> None:
    other, _token = invite(session, head, roles={Role.HEAD: None})
    with pytest.raises(OnlyAHead):
        team.new_link(session, by=acting(session, admin), account_id=other.id, proof=proof(admin), now=NOW)


def test_an_administrator_who_heads_one_structure_makes_no_head_of_another(session: Session, head: Account) -> None:
    there = structure(session, "Là-bas")
    able(session, Role.HEAD, there.id)
    session.add(RoleHeld(account_id=head.id, role=Role.ADMIN))
    session.flush()
    with pytest.raises(MayNotGive):
        invite(session, head, organisation_id=there.id, roles={Role.HEAD: None})


def test_the_first_head_of_a_new_structure_is_made_by_the_administrator_until_they_came(
    session: Session, admin: Account
) -> None:
    there = structure(session, "Là-bas")
    roles = {Role.HEAD: None}
    first, _lost = invite(session, admin, organisation_id=there.id, roles=roles)
    token = team.new_link(session, by=acting(session, admin), account_id=first.id, proof=proof(admin), now=NOW)
    accept(session, token)
    with pytest.raises(MayNotGive):
        invite(session, admin, organisation_id=there.id, roles=roles)
    with pytest.raises(OnlyAHead):
        team.new_link(session, by=acting(session, admin), account_id=first.id, proof=proof(admin), now=NOW)


def test_where_young_people_are_an_administrator_makes_no_first_head(session: Session, admin: Account) -> None:
    there = structure(session, "Là-bas")
    person(session, Role.YOUNG, organisation_id=there.id)
    with pytest.raises(MayNotGive):
        invite(session, admin, organisation_id=there.id, roles={Role.HEAD: None})


def test_a_head_does_not_touch_an_administrator(session: Session, head: Account, admin: Account) -> None:
    with pytest.raises(UnknownMember):
        team.new_link(session, by=acting(session, head), account_id=admin.id, proof=proof(head), now=NOW)
    with pytest.raises(MayNotGive):
        invite(session, head, roles={Role.ADMIN: None})


def test_a_young_person_is_no_member(session: Session, head: Account, here: Organisation) -> None:
    young = person(session, Role.YOUNG, organisation_id=here.id)
    with pytest.raises(UnknownMember):
        team.close_account(session, by=acting(session, head), account_id=young.id, now=NOW)


def test_the_roster_is_for_who_manages_it(session: Session, head: Account, here: Organisation) -> None:
    assert roster.team_members(session, of=acting(session, head), organisation_id=here.id, now=NOW)
    for role in (Role.ADVISER, Role.TRAINER):
        with pytest.raises(MayNotManageTeam):
            roster.team_members(
                session, of=acting(session, able(session, role, here.id)), organisation_id=here.id, now=NOW
            )


# --- roles with an end


def test_a_role_ends_after_its_last_day(session: Session, head: Account) -> None:
    account, token = invite(session, head, roles={Role.ADVISER: date(2026, 3, 31), Role.TRAINER: None})
    accept(session, token)
    for day, roles in ((31, {Role.ADVISER, Role.TRAINER}), (32, {Role.TRAINER})):
        at = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(days=day - 1)
        assert presence.acting_person(session, account.id, now=at).roles == roles


def test_changed_roles_end_every_sign_in_and_hold_at_the_next_one(session: Session, head: Account) -> None:
    account, token = invite(session, head)
    accept(session, token)
    cookie = presence.begin_sign_in(session, account=account, now=NOW)
    roles: dict[Role, date | None] = {Role.TRAINER: None}
    team.give_roles(session, by=acting(session, head), account_id=account.id, roles=roles, now=NOW)
    assert presence.present_person(session, cookie, now=NOW) is None
    found = presence.present_person(session, presence.begin_sign_in(session, account=account, now=NOW), now=NOW)
    assert found is not None and (found.role, found.roles) == (Role.TRAINER, {Role.TRAINER})


def test_who_leaves_a_role_of_their_own_stays_where_they_do_it(session: Session, head: Account, admin: Account) -> None:
    both: dict[Role, date | None] = {Role.HEAD: None, Role.TRAINER: None}
    team.give_roles(session, by=acting(session, admin), account_id=head.id, roles=both, now=NOW)
    here, elsewhere = (presence.begin_sign_in(session, account=head, now=NOW) for _ in range(2))
    me = presence.present_person(session, here, now=NOW)
    assert me is not None
    team.give_roles(session, by=me, account_id=head.id, roles={Role.HEAD: None}, now=NOW)
    assert presence.present_person(session, here, now=NOW) is not None
    assert presence.present_person(session, elsewhere, now=NOW) is None


def test_when_every_role_has_ended_one_is_out_and_told_so(session: Session, head: Account) -> None:
    account, token = invite(session, head, roles={Role.ADVISER: date(2026, 3, 3)})
    accept(session, token)
    cookie = presence.begin_sign_in(session, account=account, now=NOW)
    later = NOW + timedelta(days=2)
    assert presence.present_person(session, cookie, now=later) is None
    with pytest.raises(RolesEnded):
        enter(session, "claire", now=later)
    with pytest.raises(WrongPassword):
        enter(session, "claire", "mauvais mot de passe", now=later)


@pytest.mark.parametrize(
    ("roles", "refused"),
    [
        ({}, NoRole),
        ({Role.ADVISER: date(2026, 3, 1)}, PastEnd),
        ({Role.YOUNG: None}, MayNotGive),
        ({Role.GUEST: None}, MayNotGive),
    ],
)
def test_some_roles_cannot_be_given(
    session: Session, head: Account, roles: team.Roles, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        invite(session, head, roles=roles)


def test_one_does_not_give_oneself_a_role_but_may_leave_one(
    session: Session, head: Account, here: Organisation
) -> None:
    able(session, Role.HEAD, here.id)
    session.add(RoleHeld(account_id=head.id, role=Role.TRAINER))
    session.flush()
    by = acting(session, head)
    for more in (
        {Role.HEAD: None, Role.ADVISER: None},
        {Role.HEAD: None, Role.TRAINER: None, Role.ADVISER: date(2027, 1, 1)},
    ):
        with pytest.raises(MayNotGive):
            team.give_roles(session, by=by, account_id=head.id, roles=more, now=NOW)
    team.give_roles(session, by=by, account_id=head.id, roles={Role.HEAD: date(2026, 12, 31)}, now=NOW)
    assert team.given_roles(session, head.id) == {Role.HEAD: date(2026, 12, 31)}


@pytest.mark.parametrize("roles", [{Role.TRAINER: None}, {Role.TRAINER: None, Role.HEAD: date(2026, 12, 31)}])
def test_the_last_head_stays(session: Session, head: Account, admin: Account, roles: team.Roles) -> None:
    session.add(RoleHeld(account_id=head.id, role=Role.TRAINER))
    session.flush()
    for by in (acting(session, head), acting(session, admin)):
        with pytest.raises((LastOne, MayNotGive)), session.begin_nested():
            team.give_roles(session, by=by, account_id=head.id, roles=roles, now=NOW)


def test_the_last_head_and_the_last_administrator_are_not_closed(
    session: Session, head: Account, admin: Account
) -> None:
    for account in (head, admin):
        with pytest.raises(LastOne), session.begin_nested():
            team.close_account(session, by=acting(session, admin), account_id=account.id, now=NOW)


def test_somebody_invited_who_never_came_is_no_successor(session: Session, head: Account, admin: Account) -> None:
    _account, token = invite(session, head, roles={Role.HEAD: None})
    with pytest.raises(LastOne), session.begin_nested():
        team.close_account(session, by=acting(session, admin), account_id=head.id, now=NOW)
    accept(session, token)
    assert team.close_account(session, by=acting(session, admin), account_id=head.id, now=NOW) == 0


def test_in_a_structure_that_has_no_head_yet_one_can_be_closed(session: Session, admin: Account) -> None:
    there = structure(session, "Là-bas")
    one = able(session, Role.ADVISER, there.id)
    team.close_account(session, by=acting(session, admin), account_id=one.id, now=NOW)
    assert one.closed_at == NOW


def test_whom_an_adviser_followed_waits_for_another_when_they_become_a_trainer(session: Session, head: Account) -> None:
    account, token = invite(session, head)
    accept(session, token)
    young, _code = people.enrol_young(
        session, by=account, first_name="Moussa", last_name="Diarra", now=models.utc_now()
    )
    roles: team.Roles = {Role.ADVISER: None, Role.TRAINER: None}
    team.give_roles(session, by=acting(session, head), account_id=account.id, roles=roles, now=NOW)
    session.expire_all()
    assert young.adviser_id == account.id
    team.give_roles(session, by=acting(session, head), account_id=account.id, roles={Role.TRAINER: None}, now=NOW)
    session.expire_all()
    assert young.adviser_id is None


# --- closing


def test_closing_ends_sign_ins_and_links_and_frees_the_young_people(session: Session, head: Account) -> None:
    account, token = invite(session, head)
    accept(session, token)
    cookie = presence.begin_sign_in(session, account=account, now=NOW)
    young, _code = people.enrol_young(
        session, by=account, first_name="Moussa", last_name="Diarra", now=models.utc_now()
    )
    assert young.adviser_id == account.id
    link = team.new_link(session, by=acting(session, head), account_id=account.id, proof=proof(head), now=NOW)
    assert team.close_account(session, by=acting(session, head), account_id=account.id, now=NOW) == 1
    session.expire_all()
    assert presence.present_person(session, cookie, now=NOW) is None
    shown = card_holders.young_people(session, of=acting(session, head), now=NOW)
    assert [one.followed for one in shown] == [False]
    with pytest.raises(InvitationSpent):
        accept(session, link)
    with pytest.raises(WrongPassword):
        enter(session, "claire")


def test_an_account_can_be_opened_again(session: Session, head: Account) -> None:
    account, token = invite(session, head)
    accept(session, token)
    by = acting(session, head)
    team.close_account(session, by=by, account_id=account.id, now=NOW)
    team.reopen_account(session, by=by, account_id=account.id, now=NOW)
    assert enter(session, "claire").id == account.id


def test_a_lost_telephone_is_forgotten(session: Session, head: Account) -> None:
    import pyotp

    account, token = invite(session, head)
    accept(session, token)
    second_factor.begin_change(session, account=account, code="", now=NOW)
    phone = pyotp.parse_uri(second_factor.set_up_address(session, account=account, now=NOW))
    second_factor.confirm_change(session, account=account, code=phone.at(NOW), now=NOW)  # type: ignore[call-arg, arg-type]
    team.forget_second_factor(session, by=acting(session, head), account_id=account.id, proof=proof(head), now=NOW)
    assert second_factor.next_sign_in_step(session, account) is second_factor.SignInStep.NONE


def test_one_does_not_reset_oneself(session: Session, head: Account) -> None:
    by = acting(session, head)
    with pytest.raises(LastOne):
        team.new_link(session, by=by, account_id=head.id, proof=proof(head), now=NOW)
    with pytest.raises(UnknownMember):
        team.forget_second_factor(session, by=by, account_id=head.id, proof=proof(head), now=NOW)


# --- the list


def test_the_roster_says_who_can_come_in_and_since_when(
    session: Session, engine, head: Account, here: Organisation
) -> None:  # type: ignore[no-untyped-def]
    by = acting(session, head)
    invited, _ = invite(session, head, last_name="Invitée")
    ended, _ = invite(session, head, last_name="Partie", roles={Role.ADVISER: date(2026, 3, 2)})
    closed, _ = invite(session, head, last_name="Fermée")
    team.close_account(session, by=by, account_id=closed.id, now=NOW)
    session.commit()
    with count_queries(engine, 6):
        found = roster.team_members(session, of=by, organisation_id=here.id, now=NOW)
    assert [(one.id, one.state) for one in found] == [
        (invited.id, State.INVITED),
        (ended.id, State.INVITED),
        (head.id, State.ACTIVE),
        (closed.id, State.CLOSED),
    ]
    late = NOW + policy.INVITATION_LASTS
    states = {one.id: one.state for one in roster.team_members(session, of=by, organisation_id=here.id, now=late)}
    assert (states[invited.id], states[ended.id]) == (State.LINK_RUN_OUT, State.ENDED)


# --- the outside provider


def test_an_address_given_by_the_head_is_linked_at_the_first_coming(session: Session, head: Account) -> None:
    account, _token = invite(session, head, email="Claire.Morvan@Mission.example")
    named = {"issuer": "https://p", "now": NOW}
    came = outside.admit_outside_account(session, subject="s1", email="claire.morvan@mission.EXAMPLE", **named)
    assert came.id == account.id
    assert outside.admit_outside_account(session, subject="s1", email="other@x.example", **named).id == account.id
    for subject, email in (("s2", "claire.morvan@mission.example"), ("s3", "x@y.example"), ("", "x@y.example")):
        with pytest.raises(outside.UnknownOutside):
            outside.admit_outside_account(session, subject=subject, email=email, **named)
    with pytest.raises(outside.UnknownOutside):
        outside.admit_outside_account(session, issuer="https://q", subject="s1", email="", now=NOW)


def test_an_empty_address_from_the_provider_is_nobody(session: Session, head: Account) -> None:
    invite(session, head)
    with pytest.raises(outside.UnknownOutside):
        outside.admit_outside_account(session, issuer="https://p", subject="s", email="", now=NOW)


@for_each("email", ["claire", "a@b", "a@b.example\nBcc: x@y.z", "@", "a b@c.example"])
def test_what_is_no_address_is_refused(session: Session, head: Account, email: str) -> None:
    with pytest.raises(outside.BadAddress):
        invite(session, head, email=email)


def test_two_accounts_do_not_share_an_address(session: Session, head: Account) -> None:
    invite(session, head, email="a@b.example")
    with pytest.raises(outside.AddressTaken):
        invite(session, head, email="A@B.example")


def test_a_closed_account_does_not_come_in_from_outside(session: Session, head: Account) -> None:
    account, _token = invite(session, head, email="a@b.example")
    team.close_account(session, by=acting(session, head), account_id=account.id, now=NOW)
    with pytest.raises(outside.UnknownOutside):
        outside.admit_outside_account(session, issuer="i", subject="s", email="a@b.example", now=NOW)


# --- every act is written down


def test_every_act_on_somebody_is_in_the_log_with_its_sentence(session: Session, head: Account) -> None:
    by = acting(session, head)
    account, token = invite(session, head)
    accept(session, token)
    team.new_link(session, by=by, account_id=account.id, proof=proof(head), now=NOW)
    team.revoke_link(session, by=by, account_id=account.id, now=NOW)
    team.give_roles(session, by=by, account_id=account.id, roles={Role.TRAINER: None}, now=NOW)
    team.forget_second_factor(session, by=by, account_id=account.id, proof=proof(head), now=NOW)
    team.close_account(session, by=by, account_id=account.id, now=NOW)
    team.reopen_account(session, by=by, account_id=account.id, now=NOW)
    written = session.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
    assert [one.act for one in written] == [
        "professional invited", "password chosen", "password reset", "invitation revoked", "roles changed",
        "second factor reset", "account closed", "account reopened",
    ]  # fmt: skip
    assert {one.whom_id for one in written} == {account.id}
    assert all(one.act in journal.act_sentences() for one in written)


def test_staff_roles_are_the_ones_that_have_words() -> None:
    from clicnjob.ui.admin.acting import ROLES

    assert set(ROLES) == STAFF_ROLES


def test_closing_gives_back_whom_a_colleague_had_lent(session: Session, head: Account) -> None:
    from clicnjob.models import Handover, Progress

    account, _token = invite(session, head)
    young = person(session, Role.YOUNG, organisation_id=head.organisation_id or "")
    session.add(
        Progress(account_id=young.id, lent_to_id=account.id, lent_until=date(2026, 4, 1), enrolled_on=NOW.date())
    )
    session.add(Handover(account_id=young.id, by_id="x", to_id=account.id, until=date(2026, 4, 1)))
    session.flush()
    team.close_account(session, by=acting(session, head), account_id=account.id, now=NOW)
    session.expire_all()
    assert session.exec(select(Handover.ended_at)).one() == NOW
    assert session.exec(select(Progress.lent_to_id)).one() is None
