"""Runs password and PIN hashing on a thread pool of its own, so that many sign-ins do not slow down signed-in people.

A hash takes 25 ms of CPU. On the thread pool that all requests share, a hundred of them made everybody wait for
seconds. Here few run at once, few wait, each client address has a limited share, and the rest is told to come back.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from starlette.requests import Request

from clicnjob import policy
from clicnjob.web.auth import slowing
from clicnjob.web.middleware.turned_away import TurnedAway

P = ParamSpec("P")
Result = TypeVar("Result")

_THREADS = ThreadPoolExecutor(policy.HASHES_AT_ONCE, thread_name_prefix="hashing")
_begun: Counter[str] = Counter()  # address → its tries that are being slowed, waiting or running
_queued: Counter[str] = Counter()  # the same without those being slowed, which take no thread yet


async def hash_apart(request: Request, work: Callable[P, Result], *args: P.args, **named: P.kwargs) -> Result:
    """Run `work(*args, **named)` on a hashing thread, after the delay of this client's address.

    Raises TurnedAway when this address has too many tries in progress or the queue is full.
    """
    address = slowing.client_address(request)
    if _begun[address] >= policy.HASHES_OF_AN_ADDRESS:
        raise TurnedAway
    with _counted_address(_begun, address):
        await slowing.slow_down(request)
        if _queued.total() >= policy.HASHES_WAITING:
            raise TurnedAway
        with _counted_address(_queued, address):
            running = asyncio.get_running_loop()
            return await running.run_in_executor(_THREADS, partial(copy_context().run, work, *args, **named))


@contextmanager
def _counted_address(counts: Counter[str], address: str) -> Iterator[None]:
    counts[address] += 1
    try:
        yield
    finally:
        counts[address] -= 1
        if not counts[address]:
            del counts[address]
