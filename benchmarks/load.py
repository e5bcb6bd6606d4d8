"""Young people answering the guided CV all at once: the real server, Streamlit's own protocol, SQLite.

The same server with Streamlit's default settings stands beside it. The client shares its processors. With --processes,
PostgreSQL and HAProxy instead, whose processors count too (PostgreSQL's do not show in the table).
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
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from benchmarks import load_first, load_patches, load_person, load_server
from benchmarks.load_person import Young
from benchmarks.load_server import DEFAULTS, OURS, Server, Usage
from benchmarks.streamlit_client import opened
from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.demo import people as demo
from clicnjob.models import Account
from clicnjob.web import COOKIE
from tests import postgres

PEOPLE, SECONDS, DEFAULTS_UP_TO = (25, 100, 400), 45, 100
AIMS = {100: 200.0, 400: 500.0}  # p95 in milliseconds
_FEW, _ROUNDS = 6, 12  # people on each server and measures of each patch, with --patches
_ARRIVALS_A_SECOND = 8
_KEPT_WAITING = (TimeoutError, asyncio.CancelledError, ConnectionClosed)
_ARRIVAL_SECONDS, _LAST_WORD_SECONDS = 120, 20
_HEAD = (
    f"{'server':22}{'people':>7}{'acts':>7}{'a second':>9}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms/act':>11}"
    f"{'CPU %':>7}{'client %':>9}{'RSS MB':>8}{'MB/person':>10}{'KB/act':>8}{'saves':>7}{'lost':>6}{'waiting':>8}"
    f"{'errors':>7}"
)


@dataclass(frozen=True, slots=True)
class Result:
    """The measures of one group of people. Times are in milliseconds, `rss` and `each` (per person) in MB.

    `acts` are actions; `waiting` counts those without an answer at the end, whose time so far is included in p50 and p95.
    `client_percent` is the CPU that this program used meanwhile, which the server could not use.
    """

    kind: str
    people: int
    acts: int
    rate: float
    p50: float
    p95: float
    cpu_ms: float
    cpu_percent: float
    client_percent: float
    rss: float
    each: float
    kilobytes: float
    saves: int
    waiting: int
    errors: int
    lost: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kind:22}{self.people:7}{self.acts:7}{self.rate:9.1f}{self.p50:8.0f}{self.p95:8.0f}"
            f"{self.cpu_ms:11.1f}{self.cpu_percent:7.0f}{self.client_percent:9.0f}{self.rss:8.0f}{self.each:10.2f}"
            f"{self.kilobytes:8.1f}{self.saves:7}{self.lost:6}{self.waiting:8}{self.errors:7}"
        )


class Crowd:
    """Simulated people on one server, who arrive one after the other and act until the end."""

    def __init__(self, server: Server, people: int) -> None:
        self.server = server
        self.people = [Young(number) for number in range(people)]
        self._end = asyncio.Event()

    async def measured(self, kind: str, seconds: float) -> Result:
        """Ramp up, measure for `seconds`, stop."""
        for young in self.people:
            young.token = await load_server.signed_in(self.server.base)
        _bring_cvs(self.server, self.people)
        before = self.server.usage()
        lives = [asyncio.create_task(self._one(young)) for young in self.people]
        await self._all_arrived(lives)
        start, ours = self.server.usage(), time.process_time()
        await asyncio.sleep(seconds)
        stop, ours = self.server.usage(), time.process_time() - ours
        self._end.set()
        _, pending = await asyncio.wait(lives, timeout=_LAST_WORD_SECONDS)
        for life in pending:
            life.cancel()
        self._raise_any(await asyncio.gather(*lives, return_exceptions=True))
        return self._result(kind, before, start, stop, ours)

    async def _one(self, young: Young) -> None:
        await asyncio.sleep(young.number / _ARRIVALS_A_SECOND)
        cookie = f"{COOKIE}={young.token}"
        async with opened(self.server.base, cookie=cookie, patience=_ARRIVAL_SECONDS) as browser:
            await young.arrive(browser)
            await young.live(browser, until=self._end)

    async def _all_arrived(self, lives: list[asyncio.Task[None]]) -> None:
        end = time.monotonic() + _ARRIVAL_SECONDS
        while time.monotonic() < end and not all(young.arrived for young in self.people):
            await asyncio.sleep(0.5)
            self._raise_any([life.exception() for life in lives if life.done()])
        await asyncio.sleep(2)

    def _raise_any(self, endings: Iterable[BaseException | None]) -> None:
        """Raise the first exception, except timeouts, which are a result: others are faults of this program or the app."""
        for ending in endings:
            if ending is not None and not isinstance(ending, _KEPT_WAITING):
                print(self.server.complaints)
                raise ending

    def _result(self, kind: str, before: Usage, start: Usage, stop: Usage, ours: float) -> Result:
        every = [act for young in self.people for act in young.acts]
        acts = [act for act in every if start.at <= act.at < stop.at]
        ended = [act for act in every if act.answered and start.at <= act.at + act.ms / 1000 < stop.at]
        times, elapsed, spent = sorted(act.ms for act in acts), stop.at - start.at, stop.cpu - start.cpu
        return Result(
            kind=kind,
            people=len(self.people),
            acts=len(acts),
            rate=len(ended) / elapsed,
            p50=statistics.median(times) if times else float("nan"),
            p95=times[int(len(times) * 0.95)] if times else float("nan"),
            cpu_ms=spent * 1000 / max(len(ended), 1),
            cpu_percent=spent * 100 / elapsed,
            client_percent=ours * 100 / elapsed,
            rss=stop.rss,
            each=(stop.rss - before.rss) / len(self.people),
            kilobytes=sum(young.received for young in self.people) / max(len(every), 1) / 1000,
            saves=sum(len(young.acknowledged) for young in self.people),
            errors=sum(young.broken for young in self.people),
            waiting=sum(not a.answered for a in acts) + sum(not young.arrived for young in self.people),
        )


def _bring_cvs(server: Server, people: list[Young]) -> None:
    """Give every second person a finished CV."""
    profile, cv = load_person.whole_cv()
    engine = db.connect_engine(server.address)
    for young in people[1::2]:
        with db.write_transaction(engine) as session:
            someone = presence.present_person(session, young.token, now=models.utc_now())
            account = session.get(Account, someone.id if someone else "")
            assert account is not None
            demo.fill_bag(session, account, profile, cv)
    engine.dispose()


async def _cold_visit(server: Server) -> float:
    """Return the milliseconds until the first person after a start sees their first question."""
    first, token = Young(0), await load_server.signed_in(server.base)
    async with opened(server.base, cookie=f"{COOKIE}={token}") as browser:
        begun = time.monotonic()
        await first.arrive(browser)
        return (time.monotonic() - begun) * 1000


def _with(kind: str, people: int, seconds: float, static: Path, processes: int = 0) -> Result:
    with contextlib.ExitStack() as stack:
        address, arguments, shown = "", (), kind
        if processes:
            folder = postgres.programs()
            if folder is None:
                sys.exit("PostgreSQL is not installed.")
            address = stack.enter_context(postgres.new_database(folder))
            arguments, shown = ("--processes", str(processes)), f"{processes} behind HAProxy"
        server = stack.enter_context(load_server.running(kind, *arguments, static=static, address=address))
        server.wait_until_quiet()
        cold = asyncio.run(_cold_visit(server))
        crowd = Crowd(server, people)
        result = asyncio.run(crowd.measured(shown, seconds))
        server.kill()  # what was acknowledged must be in the database even after a crash
        told = [(y.token, y.acknowledged, y.latest) for y in crowd.people]
        result = replace(result, lost=load_server.lost(server.address, told))
    print(result, flush=True)
    if refused := sum(young.refused for young in crowd.people):
        print(f"  {refused} texts were refused")
    if cold > 1_000:
        print(f"  the first three pages after the start took {cold:.0f} ms")
    return result


def _first_load(static: Path) -> None:
    with load_server.running(OURS, static=static) as server:
        server.wait_until_quiet()
        token = asyncio.run(load_server.signed_in(server.base))
        print(load_first.first_load(server.base, (COOKIE, token)), flush=True)


def _compare(results: list[Result]) -> None:
    ours = {result.people: result for result in results if result.kind == OURS}
    for result in results:
        if result.kind == DEFAULTS and (same := ours.get(result.people)):
            p50, p95, cpu = (getattr(result, n) / getattr(same, n) for n in ("p50", "p95", "cpu_ms"))
            print(f"{result.people} people, defaults ÷ ours: p50 × {p50:.1f}, p95 × {p95:.1f}, CPU × {cpu:.1f}")
    for people, aim in AIMS.items():
        if people in ours:
            verdict = "reached" if ours[people].p95 <= aim else "MISSED"
            print(f"{people} people: p95 {ours[people].p95:.0f} ms ≤ {aim:.0f} ms {verdict}")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, nargs="+", default=list(PEOPLE), help="sizes of the crowd")
    options.add_argument("--seconds", type=float, default=SECONDS, help="how long each crowd is measured")
    options.add_argument("--processes", type=int, nargs="+", default=[], help="on PostgreSQL, so many behind HAProxy")
    options.add_argument("--patches", action="store_true", help="measure each patch of Streamlit alone instead")
    options.add_argument("--rounds", type=int, default=_ROUNDS, help="how often each patch is measured")
    chosen = options.parse_args()
    machine = f"{os.cpu_count()} processors, load before: {os.getloadavg()[0]:.1f}"
    print(f"{date.today()}, {machine}; one act each {load_person.PAUSE:g} s a person")
    with tempfile.TemporaryDirectory() as folder:
        static = Path(folder)
        if chosen.patches:
            load_patches.measure(people=_FEW, rounds=chosen.rounds, static=static)
            return 0
        _first_load(static)
        print(_HEAD)
        crowds = [(OURS, people, 0) for people in chosen.people]
        crowds += [(OURS, people, processes) for processes in chosen.processes for people in chosen.people]
        crowds += [(DEFAULTS, people, 0) for people in chosen.people if people <= DEFAULTS_UP_TO]
        results = [_with(kind, people, chosen.seconds, static, processes) for kind, people, processes in crowds]
    _compare(results)
    return 1 if sum(result.lost for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
