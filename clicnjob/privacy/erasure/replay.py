"""After a restore from backup: people erased since are erased again, and every sign-in ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from clicnjob import audit
from clicnjob.accounts import people
from clicnjob.models import Account, CalendarFeed, SignIn
from clicnjob.privacy.erasure import erasure_request, tombstones
from clicnjob.privacy.machine import MACHINE


def after_restore(session: Session, *, now: datetime) -> int:
    """Erase again whoever the backup brought back; returns how many. The restore command calls it in one transaction.

    The file of tombstones (`tombstones.tombstone_file()`) lies beside the database, and a restore must not replace it. The
    backup's sign-ins end, since anybody may be using those browsers by now; its guests are deleted.
    """
    tombstones.take_back_from_file(session)
    gone = tombstones.known_digests(session)
    back = [
        account_id for account_id in session.exec(select(Account.id)) if tombstones.account_digest(account_id) in gone
    ]
    for account_id in back:
        erasure_request.erase_account(session, account_id, by=MACHINE, why="restore", now=now)
    session.exec(delete(CalendarFeed))
    open_still = update(SignIn).where(col(SignIn.ended_at).is_(None))
    session.exec(open_still.values(ended_at=now, end_reason="restore"))
    people.sweep_guests(session, now=now)
    audit.note_act(session, by=MACHINE, act=audit.RESTORED, why=f"{len(back)} erased again", now=now)
    return len(back)
