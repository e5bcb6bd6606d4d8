"""Structures and their settings: who opens, names and sets; every version kept."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from clicnjob import models
from clicnjob.accounts import people, structure_settings, structures
from clicnjob.accounts.structure_settings import MayNotSet, SettingsBody, SettingsChanged
from clicnjob.accounts.structures import MayNotManageStructures, NameTaken, NoName
from clicnjob.errors import NotFound
from clicnjob.models import Account, AuditEvent, Organisation, Role, StructureSettings
from tests.conftest import count_queries, person

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")


@pytest.fixture
def admin(session: Session) -> Account:
    made = Organisation(name="Ici")
    session.add(made)
    session.flush()
    return person(session, Role.ADMIN, organisation_id=made.id)


def test_an_administrator_opens_structures(session: Session, engine, admin: Account) -> None:  # type: ignore[no-untyped-def]
    made = structures.open_structure(session, by=admin, name="  Mission locale d’Évry ", now=models.utc_now())
    adviser = person(session, Role.ADVISER, organisation_id=made.id)
    people.enrol_young(session, by=adviser, first_name="Zoé", last_name="Bâ", now=models.utc_now())
    session.commit()
    with count_queries(engine, 2):
        found = structures.all_structures(session, of=admin)
    assert [(one.name, one.professionals, one.young) for one in found] == [
        ("Ici", 1, 0),
        ("Mission locale d’Évry", 1, 1),
    ]


@pytest.mark.parametrize("role", [Role.YOUNG, Role.ADVISER, Role.TRAINER, Role.HEAD])
def test_nobody_else_does(session: Session, admin: Account, role: Role) -> None:
    other = person(session, role, organisation_id=admin.organisation_id or "")
    with pytest.raises(MayNotManageStructures):
        structures.open_structure(session, by=other, name="Autre", now=models.utc_now())
    with pytest.raises(MayNotManageStructures):
        structures.all_structures(session, of=other)


def test_a_name_is_there_and_is_one_s_own(session: Session, admin: Account) -> None:
    with pytest.raises(NameTaken):
        structures.open_structure(session, by=admin, name="Ici ", now=models.utc_now())
    for name in ("", "\u200b"):
        with pytest.raises(NoName):
            structures.open_structure(session, by=admin, name=name, now=models.utc_now())


def test_a_head_renames_their_own_structure_only(session: Session, admin: Account) -> None:
    there = structures.open_structure(session, by=admin, name="Là-bas", now=models.utc_now())
    head = person(session, Role.HEAD, organisation_id=admin.organisation_id or "")
    structures.rename_structure(
        session, by=head, organisation_id=head.organisation_id or "", name="Les Rives", now=models.utc_now()
    )
    assert structures.name_of(session, head.organisation_id) == "Les Rives"
    with pytest.raises(NotFound):
        structures.rename_structure(session, by=head, organisation_id=there.id, name="Prise", now=models.utc_now())


def test_settings_are_kept_by_version_with_their_author(session: Session, admin: Account) -> None:
    here = admin.organisation_id or ""
    assert structure_settings.current_settings(session, organisation_id=here).version == 0
    structure_settings.change_settings(
        session, SettingsBody(second_factor=True), by=admin, organisation_id=here, base=0, now=models.utc_now()
    )
    structure_settings.change_settings(
        session, SettingsBody(), by=admin, organisation_id=here, base=1, now=models.utc_now()
    )
    kept = session.exec(select(StructureSettings).order_by(StructureSettings.version)).all()
    assert [(row.version, row.body["second_factor"], row.by_id) for row in kept] == [
        (1, True, admin.id),
        (2, False, admin.id),
    ]
    assert [row.why for row in session.exec(select(AuditEvent))] == ["second_factor", "second_factor"]


def test_two_who_save_at_once_do_not_overwrite_each_other(session: Session, admin: Account) -> None:
    here = admin.organisation_id or ""
    structure_settings.change_settings(
        session, SettingsBody(second_factor=True), by=admin, organisation_id=here, base=0, now=models.utc_now()
    )
    with pytest.raises(SettingsChanged):
        structure_settings.change_settings(
            session, SettingsBody(), by=admin, organisation_id=here, base=0, now=models.utc_now()
        )
    assert structure_settings.current_settings(session, organisation_id=here).body.second_factor


def test_settings_of_a_later_release_are_read_too(session: Session, admin: Account) -> None:
    here = admin.organisation_id or ""
    session.add(StructureSettings(organisation_id=here, version=1, body={"second_factor": True, "new": 3}, by_id="x"))
    session.flush()
    assert structure_settings.current_settings(session, organisation_id=here).body == SettingsBody(second_factor=True)


def test_a_head_sets_their_own_structure_only(session: Session, admin: Account) -> None:
    there = structures.open_structure(session, by=admin, name="Là-bas", now=models.utc_now())
    head = person(session, Role.HEAD, organisation_id=admin.organisation_id or "")
    adviser = person(session, Role.ADVISER, organisation_id=admin.organisation_id or "")
    for by, place in ((head, there.id), (adviser, admin.organisation_id or "")):
        with pytest.raises(MayNotSet):
            structure_settings.change_settings(
                session, SettingsBody(), by=by, organisation_id=place, base=0, now=models.utc_now()
            )
