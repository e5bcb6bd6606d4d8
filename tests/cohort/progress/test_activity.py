"""Activity by day: counted once, whatever is trimmed later; time counts only between acts that follow each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, delete, select

from clicnjob import works
from clicnjob.cohort.progress import activity
from clicnjob.models import Account, Revision, Role, WorkKind
from clicnjob.privacy.sharing import SharedChoices
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

EVERYTHING = SharedChoices(practice=True, applications=True)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def acted(session: Session, who: Account, kind: WorkKind, *minutes: float) -> None:
    """Saves of one work, so many minutes after NOW."""

    def body(number: int) -> dict[str, object]:
        return {"favourites": [{"key": f"job {number}"}]} if kind is WorkKind.JOBS else {"n": number}

    work = works.start_work(session, by=who, kind=kind, body=body(0), operation=works.new_operation())
    for version, _ in enumerate(minutes[1:], start=1):
        works.save_work(session, work.id, by=who, body=body(version), base=version, operation=works.new_operation())
    rows = session.exec(select(Revision).where(Revision.work_id == work.id).order_by(Revision.version)).all()
    for row, minute in zip(rows, minutes, strict=True):
        row.at = NOW + timedelta(minutes=minute)
    session.flush()


def read(session: Session, who: Account) -> list[tuple[str, int, int]]:
    found = activity.of_person(session, account_id=who.id, shared=EVERYTHING, since=TODAY, until=TODAY)
    return [(day.kind, day.acts, day.minutes) for day in found]


def test_time_between_acts_counts_and_a_pause_does_not(here: Place) -> None:
    young = here.young()
    acted(here.session, young, WorkKind.CV, 0, 4, 9, 40)
    activity.count_new(here.session, now=LATER)
    assert read(here.session, young) == [("cv", 4, 1 + 4 + 5 + 1)]


def test_each_room_counts_apart(here: Place) -> None:
    young = here.young()
    acted(here.session, young, WorkKind.CV, 0)
    acted(here.session, young, WorkKind.JOBS, 1, 2)
    activity.count_new(here.session, now=LATER)
    assert read(here.session, young) == [("cv", 1, 1), ("jobs", 2, 2)]


def test_an_hour_between_two_rooms_is_one_hour(here: Place) -> None:
    young = here.young()
    acted(here.session, young, WorkKind.CV, *range(0, 60, 10))
    acted(here.session, young, WorkKind.JOBS, *range(5, 60, 10))
    activity.count_new(here.session, now=LATER)
    assert sum(minutes for _, _, minutes in read(here.session, young)) == 1 + 55


def test_nothing_is_counted_twice_and_trimming_takes_nothing_away(here: Place) -> None:
    young = here.young()
    acted(here.session, young, WorkKind.CV, 0, 1)
    assert activity.count_new(here.session, now=LATER) == 2
    here.session.exec(delete(Revision))
    assert activity.count_new(here.session, now=LATER + timedelta(minutes=1)) == 0
    assert read(here.session, young) == [("cv", 2, 2)]


def test_what_comes_after_the_last_count_is_added_to_the_same_day(here: Place) -> None:
    young = here.young()
    acted(here.session, young, WorkKind.CV, 0)
    activity.count_new(here.session, now=NOW + timedelta(minutes=1))
    acted(here.session, young, WorkKind.CV, 5)
    activity.count_new(here.session, now=LATER)
    assert read(here.session, young) == [("cv", 2, 6)]


def test_the_last_seconds_wait_for_the_next_count(here: Place) -> None:
    young = here.young()
    acted(here.session, young, WorkKind.CV, 0)
    assert activity.count_new(here.session, now=NOW + timedelta(seconds=5)) == 0
    assert activity.count_new(here.session, now=NOW + timedelta(seconds=15)) == 1


def test_a_long_history_is_read_to_its_end(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity, "_AT_ONCE", 3)
    young = here.young()
    acted(here.session, young, WorkKind.CV, *range(10))
    counted = [activity.count_new(here.session, now=LATER) for _ in range(6)]
    assert (sum(counted), read(here.session, young)) == (10, [("cv", 10, 10)])


def test_guests_are_counted_nowhere(here: Place) -> None:
    guest = person(here.session, Role.GUEST)
    acted(here.session, guest, WorkKind.CV, 0)
    assert activity.count_new(here.session, now=LATER) == 0


def test_a_session_of_a_workshop_can_be_noted(here: Place) -> None:
    young = here.young()
    activity.note_activity(here.session, account_id=young.id, kind="workshop", at=NOW, seconds=5400)
    assert read(here.session, young) == [("workshop", 1, 90)]


def test_rehearsed_messages_are_told_to_nobody_whatever_is_shared(here: Place) -> None:
    young = here.young()
    acted(here.session, young, WorkKind.MAILBOX, 0, 3)
    activity.count_new(here.session, now=LATER)
    assert read(here.session, young) == []
