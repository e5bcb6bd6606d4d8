"""How long one waits after wrong tries: a few are free, then longer and longer, half an hour at most.

The counts belong to what was typed, not to who was found: a login or a card that nobody has waits like any other, so
that the waits tell nobody who exists. Half an hour bounds guessing to about fifty tries a day, and locks nobody out.
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
    """Under which the tries at something are counted: a keyed digest, which lists no login to who reads the table."""
    joined = f"tries:{kind}:" + "".join(f"{len(part)}:{part}" for part in said)
    return hmac.new(config.pepper(), joined.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def count_keyed_try(session: Session, *, key: str, now: datetime, sentence: str) -> None:
    """Count a try before it is checked, whatever is behind the key. Raises TooManyTries while it waits."""
    _hold(session, key)
    row = session.get(WrongTries, key, with_for_update=True, populate_existing=True)
    if row is None or row.last_at + policy.TRIES_FORGOTTEN <= now:
        row = session.merge(WrongTries(key=key, wrong=0, wait_until=None, last_at=now))
    row.wrong, row.wait_until = count_try(row.wrong, row.wait_until, now=now, sentence=sentence)
    row.last_at = now
    session.flush()


def forgive_tries(session: Session, *, key: str) -> bool:
    """Forget the wrong tries of a key and end its wait; says whether there were any."""
    return session.exec(delete(WrongTries).where(col(WrongTries.key) == key)).rowcount > 0


def forget_old(session: Session, *, now: datetime) -> int:
    """Remove the counts of which nothing is left to know; gives how many."""
    return session.exec(delete(WrongTries).where(col(WrongTries.last_at) <= now - policy.TRIES_FORGOTTEN)).rowcount


def count_try(wrong: int, wait_until: datetime | None, *, now: datetime, sentence: str) -> Counted:
    """The next count and the wait that it starts, to be stored before the try is checked.

    A try is counted first and forgiven when it was right: a thousand tries sent at once then cannot share one
    free place. While a wait is running, raises TooManyTries with `sentence`, its {wait} filled.
    """
    if wait_until is not None and wait_until > now:
        raise TooManyTries(sentence.format(wait=in_words(wait_until - now)), wait_until)
    wait = _wait_after(wrong + 1)
    return wrong + 1, (now + wait) if wait else None


def in_words(wait: timedelta) -> str:
    """A wait as one says it, rounded up: « 1 minute », « 15 minutes », « 24 heures »."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours = ceil(minutes / 60)
    return f"{hours} heure{'s' if hours > 1 else ''}"


def _wait_after(count: int) -> timedelta | None:
    beyond = count - policy.WRONG_PINS_FREE
    return policy.WRONG_PIN_WAITS[min(beyond, len(policy.WRONG_PIN_WAITS)) - 1] if beyond > 0 else None


def _hold(session: Session, key: str) -> None:
    """Let one transaction at a time count under a key, its first try included; SQLite does so already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": int(key[:15], 16)})
