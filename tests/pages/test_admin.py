"""The structure's pages: what they show, what their buttons do, and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import audit, config, db, models, policy
from clicnjob.accounts import people, presence, staff, structure_settings, team
from clicnjob.models import Account, Card, Organisation, Role, RoleHeld, WrongTries
from clicnjob.workshops.records import portfolio
from tests.conftest import person
from tests.pages.conftest import APP, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
PASSWORD = "quatre mots assez longs"
Seat = Callable[[Role | None], Account | None]


@pytest.fixture
def head(sign_in: Seat) -> Account:
    """A head who can sign in, at the keyboard."""
    account = sign_in(Role.HEAD)
    assert account is not None
    with db.write_transaction() as session:
        session.add(models.Password(account_id=account.id, login="zoe", hash=staff.seal_password(PASSWORD)))
    return account


def invited(head: Account, role: Role = Role.ADVISER) -> Account:
    with db.write_transaction() as session:
        by = presence.acting_person(session, head.id, now=models.utc_now())
        return team.invite_professional(
            session, by=by, organisation_id=head.organisation_id, first_name="Nour", last_name="Attia",
            roles={role: None}, now=models.utc_now(),
        )[0]  # fmt: skip


def at(file: str) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    return page.switch_page(f"../../pages/{file}").run()


def address(page: AppTest) -> str:
    found = re.search(r"http://localhost:\d+/invitation#([\w-]+)", html(page))
    return found[1] if found else ""


def said(page: AppTest) -> str:
    return " ".join(texts(page))


# --- team


def test_a_head_invites_somebody_and_sees_the_link_once(head: Account) -> None:
    page = at("admin/team.py")
    page.text_input("invite-first").input("Nour")
    page.text_input("invite-last").input("Attia")
    page.checkbox("invite-adviser·0").check()
    page.text_input("invite-until").input("31/12/2099")
    page.button("invite-add").click().run()
    check(page, Role.HEAD)
    assert address(page) and "Nour Attia" in said(page)
    with db.read_transaction() as session:
        held = session.exec(select(RoleHeld).where(RoleHeld.role == Role.ADVISER)).one()
    assert f"{held.until:%d/%m/%Y}" == "31/12/2099"
    page.run()
    assert not address(page)


@pytest.mark.parametrize(
    ("first", "tick", "until", "told"),
    [("", True, "", "Écris un prénom"), ("Nour", False, "", "au moins un rôle"), ("Nour", True, "demain", "31/12/2027"),
     ("Nour", True, "01/01/2020", "déjà passée")],
)  # fmt: skip
def test_an_invitation_that_cannot_be_says_why(head: Account, first: str, tick: bool, until: str, told: str) -> None:
    page = at("admin/team.py")
    page.text_input("invite-first").input(first)
    page.text_input("invite-last").input("Attia")
    if tick:
        page.checkbox("invite-trainer·0").check()
    page.text_input("invite-until").input(until)
    page.button("invite-add").click().run()
    assert told in said(page) and not address(page)


def test_a_head_is_not_offered_to_make_an_administrator(head: Account) -> None:
    offered = {box.key for box in at("admin/team.py").checkbox}
    assert offered == {"invite-adviser·0", "invite-trainer·0", "invite-head·0"}


def test_roles_are_changed_from_the_sheet_of_somebody(head: Account) -> None:
    account = invited(head)
    page = at("admin/team.py").button(f"manage-{account.id}").click().run()
    check(page, Role.HEAD)
    page.checkbox(f"role-{account.id}-adviser").uncheck()
    page.checkbox(f"role-{account.id}-trainer").check()
    page.button("member-save").click().run()
    assert "Le changement vaut tout de suite" in said(page)
    with db.read_transaction() as session:
        assert set(team.given_roles(session, account.id)) == {Role.TRAINER}


def test_a_lost_password_a_revoked_link_and_a_closed_account(head: Account) -> None:
    account = invited(head)
    page = at("admin/team.py").button(f"manage-{account.id}").click().run()
    page.button("member-link").click().run()
    assert not address(page) and "Nouveau lien pour Nour Attia" in said(page)
    page.text_input("proof-typed-way-in").input("faux")
    page.button("proof-go-way-in").click().run()
    assert not address(page) and "Ce n’est pas votre mot de passe" in said(page)
    page.text_input("proof-typed-way-in").input(PASSWORD)
    page.button("proof-go-way-in").click().run()
    assert address(page)
    page.button("member-revoke").click().run()
    assert "Lien périmé" in said(page)
    page.session_state["member-closing"] = True
    page.run()
    page.button("member-close").click().run()
    assert "Compte fermé" in said(page) and "Jeunes sans conseiller" in said(page)
    check(page, Role.HEAD)
    page.button("member-reopen").click().run()
    assert "Lien périmé" in said(page)
    page.button("team-back").click().run()
    assert page.button("invite-add")


def test_closing_an_adviser_asks_to_whom_their_people_go(head: Account) -> None:
    leaving = invited(head)
    with db.write_transaction() as session:
        colleague = person(session, Role.ADVISER, organisation_id=head.organisation_id, first_name="Karim").id
        young, _ = people.enrol_young(session, by=leaving, first_name="Ana", last_name="Arc", now=models.utc_now())
    page = at("admin/team.py").button(f"manage-{leaving.id}").click().run()
    page.session_state["member-closing"] = True
    page.run()
    check(page, Role.HEAD)
    assert page.button("member-close").disabled and "Ana" not in said(page)
    page.selectbox(f"member-heir-{leaving.id}").select(colleague).run()
    page.button("member-close").click().run()
    assert "Jeunes sans conseiller maintenant\u00a0: 0" in said(page)
    with db.read_transaction() as session:
        kept = session.get(Account, young.id)
        assert kept is not None and kept.adviser_id == colleague


def test_taking_the_role_of_adviser_away_asks_to_whom_their_people_go(head: Account) -> None:
    staying = invited(head)
    with db.write_transaction() as session:
        colleague = person(session, Role.ADVISER, organisation_id=head.organisation_id, first_name="Karim").id
        young, _ = people.enrol_young(session, by=staying, first_name="Ana", last_name="Arc", now=models.utc_now())
    page = at("admin/team.py").button(f"manage-{staying.id}").click().run()
    page.checkbox(f"role-{staying.id}-adviser").uncheck()
    page.checkbox(f"role-{staying.id}-trainer").check()
    page.button("member-save").click().run()
    check(page, Role.HEAD)
    assert "Dites d’abord à qui confier ses jeunes" in said(page)
    page.selectbox(f"member-role-heir-{staying.id}").select(colleague)
    page.button("member-save").click().run()
    assert "Le changement vaut tout de suite" in said(page)
    with db.read_transaction() as session:
        kept = session.get(Account, young.id)
        assert kept is not None and kept.adviser_id == colleague


def test_the_last_head_is_told_so(head: Account) -> None:
    page = at("admin/team.py").button(f"manage-{head.id}").click().run()
    page.checkbox(f"role-{head.id}-head").uncheck()
    page.checkbox(f"role-{head.id}-adviser").check()
    page.button("member-save").click().run()
    assert "On ne se donne pas un rôle" in said(page)


def test_an_administrator_of_several_structures_chooses_one(sign_in: Seat) -> None:
    sign_in(Role.ADMIN)
    with db.write_transaction() as session:
        there = Organisation(name="Là-bas")
        session.add(there)
        session.flush()
        person(session, Role.ADVISER, organisation_id=there.id, first_name="Ailleurs")
    page = at("admin/structures.py")
    check(page, Role.ADMIN)
    page.button(f"team-of-{there.id}").click().run()
    assert page.title[0].value == "Équipe" and "Ailleurs" in said(page)
    assert page.selectbox("team-place").value == there.id


# --- structures and settings


def test_a_structure_is_opened_and_renamed(sign_in: Seat) -> None:
    sign_in(Role.ADMIN)
    page = at("admin/structures.py")
    page.text_input("structure-name").input("École de la 2e chance")
    page.button("structure-add").click().run()
    assert page.title[0].value == "Équipe" and "Invitez maintenant" in said(page)
    with db.read_transaction() as session:
        made = session.exec(select(Organisation).where(Organisation.name == "École de la 2e chance")).one()
    page = at("admin/structures.py").button(f"rename-{made.id}").click().run()
    page.text_input(f"renamed-{made.id}").input("E2C")
    page.button("rename-save").click().run()
    assert "E2C" in said(page)


def test_the_second_factor_can_be_required_of_the_team(head: Account) -> None:
    page = at("admin/settings.py")
    page.checkbox("second-factor-0").check()
    page.button("choices-save").click().run()
    check(page, Role.HEAD)
    with db.read_transaction() as session:
        kept = structure_settings.current_settings(session, organisation_id=head.organisation_id)
    assert kept.body.second_factor and kept.version == 1
    assert page.checkbox("second-factor-1").value


def test_the_structure_s_own_competences_take_the_place_of_ours(head: Account) -> None:
    page = at("admin/settings.py")
    box = page.text_area("competences-0")
    assert box.value.split("\n") == list(portfolio.shipped_competences())
    box.input("Communiquer\n\n communiquer \nTenir <b>un délai</b>")
    page.button("competences-save").click().run()
    check(page, Role.HEAD)
    with db.read_transaction() as session:
        offered = portfolio.offered_competences(session, organisation_id=head.organisation_id)
        assert offered == ("Communiquer", "Tenir <b>un délai</b>")
    page.text_area("competences-1").input("\n".join(map(str, range(policy.COMPETENCES_AT_MOST + 1))))
    page.button("competences-save").click().run()
    assert page.error[0].value == portfolio.ListTooLong.sentence
    assert page.text_area("competences-1").value.startswith("0\n1")
    page.text_area("competences-1").input("")
    page.button("competences-save").click().run()
    with db.read_transaction() as session:
        offered = portfolio.offered_competences(session, organisation_id=head.organisation_id)
        assert offered == portfolio.shipped_competences()


def test_what_the_installation_requires_cannot_be_taken_off(head: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICNJOB_SECOND_FACTOR", "required")
    config.current_settings.cache_clear()
    page = at("admin/settings.py")
    assert page.checkbox("second-factor-0").disabled and page.checkbox("second-factor-0").value


def test_the_first_settings_name_the_structure_and_end(head: Account) -> None:
    page = at("admin/start.py")
    page.text_input("first-name-text").input("Mission locale d’Évry")
    page.button("first-name-save").click().run()
    check(page, Role.HEAD)
    page.button("first-done").click().run()
    assert page.title[0].value == "Administration"
    with db.read_transaction() as session:
        assert structure_settings.current_settings(session, organisation_id=head.organisation_id).version == 1
        assert session.get(Organisation, head.organisation_id).name == "Mission locale d’Évry"  # type: ignore[union-attr]


# --- journal and health


def test_the_journal_turns_its_pages(head: Account) -> None:
    with db.write_transaction() as session:
        by = presence.acting_person(session, head.id, now=models.utc_now())
        for _ in range(policy.JOURNAL_PAGE + 1):
            audit.note_act(session, by=by, act="settings changed", now=models.utc_now())
        audit.note_act(session, by=by, act="backup made", now=models.utc_now())
    page = at("admin/journal.py")
    check(page, Role.HEAD)
    assert "Page 1 sur 2" in said(page) and html(page).count("<tr>") == policy.JOURNAL_PAGE + 1
    page.button("journal-older").click().run()
    assert "Page 2 sur 2" in said(page)
    page.selectbox("journal-kind").select("equipe").run()
    assert f"{policy.JOURNAL_PAGE + 2} lignes. Page 1 sur 2." in said(page)
    assert "a fait une sauvegarde" in html(page)
    page.text_input("journal-about").input("Personne").run()
    assert "Rien sur cette période" in said(page)


def test_the_journal_shows_names_as_text(head: Account) -> None:
    with db.write_transaction() as session:
        by = presence.acting_person(session, head.id, now=models.utc_now())
        people.enrol_young(session, by=by, first_name="<img src=x onerror=1>", last_name="*B*", now=models.utc_now())
    page = at("admin/journal.py")
    assert "&lt;img src=x onerror=1&gt; *B*" in html(page) and "<img" not in html(page)


def test_health_tells_the_state_and_nothing_about_anybody(sign_in: Seat) -> None:
    sign_in(Role.ADMIN)
    page = at("admin/health.py")
    check(page, Role.ADMIN)
    assert "SQLite" in html(page) and "Aucune sauvegarde" in html(page) and "à jour" in html(page)
    assert "Zoé" not in re.sub(r'<a class="cj-who".*?</a>', "", html(page))


# --- one's own account, and cards


def test_one_s_own_account_says_who_one_is(head: Account) -> None:
    page = at("staff/account.py")
    check(page, Role.HEAD)
    assert "Responsable de structure" in html(page) and 'href="/compte/double"' in html(page)


def test_an_adviser_unlocks_a_card_in_one_click(sign_in: Seat, database: Engine) -> None:
    me = sign_in(Role.ADVISER)
    assert me is not None
    with db.write_transaction() as session:
        by = presence.acting_person(session, me.id, now=models.utc_now())
        young, _code = people.enrol_young(session, by=by, first_name="Moussa", last_name="Diarra", now=models.utc_now())
        card = session.exec(select(Card)).one()
        session.add(WrongTries(key=card.code_digest, wrong=10, wait_until=models.utc_now() + timedelta(minutes=30)))
    page = AppTest.from_file(str(APP), default_timeout=20).run().switch_page("../../pages/adviser/cards.py").run()
    assert "Carte bloquée" in said(page)
    page.button(f"unlock-{young.id}").click().run()
    assert "Carte bloquée" not in said(page) and "débloquée" in said(page)
    with db.read_transaction() as session:
        assert session.exec(select(WrongTries)).all() == []


def test_the_hub_leads_where_one_may_go(sign_in: Seat) -> None:
    for role, absent in ((Role.HEAD, {"Structures", "Santé"}), (Role.ADMIN, {"Journal"})):
        sign_in(role)
        labels = {link.proto.label for link in at("admin/home.py").get("page_link")}
        assert labels and not labels & absent
