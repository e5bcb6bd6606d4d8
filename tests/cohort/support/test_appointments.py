"""Appointments: proposed, answered, cancelled, noted afterwards, bounded; overlaps and the agenda; the calendar file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import Session

from clicnjob import policy
from clicnjob.cohort.support import agenda, appointment_file, appointments, person_file, timeline
from clicnjob.cohort.support.appointments import (
    AppointmentPast,
    AppointmentPlan,
    DayGone,
    TooEarly,
    TooManyAppointments,
    UnknownChoice,
)
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Appointment
from clicnjob.privacy.erasure import rows
from clicnjob.privacy.export import staff_writings
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries

TOMORROW = TODAY + timedelta(days=1)
PLAN = AppointmentPlan(TOMORROW, time(14), 30, "sur_place", "Bureau 12", "Apporte ta carte")


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def zoe(here: Place) -> Account:
    return here.young()


def proposed(
    here: Place, young: Account, plan: AppointmentPlan = PLAN, *, by: Account | None = None, now: datetime = NOW
) -> str:
    return appointments.propose_appointment(
        here.session, by=by or here.claire, account_id=young.id, plan=plan, today=now.astimezone().date(), now=now
    )


def noted(here: Place, appointment_id: str, outcome: str, *, now: datetime) -> None:
    kept = here.session.get(Appointment, appointment_id)
    assert kept is not None
    appointments.note_outcome(
        here.session, by=here.claire, appointment_id=appointment_id, outcome=outcome, shown=kept.outcome,
        today=now.astimezone().date(), now=now,
    )  # fmt: skip


def older(here: Place, young: Account, on: date) -> Appointment:
    """One of before there were hours: free words beside a date."""
    made = Appointment(account_id=young.id, by_id=here.claire.id, words="jeudi à 14 h, bureau 3", day=on, at=NOW)
    here.session.add(made)
    here.session.flush()
    return made


def lines(here: Place, young: Account, *, today: date) -> list[str]:
    here.row(young)
    file = person_file.person_file(here.session, by=here.claire, account_id=young.id, today=today)
    return [event.words for event in timeline.timeline_events(file, today=today)]


@pytest.mark.parametrize(
    ("plan", "refused"),
    [
        (replace(PLAN, day=TODAY - timedelta(days=1)), DayGone),
        (replace(PLAN, day=TODAY, start=time(7)), DayGone),  # this morning, and it is ten or later
        (replace(PLAN, day=TODAY + policy.APPOINTMENT_AHEAD + timedelta(days=1)), DayGone),
        (replace(PLAN, start=time(14, 10)), UnknownChoice),
        (replace(PLAN, start=time(3)), UnknownChoice),
        (replace(PLAN, start=time(14, 0, 1)), UnknownChoice),
        (replace(PLAN, minutes=37), UnknownChoice),
        (replace(PLAN, kind="chez_lui"), UnknownChoice),
        (replace(PLAN, place="x" * (policy.SHORT_WORD_LENGTH + 1)), Refusal),
        (replace(PLAN, words="x" * (policy.SHORT_WORD_LENGTH + 1)), Refusal),
    ],
)
def test_what_cannot_be_is_refused(here: Place, zoe: Account, plan: AppointmentPlan, refused: type[Refusal]) -> None:
    with pytest.raises(refused):
        proposed(here, zoe, plan)
    assert appointments.of_young(here.session, of=zoe, today=TODAY) == ()


def test_the_number_is_bounded_also_when_each_is_withdrawn(here: Place, zoe: Account) -> None:
    for _ in range(policy.APPOINTMENTS_AT_MOST):
        one = proposed(here, zoe)
        appointments.withdraw_appointment(here.session, by=here.claire, appointment_id=one, today=TODAY, now=NOW)
    with pytest.raises(TooManyAppointments):
        proposed(here, zoe)
    proposed(here, zoe, replace(PLAN, day=TOMORROW + timedelta(days=7)), now=NOW + timedelta(days=2))


def test_one_without_an_hour_keeps_its_words(here: Place, zoe: Account) -> None:
    older(here, zoe, TOMORROW)
    (shown,) = appointments.of_young(here.session, of=zoe, today=TODAY)
    assert not any("Rendez-vous" in line for line in lines(here, zoe, today=TODAY)), "what is to come has not happened"
    assert (shown.words, shown.start, shown.kind) == ("jeudi à 14 h, bureau 3", None, "")
    assert "Rendez-vous «\u00a0jeudi à 14 h, bureau 3\u00a0»\u00a0: sans réponse." in lines(here, zoe, today=TOMORROW)


def test_a_cancelled_one_stays_in_sight_of_who_had_accepted_it(here: Place, zoe: Account) -> None:
    accepted, unanswered = proposed(here, zoe), proposed(here, zoe, replace(PLAN, start=time(16)))
    appointments.answer_appointment(here.session, by=zoe, appointment_id=accepted, accepted=True, now=NOW)
    for one in (accepted, unanswered):
        appointments.withdraw_appointment(here.session, by=here.claire, appointment_id=one, today=TODAY, now=NOW)
    assert [(one.id, one.cancelled) for one in appointments.of_young(here.session, of=zoe, today=TODAY)] == [
        (accepted, True)
    ]
    assert appointments.on_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY) == ()


def test_how_it_ended_is_noted_after_it_began_and_taken_back(here: Place, zoe: Account) -> None:
    one, after = proposed(here, zoe), NOW + timedelta(days=2)
    with pytest.raises(TooEarly):
        noted(here, one, "venu", now=NOW)
    with pytest.raises(NotFound):
        noted(here, one, "endormi", now=after)
    noted(here, one, "absent", now=after)
    said = "Rendez-vous à 14\u00a0h, sur place, Bureau 12 «\u00a0Apporte ta carte\u00a0»\u00a0: "
    assert f"{said}pas venu." in lines(here, zoe, today=after.date())
    with pytest.raises(NotFound):  # what is over is answered no more
        appointments.answer_appointment(here.session, by=zoe, appointment_id=one, accepted=True, now=after)
    noted(here, one, "", now=after)
    assert f"{said}sans réponse." in lines(here, zoe, today=after.date())


def test_one_is_answered_until_its_time_is_up(here: Place, zoe: Account) -> None:
    one, dateless = proposed(here, zoe), older(here, zoe, TOMORROW).id
    begun = appointments.start_instant(TOMORROW, PLAN.start)
    midnight = appointments.start_instant(TOMORROW + timedelta(days=1), time.min)
    for which, last in ((one, begun + timedelta(minutes=PLAN.minutes)), (dateless, midnight)):
        answered = {"by": zoe, "appointment_id": which, "accepted": True}
        appointments.answer_appointment(here.session, **answered, now=last - timedelta(minutes=1))
        with pytest.raises(AppointmentPast):
            appointments.answer_appointment(here.session, **answered, now=last)


def test_the_place_last_used_is_offered_again_for_its_kind_and_to_its_author_alone(here: Place, zoe: Account) -> None:
    proposed(here, zoe)
    proposed(here, zoe, replace(PLAN, place="Antenne de Lens"), now=NOW + timedelta(minutes=1))
    proposed(here, zoe, replace(PLAN, kind="telephone", place=""), now=NOW + timedelta(minutes=2))
    assert appointments.last_place(here.session, of=here.claire, kind="sur_place") == "Antenne de Lens"
    assert appointments.last_place(here.session, of=here.claire, kind="visio") == ""
    assert appointments.last_place(here.session, of=here.head, kind="sur_place") == ""


@pytest.mark.parametrize(
    ("start", "minutes", "overlaps"),
    [
        (time(14), 30, True), (time(13, 30), 45, True), (time(14, 15), 15, True), (time(13), 90, True),
        (time(13, 30), 30, False), (time(14, 30), 15, False),
    ],
)  # fmt: skip
def test_overlaps_are_those_of_one_s_own_time(
    here: Place, zoe: Account, start: time, minutes: int, overlaps: bool
) -> None:
    proposed(here, zoe)
    older(here, zoe, TOMORROW)
    asked = {"day": TOMORROW, "start": start, "minutes": minutes, "today": TODAY}
    assert bool(agenda.overlapping_appointments(here.session, of=here.claire, **asked)) is overlaps  # type: ignore[arg-type]
    assert agenda.overlapping_appointments(here.session, of=here.head, **asked) == ()  # type: ignore[arg-type]


def test_a_refused_one_takes_no_time(here: Place, zoe: Account) -> None:
    one = proposed(here, zoe)
    appointments.answer_appointment(here.session, by=zoe, appointment_id=one, accepted=False, now=NOW)
    found = agenda.overlapping_appointments(
        here.session, of=here.claire, day=TOMORROW, start=time(14), minutes=30, today=TODAY
    )
    assert found == ()
    assert agenda.next_appointment(here.session, of=here.claire, today=TODAY, now=NOW) is None


def test_the_agenda_holds_one_s_own_in_order_and_nobody_whom_one_no_longer_follows(
    engine: Engine, here: Place, zoe: Account
) -> None:
    ana = here.young("Ana", "Costa")
    late, early = proposed(here, zoe, replace(PLAN, start=time(16))), proposed(here, ana, replace(PLAN, start=time(9)))
    without = older(here, zoe, TOMORROW).id
    proposed(here, zoe, by=here.head)

    def own() -> list[str]:
        with count_queries(engine, 1):
            found = agenda.own_agenda(here.session, of=here.claire, first=TODAY, last=TOMORROW, today=TODAY)
        return [one.id for one in found]

    assert own() == [without, early, late]
    coming = agenda.next_appointment(here.session, of=here.claire, today=TODAY, now=NOW)
    assert coming is not None and (coming.id, coming.first_name) == (early, "Ana")
    ana.adviser_id = here.karim.id
    here.session.flush()
    assert own() == [without, late]


def test_the_next_one_of_today_is_not_one_that_has_begun(here: Place, zoe: Account) -> None:
    day = datetime.combine(TOMORROW, time(14, 1)).astimezone(UTC)
    proposed(here, zoe)
    later = proposed(here, zoe, replace(PLAN, start=time(15)))
    found = agenda.next_appointment(here.session, of=here.claire, today=TOMORROW, now=day)
    assert found is not None and found.id == later


def test_a_week_begins_on_monday() -> None:
    assert agenda.week_of(date(2026, 3, 22)) == tuple(date(2026, 3, 16 + number) for number in range(7))


def test_the_calendar_file_holds_hour_place_and_one_first_name(here: Place, zoe: Account) -> None:
    hostile = replace(PLAN, place="Bureau 12; étage, 3\\ ATTACH:x " + "é" * 100)
    one = proposed(here, zoe, hostile)
    for of, whom in ((zoe, "Claire"), (here.claire, "Zoé"), (here.head, "Zoé")):
        made = appointment_file.appointment_file(here.session, of=of, appointment_id=one, now=NOW)
        (event,) = Calendar.from_ical(made).walk("VEVENT")
        assert event["SUMMARY"] == f"Rendez-vous avec {whom}"
        assert event["LOCATION"] == hostile.place
        assert event.decoded("DTSTART") == datetime.combine(TOMORROW, time(14)).astimezone(UTC)
        assert b"DTSTART:" in made and made.split(b"DTSTART:")[1].split(b"\r\n")[0].endswith(b"Z")
        assert event["UID"] == f"{one}@clicnjob" and "DESCRIPTION" not in event
        assert made.count(b"\n") == made.count(b"\r\n") and max(map(len, made.split(b"\r\n"))) <= 75
        assert not [word for word in ("Bâ", "Morvan", "carte") if word in made.decode()]
    for stranger in (here.karim, here.trainer, here.young("Autre", "Jeune"), place(here.session, "Ailleurs").head):
        with pytest.raises(NotFound):
            appointment_file.appointment_file(here.session, of=stranger, appointment_id=one, now=NOW)
    with pytest.raises(NotFound):
        appointment_file.appointment_file(here.session, of=zoe, appointment_id=older(here, zoe, TOMORROW).id, now=NOW)


def test_what_is_taken_along_says_when_and_where(here: Place, zoe: Account) -> None:
    proposed(here, zoe)
    (line,) = staff_writings.written_on_file(here.session, account_id=zoe.id)
    assert line == (
        "Rendez-vous", NOW, "mardi 17 mars 2026 à 14\u00a0h. sur place, Bureau 12. Apporte ta carte"
    )  # fmt: skip
    (row,) = rows.plain_rows(here.session, zoe.id)["appointment"]
    assert row["start"] == "14:00:00"


def test_who_is_to_come_is_told_where(here: Place, zoe: Account) -> None:
    plan = replace(PLAN, place="  ")
    with pytest.raises(appointments.NoPlace):
        appointments.propose_appointment(
            here.session, by=here.claire, account_id=zoe.id, plan=plan, today=TODAY, now=NOW
        )
