"""An address from which many sign-ins fail is slowed a little, never refused: a whole group shares one public address.

What bounds guessing is the wait of each card and account, in the database. This only spends a guesser's time. It lives
in memory, is bounded, and knows no person.
"""

from __future__ import annotations

import ipaddress
import time
from asyncio import sleep
from collections import OrderedDict
from dataclasses import dataclass

from starlette.requests import Request

from clicnjob import policy


@dataclass(slots=True)
class Failures:
    """How many sign-ins failed from an address, counting half after each `policy.ADDRESS_FORGETS`."""

    count: float
    at: float

    def now(self, clock: float) -> float:
        """The count as it weighs now."""
        return float(self.count * 0.5 ** ((clock - self.at) / policy.ADDRESS_FORGETS.total_seconds()))


_failed: OrderedDict[str, Failures] = OrderedDict()


def delay(address: str, *, clock: float | None = None) -> float:
    """The seconds that the next try from this address waits: none for a long time, then a little more each time."""
    found = _failed.get(address)
    beyond = found.now(_clock(clock)) - policy.ADDRESS_FAILURES_FREE if found else 0
    return min(max(0.0, beyond) * policy.ADDRESS_SLOWED_BY, policy.ADDRESS_SLOWED_AT_MOST)


def note_failure(address: str, *, clock: float | None = None) -> None:
    """One more failed try; the address that failed longest ago is forgotten when there are too many."""
    at = _clock(clock)
    before = _failed.pop(address, None)
    _failed[address] = Failures((before.now(at) if before else 0.0) + 1, at)
    while len(_failed) > policy.ADDRESSES_REMEMBERED:
        _failed.popitem(last=False)


async def slow(request: Request) -> None:
    """Wait as long as this client's address has to; the check that follows is timed from here."""
    if seconds := delay(client(request)):
        await sleep(seconds)
    request.state.checked_from = time.monotonic()


async def failed(request: Request) -> None:
    """A try from this client failed. It is told at a full tenth of a second after the check began: what was written down
    for a card that exists takes a millisecond, and nobody must be able to measure it."""
    note_failure(client(request))
    spent = time.monotonic() - getattr(request.state, "checked_from", time.monotonic())
    await sleep(policy.REFUSALS_TOLD_EVERY - spent % policy.REFUSALS_TOLD_EVERY)


def client(request: Request) -> str:
    """The client's address; of IPv6 the network that one subscriber has, since they choose the rest."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def _clock(given: float | None) -> float:
    return time.monotonic() if given is None else given
