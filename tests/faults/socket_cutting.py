"""The socket of a page is cut at each message of an answer, by a person who types in the real server and comes back."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from benchmarks import load_server
from benchmarks.load_person import SAVED
from benchmarks.streamlit_client import Browser, opened
from clicnjob.web import COOKIE
from tests.browser.served import Served
from tests.faults.faults import Chosen, Outcome, judged_outcome
from tests.faults.installations import PEPPER, Installation, Workshop
from tests.faults.processes import end_of_process, fork_process

_MESSAGES = 24  # an answer is met by fewer; beyond, the socket is cut once all have come
_MOST_CUTS = 48


def cut_sockets(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """« Enregistré » on the page is the acknowledgement; what was typed when the line broke may be there or not."""
    made = workshop.new_installation(kind)
    cuts = max(_MESSAGES, min(_MOST_CUTS, chosen.kills))
    settings = {"CLICNJOB_DATABASE_URL": made.address, "CLICNJOB_PEPPER": PEPPER}
    served = Served(home=made.home, forked=False, settings=settings)
    served.start()
    try:
        person = fork_process(lambda: asyncio.run(_type_and_be_cut(served.url, made, cuts)))
        assert end_of_process(person, within=240) == 0
    finally:
        served.kill()
    acts = made.ledger.read_acts()
    instants = [float(one) for one in _cuts_file(made).read_text().split()]
    waits = [min((one.at for one in acts if one.at > at), default=at) - at for at in instants]
    return judged_outcome(made, max(waits), f"{len(instants)} cuts, at each message")


async def _type_and_be_cut(base: str, made: Installation, cuts: int) -> None:
    cookie = f"{COOKIE}={await load_server.signed_in(base)}"
    async with opened(base, cookie=cookie) as browser:
        await browser.visit()
        start = browser.page.widget(key="start")
        assert start is not None, f"nothing to start here: {browser.page.words[:300]}"
        await browser.press(start)
    for number in range(cuts + 1):
        async with opened(base, cookie=cookie) as browser:
            await browser.visit("construire")
            await _type_text(browser, made, f"n0001t{2 * number:04}")
            if number == cuts:  # the last line holds, so that each cut is followed by an acknowledged text
                return
            line = CutLine(browser._socket, after=number % _MESSAGES)
            browser._socket = line  # type: ignore[assignment]
            with suppress(ConnectionClosed):
                await _type_text(browser, made, f"n0001t{2 * number + 1:04}")
            line.cut_now()
            with _cuts_file(made).open("a", encoding="ascii") as file:
                file.write(f"{time.monotonic()}\n")


async def _type_text(browser: Browser, made: Installation, mark: str) -> None:
    """Type a first name, the first question; if the page then says « Enregistré », the ledger notes it."""
    box = next((box for box in browser.page.all("text_input") if box.key.startswith("kept·first")), None)
    assert box is not None, f"no first name here: {browser.page.words[:300]}"
    await browser.write(box, f"Lina {mark}")
    if SAVED in browser.page.words:
        made.ledger.append_act("typed text", mark=mark, person_id="")


class CutLine:
    """A socket that is cut, without a word to the other side, once so many messages have come."""

    def __init__(self, socket: ClientConnection, *, after: int) -> None:
        self._socket, self._left = socket, after

    async def send(self, message: bytes) -> None:
        """Send, as before."""
        await self._socket.send(message)

    async def recv(self, decode: bool = False) -> bytes:
        """Receive, until it is time. Raises ConnectionClosed from then on."""
        if self._left == 0:
            self.cut_now()
        self._left -= 1
        content = await self._socket.recv(decode=decode)
        assert isinstance(content, bytes)
        return content

    def cut_now(self) -> None:
        """Cut it."""
        self._socket.transport.abort()


def _cuts_file(made: Installation) -> Path:
    return made.home / "cuts"
