"""Live group sessions: how long from a trainer's push to the moment it is drawn on everybody's screen, and what it costs.

The same open screens are measured at rest (nobody in a session), asking for a version with nothing sent, with pushes, and
running by themselves every two seconds as before. The real server, SQLite, Streamlit's own protocol; the client shares
the processors. Then more sessions until the pushes are late, and 25 people who join at once.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from benchmarks import load_server
from benchmarks.load_server import OURS, Server, Usage
from benchmarks.streamlit_client import opened
from benchmarks.workshop_screens import OLD_SECONDS, PAGE, Groups, Poller, Screen, cookie_of, house_of
from clicnjob import workshop_policy

SESSIONS, LARGER, PEOPLE, SECONDS = 10, (20, 40), workshop_policy.WORKSHOP_PEOPLE, 30
AIM, JOIN_AIM = 2.0, 5.0  # seconds: p95 of push to drawn; the last of 25 who join at once
_PUSHED_EVERY, _LAST_ONE = 6.0, 8.0  # seconds between two pushes of one session, and after the last
_SETTLES = 5.0  # seconds before a measure
_PATIENCE, _AT_ONCE = 240, 20  # seconds for a page while all open, and how many open at the same time
_HEAD = (
    f"{'screens':>8} {'what':34}{'asked/s':>8}{'drawn':>12}{'p50 s':>7}{'p95 s':>7}{'CPU %':>7}{'ms each':>9}"
    f"{'client %':>9}{'RSS MB':>8}"
)
REST, QUIET, PUSHED, OLD = (
    "at rest, nobody in a session",
    "asking, nothing sent",
    "asking, with pushes",
    (f"running every {OLD_SECONDS:g} s, with pushes"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """One measure. `times` are seconds from push to drawn, `expected` how many there should be.

    `each` is the server's CPU per question or run in milliseconds, above the rest.
    """

    screens: int
    what: str
    asked: float
    times: tuple[float, ...]
    expected: int
    cpu: float
    each: float
    client: float
    rss: float

    @property
    def p95(self) -> float:
        """The 95th percentile, infinite when pushes are missing."""
        ordered = sorted((*self.times, *[float("inf")] * (self.expected - len(self.times))))
        return ordered[int(len(ordered) * 0.95)] if ordered else float("nan")

    def __str__(self) -> str:
        p50 = statistics.median(self.times) if self.times else float("nan")
        drawn = f"{len(self.times)}/{self.expected}" if self.expected else "–"
        times = f"{p50:7.2f}{self.p95:7.2f}" if self.expected else f"{'–':>7}{'–':>7}"
        each = f"{self.each:9.2f}" if self.asked else f"{'–':>9}"
        return (
            f"{self.screens:8} {self.what:34}{self.asked:8.0f}{drawn:>12}{times}{self.cpu:7.1f}{each}"
            f"{self.client:9.0f}{self.rss:8.0f}"
        )


class Room:
    """The open screens of some sessions on one server."""

    def __init__(self, server: Server, groups: Groups, screens: list[Screen], sessions: int) -> None:
        self.server, self.groups, self.screens, self.sessions = server, groups, screens, sessions
        self._rest = 0.0
        self._pushes = 0

    async def measured(self, what: str, seconds: float) -> Result:
        """Measure one way of following the sessions for so long."""
        end, sent = asyncio.Event(), dict[int, tuple[int, float]]()
        pollers = [Poller(self.server.base, cookie_of(one.token), house_of(one.group)) for one in self.screens]
        lives = [asyncio.create_task(life) for life in self._lives(what, pollers, end)]
        await asyncio.sleep(_SETTLES)
        for one in self.screens:
            one.asked = 0
        start, ours = self.server.usage(), time.process_time()
        await self._push_for(seconds, sent if what in (PUSHED, OLD) else None)
        stop, ours = self.server.usage(), time.process_time() - ours
        end.set()
        await asyncio.gather(*lives)
        for poller in pollers:
            poller.close()
        return self._result(what, start, stop, ours, sent)

    def _lives(self, what: str, pollers: list[Poller], end: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
        if what == REST:
            return []
        if what == OLD:
            return [one.follow_by_time(until=end) for one in self.screens]
        return [one.follow_by_version(by, until=end) for one, by in zip(self.screens, pollers, strict=True)]

    async def _push_for(self, seconds: float, sent: dict[int, tuple[int, float]] | None) -> None:
        """Push to one session after the other, so that each gets one every few seconds; nothing without `sent`."""
        ends = time.monotonic() + seconds
        while sent is not None and time.monotonic() < ends - _LAST_ONE:
            group, begun = self._pushes % self.sessions, time.monotonic()
            self._pushes += 1
            sent[self._pushes] = (group, await asyncio.to_thread(self.groups.push, group, self._pushes))
            await asyncio.sleep(max(0.0, begun + _PUSHED_EVERY / self.sessions - time.monotonic()))
        await asyncio.sleep(max(0.0, ends - time.monotonic()))

    def _result(self, what: str, start: Usage, stop: Usage, ours: float, sent: dict[int, tuple[int, float]]) -> Result:
        elapsed, spent = stop.at - start.at, stop.cpu - start.cpu
        asked = sum(one.asked for one in self.screens) if what != REST else 0
        reached = [(one, number, at) for number, (group, at) in sent.items() for one in self._of(group)]
        times = tuple(one.seen[number] - at for one, number, at in reached if number in one.seen)
        if what == REST:
            self._rest = spent / elapsed
        above = spent - self._rest * elapsed
        return Result(
            screens=len(self.screens), what=what, asked=asked / elapsed, times=times, expected=len(reached),
            cpu=spent * 100 / elapsed, each=above * 1000 / asked if asked else 0.0, client=ours * 100 / elapsed,
            rss=stop.rss,
        )  # fmt: skip

    def _of(self, group: int) -> list[Screen]:
        return [one for one in self.screens if one.group == group]


@contextlib.asynccontextmanager
async def _room(server: Server, sessions: int) -> AsyncIterator[tuple[Room, list[str]]]:
    """Open a tab for each guest, at the home page; gives the room and the accounts."""
    groups = Groups(server.home / "clicnjob.sqlite3")
    groups.make_groups(sessions)
    guests = groups.sign_guests_in(sessions * PEOPLE)
    async with contextlib.AsyncExitStack() as tabs:
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def tab(place: int, token: str) -> Screen:
            async with at_once:
                browser = await tabs.enter_async_context(
                    opened(server.base, cookie=cookie_of(token), patience=_PATIENCE)
                )
                await browser.visit()
                return Screen(place // PEOPLE, token, browser)

        screens = await asyncio.gather(*(tab(place, token) for place, (_, token) in enumerate(guests)))
        yield Room(server, groups, list(screens), sessions), [account for account, _ in guests]


async def _measured(server: Server, sessions: int, whats: tuple[str, ...], seconds: float) -> list[Result]:
    results = []
    async with _room(server, sessions) as (room, accounts):
        results.append(await room.measured(REST, seconds / 2))
        print(results[-1], flush=True)
        room.groups.seat_guests(accounts, PEOPLE)
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def enter(one: Screen) -> None:
            async with at_once:
                await one.browser.visit(PAGE)

        await asyncio.gather(*(enter(one) for one in room.screens))
        for what in whats:
            results.append(await room.measured(what, seconds))
            print(results[-1], flush=True)
    return results


async def _seconds_to_join(server: Server) -> tuple[float, float]:
    """Return when the last of 25 people who send the form in the same instant is in, and when the last sees it."""
    groups = Groups(server.home / "clicnjob.sqlite3")
    groups.make_groups(1)
    form = {"code": groups.code(0), "prenom": "Essai"}
    inside: list[float] = []

    async def join(client: httpx.AsyncClient) -> None:
        answer = await client.post("/rejoindre", data=form)
        assert answer.status_code == 303, answer.status_code
        inside.append(time.monotonic())
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        async with opened(server.base, cookie=cookie, patience=_PATIENCE) as browser:
            await browser.visit(PAGE)
            assert "Tu attends à la porte" in browser.page.words, browser.page.words[:300]

    async with contextlib.AsyncExitStack() as open_clients:
        clients = [
            httpx.AsyncClient(
                base_url=server.base, timeout=_PATIENCE, verify=False, headers={"x-forwarded-for": f"10.9.0.{number}"}
            )
            for number in range(PEOPLE)
        ]
        for client in clients:
            await open_clients.enter_async_context(client)
        begun = time.monotonic()
        await asyncio.gather(*(join(client) for client in clients))
    return max(inside) - begun, time.monotonic() - begun


def _say(verdict: str, *, reached: bool) -> None:
    print(f"{verdict} {'reached' if reached else 'MISSED'}", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sessions", type=int, default=SESSIONS, help="sessions of 25 people")
    options.add_argument(
        "--larger", type=int, nargs="*", default=list(LARGER), help="then so many, to see what is late"
    )
    options.add_argument("--seconds", type=float, default=SECONDS, help="how long each way is measured")
    chosen = options.parse_args()
    print(f"{date.today()}, {os.cpu_count()} processors, load before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        static = Path(folder)
        with load_server.running(OURS, static=static) as server:
            server.wait_until_quiet()
            asyncio.run(_seconds_to_join(server))  # the first pages after a start are slower than all others
            inside, seen = asyncio.run(_seconds_to_join(server))
            said = f"{PEOPLE} people join at once: the last is in after {inside:.1f} s, sees it after {seen:.1f} s"
            _say(f"{said} ≤ {JOIN_AIM:g} s", reached=seen <= JOIN_AIM)
            print(_HEAD)
            results = asyncio.run(_measured(server, chosen.sessions, (QUIET, PUSHED, OLD), chosen.seconds))
        pushed = next(one for one in results if one.what == PUSHED)
        late = chosen.sessions if pushed.p95 > AIM else 0
        for sessions in () if late else chosen.larger:
            with load_server.running(OURS, static=static) as server:
                found = asyncio.run(_measured(server, sessions, (PUSHED,), chosen.seconds))[-1]
            if found.p95 > AIM:
                late = sessions
                break
    _say(f"{pushed.screens} screens, from push to drawn: p95 {pushed.p95:.2f} s ≤ {AIM:g} s", reached=pushed.p95 <= AIM)
    print(
        f"late with {late} sessions"
        if late
        else f"not late with {max(chosen.larger, default=chosen.sessions)} sessions"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
