"""Of several who make the same step of a sign-in at the same instant, one does: on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pyotp
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from clicnjob import config, db, policy
from clicnjob.accounts import cards, invitations, people, presence, second_factor, staff
from clicnjob.errors import Refusal
from clicnjob.models import Account, Role, RoleHeld, SignIn
from tests.test_databases import engine, postgres_address

__all__ = ["engine", "postgres_address"]
pytest_plugins = ["tests.sign_in_pages"]
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("peppered")]
NOW = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
AT_ONCE = 6
Doing = Callable[[Session], object]


@pytest.fixture
def claire(engine: Engine) -> Account:
    with db.write_transaction(engine) as session:
        staff.first_start(session, organisation_name="Ici")
        admin = session.exec(select(Account)).one()
        return staff.enrol_staff(
            session, by=admin, role=Role.ADVISER, first_name="Claire", last_name="Morvan", login="claire",
            password="quatre girafes dansent",
        )  # fmt: skip


def done_at_once(engine: Engine, doing: Doing, times: int = AT_ONCE) -> int:
    """How many of these, begun together, were let through."""
    together = threading.Barrier(times)

    def one() -> bool:
        together.wait()
        try:
            with db.write_transaction(engine) as session:
                return bool(doing(session))
        except Refusal:
            return False

    with ThreadPoolExecutor(times) as pool:
        return sum(done.result() for done in [pool.submit(one) for _ in range(times)])


def waiting_code(session: Session, account: Account) -> str:
    found = pyotp.parse_uri(second_factor.set_up_address(session, account=account, now=NOW))
    assert isinstance(found, pyotp.TOTP)
    return found.at(NOW)


def test_a_card_gets_one_first_code(engine: Engine, claire: Account) -> None:
    with db.write_transaction(engine) as session:
        _young, code = people.enrol_young(session, by=claire, first_name="Canari", last_name="Essai", now=NOW)
    pins = iter(["482915", "739164", "264813", "915372", "375916", "628394"])
    assert done_at_once(engine, lambda session: cards.choose_pin(session, code=code, pin=next(pins), now=NOW)) == 1


def test_a_telephone_is_set_up_once(engine: Engine, claire: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICNJOB_SECOND_FACTOR", "required")
    config.current_settings.cache_clear()
    with db.write_transaction(engine) as session:
        second_factor.begin_set_up(session, account=claire, now=NOW)
        code = waiting_code(session, claire)
    confirm = lambda session: second_factor.confirm_set_up(session, account=claire, code=code, now=NOW)  # noqa: E731
    assert done_at_once(engine, confirm) == 1


def test_a_code_and_a_recovery_code_serve_once(engine: Engine, claire: Account) -> None:
    with db.write_transaction(engine) as session:
        second_factor.begin_change(session, account=claire, code="", now=NOW)
        first = waiting_code(session, claire)
        phone = pyotp.parse_uri(second_factor.set_up_address(session, account=claire, now=NOW))
        codes = second_factor.confirm_change(session, account=claire, code=first, now=NOW)
    assert codes is not None and isinstance(phone, pyotp.TOTP)
    later = NOW + timedelta(minutes=2)

    def passes(session: Session, given: str) -> bool:
        return second_factor.code_passes(session, account_id=claire.id, code=given, now=later)

    served = [done_at_once(engine, partial(passes, given=given), times=4) for given in (phone.at(later), codes[0])]
    assert served == [1, 1]


def test_a_link_is_followed_once(engine: Engine, claire: Account) -> None:
    with db.write_transaction(engine) as session:
        invited = Account(organisation_id=claire.organisation_id, role=Role.ADVISER, first_name="Nour")
        session.add(invited)
        session.flush()
        session.add(RoleHeld(account_id=invited.id, role=Role.ADVISER))
        token = invitations.make_invitation(session, account=invited, by=claire, now=NOW)
    logins = iter("abcdef")
    accept = lambda session: invitations.accept_invitation(session, token, login=next(logins), sealed="sealed", now=NOW)  # noqa: E731
    assert done_at_once(engine, accept) == 1


def test_sign_ins_begun_together_are_five_at_most(engine: Engine, claire: Account) -> None:
    assert done_at_once(engine, lambda session: presence.begin_sign_in(session, account=claire, now=NOW), times=8) == 8
    with db.read_transaction(engine) as session:
        open_still = session.exec(select(SignIn).where(col(SignIn.ended_at).is_(None))).all()
    assert len(open_still) == policy.STAFF_SESSIONS_AT_ONCE
