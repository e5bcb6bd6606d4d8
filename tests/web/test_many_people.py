"""Twenty-five people work at the same time on the real server, each with a word of their own; nobody is told another's."""

from __future__ import annotations

import asyncio
import json
import re
import warnings
from collections.abc import Iterator

import httpx
import pytest

from benchmarks.streamlit_client import Browser, opened
from clicnjob.web import COOKIE
from tests.browser.served import Served

PEOPLE = 25
PAGES = ("construire", "mes-cv", "mon-sac", "chemin")
_AT_ONCE_AT_THE_DOOR = 10
_PATIENCE = 120

pytestmark = pytest.mark.slow


class Overheard:
    """A socket of which everything received is kept."""

    def __init__(self, socket: object) -> None:
        self._socket = socket
        self.heard: list[bytes] = []

    async def send(self, content: bytes) -> None:
        await self._socket.send(content)  # type: ignore[attr-defined]

    async def recv(self, *, decode: bool) -> bytes:
        content: bytes = await self._socket.recv(decode=decode)  # type: ignore[attr-defined]
        self.heard.append(content)
        return content


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    started = Served()
    try:
        started.start()  # on an empty database: guests need nobody
        yield started
    finally:
        started.remove()


def canary(number: int) -> str:
    return f"Canari{number:02}"


async def _works(url: str, number: int, door: asyncio.Semaphore, everybody: asyncio.Barrier) -> bytes:
    """Say a first name and a family name, then look at every page, when the others do; gives all that was received."""
    async with door, httpx.AsyncClient(base_url=url, timeout=_PATIENCE, verify=False) as client:
        token = (await client.post("/connexion/essai")).cookies[COOKIE]
    async with opened(url, cookie=f"{COOKIE}={token}", patience=_PATIENCE) as browser:
        overheard = browser._socket = Overheard(browser._socket)  # type: ignore[assignment]
        await browser.visit()
        await browser.press(_found(browser, "start"))
        await everybody.wait()
        await browser.write(_found(browser, "", "Prénom"), canary(number))
        await browser.write(_found(browser, "", "Nom"), canary(number))
        await everybody.wait()
        for page in PAGES:
            await browser.visit(page)
    return b"".join(overheard.heard)


def _found(browser: Browser, key: str, label: str = ""):  # type: ignore[no-untyped-def]
    widget = browser.page.widget(key=key, label=label)
    assert widget is not None, browser.page.words
    return widget


async def _all(url: str) -> list[bytes]:
    door, everybody = asyncio.Semaphore(_AT_ONCE_AT_THE_DOOR), asyncio.Barrier(PEOPLE)
    return await asyncio.gather(*(_works(url, number, door, everybody) for number in range(PEOPLE)))


@pytest.fixture(scope="module")
def received(server: Served) -> list[bytes]:
    return asyncio.run(_all(server.url))


def test_nobody_receives_a_word_of_another(received: list[bytes]) -> None:
    for number, heard in enumerate(received):
        told = {word.decode() for word in re.findall(rb"(?i)canari\d\d", heard)}
        assert {word.lower() for word in told} == {canary(number).lower()}, canary(number)


@pytest.mark.filterwarnings("default")  # what it warns of is told, and fails nothing
def test_the_log_of_the_server_says_nothing_of_anybody(received: list[bytes], server: Served) -> None:
    written = (server.home / "server.log").read_text(encoding="utf-8")
    assert "canari" not in written.lower() and COOKIE + "=" not in written
    assert "127.0.0.1" not in written
    requests = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert len([line for line in requests if line.get("address") == "/connexion/essai"]) == PEOPLE
    faults = [line for line in requests if line["level"] in ("error", "critical")]
    ended = [line for line in faults if line["said"] == "a thread ended"]
    for line in ended:  # seen once in some thirty crowds, cause not known yet: told, so that the next time says where
        warnings.warn(str(line), stacklevel=1)
    assert len(ended) <= 1
    assert [line for line in faults if line not in ended] == []
