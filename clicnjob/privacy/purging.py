"""Running the rules of retention: each in a transaction of its own, so that nobody waits long; once a day by the server."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from clicnjob import db, installation_check, policy
from clicnjob.config import settings
from clicnjob.privacy import retention, tombstones

_LOG = logging.getLogger(__name__)
_LAST: list[datetime] = []  # when this process did it last; after a restart it is done again, which changes nothing


def run(*, now: datetime, dry: bool = False) -> tuple[tuple[str, int], ...]:
    """Apply every rule: (words, how many) for each. Dry, all is done and undone in one transaction: the counts are true."""
    if dry:
        with _undone() as session:
            return retention.purge(session, now=now)
    done, faults = [], []
    for rule in retention.RULES:
        try:
            with db.transaction() as session:
                done.append((rule.words, rule.apply(session, now)))
        except SQLAlchemyError as fault:  # one rule that cannot be applied must not keep what the others forget
            faults.append(fault)
    with db.reading() as session:
        tombstones.keep_file(session)
        installation_check.keep_anchors(session, now=now)
    tombstones.trim_file(before=now - policy.TOMBSTONES_KEPT)
    _rewrite_what_stays()
    if faults:
        raise faults[0]
    return tuple(done)


def once_a_day(*, now: datetime) -> bool:
    """Run when a day went by since the last time in this process; says whether it ran.

    Never on a demonstration, whose people have a made-up past and are made anew at each start.
    """
    if settings().mode == "demo":
        return False
    if _LAST and now - _LAST[-1] < policy.PURGED_EVERY:
        return False
    _LAST[:] = [now]  # before: a rule that fails is tried again tomorrow, not every minute
    run(now=now)
    return True


def _rewrite_what_stays() -> None:
    """So that no page of the database holds what the rules removed; a database in use is done tomorrow."""
    try:
        db.rewrite_file()
    except sqlite3.Error:
        _LOG.warning("the database was not rewritten after the purge")


@contextmanager
def _undone() -> Iterator[Session]:
    """A transaction that is never kept."""
    with db.transaction() as session:
        yield session
        db.undo(session)
