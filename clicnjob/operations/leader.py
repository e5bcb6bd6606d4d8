"""Which of several processes does the periodic work: the one whose name is in a row of the database, until an instant.

It renews that instant every few seconds. One that was killed, frozen or cut off does not, and another takes over.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from clicnjob import db
from clicnjob.models import InstallationMark, random_id

_LOG = logging.getLogger(__name__)
_NAME = "leader"
LASTS = timedelta(seconds=40)
RENEWED_EVERY = timedelta(seconds=10)


class Lease:
    """One process's claim to be the leader."""

    def __init__(self) -> None:
        self.holder = random_id()
        self._until = 0.0  # by this process's own clock, which no change of the time moves

    def is_held(self) -> bool:
        """Return whether this process is the leader now; False once it could not renew in time."""
        return time.monotonic() < self._until

    def take_or_renew(self, *, now: datetime, on: Engine | None = None) -> bool:
        """Take the lease if it is free, or renew it if it is ours. Returns whether we hold it."""
        led, began = self.is_held(), time.monotonic()
        try:
            with db.write_transaction(on) as session:
                held = self._write(session, now=now)
        except IntegrityError:  # another process wrote the first row at the same time
            held = False
        except db.CANNOT:  # /sante/pret says why; ours goes on until its end
            return led
        self._until = began + LASTS.total_seconds() if held else 0.0
        if held and not led:
            _LOG.info("this process does the periodic work", extra={"fields": {"pid": os.getpid()}})
        return held

    def give_back(self, *, now: datetime, on: Engine | None = None) -> None:
        """Give the lease back, so that another process need not wait for its end."""
        self._until = 0.0
        row = InstallationMark
        ours = (col(row.name) == _NAME, col(row.value) == self.holder)
        with suppress(*db.CANNOT), db.write_transaction(on) as session:
            session.exec(update(row).where(*ours).values(at=now - timedelta(seconds=1)))

    def _write(self, session: Session, *, now: datetime) -> bool:
        row = InstallationMark
        # Written by a clock that was ahead; half of the margin is for a process that waited for the row since it read `now`.
        impossible = col(row.at) > now + 2 * LASTS
        free = (col(row.at) < now) | impossible | (col(row.value) == self.holder)
        taken = update(row).where(col(row.name) == _NAME, free).values(value=self.holder, at=now + LASTS)
        if session.exec(taken).rowcount > 0:
            return True
        if session.get(row, _NAME) is not None:
            return False
        session.add(row(name=_NAME, value=self.holder, at=now + LASTS))
        return True
