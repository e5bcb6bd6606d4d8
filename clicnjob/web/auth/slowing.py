"""Slows down a client address with many failed sign-ins, without refusing it: a whole group may share one address.

The limit on guessing is the wait per card and account, in the database; this only costs a guesser time. The counts are
in memory, limited in number, and refer to no person.
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
    """The failed sign-ins of an address; their weight halves with each `policy.ADDRESS_FORGETS`."""

    count: float
    at: float

    def weight_now(self, clock: float) -> float:
        """Return the decayed count at this clock reading, in seconds."""
        return float(self.count * 0.5 ** ((clock - self.at) / policy.ADDRESS_FORGETS.total_seconds()))


_failed: OrderedDict[str, Failures] = OrderedDict()


def try_delay(address: str, *, clock: float | None = None) -> float:
    """Return the seconds that the next try from this address must wait: 0 up to `ADDRESS_FAILURES_FREE`, then more each
    time, up to `ADDRESS_SLOWED_AT_MOST`."""
    found = _failed.get(address)
    beyond = found.weight_now(_clock_value(clock)) - policy.ADDRESS_FAILURES_FREE if found else 0
    return min(max(0.0, beyond) * policy.ADDRESS_SLOWED_BY, policy.ADDRESS_SLOWED_AT_MOST)


def note_failure(address: str, *, clock: float | None = None) -> None:
    """Count a failed try; beyond `policy.ADDRESSES_REMEMBERED` the address that failed longest ago is forgotten."""
    at = _clock_value(clock)
    before = _failed.pop(address, None)
    _failed[address] = Failures((before.weight_now(at) if before else 0.0) + 1, at)
    while len(_failed) > policy.ADDRESSES_REMEMBERED:
        _failed.popitem(last=False)


async def slow_down(request: Request) -> None:
    """Wait for the delay of this client's address, then note the time: `count_failure` measures the check from there."""
    if seconds := try_delay(client_address(request)):
        await sleep(seconds)
    request.state.checked_from = time.monotonic()


async def count_failure(request: Request) -> None:
    """Count a failed try of this client, then wait until a multiple of `policy.REFUSALS_TOLD_EVERY` since the check began.

    For a card that exists the check also writes to the database; without the rounding, that millisecond could be measured.
    """
    note_failure(client_address(request))
    spent = time.monotonic() - getattr(request.state, "checked_from", time.monotonic())
    await sleep(policy.REFUSALS_TOLD_EVERY - spent % policy.REFUSALS_TOLD_EVERY)


def client_address(request: Request) -> str:
    """Return the client's address; for IPv6 its /64 network, since a subscriber chooses the rest."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def _clock_value(given: float | None) -> float:
    return time.monotonic() if given is None else given
