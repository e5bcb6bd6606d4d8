"""A cohort of 20,000 young people with two years of activity, on SQLite and PostgreSQL: what an adviser waits for, beside
the same done person by person. Targets are for the time in which this process works, since the machine may be busy."""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, event, func, insert, update
from sqlmodel import Session, select

from clicnjob import models

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clicnjob import config, db  # noqa: E402
from clicnjob.cohort.importing import candidates, enrolment, tables
from clicnjob.cohort.progress import overview, refreshing  # noqa: E402
from clicnjob.cohort.progress.overview import ANY_ALERT, CohortFilters  # noqa: E402
from clicnjob.cohort.progress.stages import progress_from_work  # noqa: E402
from clicnjob.cohort.reports import export, figures
from clicnjob.cohort.reports.export import PeopleExport  # noqa: E402
from clicnjob.models import (  # noqa: E402
    Account,
    ActivityDay,
    Attendance,
    Card,
    Organisation,
    Progress,
    Role,
    RoleHeld,
    Sharing,
    SignIn,
    Work,
    WorkKind,
    Workshop,
)  # fmt: skip
from clicnjob.privacy.sharing import NOTHING, choices_of_row  # noqa: E402
from tests import make, postgres  # noqa: E402

SEED, PEOPLE, FOLLOWED, ROUNDS = 7, 20_000, 120, 15
NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
TODAY = NOW.date()
TARGETS = {
    "page": 50.0, "page of the head": 60.0, "export of the people, head: longest hold of the writer": 500.0,
    "export of the people, head": 8_000.0, "import of 2,000": 10_000.0, "refresh of all alerts": 5_000.0,
}  # fmt: skip
QUERIES_OF_LIST = 4


class Cost(NamedTuple):
    """Milliseconds waited, and those in which this process worked: the others may be those of a busy machine."""

    waited: float
    worked: float


@contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """Yield (name, URL) of the databases to measure: SQLite, and PostgreSQL where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        found = [("SQLite", f"sqlite:///{folder}/cohort.sqlite3")]
        programs = postgres.programs()
        if programs is None:
            print("PostgreSQL: no server programs on this machine, left out")
            yield found
            return
        with postgres.cluster(programs) as address:
            yield [*found, ("PostgreSQL", address)]


def fill(engine: Engine, people: int) -> tuple[Account, Account]:
    """Write an organisation with its people in bulk; return one adviser and the head."""
    drawn = random.Random(SEED)
    organisation = Organisation(name="Structure d’essai")
    advisers = range(-(-people // FOLLOWED))
    staff = [Account(role=Role.ADVISER, organisation_id=organisation.id, first_name=f"A{n}") for n in advisers]
    head = Account(role=Role.HEAD, organisation_id=organisation.id, first_name="Chef")
    with db.write_transaction(engine) as session:
        session.add(organisation)
        session.flush()
        session.add_all([*staff, head])
        session.flush()
        session.add_all(RoleHeld(account_id=one.id, role=one.role) for one in (*staff, head))
    bodies = [
        (profile.model_dump(mode="json"), cv.model_dump(mode="json")) for profile, cv in (make.whole(), make.half())
    ]
    for start in range(0, people, 2_000):
        with db.write_transaction(engine) as session:
            for model, rows in _rows(drawn, start, min(start + 2_000, people), organisation.id, staff, bodies).items():
                session.execute(insert(model), rows)
    with db.write_transaction(engine) as session:
        gathered = _gathered(drawn, people, organisation.id, staff)
        for model, rows in gathered.items():
            session.execute(insert(model), rows)
    return staff[0], head


def _gathered(drawn: random.Random, people: int, place: str, staff: list[Account]) -> dict[Any, list[Any]]:
    """Return the rows of a monthly group session by each adviser over two years, with ten people at each."""
    made: dict[Any, list[Any]] = {Workshop: [], Attendance: []}
    for number, ago in ((number, ago) for number in range(len(staff)) for ago in range(15, 730, 30)):
        at = NOW - timedelta(days=ago)
        made[Workshop].append({
            "id": f"seance{number}-{ago}", "organisation_id": place, "by_id": staff[number].id, "kind": "cv",
            "title": "Les CV", "began_at": at, "ended_at": at + timedelta(minutes=90), "minutes": 90,
        })  # fmt: skip
        theirs = range(number, people, len(staff))
        made[Attendance] += [
            {"workshop_id": f"seance{number}-{ago}", "account_id": f"jeune{one:05}"}
            for one in drawn.sample(theirs, k=min(10, len(theirs)))
        ]
    return made


def _rows(
    drawn: random.Random, start: int, end: int, place: str, staff: list[Account], bodies: Any
) -> dict[Any, list[Any]]:
    made: dict[Any, list[Any]] = {Account: [], Card: [], SignIn: [], Work: [], ActivityDay: []}
    for number in range(start, end):
        who, age = f"jeune{number:05}", drawn.randint(1, 730)
        came = number % 7 != 3
        seen = NOW - timedelta(days=drawn.randint(0, age)) if came else None
        made[Account].append({
            "id": who, "organisation_id": place, "role": Role.YOUNG, "first_name": f"Prénom{number % 400}",
            "last_name": f"Nom{number % 900}", "created_at": NOW - timedelta(days=age), "seen_at": seen,
            "adviser_id": staff[number % len(staff)].id, "closed_at": None, "archived_at": None, "frozen_at": None,
        })  # fmt: skip
        made[Card].append({
            "id": who, "account_id": who, "code_digest": who, "created_at": NOW - timedelta(days=age),
            "pin_chosen_at": seen,
        })  # fmt: skip
        if not came or seen is None:
            continue
        for kind, body in zip((WorkKind.PROFILE, WorkKind.CV), drawn.choice(bodies), strict=True):
            made[Work].append({
                "id": f"{who}{kind.value[:2]}", "account_id": who, "kind": kind, "body": body, "version": 1, "place": "",
                "created_at": seen, "changed_at": seen,
            })  # fmt: skip
        for visit, ago in enumerate(sorted(drawn.sample(range(age + 1), k=min(age + 1, 12)))):
            at = NOW - timedelta(days=ago)
            made[SignIn].append({
                "id": f"{who}{visit}", "token_digest": f"{who}{visit}", "account_id": who, "started_at": at, "seen_at": at,
                "ended_at": at, "end_reason": "done",
            })  # fmt: skip
            made[ActivityDay] += [
                {"account_id": who, "day": at.date(), "kind": kind, "acts": 8, "seconds": 1200, "last_at": at}
                for kind in ("cv", "jobs")
            ]
    return made


def naive_page(session: Session, adviser: Account) -> None:
    """Compute the same page with queries for each person: works, card, visits, sharing."""
    ids = session.exec(select(Account.id).where(Account.adviser_id == adviser.id).order_by(Account.last_name)).all()
    rows = []
    for account_id in ids:
        works = session.exec(select(Work).where(Work.account_id == account_id)).all()
        came = session.exec(select(Card).where(Card.account_id == account_id)).first()
        session.exec(select(func.max(SignIn.started_at)).where(SignIn.account_id == account_id)).one()
        shared = session.get(Sharing, account_id)
        kept = [(work.kind, work.body) for work in works]
        told = choices_of_row(shared) if shared else NOTHING
        rows.append(
            (account_id, progress_from_work(kept, came=bool(came and came.pin_chosen_at), shared=told, today=TODAY))
        )
    rows.sort(key=lambda row: row[1].stage)
    assert rows


def timed(engine: Engine, act: Callable[[Session], object], rounds: int = ROUNDS) -> Cost:
    """Return the median cost of a read."""
    costs = []
    for _ in range(rounds):
        with db.read_transaction(engine) as session:
            costs.append(cost_of(lambda session=session: act(session)))  # type: ignore[misc]
    return Cost(statistics.median(one.waited for one in costs), statistics.median(one.worked for one in costs))


def once(engine: Engine, act: Callable[[Session], object]) -> Cost:
    """Return the cost of a write, including its commit."""

    def write() -> None:
        with db.write_transaction(engine) as session:
            act(session)

    return cost_of(write)


def cost_of(act: Callable[[], object]) -> Cost:
    """Do it and return its cost."""
    start, worked = time.perf_counter(), time.process_time()
    act()
    return Cost((time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000)


def imported(session: Session, head: Account) -> None:
    """Import a CSV of 2,000 lines, from its bytes to the rows."""
    content = "Prénom;Nom;Téléphone\n" + "".join(
        f"Neuf{n};Venu{n};06 39 98 {n // 100:02} {n % 100:02}\n" for n in range(2_000)
    )
    read = candidates.read_candidates(tables.read_brought_table(content.encode()), today=TODAY)
    assert not read.mistakes and not enrolment.possible_twins(session, read.people, by=head)
    enrolment.enrol_many(session, read.people, by=head, now=NOW)


def measure(engine: Engine, people: int) -> Iterator[tuple[str, Cost]]:
    """Yield (label, cost) for each line of one database's table."""
    adviser, head = fill(engine, people)
    yield (
        "first progress of all",
        once(engine, lambda s: refreshing.refresh_progress(s, refreshing.outdated_people(s, today=TODAY), now=NOW)),
    )
    yield from measure_acts(engine, adviser, head)


def measure_acts(engine: Engine, adviser: Account, head: Account) -> Iterator[tuple[str, Cost]]:
    """Yield what an adviser and a head wait for, once the progress of all is computed."""

    def page(by: Account, **named: Any) -> Callable[[Session], object]:
        return lambda session: overview.cohort_page(session, adviser=by, today=TODAY, **named)

    yield "page", timed(engine, page(adviser))
    yield "page, filter: an alert", timed(engine, page(adviser, filters=CohortFilters(alert=ANY_ALERT)))
    yield "page, search: « prenom12 »", timed(engine, page(adviser, filters=CohortFilters(search="prenom12")))
    yield "page, naive: person by person", timed(engine, lambda s: naive_page(s, adviser), 3)
    yield "page of the head", timed(engine, page(head), 5)
    yield "page 3 of the head, by name", timed(engine, page(head, sort="nom", page=3), 5)
    yield "figures of three months, head", timed(engine, lambda s: _figures(s, head), 3)
    yield from _exported(engine, head)
    yield "import of 2,000", once(engine, lambda s: imported(s, head))
    with db.write_transaction(engine) as session:
        session.exec(update(Progress).values(next_change_on=TODAY))
    yield "refresh of all alerts", once(engine, lambda s: refreshing.refresh_alerts(s, today=TODAY, now=NOW))


def _figures(session: Session, head: Account) -> object:
    return figures.cohort_figures(session, of=head, start=TODAY - timedelta(days=90), end=TODAY, today=TODAY)


def _exported(engine: Engine, head: Account) -> Iterator[tuple[str, Cost]]:
    """Export everybody as the server does: read, note part by part, build; yield the parts and the whole."""
    found: list[PeopleExport] = []

    def read(session: Session) -> None:
        asked = {"today": TODAY, "purpose": "transfert", "now": models.utc_now()}
        found.append(export.exported_people(session, by=head, **asked))

    reading = timed(engine, read, 1)
    noting = [once(engine, note) for note in found[0].notes]
    building = cost_of(lambda: export.as_xlsx(found[0].rows))
    yield "export of the people, head: read", reading
    yield (
        "export of the people, head: longest hold of the writer",
        Cost(max(one.waited for one in noting), max(one.worked for one in noting)),
    )
    every = (reading, *noting, building)
    yield "export of the people, head", Cost(sum(one.waited for one in every), sum(one.worked for one in every))


def queries_of_list(engine: Engine, by: Account) -> int:
    """Return how many queries one page of the list takes."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        with db.read_transaction(engine) as session:
            overview.cohort_page(session, adviser=by, today=TODAY)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in sent)


def main() -> None:
    """Print one table per database."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=PEOPLE)
    people = words.parse_args().people
    config.make_secret()
    with databases() as addresses:
        for name, address in addresses:
            db.migrate_database(address)
            engine = db.connect_engine(address)
            print(
                f"\n{name}, {people:,} young people, {FOLLOWED} of them one adviser's; median milliseconds", flush=True
            )
            print(f"  {'':56}{'waited':>12}{'worked':>12}")
            for label, cost in measure(engine, people):
                target = TARGETS.get(label)
                said = f"   target {target:,.0f}: {'held' if cost.worked <= target else 'MISSED'}" if target else ""
                print(f"  {label:56}{cost.waited:12,.1f}{cost.worked:12,.1f}{said}", flush=True)
            with db.read_transaction(engine) as session:
                head = session.exec(select(Account).where(Account.role == Role.HEAD)).one()
            sent = queries_of_list(engine, head)
            held = "held" if sent <= QUERIES_OF_LIST else "MISSED"
            print(f"  queries of one page of the list: {sent}   at most {QUERIES_OF_LIST}: {held}", flush=True)
            engine.dispose()


if __name__ == "__main__":
    main()
