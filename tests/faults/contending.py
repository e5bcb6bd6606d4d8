"""Several at once: two tabs that save the same record, two sweepers, and a clock that goes forward and back under both."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from clicnjob import db, models, policy, works
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.errors import StaleWork
from clicnjob.models import Account, ActivityDay, Revision, Role, Tombstone, Work
from clicnjob.operations import leader
from clicnjob.privacy.retention import purging
from tests.faults.acts import Writer
from tests.faults.faults import Chosen, Outcome, judged_outcome
from tests.faults.installations import Installation, Workshop, forget_connections
from tests.faults.processes import end_of_process, fork_process, kill_process, writers_running

_SAVES_OF_A_TAB = 30
_TO_PURGE = 30
_JUMPS = (timedelta(0), timedelta(hours=-2), timedelta(hours=3), timedelta(days=1), timedelta(days=-1))


def save_in_two_tabs(workshop: Workshop, kind: str, _chosen: Chosen) -> Outcome:
    """Each tab adds a line to the list that it shows: whoever saves on an older list is refused, and no line goes in silence."""
    made = workshop.new_installation(kind)
    writer = Writer(made.ledger)
    writer.write_round()
    tabs = [fork_process(lambda: _save_as_a_tab(made, writer.person_id)) for _ in range(2)]
    assert [end_of_process(tab) for tab in tabs] == [0, 0]
    return judged_outcome(made, None, "each on the version that it shows")


def _save_as_a_tab(made: Installation, person_id: str) -> None:
    for _ in range(_SAVES_OF_A_TAB):
        with db.read_transaction() as session:
            shown = bag.own_bag(session, of=session.get_one(Account, person_id))
        assert shown is not None
        time.sleep(random.uniform(0, 0.02))  # somebody types; the other tab may be quicker
        operation = works.new_operation()
        mark, typed = f"acte {operation}", [*shown.profile.skills, f"acte {operation}"]

        def alter(profile: Profile, _cv: Cv, typed: list[str] = typed) -> None:
            profile.skills = typed

        try:
            with db.write_transaction() as session:
                young = session.get_one(Account, person_id)
                bag.save_answer(
                    session, by=young, cv_id=shown.cvs[0].id, alter=alter, bases=shown.versions, operation=operation
                )
        except StaleWork:
            made.ledger.note_refusal("StaleWork")
            continue
        made.ledger.append_act("line of a list", mark=mark, person_id=person_id)


def run_two_sweepers(workshop: Workshop, kind: str, _chosen: Chosen) -> Outcome:
    """Both count and purge at once while acts are written; one leads, is killed, and the other takes over."""
    made = workshop.new_installation(kind)
    _add_people_to_purge()
    with writers_running(made, pause=0.02):
        both = [fork_process(lambda: _sweep_often(made.home)) for _ in range(2)]
        try:
            first = _wait_for_leader(made.home, other_than=0)
            time.sleep(3)
            kill_process(first)
            began = time.monotonic()
            _wait_for_leader(made.home, other_than=first)
            taken_over = time.monotonic() - began
        finally:
            for sweeper in both:
                kill_process(sweeper)
    outcome = judged_outcome(made, taken_over, "the second leads after the first was killed")
    return replace(outcome, verdict=replace(outcome.verdict, half=(*outcome.verdict.half, *_miscounted())))


def move_the_clock(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """The clock of each writer jumps by hours and days, forward and back; then somebody leads by the right time again."""
    made, chance = workshop.new_installation(kind), random.Random(chosen.seed)

    def jumping() -> datetime:
        return models.utc_now() + chance.choice(_JUMPS)

    with writers_running(made, pause=0.005, now=jumping):
        time.sleep(4)
    ahead, behind = leader.Lease(), leader.Lease()
    assert ahead.take_or_renew(now=models.utc_now() + timedelta(days=1))  # and then it is killed
    began = time.monotonic()
    while not behind.take_or_renew(now=models.utc_now()):
        assert time.monotonic() - began < 60, "nobody leads once the clock is right again"
        time.sleep(1)
    taken_over = time.monotonic() - began
    forget_connections()
    return judged_outcome(made, taken_over, "by −1 day to +1 day")


def _sweep_often(home: Path) -> None:
    """What the server does each minute, without a pause, whether it leads or not: its counts must hold all the same."""
    lease, leads = leader.Lease(), False
    while True:
        held = lease.take_or_renew(now=models.utc_now())
        if held and not leads:
            with (home / "leaders").open("a", encoding="ascii") as file:
                file.write(f"{os.getpid()}\n")
        leads = held
        for part in (_count_acts, _refresh_progress, _purge_people):
            _try_part(part)


def _try_part(part: Callable[[], object]) -> None:
    """Like the server: a part that fails has its turn again in the next round."""
    try:
        part()
    except (*db.CANNOT, IntegrityError):
        time.sleep(0.1)


def _count_acts() -> None:
    with db.write_transaction() as session:
        activity.count_new(session, now=models.utc_now())


def _refresh_progress() -> None:
    with db.write_transaction() as session:
        refreshing.sweep_progress(session, now=models.utc_now(), most=100)


def _purge_people() -> None:
    purging.run_retention(now=models.utc_now())


def _add_people_to_purge() -> None:
    long_ago = models.utc_now() - policy.NEVER_ACTIVATED_KEPT - timedelta(days=1)
    with db.write_transaction() as session:
        session.add_all(Account(role=Role.YOUNG, created_at=long_ago) for _ in range(_TO_PURGE))
    forget_connections()


def _wait_for_leader(home: Path, *, other_than: int) -> int:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        led = (home / "leaders").read_text().split() if (home / "leaders").exists() else []
        if led and int(led[-1]) != other_than:
            return int(led[-1])
        time.sleep(0.05)
    raise TimeoutError("nobody leads")


def _miscounted() -> tuple[str, ...]:
    """Count what is left, then compare: each revision is one act, and each person to purge one tombstone."""
    with db.write_transaction() as session:
        activity.count_new(session, now=models.utc_now() + timedelta(minutes=1))
    count, found = sa.func.count(), []
    with db.read_transaction() as session:
        counted = session.exec(select(sa.func.sum(ActivityDay.acts)).where(ActivityDay.kind != activity.VISIT)).one()
        theirs = (
            select(count)
            .select_from(Revision)
            .join(Work, col(Work.id) == Revision.work_id)
            .join(Account, col(Account.id) == Work.account_id)
        )
        if counted != (there := session.exec(theirs.where(Account.role == Role.YOUNG)).one()):
            found.append(f"{counted} acts counted of {there}")
        if (gone := session.exec(select(count).select_from(Tombstone)).one()) != _TO_PURGE:
            found.append(f"{gone} tombstones of {_TO_PURGE}")
    forget_connections()
    return tuple(found)
