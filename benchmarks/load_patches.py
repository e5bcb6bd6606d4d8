"""Measures each patch of Streamlit alone against none of them: the CPU of the server process for one act.

A server stands for each patch, all at once. Their people do the same actions in turn, a few seconds each, so that
whatever else the machine does falls on all of them alike; the median of the rounds counts. A second server without
patches shows how far two equal servers lie apart.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import load_server
from benchmarks.load_person import Young
from benchmarks.load_server import Server
from benchmarks.streamlit_client import Browser, opened
from clicnjob.web import COOKIE
from clicnjob.web.streamlit_patches.install import PATCHES

NONE, NONE_AGAIN, ALL = "none", "none again", "all"
WORTH = 10  # percent of CPU an act; a patch that gains less is deleted, unless it protects people
_ACTS, _PAUSE = 8, 0.2  # of a person in a round, and the seconds between them
_PATIENCE = 120


@dataclass
class Contender:
    """One server with its patches and its people, and the CPU milliseconds an act of each round."""

    name: str
    server: Server
    people: list[tuple[Young, Browser]] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)

    async def act(self) -> None:
        """Let everybody do a few actions, and note what one cost."""
        start = self.server.usage().cpu
        await asyncio.gather(*(_act_often(young, browser) for young, browser in self.people))
        await asyncio.sleep(_PAUSE)
        self.rounds.append((self.server.usage().cpu - start) * 1000 / (len(self.people) * _ACTS))


async def _act_often(young: Young, browser: Browser) -> None:
    for _ in range(_ACTS):
        await young.act_once(browser)
        await asyncio.sleep(_PAUSE)


def measure(*, people: int, rounds: int, static: Path) -> list[Contender]:
    """Start every server, measure in turn, and print the gain of each patch."""
    chosen = {NONE: [], NONE_AGAIN: []} | {p.name: [p.name] for p in PATCHES if not p.protects}
    chosen[ALL] = [name for names in chosen.values() for name in names]
    with contextlib.ExitStack() as stack:
        contenders = []
        for name, names in chosen.items():
            server = stack.enter_context(load_server.running(load_server.PATCHED, *names, static=static))
            if not contenders:
                server.wait_until_quiet()  # the first one compresses the public files for all
            contenders.append(Contender(name, server))
        contenders[-1].server.wait_until_quiet()
        asyncio.run(_run(contenders, people=people, rounds=rounds))
    _report(contenders)
    return contenders


async def _run(contenders: list[Contender], *, people: int, rounds: int) -> None:
    async with contextlib.AsyncExitStack() as stack:
        for contender in contenders:
            for number in range(people):
                young = Young(number, token=await load_server.signed_in(contender.server.base))
                cookie = f"{COOKIE}={young.token}"
                browser = await stack.enter_async_context(
                    opened(contender.server.base, cookie=cookie, patience=_PATIENCE)
                )
                await young.arrive(browser)
                contender.people.append((young, browser))
        for turn in range(rounds):
            for contender in contenders if turn % 2 else reversed(contenders):
                await contender.act()


def _report(contenders: list[Contender]) -> None:
    plain = contenders[0].rounds
    print(f"{'patch':22}{'CPU ms/act':>11}{'gain %':>8}   rounds: gain % against none in the same round")
    for contender in contenders:
        gains = [100 - 100 * mine / theirs for mine, theirs in zip(contender.rounds, plain, strict=True)]
        gain, verdict = statistics.median(gains), ""
        if contender.name not in (NONE, NONE_AGAIN, ALL):
            verdict = "" if gain >= WORTH else f"  less than {WORTH} %"
        each = " ".join(f"{one:.0f}" for one in gains)
        print(
            f"{contender.name:22}{statistics.median(contender.rounds):11.1f}{gain:8.1f}   {each}{verdict}", flush=True
        )
