"""The audit log: who did what, when, to whom and why, never contents; append-only, each line sealed with all before it."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from clicnjob import config, models
from clicnjob.models import Actor, AuditEvent

_LOCK = 0x636C6963  # any number of ours: PostgreSQL lets one writer in at a time; SQLite does already


def note(
    session: Session, *, by: Actor, act: str, whom_id: str = "", why: str = "", now: datetime | None = None
) -> None:
    """Write one line, in the transaction of the act itself: an act that is undone leaves none.

    `act` is a short English verb phrase of ours (« card renewed »), `why` a code or a purpose, never a content.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = session.exec(select(AuditEvent.chain).order_by(col(AuditEvent.id).desc()).limit(1)).first()
    line = AuditEvent(
        at=now or models.now(),
        by_id=by.id,
        organisation_id=by.organisation_id,
        act=act,
        whom_id=whom_id,
        why=why,
        chain="",
    )
    line.chain = seal(line, last or "")
    session.add(line)
    session.flush()


def seal(line: AuditEvent, before: str) -> str:
    """What `chain` must be for this line after a line sealed `before`: a keyed SHA-256 over both."""
    parts = (before, line.at.isoformat(), line.by_id, line.organisation_id or "", line.act, line.whom_id, line.why)
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(config.pepper(), b"audit:" + joined.encode(), hashlib.sha256).hexdigest()
