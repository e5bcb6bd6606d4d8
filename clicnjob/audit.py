"""The audit log: who did what, when, to whom and why, never contents; append-only, each line sealed with all before it."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, func, make_url, text
from sqlmodel import Session, col, select

from clicnjob import anchors, config, db, models
from clicnjob.anchors import Anchor
from clicnjob.models import Actor, AuditEvent, AuditSeal

_LOG = logging.getLogger(__name__)

START, END = "start", "end"
RESTORED = "backup restored"  # the act whose line says that the log goes on from an earlier one
_LOCK = 0x636C6963  # any number of ours: PostgreSQL lets one writer in at a time; SQLite does already
_READ_AT_ONCE = 1_000


def note(
    session: Session, *, by: Actor, act: str, whom_id: str = "", why: str = "", now: datetime | None = None
) -> None:
    """Write one line, in the transaction of the act itself: an act that is undone leaves none.

    `act` is a short English verb phrase of ours (« card renewed »), `why` a code or a purpose, never a content.
    """
    note_all(session, by=by, act=act, whom_ids=(whom_id,), why=why, now=now)


def note_all(
    session: Session, *, by: Actor, act: str, whom_ids: Iterable[str], why: str = "", now: datetime | None = None
) -> None:
    """`note` for each of these people, in order: the lines go in together."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    at = now or models.now()
    lines = [
        AuditEvent(at=at, by_id=by.id, organisation_id=by.organisation_id, act=act, whom_id=whom_id, why=why, chain="")
        for whom_id in whom_ids
    ]
    if not lines:
        return
    before = _before(session)
    for line in lines:
        line.chain = before = seal(line, before)
    session.add_all(lines)
    session.flush()
    _mark(session, END, lines[-1].id or 0, lines[-1].chain)
    _anchor_after_commit(session, Anchor(at, lines[-1].id or 0, lines[-1].chain))


def seal(line: AuditEvent, before: str) -> str:
    """What `chain` must be for this line after a line sealed `before`: a keyed SHA-256 over both."""
    at = line.at.astimezone(UTC).isoformat()  # as the database gives it back, whatever the zone it was noted in
    parts = (before, at, line.by_id, line.organisation_id or "", line.act, line.whom_id, line.why)
    return _keyed(b"audit:", *parts)


def first_broken(session: Session) -> int | None:
    """The id of the first line that was changed or inserted, or that follows a removed one; None when all is whole.

    When it is the end that misses lines, the id of the first one that is missing.
    """
    start, end = session.get(AuditSeal, START), session.get(AuditSeal, END)
    before, last_id = (start.chain, start.line_id) if start else ("", 0)
    if start and start.seal != _sealed_mark(start):
        return start.line_id
    while lines := _after(session, last_id):
        for line in lines:
            if line.chain != seal(line, before):
                return line.id
            before, last_id = line.chain, line.id or 0
    if end is None:
        return last_id + 1 if last_id else None
    whole = (end.line_id, end.chain) == (last_id, before) and end.seal == _sealed_mark(end)
    return None if whole else last_id + 1


def marks_fit(session: Session) -> bool | None:
    """Whether a mark of the log was sealed with the secret of this process; None when there is no mark."""
    marks = session.exec(select(AuditSeal)).all()
    return any(mark.seal == _sealed_mark(mark) for mark in marks) if marks else None


def end_of_log(session: Session, *, now: datetime) -> Anchor:
    """The anchor of the log as it is now: line 0 while nothing is written."""
    end = session.get(AuditSeal, END)
    return Anchor(now, end.line_id, end.chain) if end and end.seal == _sealed_mark(end) else Anchor(now, 0, "")


def first_unmet(session: Session, written: Iterable[Anchor]) -> Anchor | None:
    """The first anchor whose line is not, or no longer, the one of the log: it was emptied, cut or put back as it was.

    Lines that retention removed are not expected, nor those that a recorded restore replaced. That a backup was put back
    is itself a sealed line: nobody can add one without the secret.
    """
    every = list(written)
    start = session.get(AuditSeal, START)
    first_id = start.line_id if start else 0
    restores = restores_recorded(session)
    chains: dict[int | None, str] = {}
    ids = sorted({anchor.line_id for anchor in every})
    for place in range(0, len(ids), _READ_AT_ONCE):
        some = col(AuditEvent.id).in_(ids[place : place + _READ_AT_ONCE])
        chains |= dict(session.exec(select(AuditEvent.id, AuditEvent.chain).where(some)).all())
    for anchor in every:
        replaced = any(line_id <= anchor.line_id and at >= anchor.at for line_id, at in restores)
        if anchor.line_id > first_id and chains.get(anchor.line_id) != anchor.chain and not replaced:
            return anchor
    return None


def restores_recorded(session: Session) -> tuple[tuple[int, datetime], ...]:
    """(line, when) for each time that a backup was put back, earliest first."""
    query = select(AuditEvent.id, AuditEvent.at).where(AuditEvent.act == RESTORED).order_by(col(AuditEvent.id))
    return tuple((line_id or 0, at) for line_id, at in session.exec(query))


def count_before(session: Session, *, at: datetime) -> int:
    """How many lines `forget_before` would remove: the oldest ones, up to the first that is not that old."""
    return session.exec(select(func.count()).where(col(AuditEvent.id) <= _last_before(session, at))).one()


def forget_before(session: Session, *, at: datetime) -> int:
    """Remove the lines written before `at`, and seal where the log now begins; gives how many."""
    last = session.get(AuditEvent, _last_before(session, at))
    if last is None:
        return 0
    _mark(session, START, last.id or 0, last.chain)  # first: the database lets nothing after the mark be removed
    return session.exec(delete(AuditEvent).where(col(AuditEvent.id) <= last.id)).rowcount


def _before(session: Session) -> str:
    """The seal that the next line follows: that of the last line written, even if somebody removed it since.

    A mark that was tampered with is followed by nothing, so that the break stays to be seen.
    """
    end = session.get(AuditSeal, END, populate_existing=True)
    if end is None:
        return session.exec(select(AuditEvent.chain).order_by(col(AuditEvent.id).desc()).limit(1)).first() or ""
    return end.chain if end.seal == _sealed_mark(end) else "broken"


def _last_before(session: Session, at: datetime) -> int:
    """The id of the last line of the run of old ones at the beginning; 0 for none.

    The very last line always stays: SQLite would give its number to the next one.
    """
    kept = session.exec(select(func.min(AuditEvent.id)).where(AuditEvent.at >= at)).one()
    latest = session.exec(select(func.max(AuditEvent.id))).one()
    first_kept = latest if kept is None else kept
    older = select(func.max(AuditEvent.id)).where(col(AuditEvent.id) < (first_kept or 0))
    return session.exec(older).one() or 0


def _after(session: Session, last_id: int) -> list[AuditEvent]:
    query = select(AuditEvent).where(col(AuditEvent.id) > last_id)
    return list(session.exec(query.order_by(col(AuditEvent.id)).limit(_READ_AT_ONCE)))


def _anchor_after_commit(session: Session, anchor: Anchor) -> None:
    """Only for the installation's own database: a restore works on a draft that may yet be thrown away."""
    if session.get_bind().engine.url == make_url(config.settings().database):
        db.after_commit(session, "anchor", lambda: _append(anchor))


def _append(anchor: Anchor) -> None:
    """The act is done and committed: that its anchor cannot be written is said in the log, and the next one does as well."""
    try:
        anchors.append_anchor(anchor)
    except OSError:
        _LOG.error("the anchor of the audit log was not written")


def _mark(session: Session, name: str, line_id: int, chain: str) -> None:
    mark = session.get(AuditSeal, name) or AuditSeal(name=name, line_id=0, chain="", seal="")
    mark.line_id, mark.chain = line_id, chain
    mark.seal = _sealed_mark(mark)
    session.add(mark)
    session.flush()


def _sealed_mark(mark: AuditSeal) -> str:
    return _keyed(b"mark:", mark.name, str(mark.line_id), mark.chain)


def _keyed(purpose: bytes, *parts: str) -> str:
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(config.pepper(), purpose + joined.encode(), hashlib.sha256).hexdigest()
