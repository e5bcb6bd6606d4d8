"""Calls and « Vu »: noted, reminded, undone; what one professional has seen stays in the list of the others."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from clicnjob.cohort import vocabulary
from clicnjob.cohort.progress import alert_silences, refreshing
from clicnjob.cohort.progress.alert_silences import BadDay
from clicnjob.cohort.progress.overview import ANY_ALERT, CohortFilters, cohort_page
from clicnjob.cohort.support import contacts, person_file, timeline
from clicnjob.cohort.support.contacts import BadReminder, TooManyContacts
from clicnjob.errors import NotFound
from clicnjob.french.contact import WrongPhone
from clicnjob.models import Account, AlertView, SilencedAlert
from tests import make
from tests.cohort_people import NOW, TODAY, Place, place


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def silent(here: Place) -> Account:
    """Somebody who has not been there for twenty days."""
    return here.newcomer(came_on=TODAY - timedelta(days=20))


def noted(here: Place, young: Account, outcome: str, remind_on: date | None = None, *, now: datetime = NOW) -> str:
    return contacts.note_contact(
        here.session, by=here.claire, account_id=young.id, outcome=outcome, remind_on=remind_on, today=TODAY, now=now
    )


def seen(here: Place, by: Account, young: Account, until: date | None = None) -> str:
    return alert_silences.silence_alert(here.session, by=by, account_id=young.id, rule="inactif", until=until, now=NOW)


def file_of(here: Place, young: Account) -> person_file.PersonFile:
    return person_file.person_file(here.session, by=here.claire, account_id=young.id, today=TODAY)


def test_a_call_leaves_a_line_and_quiets_the_alerts_that_ask_for_one(here: Place, silent: Account) -> None:
    assert here.alerts(silent) == ["inactif"]
    noted(here, silent, "message", TODAY + timedelta(days=3))
    assert here.alerts(silent) == []
    said = [event.words for event in timeline.timeline_events(file_of(here, silent), today=TODAY)]
    assert any(words.endswith("a laissé un message.") for words in said)


def test_the_reminder_raises_an_alert_on_its_day_and_not_before(here: Place, silent: Account) -> None:
    here.alerts(silent)
    noted(here, silent, "injoignable", TODAY + timedelta(days=2))
    assert here.alerts(silent, now=NOW + timedelta(days=1)) == []
    assert here.alerts(silent, now=NOW + timedelta(days=2)) == ["rappel", "inactif"]


def test_the_latest_contact_decides(here: Place, silent: Account) -> None:
    noted(here, silent, "injoignable", TODAY + timedelta(days=2))
    noted(here, silent, "repondu", now=NOW + timedelta(minutes=9))
    assert "rappel" not in here.alerts(silent, now=NOW + timedelta(days=2))


def test_a_contact_noted_by_mistake_is_undone(here: Place, silent: Account) -> None:
    contact = noted(here, silent, "injoignable", TODAY + timedelta(days=2))
    contacts.undo_contact(here.session, by=here.claire, contact_id=contact, today=TODAY, now=NOW)
    assert file_of(here, silent).contacts == ()
    assert here.alerts(silent, now=NOW + timedelta(days=2)) == ["inactif"]
    with pytest.raises(NotFound):
        contacts.undo_contact(here.session, by=here.claire, contact_id=contact, today=TODAY, now=NOW)


def test_only_who_noted_a_contact_undoes_it(here: Place, silent: Account) -> None:
    contact = noted(here, silent, "repondu")
    with pytest.raises(NotFound):
        contacts.undo_contact(here.session, by=here.head, contact_id=contact, today=TODAY, now=NOW)


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_a_reminder_is_a_day_to_come(here: Place, silent: Account, day: date) -> None:
    with pytest.raises(BadReminder):
        noted(here, silent, "message", day)


def test_an_unknown_outcome_is_refused(here: Place, silent: Account) -> None:
    with pytest.raises(NotFound):
        noted(here, silent, "inconnu")


def test_a_finger_on_the_button_stops_somewhere(here: Place, silent: Account) -> None:
    with pytest.raises(TooManyContacts):
        for _ in range(100):
            noted(here, silent, "message")


def test_each_outcome_says_what_was_done() -> None:
    assert all(one.fait and one.libelle for one in vocabulary.contact_outcomes().values())


def test_what_the_head_has_seen_stays_in_the_list_of_the_adviser(here: Place, silent: Account) -> None:
    assert here.alerts(silent) == ["inactif"]
    seen(here, here.head, silent)
    assert here.alerts(silent) == ["inactif"]
    assert [row.alerts for row in here.rows(here.head)] == [()]
    counted = cohort_page(here.session, adviser=here.head, today=TODAY, filters=CohortFilters(alert=ANY_ALERT)).figures
    assert (counted.with_alert, counted.by_alert) == (0, {})


def test_an_alert_seen_for_a_week_comes_back_after_it(here: Place, silent: Account) -> None:
    here.alerts(silent)
    seen(here, here.claire, silent, TODAY + timedelta(days=7))
    assert here.alerts(silent, now=NOW + timedelta(days=6)) == []
    assert here.alerts(silent, now=NOW + timedelta(days=7)) == ["inactif"]


def test_a_mark_is_undone_and_stays_in_the_history(here: Place, silent: Account) -> None:
    here.alerts(silent)
    mark = seen(here, here.claire, silent)
    alert_silences.undo_silence(here.session, by=here.claire, mark_id=mark, now=NOW)
    assert here.alerts(silent) == ["inactif"]
    (kept,) = file_of(here, silent).seen
    assert (kept.title, kept.ended_at) == ("Plus de nouvelles", NOW)
    assert here.session.exec(select(AlertView)).all() == []


def test_marking_again_with_a_day_replaces_the_mark(here: Place, silent: Account) -> None:
    here.alerts(silent)
    seen(here, here.claire, silent)
    seen(here, here.claire, silent, TODAY + timedelta(days=14))
    rows = here.session.exec(select(SilencedAlert).order_by(SilencedAlert.until)).all()  # type: ignore[arg-type]
    assert [row.ended_at is None for row in rows if row.until] == [True]
    assert [row.ended_at is None for row in rows if not row.until] == [False]


def test_a_mark_of_somebody_else_cannot_be_undone(here: Place, silent: Account) -> None:
    here.alerts(silent)
    mark = seen(here, here.head, silent)
    with pytest.raises(NotFound):
        alert_silences.undo_silence(here.session, by=here.claire, mark_id=mark, now=NOW)


def test_the_day_of_a_mark_is_to_come(here: Place, silent: Account) -> None:
    here.alerts(silent)
    with pytest.raises(BadDay):
        seen(here, here.claire, silent, TODAY)


def test_the_number_is_on_the_row_and_found_by_its_digits(here: Place, silent: Account) -> None:
    number = contacts.change_phone(
        here.session, by=here.claire, account_id=silent.id, typed="06.12.34.56.78", today=TODAY
    )
    refreshing.bring_up_to_date(here.session, of=here.claire, now=NOW)
    assert number == "+33612345678"
    for typed in ("06 12 34", "0612345678", "+33 6 12 34 56 78", "345678", "06.12.34"):
        assert [row.phone for row in here.rows(search=typed)] == [number], typed
    assert here.rows(search="06 99") == ()


def test_a_name_is_found_in_any_order(here: Place, silent: Account) -> None:
    refreshing.bring_up_to_date(here.session, of=here.claire, now=NOW)
    first, last = silent.first_name, silent.last_name
    assert len(here.rows(search=f"{first} {last}")) == len(here.rows(search=f"{last} {first}")) == 1


def test_a_wrong_number_is_refused_in_words(here: Place, silent: Account) -> None:
    with pytest.raises(WrongPhone):
        contacts.change_phone(here.session, by=here.claire, account_id=silent.id, typed="12", today=TODAY)


def test_the_number_of_the_cv_is_offered_only_when_a_cv_prints_one(here: Place, silent: Account) -> None:
    here.row(silent)
    assert file_of(here, silent).phone_on_cv == ""
    here.cv(silent, make.whole, on=TODAY)
    assert file_of(here, silent).phone_on_cv == "+33639981234"
    assert file_of(here, silent).phone == "", "it is read, and not kept by itself"
