"""The next interview is one, wherever its day was typed."""

from __future__ import annotations

from datetime import timedelta

from clicnjob.apply.applications import Application, Applications
from clicnjob.interview.notebook import InterviewDay, Notebook
from clicnjob.ui.young.interview.coming import coming_interview
from tests.make import TODAY

SOON, LATER = TODAY + timedelta(days=2), TODAY + timedelta(days=9)


def line(**named: object) -> Application:
    wanted = {"title": "Serveuse", "employer": "Le Parc", "added_on": TODAY, "state": "interview", "interview_on": SOON}
    return Application.model_validate(wanted | named)


def test_an_interview_of_the_list_is_told_before_anything_was_prepared() -> None:
    one = coming_interview(Notebook(), Applications(applications=[line()]), today=TODAY)
    assert one is not None and (one.name, one.on, one.day) == ("Le Parc", SOON, None)


def test_a_prepared_day_takes_the_place_of_its_line() -> None:
    listed = line()
    day = InterviewDay(application=listed.id, employer="Le Parc", date=SOON.isoformat(), time="14:30")
    one = coming_interview(Notebook(days=[day]), Applications(applications=[listed]), today=TODAY)
    assert one is not None and one.day == day and one.application is None


def test_the_nearest_comes_first_and_past_or_other_states_never() -> None:
    book = Notebook(days=[InterviewDay(employer="Loin", date=LATER.isoformat()), InterviewDay(date="2020-01-01")])
    listed = [line(), line(state="sent"), line(interview_on=TODAY - timedelta(days=1)), line(interview_on=None)]
    one = coming_interview(book, Applications(applications=listed), today=TODAY)
    assert one is not None and one.name == "Le Parc"
    assert coming_interview(Notebook(), Applications(), today=TODAY) is None
