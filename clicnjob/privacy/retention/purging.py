"""Runs the retention rules, once a day: each in its own transaction, so that no lock is held for long."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from clicnjob import db, policy
from clicnjob.config import current_settings
from clicnjob.operations import installation_check
from clicnjob.operations.backups import before_migration
from clicnjob.privacy.erasure import tombstones
from clicnjob.privacy.retention import rules

_LOG = logging.getLogger(__name__)
_LOCK = 0x70757267  # arbitrary number of an advisory lock
_LAST: list[datetime] = []  # last run in this process; running again after a restart changes nothing


def run_retention(*, now: datetime, dry: bool = False) -> tuple[tuple[str, int], ...]:
    """Apply every rule and return (words, number removed) for each. `dry` rolls everything back, with true counts."""
    if dry:
        with _dry_transaction() as session:
            return rules.purge_expired(session, now=now)
    done, faults = [], []
    for rule in rules.RULES:
        try:
            with db.write_transaction() as session:
                db.hold_alone(session, _LOCK)  # the command `purge` may run beside the server
                done.append((rule.words, rule.apply(session, now)))
        except SQLAlchemyError as fault:  # one failing rule must not stop the others
            faults.append(fault)
    with db.read_transaction() as session:
        tombstones.keep_file(session)
        installation_check.keep_anchors(session, now=now)
    tombstones.trim_file(before=now - policy.TOMBSTONES_KEPT)
    before_migration.forget_old_copies(current_settings().home, now=now)
    _rewrite_what_stays()
    if faults:
        raise faults[0]
    return tuple(done)


def once_a_day(*, now: datetime) -> bool:
    """Run the rules when a day has passed since the last run of this process. Returns whether they ran.

    A demonstration is never purged: its people have an invented past and are recreated at each start.
    """
    if current_settings().mode == "demo":
        return False
    if _LAST and now - _LAST[-1] < policy.PURGED_EVERY:
        return False
    _LAST[:] = [now]  # set before the run, so that a failing rule is retried tomorrow, not every minute
    run_retention(now=now)
    return True


def _rewrite_what_stays() -> None:
    """Rewrite the database file, so that no page holds removed data; if it is busy, tomorrow's run does it."""
    try:
        db.rewrite_file()
    except sqlite3.Error:
        _LOG.warning("the database was not rewritten after the purge")


@contextmanager
def _dry_transaction() -> Iterator[Session]:
    """A transaction that is always rolled back."""
    with db.write_transaction() as session:
        yield session
        db.undo_transaction(session)
