"""How long one waits after wrong tries: a few are free, then longer and longer, and the tenth locks."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from clicnjob import policy
from clicnjob.errors import Refusal


class TooManyTries(Refusal):
    """A wait is running: nothing is checked, not even a right answer, until `until`."""

    sentence = "Trop d’essais. Attends un peu, ou demande de l’aide."

    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.until = until


def count_try(wrong: int, wait_until: datetime | None, *, now: datetime, sentence: str) -> Counted:
    """The next count and the wait that it starts, to be stored before the try is checked.

    A try is counted first and forgiven when it was right: a thousand tries sent at once then cannot share one
    free place. While a wait is running, raises TooManyTries with `sentence`, its {wait} filled.
    """
    if wait_until is not None and wait_until > now:
        raise TooManyTries(sentence.format(wait=in_words(wait_until - now)), wait_until)
    count = 1 if wrong >= policy.WRONG_PINS_LOCK else wrong + 1
    wait = _wait_after(count)
    return count, (now + wait) if wait else None


Counted = tuple[int, datetime | None]


def in_words(wait: timedelta) -> str:
    """A wait as one says it, rounded up: « 1 minute », « 15 minutes », « 24 heures »."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours = ceil(minutes / 60)
    return f"{hours} heure{'s' if hours > 1 else ''}"


def _wait_after(count: int) -> timedelta | None:
    if count <= policy.WRONG_PINS_FREE:
        return None
    if count >= policy.WRONG_PINS_LOCK:
        return policy.LOCK_LASTS
    return policy.WRONG_PIN_WAITS[count - policy.WRONG_PINS_FREE - 1]
