"""Whether a visit still has an open tab; if not, reopening the browser must not give access.

Open tabs are known from their requests (`/present`, pages) and sockets. These are noted in memory and written a few
times a minute for all visits at once, so that four hundred tabs do not write four hundred rows every half minute.
"""

from __future__ import annotations

import threading
from datetime import datetime

import sqlalchemy
from sqlalchemy import update
from sqlmodel import Session, col

from clicnjob import policy
from clicnjob.models import SignIn

_SEEN: dict[str, datetime] = {}  # sign-in → when this process last saw one of its tabs
_LOCK = threading.Lock()

_SIGN_IN = SignIn.__table__  # type: ignore[attr-defined]
_AWAKE = (_SIGN_IN.c.ended_at.is_(None), _SIGN_IN.c.slept_at.is_(None))
_WRITTEN = (
    sqlalchemy.update(_SIGN_IN)
    .where(_SIGN_IN.c.id == sqlalchemy.bindparam("one"), _SIGN_IN.c.tab_at < sqlalchemy.bindparam("at"), *_AWAKE)
    .values(tab_at=sqlalchemy.bindparam("at"))
)


def note_open_tab(sign_in_id: str, *, now: datetime) -> None:
    """Note in memory that a tab of this visit, which is awake, is open now."""
    with _LOCK:
        _SEEN[sign_in_id] = now


def latest_tab(sign_in_id: str, *, written: datetime) -> datetime:
    """Return when a tab of this visit was last open, by the database or by what this process saw since."""
    with _LOCK:
        return max(written, _SEEN.get(sign_in_id, written))


def write_open_tabs(session: Session, *, now: datetime) -> None:
    """Store which tabs are open, then put to sleep the visits whose tabs have all gone."""
    gone_since = now - policy.TABS_GONE_SLEEPS
    with _LOCK:
        for sign_in_id in [one for one, at in _SEEN.items() if at <= gone_since]:
            del _SEEN[sign_in_id]
        seen = [{"one": sign_in_id, "at": at} for sign_in_id, at in _SEEN.items()]
    if seen:
        session.connection().execute(_WRITTEN, seen)
    asleep = update(SignIn).where(*_AWAKE, col(SignIn.tab_at) <= gone_since)
    session.exec(asleep.values(slept_at=now))


def spare_awake_visits(session: Session, *, now: datetime) -> None:
    """Count every awake visit as having an open tab, at server start, since tabs could not report while it was down."""
    session.exec(update(SignIn).where(*_AWAKE).values(tab_at=now))
