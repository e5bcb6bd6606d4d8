"""Limits the guests that one client address may create: a whole class fits, a program that creates hundreds does not."""

from __future__ import annotations

import time
from collections import OrderedDict, deque

from starlette.requests import Request

from clicnjob import policy
from clicnjob.accounts.people import TooManyGuests
from clicnjob.web.auth import slowing

_came: OrderedDict[str, deque[float]] = OrderedDict()  # address → arrival times of its recent guests


def count_guest(request: Request, *, clock: float | None = None) -> None:
    """Count one more guest for this client's address. Raises TooManyGuests when its limit is reached."""
    address, at = slowing.client_address(request), time.monotonic() if clock is None else clock
    came = _came.setdefault(address, deque(maxlen=policy.GUESTS_OF_AN_ADDRESS))
    _came.move_to_end(address)
    while came and came[0] <= at - policy.GUESTS_COUNTED_OVER.total_seconds():
        came.popleft()
    if len(came) >= policy.GUESTS_OF_AN_ADDRESS:
        raise TooManyGuests
    came.append(at)
    while len(_came) > policy.ADDRESSES_REMEMBERED:
        _came.popitem(last=False)
