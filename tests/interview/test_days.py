"""« Le jour J »: days and hours as people type them, when to leave, the calendar file, and who has an interview soon."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from clicnjob import policy
from clicnjob.french import moments
from clicnjob.interview import agenda, days
from clicnjob.interview.days import TooManyDays
from clicnjob.interview.notebook import InterviewDay, Notebook
from tests.for_each import for_each

TODAY = date(2026, 5, 11)  # a Monday
BAKERY = InterviewDay(id="b", employer="Boulangerie Martin", place="3 rue des Fleurs, Lille", date="2026-05-12", time="14:30",
             way="bus", minutes=25)  # fmt: skip


@for_each(
    ("typed", "meant"),
    [
        ("demain", date(2026, 5, 12)),
        ("Après-demain", date(2026, 5, 13)),
        ("aujourd’hui", TODAY),
        ("Lundi", date(2026, 5, 18)),
        ("jeudi prochain", date(2026, 5, 14)),
        ("mardi 12 mai", date(2026, 5, 12)),
        ("12/05", date(2026, 5, 12)),
        ("12-5-26", date(2026, 5, 12)),
        ("le 12", date(2026, 5, 12)),
        ("le 5", date(2026, 6, 5)),
        ("1er juin", date(2026, 6, 1)),
        ("3 janv.", date(2027, 1, 3)),
        ("20 avril", date(2026, 4, 20)),
        ("8 aout", date(2026, 8, 8)),
        ("2026-06-01", date(2026, 6, 1)),
    ],
)
def test_a_day_is_understood(typed: str, meant: date) -> None:
    assert moments.typed_day(typed, today=TODAY) == meant


@for_each("typed", ["32 mai", "29 février", "ju", "12 ju", "bientôt", "", "5/13", "12 mai 99999"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(moments.UnclearDay, match="12 mai"):
        moments.typed_day(typed, today=TODAY)


@for_each(
    ("typed", "meant"),
    [
        ("14h30", time(14, 30)),
        ("14:30", time(14, 30)),
        ("9 h", time(9)),
        ("à 9h15", time(9, 15)),
        ("1430", time(14, 30)),
        ("midi", time(12)),
        ("midi et demi", time(12, 30)),
        ("2h", time(14)),
        ("5:00", time(17)),
        ("05:00", time(5)),
        ("05h30", time(5, 30)),
        ("8 heures 45", time(8, 45)),
    ],
)
def test_an_hour_is_understood(typed: str, meant: time) -> None:
    assert moments.typed_hour(typed) == meant


@for_each("typed", ["25h", "8h75", "tôt", "", "23h et demie et quart"])
def test_what_is_no_hour_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(moments.UnclearHour, match="14h30"):
        moments.typed_hour(typed)


def test_what_is_shown_is_understood_again() -> None:
    assert moments.typed_day(moments.shown_day(TODAY), today=TODAY) == TODAY
    assert moments.typed_hour(moments.shown_hour(time(14, 5))) == time(14, 5)


@pytest.mark.parametrize(
    ("on", "said"), [(11, "aujourd’hui"), (12, "demain"), (14, "dans 3 jours"), (9, "il y a 2 jours")]
)
def test_how_far_a_day_is(on: int, said: str) -> None:
    assert moments.in_days(date(2026, 5, on), today=TODAY) == said


def test_one_leaves_early_enough_for_the_way_its_delays_and_the_door() -> None:
    leaving = days.leaving_plan(BAKERY)
    assert leaving is not None
    assert leaving.at == datetime(2026, 5, 12, 13, 40)
    assert leaving.margin == 15 and leaving.early == policy.EARLY_MINUTES


def test_on_foot_less_can_happen() -> None:
    leaving = days.leaving_plan(BAKERY.model_copy(update={"way": "pied"}))
    assert leaving is not None and leaving.at.time() == time(13, 50)


def test_a_very_early_interview_is_left_for_the_day_before() -> None:
    leaving = days.leaving_plan(BAKERY.model_copy(update={"time": "00:30", "minutes": 60}))
    assert leaving is not None and leaving.at.date() == date(2026, 5, 11)


@pytest.mark.parametrize("missing", ["date", "time", "minutes"])
def test_nobody_is_told_when_to_leave_before_it_is_known(missing: str) -> None:
    assert days.leaving_plan(BAKERY.model_copy(update={missing: None if missing == "minutes" else ""})) is None


def _kept(*dates: str) -> Notebook:
    return Notebook(days=[InterviewDay(id=on or "sans", date=on) for on in dates])


def test_the_nearest_comes_first_then_those_without_a_day_then_the_past() -> None:
    book = _kept("2026-05-01", "", "2026-06-01", "2026-05-11", "2026-05-10")
    order = [day.id for day in days.in_order(book, today=TODAY)]
    assert order == ["2026-05-11", "2026-06-01", "sans", "2026-05-10", "2026-05-01"]


def test_upcoming_gives_one_day_a_person_for_those_who_have_one() -> None:
    bodies = {
        "lina": _kept("2026-05-20", "2026-05-13", "2026-05-01").model_dump(mode="json"),
        "yanis": _kept("2026-05-01").model_dump(mode="json"),
        "zoe": {},
    }
    assert days.upcoming_days(bodies, today=TODAY) == {"lina": date(2026, 5, 13)}


def test_an_interview_is_past_when_its_hour_has_come() -> None:
    assert not days.is_past(BAKERY, now=datetime(2026, 5, 12, 14, 29))
    assert days.is_past(BAKERY, now=datetime(2026, 5, 12, 14, 30))
    assert not days.is_past(InterviewDay(), now=datetime(2026, 5, 12))


def test_a_list_stays_readable() -> None:
    book = Notebook()
    for _ in range(policy.INTERVIEWS_AT_MOST):
        days.add_day(book, InterviewDay())
    with pytest.raises(TooManyDays):
        days.add_day(book, InterviewDay())


def test_every_answer_is_said_kindly() -> None:
    assert set(days.RESULTS) == {"attente", "oui", "non"}
    assert all(sentence for _, sentence in days.RESULTS.values())


def test_the_calendar_file_opens_with_the_hour_of_the_place_and_two_reminders() -> None:
    made = agenda.event_file(BAKERY, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert made is not None
    event = Calendar.from_ical(made).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Entretien – Boulangerie Martin"
    assert event["LOCATION"] == BAKERY.place
    assert event.decoded("DTSTART") == datetime(2026, 5, 12, 14, 30)
    alarms = event.walk("VALARM")
    assert {alarm["DESCRIPTION"].split(",")[0] for alarm in alarms} == {"C’est l’heure de partir.", "Demain"}
    assert b"\r\n" in made and max(map(len, made.split(b"\r\n"))) <= 75


def test_hostile_words_stay_words_in_the_calendar_file() -> None:
    day = BAKERY.model_copy(update={"employer": "X\r\nATTACH:http://mal.example\r\n;,\\"})
    made = agenda.event_file(day, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert made is not None
    event = Calendar.from_ical(made).walk("VEVENT")[0]
    assert "ATTACH" not in event and len(Calendar.from_ical(made).walk("VEVENT")) == 1


def test_without_a_day_there_is_no_calendar_file() -> None:
    assert agenda.event_file(InterviewDay(), now=datetime(2026, 5, 1, tzinfo=UTC)) is None
