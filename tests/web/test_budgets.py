"""Hostile files and floods, while others work: the server keeps to its memory, others wait little, it answers after."""

from __future__ import annotations

import asyncio
import json
import statistics
import threading
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

import httpx
import psutil
import pytest
from sqlmodel import Session
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from websockets.exceptions import WebSocketException

from benchmarks.streamlit_client import opened
from clicnjob import db, models
from clicnjob.accounts import people, presence
from clicnjob.cv.exchange import work_file
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Experience, Profile
from clicnjob.models import Account, Organisation, Role
from clicnjob.web import COOKIE
from tests import hostile_files as files
from tests.conftest import person

pytest.importorskip("playwright", reason="tests/browser starts the server, and needs it")
from tests.browser import served  # noqa: E402
from tests.browser.served import Served  # noqa: E402

MEGABYTE = 1024 * 1024
MEMORY = 700 * MEGABYTE
SECONDS, WAIT = 25, 1.0
ORDINARY, HOSTILE = 3, 4
_LOST = (TimeoutError, OSError, WebSocketException, httpx.HTTPError)


@dataclass
class Memory:
    """The resident memory of a server and of what it started, looked at ten times a second."""

    root: psutil.Process
    most: int = 0
    parts: tuple[int, ...] = ()
    _end: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self._end.wait(0.1):
            parts = self._now()
            if sum(parts) > self.most:
                self.most, self.parts = sum(parts), parts

    def stop(self) -> int:
        self._end.set()
        return self.most

    def _now(self) -> tuple[int, ...]:
        """The server first, then what it started.

        Between vfork and exec a child still *is* its parent: the kernel shows the server's pages for both, and a
        look in that instant would count them twice. Such a child has the command line of the server.
        """
        sizes: list[int] = []
        with suppress(psutil.Error):
            own_command = self.root.cmdline()
            sizes.append(self.root.memory_info().rss)
            for child in self.root.children(recursive=True):
                with suppress(psutil.Error):
                    size = child.memory_info().rss
                    if child.cmdline() != own_command:
                        sizes.append(size)
        return tuple(sizes)


@dataclass(frozen=True)
class House:
    """A running server, and the tokens of people who are signed in."""

    server: Served
    guests: list[str]
    adviser: str


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    server = Served(forked=False)
    try:
        with pytest.MonkeyPatch.context() as patient:
            patient.setattr(served, "_STARTS_WITHIN", 240)  # it may be tested beside much else
            server.start()
        yield _inhabited(server)
    finally:
        server.remove()


def _inhabited(server: Served) -> House:
    engine = db.connect_engine(server.database)
    with db.write_transaction(engine) as session:
        guests = [_entered(session, people.add_guest(session, now=models.utc_now())) for _ in range(ORDINARY + HOSTILE)]
        here = Organisation(name="Mission locale d’essai")
        session.add(here)
        session.flush()
        adviser = person(session, Role.ADVISER, organisation_id=here.id)
        token = presence.begin_sign_in(session, account=adviser, now=models.utc_now())
    engine.dispose()
    return House(server, guests, token)


def _entered(session: Session, account: Account) -> str:
    bag.open_bag(session, by=account, operation=models.random_id())
    return presence.begin_sign_in(session, account=account, now=models.utc_now())


# --- the others


async def live(base: str, token: str, *, until: asyncio.Event) -> list[float]:
    """Somebody who opens their pages one after the other; gives how long each took."""
    waited: list[float] = []
    async with opened(base, cookie=f"{COOKIE}={token}") as mine:
        await mine.visit()
        while not until.is_set():
            for page in ("metiers", "mes-cv", ""):
                begun = time.monotonic()
                await mine.visit(page)
                waited.append(time.monotonic() - begun)
                await asyncio.sleep(0.2)
    return waited


def p95(waited: list[float]) -> float:
    return statistics.quantiles(waited, n=20)[-1]


# --- the hostile


@dataclass
class Attack:
    """What one hostile browser may do, and what it was told."""

    base: str
    token: str
    told: list[int] = field(default_factory=list)

    async def bring(self, page: str, data: bytes, name: str) -> None:
        """Send a file into the box of a page, and have it read."""
        with suppress(*_LOST):
            async with opened(self.base, cookie=f"{COOKIE}={self.token}", patience=30) as mine:
                await mine.visit(page)
                [box] = mine.page.all("file_uploader")
                sent = await self.put(mine.session_id, data, name)
                await mine.put_file(box, sent)
                for button in mine.page.all("button"):
                    if button.key == "adopt":
                        await mine.press(button)
                        await mine.visit("ma-page")

    async def put(self, session_id: str, data: bytes, name: str = "x") -> UploadedFileInfo:
        async with httpx.AsyncClient(base_url=self.base, timeout=30, trust_env=False) as client:
            await client.get("/_stcore/health")
            proof = client.cookies["_streamlit_xsrf"]
            jar = {"cookie": f"{COOKIE}={self.token}; _streamlit_xsrf={proof}", "x-xsrftoken": proof}
            file_id = str(uuid.uuid4())
            address = f"/_stcore/upload_file/{session_id}/{file_id}"
            answer = await client.put(address, headers=jar, files={"file": (name, data)})
            self.told.append(answer.status_code)
        return UploadedFileInfo(name=name, size=len(data), file_id=file_id)

    async def flood_uploads(self) -> None:
        """Files where no box is shown, and far too large ones."""
        with suppress(*_LOST):
            async with opened(self.base, cookie=f"{COOKIE}={self.token}") as mine:
                await mine.visit("metiers")
                for size in (4 * MEGABYTE,) * 12 + (60 * MEGABYTE,) * 2:
                    with suppress(*_LOST):
                        await self.put(mine.session_id, bytes(size))

    async def flood_messages(self) -> None:
        """Very many widgets, a very long text, and many small messages."""
        for message in _messages():
            await self._say([message])
        await self._say([_long_text(10)] * 400)

    async def _say(self, messages: list[bytes]) -> None:
        with suppress(*_LOST):
            async with opened(self.base, cookie=f"{COOKIE}={self.token}") as mine:
                for message in messages:
                    await mine.say(message)

    async def flood_tabs(self) -> None:
        """Sixty tabs at once."""

        async def one() -> None:
            with suppress(*_LOST):
                async with opened(self.base, cookie=f"{COOKIE}={self.token}") as mine:
                    await mine.visit("mes-cv")
                    await asyncio.sleep(3)

        await asyncio.gather(*(one() for _ in range(60)))


@cache
def _messages() -> tuple[bytes, ...]:
    return _many_widgets(350_000), _many_widgets(20_000), _long_text(4 * MEGABYTE)


def _many_widgets(count: int) -> bytes:
    asked = BackMsg()
    for number in range(count):
        asked.rerun_script.widget_states.widgets.add(id=str(number), bool_value=True)
    return asked.SerializeToString()


def _long_text(size: int) -> bytes:
    asked = BackMsg()
    asked.rerun_script.query_string = "x" * size
    return asked.SerializeToString()


def _full_bag() -> bytes:
    """All that one may keep, in words that nobody knows."""
    import random

    chance = random.Random(5)
    word = lambda: "".join(chance.choices("abcdeilmnoprstu", k=9))  # noqa: E731
    rows = [
        Experience(title=word(), phrases=[" ".join(word() for _ in range(15)) for _ in range(5)]) for _ in range(180)
    ]
    return work_file.work_as_json(Profile(first_name="Zoé", experiences=rows), (Cv(job_wanted="Vente"),), None)


def _bombed_photo(picture: bytes) -> bytes:
    import base64

    made = json.loads(work_file.work_as_json(Profile(), (Cv(),), None))
    return json.dumps(made | {"photo": base64.b64encode(picture).decode()}).encode()


def attacks(house: House) -> list[Callable[[], Awaitable[None]]]:
    """Twenty, each by one of a few hostile visitors."""
    many = [Attack(house.server.url, token) for token in house.guests[ORDINARY:]]
    staff = Attack(house.server.url, house.adviser)
    brought = [
        files.many_keys(), files.whole_bag(), files.deep(), files.resume("9" * 1_000_000), _full_bag(),
        files.resume('["' + 'a","' * 900_000 + '"]'), _bombed_photo(files.flat_png(3_500)),
        _bombed_photo(files.flat_png(12_000, "L")), files.swollen_pdf(), files.packed("donnees.json"), files.many_parts(),
        files.word_of_empty_runs(), files.word_laughs(), files.pdf_of_endless_text(), files.pdf_of_many_pages(),
    ]  # fmt: skip
    lists = [
        files.swollen_strings(),
        files.endless_rows(),
        files.laughs(),
        files.one_endless_line(),
        files.blank_lines(),
    ]
    names = {b"%PDF": "x.pdf", b"PK\x03\x04": "x.zip"}
    acts: list[Callable[[], Awaitable[None]]] = []
    for number, data in enumerate(brought):
        who, name = many[number % len(many)], names.get(data[:4], "x.json")
        acts.append(lambda who=who, data=data, name=name: who.bring("reprendre", data, name))  # type: ignore[misc]
    for data in lists:
        name = "x.xlsx" if data.startswith(b"PK") else "x.csv"
        acts.append(lambda data=data, name=name: staff.bring("inscrire", data, name))  # type: ignore[misc]
    _messages()
    return [*acts, many[0].flood_uploads, many[1].flood_messages, many[2].flood_tabs, many[3].flood_uploads]


async def hurt(acts: list[Callable[[], Awaitable[None]]]) -> None:
    """Six hostile acts at a time, for at least a few seconds and no longer than the test may take."""
    turn = asyncio.Semaphore(6)

    async def one(act: Callable[[], Awaitable[None]]) -> None:
        async with turn:
            await act()

    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*map(one, acts), asyncio.sleep(4)), SECONDS)


async def waits(house: House, acts: list[Callable[[], Awaitable[None]]]) -> list[float]:
    """How long others wait meanwhile. The hostile have a thread of their own: they must not hold back who measures."""
    end = asyncio.Event()
    others = [asyncio.create_task(live(house.server.url, token, until=end)) for token in house.guests[:ORDINARY]]
    await asyncio.to_thread(asyncio.run, hurt(acts))
    end.set()
    return [waited for other in await asyncio.gather(*others) for waited in other]


@pytest.mark.long
@pytest.mark.slow
def test_hostile_visitors_only_hurt_themselves(house: House) -> None:
    assert house.server.process is not None
    memory = Memory(psutil.Process(house.server.process.pid))
    watching = threading.Thread(target=memory.watch, daemon=True)
    watching.start()
    acts = attacks(house)
    quiet, during = asyncio.run(waits(house, [])), asyncio.run(waits(house, acts))
    most = memory.stop()
    watching.join()
    print(
        f"memory {' + '.join(str(part // MEGABYTE) for part in memory.parts)} MB, "
        f"p95 {p95(quiet):.2f} s quiet, {p95(during):.2f} s during, {len(during)} acts"
    )
    told = [status for act in acts for status in getattr(getattr(act, "__self__", None), "told", ())]
    assert told and set(told) <= {204, 400, 403, 404, 413, 429}, told
    assert most < MEMORY
    assert p95(during) < max(WAIT, 4 * p95(quiet)), "a machine that has much else to do is slower in both"
    asyncio.run(_still_there(house))


async def _still_there(house: House) -> None:
    async with opened(house.server.url, cookie=f"{COOKIE}={house.guests[0]}") as mine:
        await mine.visit("mes-cv")
        assert "Mes CV" in mine.page.words and not mine.page.broke
    assert house.server.process is not None and house.server.process.poll() is None
    assert httpx.get(f"{house.server.url}/sante", trust_env=False).status_code == 200
