"""i-milo of the week: everybody's lines in few queries, what was typed by whom, what is left, and never more than is shared."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.reports import imilo, imilo_week
from clicnjob.cohort.reports.imilo_week import ImiloWeek, LineToEnter, WeekLine, WrongWeeks
from clicnjob.cohort.support import contacts
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.models import (
    Account,
    ActivityDay,
    Appointment,
    Attendance,
    AuditEvent,
    ContactNote,
    ImiloEntry,
    Workshop,
)
from clicnjob.privacy.export.staff_writings import written_on_file
from clicnjob.text import count_graphemes
from tests.cohort_people import NOW, TODAY, Place, at, place
from tests.conftest import count_queries
from tests.for_each import for_each

MONDAY = TODAY - timedelta(days=TODAY.weekday())


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def worked(here: Place, who: Account, kind: str, minutes: int, *, on: date = TODAY) -> None:
    """So many minutes of one kind on a day."""
    kept = here.session.get(ActivityDay, (who.id, on, kind)) or ActivityDay(account_id=who.id, day=on, kind=kind)
    kept.acts, kept.seconds = kept.acts + 1, kept.seconds + 60 * minutes
    here.session.add(kept)
    here.session.flush()


def attended(here: Place, who: Account, minutes: int, *, on: date = TODAY) -> str:
    held = Workshop(
        organisation_id=here.organisation_id, by_id=here.trainer.id, kind="cv", title="Mon CV", began_at=at(on),
        ended_at=at(on) + timedelta(minutes=minutes), minutes=minutes,
    )  # fmt: skip
    here.session.add(held)
    here.session.flush()
    here.session.add(Attendance(workshop_id=held.id, account_id=who.id))
    here.session.flush()
    return held.id


def week(here: Place, *, by: Account | None = None, now: datetime = NOW, **named: date) -> ImiloWeek:
    for person in here.session.exec(select(Account).where(Account.role == "young")):
        refreshing.refresh_progress(here.session, [person.id], now=NOW)
    asked = {"start": MONDAY, "end": MONDAY + timedelta(days=6)} | named
    return imilo_week.week_lines(here.session, of=by or here.claire, today=TODAY, now=now, **asked)


def said(found: ImiloWeek) -> list[tuple[str, str, int]]:
    return [(one.first_name, line.line.category, line.line.minutes) for one in found.people for line in one.lines]


def tick(here: Place, found: ImiloWeek, *, by: Account | None = None, now: datetime = NOW) -> int:
    chosen = [LineToEnter(one.id, line.line.key, line.line.minutes) for one in found.people for line in one.lines]
    return imilo_week.mark_entered(here.session, by=by or here.claire, chosen=chosen, today=TODAY, now=now)


def test_the_young_person_takes_along_who_noted_what_for_imilo(here: Place) -> None:
    zoe = here.young()
    worked(here, zoe, "cv", 180, on=MONDAY)
    attended(here, zoe, 90, on=MONDAY)
    tick(here, week(here))
    told = [words for what, _, words in written_on_file(here.session, account_id=zoe.id) if what == "Noté dans i-milo"]
    assert len(told) == 2 and all(words.endswith("Par Claire.") for words in told)
    assert any("semaine du lundi" in words for words in told) and any("séance de groupe" in words for words in told)
    imilo_week.undo_entered_at(here.session, by=here.claire, at=NOW, now=NOW)
    assert written_on_file(here.session, account_id=zoe.id) == ()


def only(found: ImiloWeek) -> WeekLine:
    (line,) = found.lines
    return line


def test_everybody_has_a_line_for_each_week_and_category_by_name(here: Place) -> None:
    lina, adam = here.young("Lina", "Morel"), here.young("Adam", "Bâ")
    worked(here, lina, "cv", 50)
    worked(here, lina, "cv", 20, on=TODAY - timedelta(days=7))
    worked(here, adam, "jobs", 31)
    assert said(week(here)) == [("Adam", "Projet professionnel", 30), ("Lina", "Projet professionnel", 45)]
    before = week(here, start=MONDAY - timedelta(days=7), end=MONDAY - timedelta(days=1))
    assert said(before) == [("Lina", "Projet professionnel", 15)]
    assert len(week(here, start=MONDAY - timedelta(days=7), end=TODAY).lines) == 3


def test_what_is_not_shared_is_in_no_line(here: Place) -> None:
    quiet, open_one = here.young("Quentin"), here.young("Olga")
    here.share(open_one, applications=True)
    for who in (quiet, open_one):
        worked(here, who, "apply", 60)
    assert said(week(here)) == [("Olga", "Emploi", 60)]


def test_a_session_an_appointment_and_a_contact_have_their_own_lines(here: Place) -> None:
    lina = here.young("Lina", "Morel")
    worked(here, lina, "cv", 100)
    attended(here, lina, 90)
    here.session.add(
        Appointment(account_id=lina.id, by_id=here.claire.id, day=TODAY, minutes=30, kind="sur_place", outcome="venu")
    )
    here.session.add(Appointment(account_id=lina.id, by_id=here.claire.id, day=TODAY, minutes=30, outcome="absent"))
    contacts.note_contact(
        here.session, by=here.claire, account_id=lina.id, outcome="message", remind_on=None, today=TODAY, now=NOW
    )
    found = week(here)
    assert sorted(line.line.minutes for line in found.lines) == [0, 30, 90]
    called = next(line.line for line in found.lines if not line.line.minutes)
    assert called.copied == "Non-SNP. Appel\u00a0: message laissé (16 mars). À vérifier avec le jeune."


def test_a_contact_late_in_the_evening_is_of_the_day_of_the_place(here: Place) -> None:
    lina, late = here.young("Lina", "Morel"), NOW.replace(hour=23, minute=30) - timedelta(days=1)
    here.session.add(ContactNote(account_id=lina.id, by_id=here.claire.id, outcome="repondu", at=late))
    here.session.flush()
    assert only(week(here)).line.on == days.local_day(late)


def test_the_sheet_and_the_week_give_the_same_lines(here: Place) -> None:
    lina = here.young("Lina", "Morel")
    worked(here, lina, "cv", 100)
    attended(here, lina, 45)
    sheet = imilo.lines_of(
        here.session, by=here.claire, account_id=lina.id, start=MONDAY, end=TODAY, today=TODAY, now=NOW
    )
    assert [one.line for one in week(here).lines] == list(sheet)


def test_a_line_is_copied_with_its_category_and_minutes_within_the_field(here: Place) -> None:
    lina = here.young("Lina", "Morel")
    here.share(lina, applications=True, practice=True)
    for number in range(7):
        for kind in ("cv", "jobs", "apply", "interview"):
            worked(here, lina, kind, 600, on=MONDAY + timedelta(days=number))
    for one in week(here).lines:
        assert one.line.copied.startswith(f"{one.line.category}, 140\u00a0h. ")
        assert count_graphemes(one.line.copied) <= imilo.imilo_rule().longueur


def test_ticking_says_who_typed_it_and_when_and_a_second_tick_adds_nothing(here: Place) -> None:
    worked(here, here.young("Lina", "Morel"), "cv", 50)
    assert only(week(here)).is_left
    assert tick(here, week(here)) == 1
    line = only(week(here))
    assert (line.is_left, line.entered, line.entered_by, line.entered_at) == (False, 45, "Claire", NOW)
    assert tick(here, week(here), by=here.head) == 0


def test_what_was_added_after_the_tick_is_left(here: Place) -> None:
    lina = here.young("Lina", "Morel")
    worked(here, lina, "cv", 50)
    tick(here, week(here))
    worked(here, lina, "cv", 40)
    line = only(week(here))
    assert (line.is_left, line.left_minutes, line.entered) == (True, 45, 45)
    assert line.to_copy.copied.startswith("Projet professionnel, 45\u00a0min. ")
    tick(here, week(here))
    assert not only(week(here)).is_left


def test_a_tick_notes_what_the_screen_showed_and_not_what_came_since(here: Place) -> None:
    lina = here.young("Lina", "Morel")
    worked(here, lina, "cv", 50)
    shown = week(here)
    worked(here, lina, "cv", 60)
    tick(here, shown)
    assert only(week(here)).left_minutes == 60


def test_a_tick_is_undone_alone_or_with_all_of_its_moment(here: Place) -> None:
    for name in ("Lina", "Adam"):
        worked(here, here.young(name), "cv", 50)
    tick(here, week(here))
    first = week(here).people[0]
    imilo_week.undo_entered(
        here.session, by=here.head, account_id=first.id, key=first.lines[0].line.key, today=TODAY, now=NOW
    )
    assert [line.is_left for line in week(here).lines] == [True, False]
    assert imilo_week.undo_entered_at(here.session, by=here.karim, at=NOW, now=NOW) == 0
    assert imilo_week.undo_entered_at(here.session, by=here.claire, at=NOW, now=NOW) == 1
    assert all(line.is_left for line in week(here).lines)
    with pytest.raises(NotFound):
        imilo_week.undo_entered(
            here.session, by=here.claire, account_id=first.id, key=first.lines[0].line.key, today=TODAY, now=NOW
        )


def test_a_colleague_sees_and_ticks_nothing_of_it_and_the_head_all(here: Place) -> None:
    worked(here, here.young("Lina", "Morel"), "cv", 50)
    worked(here, here.young("Sami", "Kaci", adviser=here.karim), "cv", 50)
    assert [one[0] for one in said(week(here))] == ["Lina"]
    assert [one[0] for one in said(week(here, by=here.head))] == ["Sami", "Lina"]
    with pytest.raises(NotFound):
        tick(here, week(here), by=here.karim)
    with pytest.raises(permissions.FollowsNobody):
        week(here, by=here.trainer)
    assert here.session.exec(select(ImiloEntry)).all() == []


@for_each(
    ("key", "minutes"),
    [
        ("", 15), ("2026-03-16:Inventée", 15), ("2026-03-17:Emploi", 15), ("seance:", 15), ("seance:" + "x" * 40, 15),
        ("action:\x00", 15), ("action:<b>", 15), ("<script>:Emploi", 15),
        ("2026-03-16:Emploi", -15), ("2026-03-16:Emploi", 10**9),
    ],
)  # fmt: skip
def test_a_forged_line_is_refused(session: Session, key: str, minutes: int) -> None:
    here = place(session)
    lina = here.young("Lina", "Morel")
    with pytest.raises(NotFound):
        imilo_week.mark_entered(
            session, by=here.claire, chosen=[LineToEnter(lina.id, key, minutes)], today=TODAY, now=NOW
        )


def test_weeks_are_whole_and_bounded() -> None:
    assert imilo_week.whole_weeks(TODAY, TODAY, today=TODAY) == (MONDAY, MONDAY + timedelta(days=6))
    for start, end in ((TODAY, TODAY - timedelta(days=1)), (TODAY - timedelta(days=120), TODAY)):
        with pytest.raises(WrongWeeks):
            imilo_week.whole_weeks(start, end, today=TODAY)
    with pytest.raises(WrongWeeks):
        imilo_week.whole_weeks(TODAY + timedelta(days=1), TODAY + timedelta(days=2), today=TODAY)


def test_reading_a_cohort_takes_seven_queries_and_each_person_can_see_it(engine: Engine, here: Place) -> None:
    for number in range(12):
        worked(here, here.young(f"Prénom{number}"), "cv", 50)
    week(here)
    with count_queries(engine, 7):
        imilo_week.week_lines(here.session, of=here.claire, start=MONDAY, end=TODAY, today=TODAY, now=NOW)
    assert len(here.session.exec(select(AuditEvent).where(AuditEvent.why == "progress")).all()) == 12
