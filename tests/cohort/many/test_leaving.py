"""Closing an adviser's account: their people go to a colleague, or wait; what was arranged with them is not lost."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from clicnjob.accounts import presence
from clicnjob.cohort import permissions
from clicnjob.cohort.many import leaving
from clicnjob.cohort.many.leaving import NobodyNamed
from clicnjob.cohort.support import agenda, appointments, case_closure, threads
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.errors import ChangedMeanwhile, NotFound
from clicnjob.models import Account, Role
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

DAY = TODAY + timedelta(days=3)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def group(here: Place) -> list[Account]:
    """Two people of Claire, one of them archived, each with an appointment to come."""
    young = [here.young("Ana", "Arc"), here.young("Bilal", "Baud")]
    for one in young:
        here.row(one)
        plan = AppointmentPlan(DAY, time(14), 60, "telephone")
        appointments.propose_appointment(
            here.session, by=here.claire, account_id=one.id, plan=plan, today=TODAY, now=NOW
        )
    case_closure.close_case(here.session, by=here.claire, account_id=young[1].id, reason="cdi", today=TODAY, now=NOW)
    return young


def close(here: Place, to_id: str, *, follows: int = 2) -> int:
    by = presence.acting_person(here.session, here.head.id, now=NOW)
    return leaving.close_adviser_account(
        here.session, by=by, account_id=here.claire.id, to_id=to_id, follows=follows, today=TODAY, now=NOW
    )


def agenda_of(here: Place, who: Account) -> list[str]:
    found = agenda.own_agenda(here.session, of=who, first=DAY, last=DAY, today=TODAY)
    return sorted(one.first_name for one in found)


def test_all_go_to_the_colleague_with_their_appointments_and_those_followed_are_told(
    here: Place, group: list[Account]
) -> None:
    assert close(here, here.karim.id) == 0
    assert [one.adviser_id for one in group] == [here.karim.id] * 2
    assert agenda_of(here, here.karim) == ["Ana", "Bilal"]
    assert [len(threads.own_thread(here.session, of=one)) for one in group] == [1, 0]


def test_without_a_colleague_they_wait_and_who_takes_one_takes_the_appointment(
    here: Place, group: list[Account]
) -> None:
    assert close(here, "") == 2
    permissions.take_person(here.session, by=here.karim, account_id=group[0].id, now=NOW)
    assert agenda_of(here, here.karim) == ["Ana"]


def test_nobody_else_takes_them_over_and_a_changed_number_is_refused(
    here: Place, group: list[Account], session: Session
) -> None:
    gone = person(session, Role.ADVISER, organisation_id=here.organisation_id)
    gone.closed_at = NOW
    for to_id in (here.trainer.id, here.claire.id, gone.id, place(session, "Ailleurs").claire.id, "unknown"):
        with pytest.raises(NotFound):
            close(here, to_id)
    with pytest.raises(ChangedMeanwhile):
        close(here, here.karim.id, follows=1)
    assert here.claire.closed_at is None


def test_who_takes_the_role_of_adviser_says_to_whom_their_people_go(here: Place, group: list[Account]) -> None:
    act: dict[str, Any] = {
        "by": presence.acting_person(here.session, here.head.id, now=NOW), "account_id": here.claire.id,
        "roles": {Role.TRAINER: None}, "today": TODAY, "now": NOW,
    }  # fmt: skip
    with pytest.raises(NobodyNamed):
        leaving.change_roles(here.session, **act, to_id=None, follows=2)
    with pytest.raises(ChangedMeanwhile):
        leaving.change_roles(here.session, **act, to_id=here.karim.id, follows=1)
    leaving.change_roles(here.session, **act, to_id=here.karim.id, follows=2)
    assert [one.adviser_id for one in group] == [here.karim.id] * 2
    assert agenda_of(here, here.karim) == ["Ana", "Bilal"]
    leaving.change_roles(here.session, **act, to_id=None, follows=0)


def test_a_role_that_stays_asks_for_nobody(here: Place, group: list[Account]) -> None:
    by = presence.acting_person(here.session, here.head.id, now=NOW)
    both = {Role.ADVISER: None, Role.TRAINER: None}
    leaving.change_roles(
        here.session, by=by, account_id=here.claire.id, roles=both, to_id=None, follows=2, today=TODAY, now=NOW
    )
    assert [one.adviser_id for one in group] == [here.claire.id] * 2
