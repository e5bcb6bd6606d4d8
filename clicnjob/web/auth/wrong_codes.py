"""Limits the wrong session codes of one browser, and those of one address, which a whole room may share.

A program can drop its cookie, so the address is the real limit: at sixty a minute, four hours of guessing find one of ten
open codes with a chance of 1 in 6 000, and what is found is a waiting room. The counts are in memory and limited in number.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque

from starlette.requests import Request
from starlette.responses import Response

from clicnjob import models, policy, workshop_policy
from clicnjob.errors import Refusal
from clicnjob.web.auth import slowing
from clicnjob.web.auth.cookies import read_cookie, set_cookie

COOKIE = "clicnjob-porte"
_MARK_LENGTH = 32
_browsers: OrderedDict[str, deque[float]] = OrderedDict()
_addresses: OrderedDict[str, deque[float]] = OrderedDict()


class TooManyCodes(Refusal):
    """This browser, or this address, has tried too many wrong codes within a minute."""

    sentence = "Trop de codes faux. Attends une minute, puis recopie le code de l’écran."


def check_limit(request: Request, *, clock: float | None = None) -> None:
    """Refuse before a code is looked at, so that a right one is not told either. Raises TooManyCodes."""
    at = _clock_value(clock)
    browser = len(_recent_tries(_browsers, _browser_mark(request), at))
    if browser >= workshop_policy.WRONG_CODES_A_MINUTE:
        raise TooManyCodes
    if len(_recent_tries(_addresses, slowing.client_address(request), at)) >= workshop_policy.WRONG_CODES_OF_AN_ADDRESS:
        raise TooManyCodes


def note_wrong(request: Request, *, clock: float | None = None) -> None:
    """Count a wrong code of this browser and of this address."""
    at = _clock_value(clock)
    if mark := _browser_mark(request):
        _add_try(_browsers, mark, at)
    _add_try(_addresses, slowing.client_address(request), at)


def mark_browser(request: Request, answer: Response) -> None:
    """Give this browser a random mark of its own until it closes; it names nobody."""
    if not _browser_mark(request):
        set_cookie(answer, COOKIE, models.random_id())


def _browser_mark(request: Request) -> str:
    return read_cookie(request, COOKIE)[:_MARK_LENGTH]


def _recent_tries(counted: OrderedDict[str, deque[float]], key: str, at: float) -> deque[float]:
    found = counted.get(key, deque())
    while found and found[0] <= at - workshop_policy.WRONG_CODES_COUNTED_OVER.total_seconds():
        found.popleft()
    return found


def _add_try(counted: OrderedDict[str, deque[float]], key: str, at: float) -> None:
    counted.setdefault(key, deque(maxlen=workshop_policy.WRONG_CODES_OF_AN_ADDRESS)).append(at)
    counted.move_to_end(key)
    while len(counted) > policy.ADDRESSES_REMEMBERED:
        counted.popitem(last=False)


def _clock_value(given: float | None) -> float:
    return time.monotonic() if given is None else given
