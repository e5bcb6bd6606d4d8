"""How many guests an address brings in: a class comes in at once, a program that makes hundreds of them does not."""

from __future__ import annotations

import time
from collections import OrderedDict, deque

from starlette.requests import Request

from clicnjob import policy
from clicnjob.accounts.people import TooManyGuests
from clicnjob.web import slowing

_came: OrderedDict[str, deque[float]] = OrderedDict()  # address → when its guests of the last minutes came


def count_guest(request: Request, *, clock: float | None = None) -> None:
    """One more guest of this client's address. Raises TooManyGuests while it brought in too many."""
    address, at = slowing.client(request), time.monotonic() if clock is None else clock
    came = _came.setdefault(address, deque(maxlen=policy.GUESTS_OF_AN_ADDRESS))
    _came.move_to_end(address)
    while came and came[0] <= at - policy.GUESTS_COUNTED_OVER.total_seconds():
        came.popleft()
    if len(came) >= policy.GUESTS_OF_AN_ADDRESS:
        raise TooManyGuests
    came.append(at)
    while len(_came) > policy.ADDRESSES_REMEMBERED:
        _came.popitem(last=False)
