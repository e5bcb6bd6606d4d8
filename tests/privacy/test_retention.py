"""Thirty-six months, day by day: who goes, who stays, who is told, and what is never kept longer than policy says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from clicnjob import audit, config, policy, works
from clicnjob.accounts import cards, people, presence
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.models import (
    Account,
    AuditEvent,
    Card,
    ErasurePlan,
    ErasureWhy,
    Organisation,
    Revision,
    Role,
    SignIn,
    Tombstone,
    Work,
    WorkKind,
)
from clicnjob.privacy import views
from clicnjob.privacy.erasure import erasure_request, tombstones
from clicnjob.privacy.retention import freezing, rules
from tests.conftest import count_queries, person

pytest_plugins = ["tests.sign_in_pages"]

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CLICNJOB_HOME", str(tmp_path))
    monkeypatch.setenv("CLICNJOB_PEPPER", "poivre des essais")
    config.current_settings.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    config.current_settings.cache_clear()


@pytest.fixture
def adviser(session: Session) -> Account:
    place = Organisation(name="Structure d’essai")
    session.add(place)
    session.flush()
    return person(session, Role.ADVISER, organisation_id=place.id, first_name="Claire")


def enrolled(session: Session, adviser: Account, name: str, *, came: bool = True) -> Account:
    young, _ = people.enrol_young(session, by=adviser, first_name=name, last_name="Essai", now=START)
    if came:
        comes(session, young, START)
    return young


def comes(session: Session, young: Account, now: datetime) -> None:
    presence.begin_sign_in(session, account=young, now=now)
    presence.end_all(session, account_id=young.id, reason="done", now=now)


def names(session: Session) -> set[str]:
    return set(session.exec(select(Account.first_name).where(Account.role == Role.YOUNG)))


@pytest.mark.long
@pytest.mark.slow
def test_thirty_six_months(session: Session, adviser: Account) -> None:
    head = person(session, Role.HEAD, organisation_id=adviser.organisation_id)
    everybody = {
        name: enrolled(session, adviser, name) for name in ("Régulière", "Partie", "Revenu", "Gelée", "Fâchée")
    }
    everybody["Jamais"] = enrolled(session, adviser, "Jamais", came=False)
    everybody["Relancé"] = enrolled(session, adviser, "Relancé", came=False)
    freezing.freeze_file(session, by=head, account_id=everybody["Gelée"].id, why="dispute", now=START)
    gone: dict[str, int] = {}
    announced: dict[str, int] = {}
    for day in _days_of_thirty_six_months():
        now = START + day * DAY
        _lives(session, everybody, adviser, day, now)
        before = names(session)
        rules.purge_expired(session, now=now)
        gone |= dict.fromkeys(before - names(session), day)
        for one in rules.upcoming_erasures(session, of=head):
            if one.why is ErasureWhy.IDLE:
                announced.setdefault(one.name.split()[0], day)
        if day % 30 == 0:
            _nothing_too_old(session, now)
    assert names(session) == {"Régulière", "Revenu", "Gelée"}
    assert gone == {"Jamais": 91, "Relancé": 60 + 91, "Fâchée": 207, "Partie": 730}
    assert announced == {"Partie": 700, "Revenu": 700}
    assert audit.first_broken(session) is None
    assert len(session.exec(select(Tombstone)).all()) == 4


def _days_of_thirty_six_months() -> list[int]:
    """Every day around what is due, once a week between: nothing is due on the others."""
    due = (60, 91, 60 + 91, 200, 207, 700, 710, 730)
    return sorted(
        {*range(0, 36 * 30 + 16, 7), *range(0, 36 * 30 + 16, 30), *(day + n for day in due for n in range(-3, 4))}
    )


def _lives(session: Session, who: dict[str, Account], adviser: Account, day: int, now: datetime) -> None:
    """What happens on a day."""
    if day % 28 == 0:
        comes(session, who["Régulière"], now)
        views.note_view(session, by=adviser, whom_id=who["Régulière"].id, what="file", now=now)
        cards.issue_card(session, account=who["Régulière"], now=now)
        people.add_guest(session, now=now)
    if day == 60:
        cards.issue_card(session, account=who["Relancé"], now=now)
    if day == 200:
        erasure_request.ask_for_erasure(session, by=who["Fâchée"], now=now)
    if day == 710:  # told on day 700; came back
        comes(session, who["Revenu"], now)


def _nothing_too_old(session: Session, now: datetime) -> None:
    assert not session.exec(select(SignIn).where(col(SignIn.seen_at) <= now - policy.SIGN_INS_KEPT)).all()
    assert not session.exec(select(Card).where(col(Card.voided_at) <= now - policy.VOID_CARDS_KEPT)).all()
    assert not session.exec(select(Account).where(Account.role == Role.GUEST)).all()
    old = session.exec(select(AuditEvent).where(AuditEvent.at < now - policy.AUDIT_KEPT)).all()
    assert not old


def test_nobody_goes_without_thirty_days_notice_however_late_the_purge_runs(session: Session, adviser: Account) -> None:
    enrolled(session, adviser, "Partie")
    late = START + timedelta(days=900)
    rules.purge_expired(session, now=late)
    plan = session.exec(select(ErasurePlan)).one()
    assert plan.due_at == late + policy.ERASURE_ANNOUNCED
    rules.purge_expired(session, now=late + timedelta(days=29))
    assert names(session) == {"Partie"}
    rules.purge_expired(session, now=late + timedelta(days=30))
    assert names(session) == set()


def test_who_comes_back_on_the_last_day_stays(session: Session, adviser: Account) -> None:
    young = enrolled(session, adviser, "Revenu")
    rules.purge_expired(session, now=START + timedelta(days=700))
    comes(session, young, START + timedelta(days=730) - timedelta(minutes=1))
    assert erasure_request.planned_erasure(session, of=young).why is ErasureWhy.IDLE, (
        "it says on the screen what nearly happened"
    )
    rules.purge_expired(session, now=START + timedelta(days=730))
    assert names(session) == {"Revenu"}
    assert erasure_request.planned_erasure(session, of=young).due_at is None


def test_who_came_once_and_got_a_new_card_is_not_taken_for_never_come(session: Session, adviser: Account) -> None:
    young = enrolled(session, adviser, "Venue")
    cards.issue_card(session, account=young, now=START + DAY)
    for day in range(0, 400, 10):
        rules.purge_expired(session, now=START + day * DAY)
    assert names(session) == {"Venue"}


def test_an_adviser_sees_those_whom_they_follow_and_the_head_all(
    session: Session, adviser: Account, engine: Engine
) -> None:
    other = person(session, Role.ADVISER, organisation_id=adviser.organisation_id)
    head = person(session, Role.HEAD, organisation_id=adviser.organisation_id)
    elsewhere = person(session, Role.HEAD)
    for name, follower in (("Une", adviser), ("Deux", other)):
        erasure_request.ask_for_erasure(session, by=enrolled(session, follower, name), now=START)
    with count_queries(engine, 1):
        assert [one.name for one in rules.upcoming_erasures(session, of=adviser)] == ["Une Essai"]
    assert len(rules.upcoming_erasures(session, of=head)) == 2
    assert rules.upcoming_erasures(session, of=elsewhere) == ()
    for role in (Role.YOUNG, Role.GUEST, Role.TRAINER, Role.ADMIN):
        with pytest.raises(rules.MayNotReadErasures):
            rules.upcoming_erasures(session, of=person(session, role))


def test_old_versions_go_and_the_present_one_stays(session: Session, young: Account) -> None:
    comes(session, young, datetime.now(UTC))
    work = works.start_work(session, by=young, kind=WorkKind.CV, body={"n": 1}, operation="a")
    works.save_work(session, work.id, by=young, body={"n": 2}, base=1, operation="b")
    rules.purge_expired(session, now=datetime.now(UTC) + policy.REVISIONS_KEPT_FOR + DAY)
    assert [row.version for row in session.exec(select(Revision))] == [2]


def test_a_removed_work_can_be_put_back_for_thirty_days(session: Session, young: Account) -> None:
    comes(session, young, datetime.now(UTC))
    work = works.start_work(session, by=young, kind=WorkKind.CV, body={}, operation="a")
    works.remove_work(session, work.id, by=young)
    session.flush()
    removed = datetime.now(UTC)
    rules.purge_expired(session, now=removed + policy.REMOVED_WORK_KEPT - DAY)
    assert session.exec(select(Work)).all()
    rules.purge_expired(session, now=removed + policy.REMOVED_WORK_KEPT + DAY)
    assert not session.exec(select(Work)).all()


def test_a_professional_whose_account_is_closed_goes_after_a_year(session: Session, adviser: Account) -> None:
    young = enrolled(session, adviser, "Suivi")
    adviser.closed_at = START
    session.flush()
    rules.purge_expired(session, now=START + policy.CLOSED_STAFF_KEPT - DAY)
    assert session.exec(select(Account).where(Account.role == Role.ADVISER)).all()
    rules.purge_expired(session, now=START + policy.CLOSED_STAFF_KEPT)
    session.expire_all()
    assert not session.exec(select(Account).where(Account.role == Role.ADVISER)).all()
    assert session.exec(select(Account.adviser_id).where(Account.id == young.id)).one() is None


def test_tombstones_outlive_every_backup_and_then_go(session: Session, adviser: Account) -> None:
    young = enrolled(session, adviser, "Partie")
    erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=START)
    session.commit()
    assert policy.TOMBSTONES_KEPT > policy.BACKUPS_KEPT
    later = START + policy.TOMBSTONES_KEPT + DAY
    rules.purge_expired(session, now=later)
    tombstones.trim_file(before=later - policy.TOMBSTONES_KEPT)
    assert tombstones.known_digests(session) == frozenset()
