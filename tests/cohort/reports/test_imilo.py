"""Lines to copy into i-milo: rounded down, short, marked to be checked, and never said to be validated."""

from __future__ import annotations

from datetime import date

from clicnjob.cohort.progress.activity import CountedDay
from clicnjob.cohort.reports import imilo
from clicnjob.cohort.reports.imilo import ImiloLine
from clicnjob.cohort.support.support_actions import SupportAction
from clicnjob.paths import PACKAGE, PAGES

CEJ = {"Emploi", "Formation", "Projet professionnel", "Logement", "Santé", "Citoyenneté", "Loisirs-sport-culture"}
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def made(*done: CountedDay) -> tuple[ImiloLine, ...]:
    return imilo.imilo_lines(done, start=MARCH[0], end=MARCH[1])


def test_minutes_of_a_week_are_added_then_rounded_down() -> None:
    (line,) = made(CountedDay(date(2026, 3, 10), "cv", 1, 25), CountedDay(date(2026, 3, 12), "cv", 1, 19))
    assert (line.monday, line.category, line.minutes) == (date(2026, 3, 9), "Projet professionnel", 30)
    assert line.comment == "Travail sur le CV (10 et 12 mars). À vérifier avec le jeune."


def test_less_than_a_quarter_of_an_hour_is_no_line() -> None:
    assert made(CountedDay(date(2026, 3, 10), "cv", 1, 14)) == ()


def test_two_activities_of_one_category_share_a_line_and_another_week_has_its_own() -> None:
    first, second = made(
        CountedDay(date(2026, 3, 10), "cv", 1, 20),
        CountedDay(date(2026, 3, 11), "jobs", 1, 20),
        CountedDay(date(2026, 3, 17), "interview", 1, 40),
    )
    assert (first.minutes, second.category, second.minutes) == (30, "Emploi", 30)
    assert "Recherche de métiers" in first.comment


def test_both_ends_of_the_period_count_and_nothing_outside() -> None:
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [line.minutes for line in made(*(CountedDay(day, "cv", 1, 60) for day in days))] == [60, 60]


def test_a_comment_is_never_longer_than_the_field() -> None:
    week = [date(2026, 3, day) for day in range(9, 16)]
    kinds = [activity.cle for activity in imilo.imilo_rule().activites]
    for line in made(*(CountedDay(day, kind, 1, 30) for day in week for kind in kinds)):
        assert len(line.comment) <= 255
        assert line.comment.endswith(imilo.imilo_rule().mention)


def test_a_call_is_no_session() -> None:
    called = SupportAction(id="a", on=MARCH[0], minutes=0, outcome="repondu")
    (line,) = imilo.person_lines([], [], [called], start=MARCH[0], end=MARCH[1])
    assert (line.is_session, line.minutes) == (False, 0)
    session = imilo.workshop_line(kind="cv", title="", on=MARCH[0], minutes=60)
    assert session is not None and session.is_session


def test_an_activity_that_the_rule_does_not_know_is_left_out() -> None:
    assert made(CountedDay(date(2026, 3, 10), "unknown", 1, 60)) == ()


def test_the_categories_are_those_of_the_cej() -> None:
    assert {activity.categorie for activity in imilo.imilo_rule().activites} <= CEJ


def test_nothing_says_that_hours_are_validated() -> None:
    said = [imilo.RULE.read_text(encoding="utf-8")]
    said += [
        path.read_text(encoding="utf-8")
        for folder in (PACKAGE / "cohort", PACKAGE / "ui", PAGES)
        for path in folder.rglob("*.py")
    ]
    assert not [text for text in said if "validées" in text.casefold()]
