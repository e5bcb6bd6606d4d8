"""Who is signed in, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from clicnjob.accounts import people, presence
from clicnjob.models import Account, Role, SignIn, Work, WorkKind
from tests.conftest import count_queries, person

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_token_finds_its_person(session: Session, young: Account) -> None:
    token = presence.begin(session, account=young, now=NOW)
    found = presence.present(session, token, now=NOW)
    assert found is not None and (found.id, found.role, found.masked_after) == (
        young.id,
        Role.YOUNG,
        5 * MINUTE,
    )


@pytest.mark.parametrize("token", [None, "", "x", "é\ud83d", "A" * 100_000])
def test_an_unknown_token_finds_nobody(session: Session, token: str | None) -> None:
    assert presence.present(session, token, now=NOW) is None


def test_the_token_itself_is_not_kept(session: Session, young: Account) -> None:
    token = presence.begin(session, account=young, now=NOW)
    kept = session.exec(select(SignIn)).one()
    assert token not in kept.model_dump_json() and len(token) >= 43


@pytest.mark.parametrize(("role", "minutes"), [(Role.YOUNG, 15), (Role.GUEST, 15), (Role.ADVISER, 30)])
def test_idleness_ends_the_sign_in(session: Session, role: Role, minutes: int) -> None:
    token = presence.begin(session, account=person(session, role), now=NOW)
    assert presence.present(session, token, now=NOW + minutes * MINUTE - timedelta(seconds=1))
    assert presence.present(session, token, now=NOW + minutes * MINUTE) is None


@pytest.mark.parametrize(("role", "hours"), [(Role.YOUNG, 4), (Role.TRAINER, 10)])
def test_even_a_busy_sign_in_ends(session: Session, role: Role, hours: int) -> None:
    token = presence.begin(session, account=person(session, role), now=NOW)
    for minute in range(0, hours * 60, 10):
        found = presence.present(session, token, now=NOW + minute * MINUTE)
        assert found is not None
        presence.touch(session, found.sign_in_id, now=NOW + minute * MINUTE)
    assert presence.present(session, token, now=NOW + hours * 60 * MINUTE) is None


def test_an_act_is_written_down_at_most_each_half_minute(session: Session, young: Account) -> None:
    token = presence.begin(session, account=young, now=NOW)
    due = [presence.present(session, token, now=NOW + timedelta(seconds=s)) for s in (0, 29, 30)]
    assert [found.touch_due for found in due if found] == [False, False, True]


def test_reading_who_is_there_takes_one_query(session: Session, engine: Engine, young: Account) -> None:
    token = presence.begin(session, account=young, now=NOW)
    with count_queries(engine, 1):
        presence.present(session, token, now=NOW)


def test_an_ended_sign_in_is_not_brought_back(session: Session, young: Account) -> None:
    token = presence.begin(session, account=young, now=NOW)
    found = presence.present(session, token, now=NOW)
    assert found is not None
    presence.end(session, token, reason="done", now=NOW)
    presence.touch(session, found.sign_in_id, now=NOW + MINUTE)
    assert presence.present(session, token, now=NOW + MINUTE) is None


def test_a_third_sign_in_of_a_young_person_ends_the_oldest(session: Session, young: Account) -> None:
    tokens = [presence.begin(session, account=young, now=NOW + at * MINUTE) for at in range(3)]
    there = [presence.present(session, token, now=NOW + 3 * MINUTE) is not None for token in tokens]
    assert there == [False, True, True]


def test_closing_an_account_ends_its_sign_ins(session: Session, young: Account) -> None:
    token = presence.begin(session, account=young, now=NOW)
    young.closed_at = NOW
    session.add(young)
    session.flush()
    assert presence.present(session, token, now=NOW) is None


def test_a_guest_who_leaves_takes_everything_along(session: Session) -> None:
    guest = people.guest(session, now=NOW)
    token = presence.begin(session, account=guest, now=NOW)
    session.add(Work(account_id=guest.id, kind=WorkKind.PROFILE, body={"a": 1}))
    session.flush()
    people.leave(session, token, reason="done", now=NOW)
    assert [session.exec(select(table)).all() for table in (Account, SignIn, Work)] == [[], [], []]


def test_a_young_person_who_leaves_keeps_their_work(session: Session, young: Account) -> None:
    token = presence.begin(session, account=young, now=NOW)
    people.leave(session, token, reason="done", now=NOW)
    assert session.get(Account, young.id) is not None
    assert presence.present(session, token, now=NOW) is None


def test_the_sweep_takes_the_guests_who_went_and_nobody_else(session: Session, young: Account) -> None:
    gone, here = people.guest(session, now=NOW), people.guest(session, now=NOW)
    presence.begin(session, account=gone, now=NOW)
    presence.begin(session, account=here, now=NOW + 10 * MINUTE)
    presence.begin(session, account=young, now=NOW)
    assert people.sweep_guests(session, now=NOW + 16 * MINUTE) == 1
    session.expire_all()
    assert set(session.exec(select(Account.id))) == {here.id, young.id}


def test_a_guest_without_any_sign_in_is_swept(session: Session) -> None:
    people.guest(session, now=NOW)
    assert people.sweep_guests(session, now=NOW) == 1
