"""How long a person waits after wrong tries: a few are free, then the wait grows up to half an hour.

Tries are counted under what was typed, whether it exists or not, so that the waits do not reveal which logins and cards
exist. Half an hour limits guessing to about fifty tries a day without locking anybody out for good.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, text
from sqlmodel import Session, col

from clicnjob import config, policy
from clicnjob.errors import Refusal
from clicnjob.models import WrongTries

Counted = tuple[int, datetime | None]


class TooManyTries(Refusal):
    """A wait is running: nothing is checked, not even a right answer, until `until`."""

    sentence = "Trop d’essais. Attends un peu, ou demande de l’aide."

    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.until = until


def tries_key(kind: str, *said: str) -> str:
    """Return the key under which tries are counted: a keyed digest, so that the table reveals no login."""
    joined = f"tries:{kind}:" + "".join(f"{len(part)}:{part}" for part in said)
    return hmac.new(config.secret_pepper(), joined.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def count_keyed_try(session: Session, *, key: str, now: datetime, sentence: str) -> None:
    """Count a try before it is checked, whether or not the key belongs to anybody. Raises TooManyTries."""
    _hold_key(session, key)
    row = session.get(WrongTries, key, with_for_update=True, populate_existing=True)
    if row is None or row.last_at + policy.TRIES_FORGOTTEN <= now:
        row = session.merge(WrongTries(key=key, wrong=0, wait_until=None, last_at=now))
    row.wrong, row.wait_until = count_try(row.wrong, row.wait_until, now=now, sentence=sentence)
    row.last_at = now
    session.flush()


def forgive_tries(session: Session, *, key: str) -> bool:
    """Delete the wrong tries of a key and end its wait. Returns whether there were any."""
    return session.exec(delete(WrongTries).where(col(WrongTries.key) == key)).rowcount > 0


def forget_old(session: Session, *, now: datetime) -> int:
    """Delete counts older than `policy.TRIES_FORGOTTEN`. Returns how many."""
    return session.exec(delete(WrongTries).where(col(WrongTries.last_at) <= now - policy.TRIES_FORGOTTEN)).rowcount


def count_try(wrong: int, wait_until: datetime | None, *, now: datetime, sentence: str) -> Counted:
    """Return the next count and the wait that it starts, to be stored before the try is checked.

    A try is counted first and forgiven when it was right, so that a thousand simultaneous tries cannot all pass the
    same check. Raises TooManyTries, with `sentence` and its {wait} filled in, while a wait is running.
    """
    if wait_until is not None and wait_until > now:
        raise TooManyTries(sentence.format(wait=in_words(wait_until - now)), wait_until)
    wait = _wait_after(wrong + 1)
    return wrong + 1, (now + wait) if wait else None


def in_words(wait: timedelta) -> str:
    """Return a wait in French, rounded up: « 1 minute », « 15 minutes », « 24 heures »."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours = ceil(minutes / 60)
    return f"{hours} heure{'s' if hours > 1 else ''}"


def _wait_after(count: int) -> timedelta | None:
    beyond = count - policy.WRONG_PINS_FREE
    return policy.WRONG_PIN_WAITS[min(beyond, len(policy.WRONG_PIN_WAITS)) - 1] if beyond > 0 else None


def _hold_key(session: Session, key: str) -> None:
    """Let only one transaction at a time count under a key, including its first try; SQLite already does so."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": int(key[:15], 16)})
