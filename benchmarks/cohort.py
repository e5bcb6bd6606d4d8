"""`python -m benchmarks.cohort [people]`: an adviser's cohort at full size, on SQLite and, where it is installed, PostgreSQL.

Prints what one page, one filter and the refresh of all alerts take, beside a way that asks for each person.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, update
from sqlmodel import Session, select

from clicnjob import db, models, text, works
from clicnjob.cohort import alerts, follow, progress
from clicnjob.cohort.overview import ANY_ALERT, SORTS, Filters, overview
from clicnjob.cv.guide import answered
from clicnjob.cv.profile import Cv, Profile
from clicnjob.demo import _lina, _yanis
from clicnjob.models import Account, ActivityDay, Organisation, Progress, Role, RoleHeld, SignIn, Work, WorkKind
from tests import postgres

_FIRST = ("Zoé", "Inès", "Moussa", "Yanis", "Lina", "Léa", "Hugo", "Noé", "Aïcha", "Enzo")
_LAST = ("Bâ", "Martin", "Diarra", "Petit", "Nguyen", "Kaci", "Morel", "Lefèvre", "Traoré", "Da Silva")
_REPEATS = 15


def main(people: int = 20_000) -> None:
    """Measure on every database there is."""
    for name, engine in _engines():
        adviser, head = _filled(engine, people)
        print(f"\n{name}: {people} young people in one structure, 120 of them of one adviser, two years of activity")
        for who, actor in (("adviser of 120", adviser), (f"head of {people}", head)):
            _measure(engine, who, actor)
        _refreshes(engine, head, people)
        _naively(engine, adviser)


def _measure(engine: Engine, who: str, actor: Any) -> None:
    today = date.today()
    cases: dict[str, Callable[[Session], object]] = {
        f"page by {sort}": lambda s, sort=sort: overview(s, adviser=actor, today=today, sort=sort) for sort in SORTS
    }
    cases |= {
        "page 3": lambda s: overview(s, adviser=actor, today=today, page=3),
        "filter: with an alert": lambda s: overview(s, adviser=actor, today=today, filters=Filters(alert=ANY_ALERT)),
        "filter: one rule": lambda s: overview(s, adviser=actor, today=today, filters=Filters(alert="inactif")),
        "filter: CV and stage": lambda s: overview(
            s, adviser=actor, today=today, filters=Filters(cv_state="pret", stage="candidater")
        ),
        "search « lea kaci »": lambda s: overview(s, adviser=actor, today=today, filters=Filters(search="lea kaci")),
        "is anything due": lambda s: progress.is_due(s, of=actor, now=models.now()),
    }
    for name, read in cases.items():
        _say(f"{who}: {name}", _median(engine, read))


def _refreshes(engine: Engine, head: Any, people: int) -> None:
    today = date.today()
    with db.transaction(engine) as session:
        session.exec(update(Progress).values(next_change_on=today))
    start = time.perf_counter()
    with db.transaction(engine) as session:
        count = progress.refresh_alerts(session, today=today)
    _say(f"all alerts judged anew ({count})", time.perf_counter() - start, aim=5.0)
    start = time.perf_counter()
    with db.transaction(engine) as session:
        some = progress.refresh(session, progress.due(session, today=today, most=300), now=models.now())
    _say(f"rows computed from the works ({some}), a sweep", time.perf_counter() - start)


def _naively(engine: Engine, adviser: Any) -> None:
    """The same page by asking for each person: their works, their sign-ins, their card."""

    def read(session: Session) -> object:
        found = []
        for person in session.exec(select(Account).where(Account.adviser_id == adviser.id)):
            kept = works.works(session, of=person)
            visits = session.exec(select(SignIn).where(SignIn.account_id == person.id)).all()
            days = session.exec(select(ActivityDay).where(ActivityDay.account_id == person.id)).all()
            profile = next((Profile.model_validate(w.body) for w in kept if w.kind is WorkKind.PROFILE), Profile())
            found.append((answered(profile, Cv()), len(visits), len(days)))
        return found[:50]

    _say("the same page with queries for each of 120", _median(engine, read, repeats=3))


def _median(engine: Engine, read: Callable[[Session], object], repeats: int = _REPEATS) -> float:
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        with db.reading(engine) as session:
            read(session)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _say(what: str, seconds: float, aim: float = 0.05) -> None:
    verdict = "" if seconds <= aim else f"   over {aim * 1000:g} ms"
    print(f"  {what:<58}{seconds * 1000:>9.1f} ms{verdict}")


def _filled(engine: Engine, people: int) -> tuple[Any, Any]:
    """Accounts, works, visits, two years of active days, and rows computed from them."""
    drawn = random.Random(7)
    today, now = date.today(), models.now()
    with db.transaction(engine) as session:
        organisation = Organisation(name="Grande mission locale")
        session.add(organisation)
        session.flush()
        staff = [_staff(session, role, organisation.id) for role in (Role.ADVISER, Role.HEAD, Role.ADVISER)]
        rows = [_account(drawn, number, organisation.id, staff, now) for number in range(people)]
        for start in range(0, people, 2000):
            some = rows[start : start + 2000]
            session.exec(insert(Account), params=some)  # type: ignore[call-overload]
            session.exec(insert(Work), params=[w for row in some for w in _works(drawn, row)])  # type: ignore[call-overload]
            session.exec(insert(SignIn), params=[v for row in some for v in _visits(drawn, row)])  # type: ignore[call-overload]
            session.exec(insert(ActivityDay), params=[d for row in some for d in _days(drawn, row, today)])  # type: ignore[call-overload]
    start = time.perf_counter()
    with db.transaction(engine) as session:
        progress.refresh(session, progress.due(session, today=today), now=now)
        alerts.rules()
    print(f"\n  {'all rows computed a first time':<58}{time.perf_counter() - start:>9.1f} s")
    assert follow.may_follow(staff[0])
    return staff[0], staff[1]


def _staff(session: Session, role: Role, organisation_id: str) -> Any:
    made = Account(role=role, organisation_id=organisation_id, first_name="Claire", last_name="Morvan")
    session.add(made)
    session.flush()
    session.add(RoleHeld(account_id=made.id, role=role))
    return made


def _account(
    drawn: random.Random, number: int, organisation_id: str, staff: list[Any], now: datetime
) -> dict[str, Any]:
    created = now - timedelta(days=drawn.randrange(1, 730))
    return {
        "id": f"young-{number:06}",
        "organisation_id": organisation_id,
        "role": Role.YOUNG,
        "first_name": drawn.choice(_FIRST),
        "last_name": f"{drawn.choice(_LAST)} {text.short_name('', chr(65 + number % 26))}",
        "created_at": created,
        "seen_at": created + (now - created) * drawn.random(),
        "adviser_id": staff[0 if number < 120 else 2].id,
    }


_LINA, _YANIS = _lina(date(2026, 3, 16)), _yanis(date(2026, 3, 16))


def _works(drawn: random.Random, row: dict[str, Any]) -> list[dict[str, Any]]:
    _, profile, cv = drawn.choice((_LINA, _YANIS))
    bodies = ((WorkKind.PROFILE, profile.model_dump(mode="json")), (WorkKind.CV, cv.model_dump(mode="json")))
    return [
        {"id": f"{row['id']}-{kind}", "account_id": row["id"], "kind": kind, "body": body, "version": 1, "place": "",
         "created_at": row["created_at"], "changed_at": row["seen_at"]}
        for kind, body in bodies
    ]  # fmt: skip


def _visits(drawn: random.Random, row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": f"{row['id']}-{n}", "token_digest": f"{row['id']}-{n}", "account_id": row["id"], "end_reason": "left",
         "started_at": row["created_at"] + timedelta(days=n), "seen_at": row["created_at"] + timedelta(days=n),
         "projected": False}
        for n in range(drawn.randrange(3, 12))
    ]  # fmt: skip


def _days(drawn: random.Random, row: dict[str, Any], today: date) -> list[dict[str, Any]]:
    return [
        {"account_id": row["id"], "day": today - timedelta(days=n * 30), "kind": "cv", "acts": 12, "seconds": 1800}
        for n in range(drawn.randrange(2, 24))
    ]


def _engines() -> Iterator[tuple[str, Engine]]:
    with tempfile.TemporaryDirectory() as folder, _migrated(f"sqlite:///{Path(folder) / 'cohort.sqlite3'}") as engine:
        yield "SQLite", engine
    if found := postgres.programs():
        with postgres.cluster(found) as address, _migrated(address) as engine:
            yield "PostgreSQL", engine
    else:
        print("\nPostgreSQL: no server programs on this machine, not measured")


@contextmanager
def _migrated(address: str) -> Iterator[Engine]:
    db.migrate(address)
    engine = db.connect(address)
    yield engine
    engine.dispose()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
