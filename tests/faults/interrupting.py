"""A long act is killed in the middle: import, backup, migration. Afterwards it is there whole or not at all, and all starts."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import select

from clicnjob import db, models
from clicnjob.cli import prepared
from clicnjob.cohort.importing import enrolment
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.models import Account
from clicnjob.operations import backups
from clicnjob.operations.backups import revisions
from tests.faults.faults import Chosen, Outcome, judged_outcome
from tests.faults.installations import Installation, Workshop
from tests.faults.judge import judge_database
from tests.faults.ledger import Acknowledged
from tests.faults.processes import end_of_process, fork_process, kill_process, start_writer

_PEOPLE_OF_A_LIST = 600
_OLD_REVISION, _OLD_PEOPLE = "0010", 300
_KILLS_FOR_ONE = 20  # such an act takes seconds: it is killed once where twenty writers are


def kill_imports(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """The import of a list of several hundred people."""
    made = workshop.new_installation(kind)
    people = [Candidate(line, f"Prénom{line:04}"[:6], f"Liste {line}") for line in range(_PEOPLE_OF_A_LIST)]

    def import_list() -> None:
        with db.write_transaction() as session:
            adviser = session.exec(select(Account).where(Account.first_name == "Claire")).one()
            batch = enrolment.enrol_many(session, people, by=adviser, now=models.utc_now())
        made.ledger.append_act("import", mark=batch.id, person_id=adviser.id)

    killed, slowest = _kill_in_the_middle(import_list, chosen)
    return judged_outcome(made, slowest, killed)


def kill_backups(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """A backup while somebody works: a file that bears its name is whole and holds every act acknowledged before it began."""
    made = workshop.new_installation(kind)
    folder, began = workshop.new_folder(), []

    def back_up() -> None:
        file = folder / f"copie-{len(began)}"
        backups.back_up_database(file, address=made.address, now=models.utc_now(), progress=lambda _done, _total: None)

    def start_backup() -> None:
        began.append(time.monotonic())

    writer = start_writer(made, pause=0.02)
    try:
        killed, slowest = _kill_in_the_middle(back_up, chosen, before=start_backup)
    finally:
        kill_process(writer)
    outcome, held = judged_outcome(made, slowest), []
    for number, instant in enumerate(began, 1):
        if (file := folder / f"copie-{number}").exists():
            before = [one for one in made.ledger.read_acts() if one.at < instant]
            outcome = _with_copy_judged(outcome, made, workshop, file, before)
            held.append(len(before))
    return replace(outcome, remark=f"{killed}; copies restored with {', '.join(map(str, held))} acts")


def _with_copy_judged(
    outcome: Outcome, made: Installation, workshop: Workshop, file: Path, before: Sequence[Acknowledged]
) -> Outcome:
    """Restore the copy beside and judge it, too."""
    beside = workshop.bare_installation(made.kind)
    if beside.server is not None:
        beside.server.make_database(beside.address)
    backups.restore_database(
        file, address=beside.address, after=lambda _session: 0, progress=lambda _done, _total: None
    )
    found, live = judge_database(beside.address, before, anchored=False), outcome.verdict
    verdict = replace(
        live, lost=live.lost + found.lost, doubled=live.doubled + found.doubled, half=live.half + found.half
    )
    return replace(outcome, verdict=verdict)


def kill_migrations(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """An update of a database of an earlier release, with the copy that is made first; then the next start does it again."""
    chance, lasts = random.Random(chosen.seed), 0.0
    outcomes: list[Outcome] = []
    untouched, kills = 0, max(3, chosen.kills // _KILLS_FOR_ONE)
    for number in range(kills + 1):
        made = _old_installation(workshop, kind)
        if number:  # the first one tells how long it takes
            child = fork_process(prepared.prepare_database)
            time.sleep(chance.uniform(0, lasts))
            kill_process(child)
            untouched += (found := _revision(made)) == _OLD_REVISION
            assert found in (_OLD_REVISION, revisions.latest_revision()), f"between two releases: {found}"
        began = time.monotonic()
        assert end_of_process(fork_process(prepared.prepare_database)) == 0, "it starts again"
        lasts = time.monotonic() - began if not number else lasts
        assert _revision(made) == revisions.latest_revision()
        outcomes.append(judged_outcome(made, time.monotonic() - began))
    worst = next((one for one in outcomes if not one.verdict.is_clean), outcomes[-1])
    acknowledged = sum(one.verdict.acknowledged for one in outcomes)
    return Outcome(
        replace(worst.verdict, acknowledged=acknowledged),
        max(one.recovered or 0 for one in outcomes),
        f"{untouched} kills before the commit, {kills - untouched} after",
    )


def _kill_in_the_middle(
    act: Callable[[], object], chosen: Chosen, *, before: Callable[[], None] = lambda: None
) -> tuple[str, float]:
    """Kill it at instants of its whole length, between runs that are left alone; the remark and the longest of those."""
    chance = random.Random(chosen.seed)
    whole: list[float] = []
    kills, hit = max(3, chosen.kills // _KILLS_FOR_ONE), 0
    for number in range(kills + 3):
        before()
        began = time.monotonic()
        child = fork_process(act)
        if 2 <= number < kills + 2:
            time.sleep(chance.uniform(0, min(whole)))
            hit += kill_process(child)
            continue
        assert end_of_process(child) == 0, "it works again"
        whole.append(time.monotonic() - began)
    return f"{hit} kills in the middle, {kills - hit} just after", max(whole)


def _old_installation(workshop: Workshop, kind: str) -> Installation:
    """A database of an earlier release with people and their CV; the ledger says who was there."""
    made = workshop.bare_installation(kind)
    if made.server is not None:
        made.server.make_database(made.address)
    made.use_here()
    db.migrate_database(made.address, _OLD_REVISION)
    engine = db.connect_engine(made.address)
    people = [f"p{number:05}" for number in range(_OLD_PEOPLE)]
    with engine.begin() as connection:
        for statement in _OLD_ROWS:
            connection.execute(sa.text(statement), [{"who": who, "at": "2026-01-01"} for who in people])
    engine.dispose()
    for who in people:
        made.ledger.append_act("old answer", mark=who, person_id=who)
    return made


_OLD_ROWS = (
    "INSERT INTO account (id, role, first_name, last_name, created_at, frozen_why, notice_version)"
    " VALUES (:who, 'young', '', '', :at, '', 0)",
    "INSERT INTO work (id, account_id, kind, body, version, place, created_at, changed_at)"
    " VALUES (:who, :who, 'profile', '{\"town\": \"Calais\"}', 1, '', :at, :at)",
    "INSERT INTO revision (work_id, version, body, operation, by_id, at)"
    ' VALUES (:who, 1, \'{"town": "Calais"}\', :who, :who, :at)',
)


def _revision(made: Installation) -> str:
    engine = db.connect_engine(made.address)
    try:
        with engine.connect() as connection:
            return str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar())
    finally:
        engine.dispose()
