"""The audit log: who did what, when, to whom and why, never contents. It is append-only; each seal covers all lines before."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, make_url
from sqlmodel import Session, col, select

from clicnjob import config, db
from clicnjob.models import Actor, AuditEvent, AuditSeal
from clicnjob.operations import anchors
from clicnjob.operations.anchors import Anchor

_LOG = logging.getLogger(__name__)

START, END = "start", "end"
RESTORED = "backup restored"  # the line after which the log continues from an earlier state
_LOCK = 0x636C6963  # arbitrary number of an advisory lock: PostgreSQL needs one for a single writer, SQLite does not
_READ_AT_ONCE = 1_000
LINES_NOTED_AT_ONCE = 2_000  # in one transaction: SQLite’s only writer is held for about 50 ms
_LINE = b"audit:"


def note_act(session: Session, *, by: Actor, act: str, whom_id: str = "", why: str = "", now: datetime) -> None:
    """Write one line in the transaction of the action itself, so that a rollback removes it too.

    `act` is a short constant phrase in English (« card renewed »), `why` a code or a purpose, never any content.
    """
    note_all(session, by=by, act=act, whom_ids=(whom_id,), why=why, now=now)


def note_all(session: Session, *, by: Actor, act: str, whom_ids: Iterable[str], why: str = "", now: datetime) -> None:
    """Write one line for each of these people, in order, with a single insert.

    The rows are plain dicts: twenty thousand of them, as a head's export writes, must not hold SQLite's only writer long.
    """
    db.hold_alone(session, _LOCK)
    before, pepper, rows = _seal_before(session), config.secret_pepper(), []
    shared = {"at": now, "by_id": by.id, "organisation_id": by.organisation_id, "act": act, "why": why}
    said = (_sealed_instant(now), by.id, by.organisation_id or "", act)
    for whom_id in whom_ids:
        before = _keyed_digest(_LINE, before, *said, whom_id, why, pepper=pepper)
        rows.append({**shared, "whom_id": whom_id, "chain": before})
    if not rows:
        return
    session.execute(insert(AuditEvent), rows)
    last_id = session.exec(select(func.max(AuditEvent.id))).one() or 0
    _set_mark(session, END, last_id, before)
    _anchor_after_commit(session, Anchor(now, last_id, before))


def line_seal(line: AuditEvent, before: str) -> str:
    """Return the `chain` of this line after one whose chain is `before`: an HMAC-SHA-256 over both."""
    parts = (_sealed_instant(line.at), line.by_id, line.organisation_id or "", line.act, line.whom_id, line.why)
    return _keyed_digest(_LINE, before, *parts, pepper=config.secret_pepper())


def _sealed_instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()  # as the database returns it, whatever zone it was written with


def first_broken(session: Session) -> int | None:
    """Return the id of the first line that was changed or inserted or follows a removed one; None for an intact log.

    When the last lines are missing, this is the id of the first missing one.
    """
    start, end = session.get(AuditSeal, START), session.get(AuditSeal, END)
    before, last_id = (start.chain, start.line_id) if start else ("", 0)
    if start and start.seal != _sealed_mark(start):
        return start.line_id
    while lines := _events_after(session, last_id):
        for line in lines:
            if line.chain != line_seal(line, before):
                return line.id
            before, last_id = line.chain, line.id or 0
    if end is None:
        return last_id + 1 if last_id else None
    whole = (end.line_id, end.chain) == (last_id, before) and end.seal == _sealed_mark(end)
    return None if whole else last_id + 1


def marks_fit(session: Session) -> bool | None:
    """Return whether a seal of the log's limits fits this process's secret; None when there is no seal."""
    marks = session.exec(select(AuditSeal)).all()
    return any(mark.seal == _sealed_mark(mark) for mark in marks) if marks else None


def end_of_log(session: Session, *, now: datetime) -> Anchor:
    """Return the anchor of the log's present end, with line 0 for an empty log."""
    end = session.get(AuditSeal, END)
    return Anchor(now, end.line_id, end.chain) if end and end.seal == _sealed_mark(end) else Anchor(now, 0, "")


def first_unmet(session: Session, written: Iterable[Anchor]) -> Anchor | None:
    """Return the first anchor that the log contradicts, because it was emptied, truncated or replaced by an older one.

    Lines deleted by retention are not expected, nor those replaced by a recorded restore. A restore is itself a sealed
    line, which nobody can add without the secret.
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
    """Return (line id, instant) for each restored backup, earliest first."""
    query = select(AuditEvent.id, AuditEvent.at).where(AuditEvent.act == RESTORED).order_by(col(AuditEvent.id))
    return tuple((line_id or 0, at) for line_id, at in session.exec(query))


def forget_before(session: Session, *, at: datetime) -> int:
    """Delete the oldest lines, up to the first written at or after `at`; seal the new start; return how many."""
    last = session.get(AuditEvent, _last_before(session, at))
    if last is None:
        return 0
    _set_mark(
        session, START, last.id or 0, last.chain
    )  # first, because a trigger forbids deleting lines after the mark
    return session.exec(delete(AuditEvent).where(col(AuditEvent.id) <= last.id)).rowcount


def _seal_before(session: Session) -> str:
    """Return the chain for the next line to follow: that of the last line written, even if it was deleted since.

    After a mark that was tampered with, the chain is not continued, so that the break stays visible.
    """
    end = session.get(AuditSeal, END, populate_existing=True)
    if end is None:
        return session.exec(select(AuditEvent.chain).order_by(col(AuditEvent.id).desc()).limit(1)).first() or ""
    return end.chain if end.seal == _sealed_mark(end) else "broken"


def _last_before(session: Session, at: datetime) -> int:
    """Return the id of the last line of the initial run of lines older than `at`, 0 for none.

    The last line of the log always stays: SQLite would reuse its id for the next one.
    """
    kept = session.exec(select(func.min(AuditEvent.id)).where(AuditEvent.at >= at)).one()
    latest = session.exec(select(func.max(AuditEvent.id))).one()
    first_kept = latest if kept is None else kept
    older = select(func.max(AuditEvent.id)).where(col(AuditEvent.id) < (first_kept or 0))
    return session.exec(older).one() or 0


def _events_after(session: Session, last_id: int) -> list[AuditEvent]:
    query = select(AuditEvent).where(col(AuditEvent.id) > last_id)
    return list(session.exec(query.order_by(col(AuditEvent.id)).limit(_READ_AT_ONCE)))


def _anchor_after_commit(session: Session, anchor: Anchor) -> None:
    """Append the anchor once committed, in the installation's own database only: a restore's draft may be discarded."""
    if session.get_bind().engine.url == make_url(config.current_settings().database):
        db.after_commit(session, "anchor", lambda: _append_anchor(anchor))


def _append_anchor(anchor: Anchor) -> None:
    """Append the anchor. The action is committed already, so a failure is only logged; the next anchor covers this line."""
    try:
        anchors.append_anchor(anchor)
    except OSError:
        _LOG.error("the anchor of the audit log was not written")


def _set_mark(session: Session, name: str, line_id: int, chain: str) -> None:
    mark = session.get(AuditSeal, name) or AuditSeal(name=name, line_id=0, chain="", seal="")
    mark.line_id, mark.chain = line_id, chain
    mark.seal = _sealed_mark(mark)
    session.add(mark)
    session.flush()


def _sealed_mark(mark: AuditSeal) -> str:
    return _keyed_digest(b"mark:", mark.name, str(mark.line_id), mark.chain, pepper=config.secret_pepper())


def _keyed_digest(purpose: bytes, *parts: str, pepper: bytes) -> str:
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.digest(pepper, purpose + joined.encode(), "sha256").hex()
