"""Leading a session together: a colleague of the structure gets the same rights, nobody else."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from clicnjob import workshop_policy
from clicnjob.errors import NotFound
from clicnjob.models import Organisation, Role
from clicnjob.workshops import co_trainers, lifecycle, permissions
from tests.cohort_people import NOW, place
from tests.conftest import person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


def test_a_named_colleague_leads_and_is_named_once(session: Session) -> None:
    here = place(session)
    made = lifecycle.begin_workshop(session, by=here.trainer, kind="cv", now=NOW)
    led = {"workshop_id": made, "now": NOW}
    found = co_trainers.possible_co_trainers(session, by=here.trainer, **led)  # type: ignore[arg-type]
    assert here.head.id in {one.id for one in found} and here.trainer.id not in {one.id for one in found}
    for _ in range(2):
        co_trainers.add_co_trainer(session, by=here.trainer, **led, account_id=here.head.id)  # type: ignore[arg-type]
    assert permissions.led_workshop(session, by=here.head, workshop_id=made).id == made
    assert [one.id for one in co_trainers.possible_co_trainers(session, by=here.trainer, **led) if one.leads] == [
        here.head.id
    ]  # type: ignore[arg-type]


def test_only_a_professional_of_the_structure_can_be_named(session: Session) -> None:
    here = place(session)
    made = lifecycle.begin_workshop(session, by=here.trainer, kind="cv", now=NOW)
    session.add(other := Organisation(name="Ailleurs"))
    session.flush()
    stranger = person(session, Role.TRAINER, organisation_id=other.id)
    for account_id in (stranger.id, here.newcomer("Tom", "Soi").id, "inconnu"):
        with pytest.raises(NotFound):
            co_trainers.add_co_trainer(session, by=here.trainer, workshop_id=made, account_id=account_id, now=NOW)


def test_a_session_has_three_leaders_at_most(session: Session) -> None:
    here = place(session)
    made = lifecycle.begin_workshop(session, by=here.trainer, kind="cv", now=NOW)
    more = [person(session, Role.TRAINER, organisation_id=here.trainer.organisation_id) for _ in range(3)]
    for one in more[: workshop_policy.WORKSHOP_TRAINERS - 1]:
        co_trainers.add_co_trainer(session, by=here.trainer, workshop_id=made, account_id=one.id, now=NOW)
    with pytest.raises(co_trainers.TooManyTrainers):
        co_trainers.add_co_trainer(session, by=here.trainer, workshop_id=made, account_id=more[-1].id, now=NOW)
