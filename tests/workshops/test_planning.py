"""Sessions to come: noted, listed soonest first, started, dropped; each professional has their own."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from clicnjob import workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import PlannedWorkshop, Workshop
from clicnjob.privacy.retention import rules
from clicnjob.workshops import planning
from clicnjob.workshops.permissions import RunsNone
from clicnjob.workshops.planning import TooManyPlanned, WrongDay
from clicnjob.workshops.plans import editing
from clicnjob.workshops.plans.library import UnfinishedPlan
from tests.cohort_people import NOW, Place, place
from tests.conftest import count_queries

TODAY = days.local_day(NOW)
TEN = time(10, 0)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def note(here: Place, *, day: date = TODAY, start: time = TEN, **more: Any) -> str:
    said = {"by": here.trainer, "plan_id": "telephoner", "place": " Salle 2 ", **more}
    return planning.plan_session(here.session, day=day, start=start, now=NOW, **said)


def test_the_soonest_comes_first_and_the_past_is_not_shown(here: Place) -> None:
    late, soon = note(here, day=TODAY + timedelta(days=3)), note(here, start=time(9, 30))
    noon = note(here, start=time(12, 0))
    here.session.get_one(PlannedWorkshop, noon).day = TODAY - timedelta(days=1)
    here.session.flush()
    with count_queries(here.session.get_bind(), 1):  # type: ignore[arg-type]
        shown = planning.planned_sessions(here.session, of=here.trainer, today=TODAY)
    assert [one.id for one in shown] == [soon, late]
    assert (shown[0].title, shown[0].place, shown[0].start) == ("Téléphoner", "Salle 2", time(9, 30))


def test_a_session_that_begins_is_not_to_come_any_more(here: Place) -> None:
    made = planning.begin_session(here.session, by=here.trainer, planned_id=note(here), now=NOW)
    assert here.session.get_one(Workshop, made).plan_id == "telephoner"
    assert here.session.exec(select(PlannedWorkshop)).all() == []


@pytest.mark.parametrize("ahead", [-1, workshop_policy.PLANNED_WITHIN_DAYS + 1])
def test_a_day_past_or_far_away_is_refused(here: Place, ahead: int) -> None:
    with pytest.raises(WrongDay):
        note(here, day=TODAY + timedelta(days=ahead))


def test_bounds(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal):
        note(here, place="x" * (workshop_policy.PLANNED_PLACE_LENGTH + 1))
    monkeypatch.setattr(workshop_policy, "PLANNED_WORKSHOPS_MOST", 2)
    note(here), note(here)
    with pytest.raises(TooManyPlanned):
        note(here)


def test_an_unknown_or_unfinished_plan_is_not_planned(here: Place) -> None:
    unfinished = editing.begin_plan(here.session, by=here.trainer, now=NOW)
    with pytest.raises(NotFound):
        note(here, plan_id="inconnu")
    with pytest.raises(UnfinishedPlan):
        note(here, plan_id=unfinished)


def test_nobody_else_reads_starts_or_drops_it(here: Place) -> None:
    planned_id, zoe = note(here), here.young()
    assert planning.planned_sessions(here.session, of=here.claire, today=TODAY) == ()
    for by in (here.claire, here.head, zoe):
        with pytest.raises(NotFound):
            planning.drop_session(here.session, by=by, planned_id=planned_id)
        with pytest.raises(NotFound):
            planning.begin_session(here.session, by=by, planned_id=planned_id, now=NOW)
    with pytest.raises(RunsNone):
        note(here, by=zoe)
    planning.drop_session(here.session, by=here.trainer, planned_id=planned_id)
    assert planning.planned_sessions(here.session, of=here.trainer, today=TODAY) == ()


def test_what_was_to_come_is_erased_a_month_after_its_day(here: Place) -> None:
    note(here)
    for after, left in (
        (workshop_policy.PAST_PLANNED_KEPT - timedelta(days=1), 1),
        (workshop_policy.PAST_PLANNED_KEPT, 0),
    ):
        rules.purge_expired(here.session, now=NOW + after)
        assert len(here.session.exec(select(PlannedWorkshop)).all()) == left
