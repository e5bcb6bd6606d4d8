"""The demonstration crowd: the same people from the same seed, at every state, without a day in the future."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from clicnjob import models
from clicnjob.cohort.progress.stages import CV_STATES
from clicnjob.demo import cohorts
from clicnjob.models import (
    Account,
    Appointment,
    Attendance,
    Progress,
    Revision,
    Role,
    SharedObstacle,
    SignIn,
    Workshop,
)
from tests.cohort_people import place

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("peppered")]
pytest_plugins = ["tests.sign_in_pages"]


@pytest.mark.long
def test_the_crowd_shows_every_state_and_ends_today(session: Session) -> None:
    made = place(session)
    now = models.utc_now()
    told: list[int] = []
    people = cohorts.make_cohorts(session, now=now, how_many=45, done=lambda done, _whole: told.append(done))
    assert (len(people), told[-1]) == (45, 45)
    assert {one.adviser_id for one in people} == {made.claire.id, made.karim.id}
    rows = session.exec(select(Progress)).all()
    assert len(rows) == 45
    assert {row.cv_state for row in rows} == set(CV_STATES)
    assert "jamais_venu" in {row.stage for row in rows}
    assert sum(bool(row.alerts) for row in rows) > 10
    sessions = session.exec(select(Workshop)).all()
    assert {one.by_id for one in sessions} == {made.trainer.id, made.claire.id}
    assert all(one.ended_at and one.ended_at < now and 70 <= one.minutes <= 105 for one in sessions)
    assert len(session.exec(select(Attendance)).all()) > 20
    latest = session.exec(select(Revision.at).order_by(col(Revision.at).desc()).limit(1)).one()
    assert now - timedelta(days=300) < latest <= now


@pytest.mark.long
def test_the_crowd_shows_every_exchange_of_an_adviser(session: Session) -> None:
    place(session)
    cohorts.make_cohorts(session, now=models.utc_now(), how_many=60)
    raised = {key for row in session.exec(select(Progress)) for key in row.alerts.split("|") if key}
    assert {"message", "aide", "rappel", "rendez_vous", "commentaire", "relance"} <= raised
    assert session.exec(select(Appointment).where(col(Appointment.accepted).is_(True))).first()
    assert session.exec(select(SharedObstacle)).first()


def test_the_same_seed_makes_the_same_people(session: Session) -> None:
    place(session)
    now = models.utc_now()
    first = [(one.first_name, one.last_name) for one in cohorts.make_cohorts(session, now=now, how_many=3)]
    second = [(one.first_name, one.last_name) for one in cohorts.make_cohorts(session, now=now, how_many=3)]
    assert first == second
    assert len(session.exec(select(Account).where(Account.role == Role.YOUNG)).all()) == 6


@pytest.mark.long
def test_nothing_that_the_crowd_did_is_still_to_come_even_just_after_midnight(session: Session) -> None:
    place(session)
    midnight = datetime.combine(models.utc_now().date(), time(0, 1), UTC)
    cohorts.make_cohorts(session, now=midnight, how_many=20)
    moments = [*session.exec(select(Revision.at)), *session.exec(select(SignIn.seen_at))]
    assert max(moments) <= midnight
