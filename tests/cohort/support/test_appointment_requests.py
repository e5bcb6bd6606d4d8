"""« Demander un rendez-vous »: ticked, renewed, answered by a proposal, taken back; an alert until then."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlmodel import Session

from clicnjob import policy
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import appointment_requests, appointments
from clicnjob.cohort.support.appointment_requests import NoReasonTicked, NotTwoOrThree
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.cohort.support.help_requests import NobodyToAsk, SupportEnded
from clicnjob.errors import NotFound
from clicnjob.models import Account, Role
from clicnjob.privacy.export import staff_writings
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person

OFFERED = [one.key for one in appointment_requests.offered_half_days(TODAY)]


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def zoe(here: Place) -> Account:
    return here.young()


def ask(
    here: Place, by: Account, half_days: tuple[str, ...] = tuple(OFFERED[:2]), reasons: tuple[str, ...] = ("cv",)
) -> None:
    appointment_requests.ask_for_appointment(
        here.session, by=by, half_days=half_days, reasons=reasons, today=TODAY, now=NOW
    )


def test_half_days_of_the_next_five_working_days_are_offered() -> None:
    friday = date(2026, 3, 20)
    days = [one.day for one in appointment_requests.offered_half_days(friday)]
    assert len(days) == 10 and days[0] == date(2026, 3, 23) and days[-1] == date(2026, 3, 27)


def test_a_request_is_an_alert_until_a_proposal_answers_it(here: Place, zoe: Account) -> None:
    ask(here, zoe, tuple(OFFERED[:3]), ("cv", "offre"))
    assert "rendez_vous_demande" in here.alerts(zoe)
    asked = appointment_requests.latest_appointment_request(here.session, of=zoe)
    assert asked is not None and [one.key for one in asked.half_days] == OFFERED[:3]
    assert asked.reasons == ("Parler de mon CV", "Regarder une offre ensemble")
    plan = AppointmentPlan(TODAY + timedelta(days=1), time(9), 30, "sur_place", "Bureau 4")
    appointments.propose_appointment(here.session, by=here.claire, account_id=zoe.id, plan=plan, today=TODAY, now=NOW)
    assert "rendez_vous_demande" not in here.alerts(zoe)


def test_it_can_be_taken_back_and_renewed_in_one_row(here: Place, zoe: Account) -> None:
    ask(here, zoe)
    appointment_requests.take_request_back(here.session, by=zoe, now=NOW)
    assert "rendez_vous_demande" not in here.alerts(zoe)
    ask(here, zoe, tuple(OFFERED[4:6]))
    (line,) = staff_writings.written_on_file(here.session, account_id=zoe.id)
    assert line[0] == "Ta demande de rendez-vous" and line[2].endswith("Parler de mon CV")


@pytest.mark.parametrize(
    "half_days",
    [(), (OFFERED[0],), tuple(OFFERED[:4]), (OFFERED[0], "2026-01-01:matin"), (OFFERED[0], "x"), (OFFERED[0],) * 2],
)
def test_two_or_three_of_the_offered_half_days_are_ticked(
    here: Place, zoe: Account, half_days: tuple[str, ...]
) -> None:
    with pytest.raises(NotTwoOrThree):
        ask(here, zoe, half_days)


@pytest.mark.parametrize("reasons", [(), ("x",), ("cv", "x"), tuple(vocabulary.appointment_reasons())[:4]])
def test_one_to_three_of_our_reasons_are_ticked(here: Place, zoe: Account, reasons: tuple[str, ...]) -> None:
    with pytest.raises(NoReasonTicked):
        ask(here, zoe, reasons=reasons)


def test_whom_nobody_follows_asks_nobody(here: Place, zoe: Account) -> None:
    for by in (person(here.session, Role.GUEST), here.claire):
        with pytest.raises(NobodyToAsk):
            ask(here, by)
    zoe.archived_at = NOW
    here.session.flush()
    with pytest.raises(SupportEnded):
        ask(here, zoe)


def test_only_who_follows_somebody_closes_their_request(here: Place, zoe: Account) -> None:
    ask(here, zoe)
    with pytest.raises(NotFound):
        appointment_requests.settle_appointment_request(
            here.session, by=here.karim, account_id=zoe.id, today=TODAY, now=NOW
        )
    appointment_requests.settle_appointment_request(
        here.session, by=here.claire, account_id=zoe.id, today=TODAY, now=NOW
    )
    asked = appointment_requests.latest_appointment_request(here.session, of=zoe)
    assert asked is not None and asked.settled_at == NOW


def test_what_is_stored_fits_its_columns() -> None:
    phrases = sorted((one.phrase for one in vocabulary.appointment_reasons().values()), key=len)
    assert len("|".join(phrases[-max(policy.REASONS_TICKED) :])) <= 200
    assert len(" ".join(OFFERED[: max(policy.HALF_DAYS_TICKED)])) <= 200
