"""Who is signed in, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from clicnjob.accounts import people, presence, tabs
from clicnjob.models import Account, Role, SignIn, Work, WorkKind
from tests.conftest import count_queries, person
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def test_a_token_finds_its_person(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    found = presence.present_person(session, token, now=NOW)
    assert found is not None and (found.id, found.role, found.masked_after) == (
        young.id,
        Role.YOUNG,
        5 * MINUTE,
    )


@for_each("token", [None, "", "x", "é\ud83d", "A" * 100_000])
def test_an_unknown_token_finds_nobody(session: Session, token: str | None) -> None:
    assert presence.present_person(session, token, now=NOW) is None


def test_the_token_itself_is_not_kept(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    kept = session.exec(select(SignIn)).one()
    assert token not in kept.model_dump_json() and len(token) >= 43


@pytest.mark.parametrize(("role", "minutes"), [(Role.YOUNG, 15), (Role.GUEST, 15), (Role.ADVISER, 30)])
def test_idleness_ends_the_sign_in(session: Session, role: Role, minutes: int) -> None:
    token = presence.begin_sign_in(session, account=person(session, role), now=NOW)
    assert presence.recognised_person(session, token, now=NOW + minutes * MINUTE - SECOND)
    assert presence.recognised_person(session, token, now=NOW + minutes * MINUTE) is None


@pytest.mark.parametrize(("role", "hours"), [(Role.YOUNG, 4), (Role.TRAINER, 10)])
def test_even_a_busy_sign_in_ends(session: Session, role: Role, hours: int) -> None:
    token = presence.begin_sign_in(session, account=person(session, role), now=NOW)
    for minute in range(0, hours * 60, 4):
        now = NOW + minute * MINUTE
        _keep_a_tab_open(session, token, now=now)
        found = presence.present_person(session, token, now=now)
        assert found is not None
        presence.note_activity(session, found.sign_in_id, now=now)
    assert presence.recognised_person(session, token, now=NOW + hours * 60 * MINUTE) is None


def _keep_a_tab_open(session: Session, token: str, *, now: datetime) -> None:
    found = presence.recognised_person(session, token, now=now)
    assert found is not None
    tabs.note_open_tab(found.sign_in_id, now=now)


def test_an_act_told_late_takes_nothing_back(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    found = presence.present_person(session, token, now=NOW)
    assert found is not None
    for at in (NOW + MINUTE, NOW - MINUTE):
        presence.note_activity(session, found.sign_in_id, now=at)
    assert session.exec(select(SignIn.seen_at)).one() == NOW + MINUTE


# --- sleeping


@pytest.mark.parametrize(("role", "minutes"), [(Role.YOUNG, 5), (Role.ADVISER, 10), (Role.HEAD, 10)])
def test_a_visit_sleeps_when_nobody_acts_although_its_tab_is_open(session: Session, role: Role, minutes: int) -> None:
    token = presence.begin_sign_in(session, account=person(session, role), now=NOW)
    for now, there in ((NOW + minutes * MINUTE - SECOND, True), (NOW + minutes * MINUTE, False)):
        _keep_a_tab_open(session, token, now=now)
        assert (presence.present_person(session, token, now=now) is not None) is there


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.ADVISER])
def test_a_visit_sleeps_when_all_its_tabs_have_been_gone_for_two_minutes(session: Session, role: Role) -> None:
    token = presence.begin_sign_in(session, account=person(session, role), now=NOW)
    assert presence.present_person(session, token, now=NOW + 2 * MINUTE - SECOND)
    assert presence.present_person(session, token, now=NOW + 2 * MINUTE) is None
    found = presence.recognised_person(session, token, now=NOW + 2 * MINUTE)
    assert found is not None and found.asleep


def test_an_open_tab_keeps_an_idle_guest_awake_until_the_end(session: Session) -> None:
    """They have no secret: asked for one, they would lose what they typed."""
    token = presence.begin_sign_in(session, account=people.add_guest(session, now=NOW), now=NOW)
    for minute in range(0, 15, 1):
        _keep_a_tab_open(session, token, now=NOW + minute * MINUTE)
        assert presence.present_person(session, token, now=NOW + minute * MINUTE)
    assert presence.recognised_person(session, token, now=NOW + 15 * MINUTE) is None


def test_waking_needs_the_person_not_a_tab_nor_an_act(session: Session, young: Account) -> None:
    token, later = presence.begin_sign_in(session, account=young, now=NOW), NOW + 3 * MINUTE
    tabs.write_open_tabs(session, now=later)
    _keep_a_tab_open(session, token, now=later)
    found = presence.recognised_person(session, token, now=later)
    assert found is not None
    presence.note_activity(session, found.sign_in_id, now=later)
    assert presence.present_person(session, token, now=later) is None
    presence.wake_sign_in(session, found.sign_in_id, acted=True, now=later)
    assert presence.present_person(session, token, now=later)


def test_an_ended_visit_cannot_be_woken(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    found = presence.present_person(session, token, now=NOW)
    assert found is not None
    presence.end_sign_in(session, token, reason="done", now=NOW)
    presence.wake_sign_in(session, found.sign_in_id, acted=True, now=NOW)
    assert presence.recognised_person(session, token, now=NOW) is None


def test_a_restart_wakes_nobody_and_puts_nobody_to_sleep(session: Session) -> None:
    gone, here = (presence.begin_sign_in(session, account=person(session, Role.YOUNG), now=NOW) for _ in range(2))
    _keep_a_tab_open(session, here, now=NOW + 2 * MINUTE)
    tabs.write_open_tabs(session, now=NOW + 2 * MINUTE)  # the server goes, and is back three minutes later
    tabs._SEEN.clear()
    after = NOW + 5 * MINUTE - SECOND
    assert presence.present_person(session, here, now=after) is None
    tabs.spare_awake_visits(session, now=after)
    assert presence.present_person(session, here, now=after)
    assert presence.present_person(session, gone, now=after) is None


def test_open_tabs_are_written_in_two_queries_whatever_their_number(session: Session, engine: Engine) -> None:
    tokens = [presence.begin_sign_in(session, account=person(session, Role.YOUNG), now=NOW) for _ in range(5)]
    for token in tokens:
        _keep_a_tab_open(session, token, now=NOW + MINUTE)
    with count_queries(engine, 2):
        tabs.write_open_tabs(session, now=NOW + MINUTE)
    tabs._SEEN.clear()
    assert all(presence.present_person(session, token, now=NOW + 2 * MINUTE) for token in tokens)


# --- what a visit keeps to ask for the PIN again


@pytest.mark.usefixtures("peppered")
def test_only_the_token_unlocks_the_number_of_the_card(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW, card="K7QM2XHP9DC")
    kept = session.exec(select(SignIn)).one()
    assert "K7QM2XHP9DC" not in kept.model_dump_json()
    found = presence.present_person(session, token, now=NOW)
    assert found is not None
    assert presence.card_code(found, token, now=NOW) == "K7QM2XHP9DC"
    assert presence.card_code(found, "another", now=NOW) == ""
    presence.end_sign_in(session, token, reason="done", now=NOW)
    assert session.exec(select(SignIn.card_locked)).one() == ""


def test_reading_who_is_there_takes_one_query(session: Session, engine: Engine, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    with count_queries(engine, 1):
        presence.present_person(session, token, now=NOW)


def test_an_ended_sign_in_is_not_brought_back(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    found = presence.present_person(session, token, now=NOW)
    assert found is not None
    presence.end_sign_in(session, token, reason="done", now=NOW)
    presence.note_activity(session, found.sign_in_id, now=NOW + MINUTE)
    assert presence.present_person(session, token, now=NOW + MINUTE) is None


def test_a_third_sign_in_of_a_young_person_ends_the_oldest(session: Session, young: Account) -> None:
    tokens = [presence.begin_sign_in(session, account=young, now=NOW + at * MINUTE) for at in range(3)]
    there = [presence.recognised_person(session, token, now=NOW + 3 * MINUTE) is not None for token in tokens]
    assert there == [False, True, True]


def test_closing_an_account_ends_its_sign_ins(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    young.closed_at = NOW
    session.add(young)
    session.flush()
    assert presence.present_person(session, token, now=NOW) is None


def test_a_guest_who_leaves_takes_everything_along(session: Session) -> None:
    guest = people.add_guest(session, now=NOW)
    token = presence.begin_sign_in(session, account=guest, now=NOW)
    session.add(Work(account_id=guest.id, kind=WorkKind.PROFILE, body={"a": 1}))
    session.flush()
    people.leave_for_good(session, token, reason="done", now=NOW)
    assert [session.exec(select(table)).all() for table in (Account, SignIn, Work)] == [[], [], []]


def test_a_young_person_who_leaves_keeps_their_work(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    people.leave_for_good(session, token, reason="done", now=NOW)
    assert session.get(Account, young.id) is not None
    assert presence.present_person(session, token, now=NOW) is None


def test_the_sweep_takes_the_guests_who_went_and_nobody_else(session: Session, young: Account) -> None:
    gone, here = people.add_guest(session, now=NOW), people.add_guest(session, now=NOW)
    presence.begin_sign_in(session, account=gone, now=NOW)
    presence.begin_sign_in(session, account=here, now=NOW + 10 * MINUTE)
    presence.begin_sign_in(session, account=young, now=NOW)
    assert people.sweep_guests(session, now=NOW + 16 * MINUTE) == 1
    session.expire_all()
    assert set(session.exec(select(Account.id))) == {here.id, young.id}


def test_a_guest_without_any_sign_in_is_swept(session: Session) -> None:
    people.add_guest(session, now=NOW)
    assert people.sweep_guests(session, now=NOW) == 1
