"""Attacks by flooding: a crowd of hashes, of guests, of requests that never end; who is inside notices nothing."""

from __future__ import annotations

import asyncio
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from clicnjob import db, models, policy
from clicnjob.accounts import codes, people, sealing
from clicnjob.models import Account, Role
from clicnjob.web import COOKIE
from clicnjob.web.auth import guests, hashing, signing_in, slowing
from clicnjob.web.middleware import bodies
from clicnjob.web.middleware.bodies import Bodies, Bounds
from clicnjob.web.middleware.requests import Requests
from clicnjob.web.middleware.turned_away import TurnedAway
from clicnjob.web.streamlit_patches.request_head_limits import TimedHttp
from tests.browser.served import Served

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.slow
PIN = "482915"


def from_address(host: str) -> Request:
    return Request({"type": "http", "client": (host, 1), "headers": []})


# --- hashing


HASHING = [
    ("/connexion", {"numero": "{card}", "code": "739164"}),
    ("/connexion/code-secret", {"numero": "{card}", "code": PIN, "encore": PIN}),
    ("/connexion/pro", {"identifiant": "x", "mot_de_passe": "y"}),
    ("/compte/mot-de-passe", {"actuel": "quatre mots assez longs", "mot_de_passe": "x", "encore": "y"}),
    ("/compte/double", {"mot_de_passe": "quatre mots assez longs", "geste": "telephone"}),
    ("/invitation", {"jeton": "{token}", "identifiant": "neuf", "mot_de_passe": "encore cinq mots bien choisis",
                     "encore": "encore cinq mots bien choisis"}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "fields"), HASHING, ids=[path for path, _fields in HASHING])
def test_every_door_hashes_on_threads_of_its_own(
    browser: TestClient, chief: Account, card: str, path: str, fields: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from clicnjob.accounts import staff
    from tests.web.test_professionals import invited

    threads: list[str] = []
    for name in ("hash", "verify"):
        inner = getattr(sealing.PasswordHasher, name)

        def noted(*args: Any, inner: Any = inner) -> Any:
            threads.append(threading.current_thread().name)
            return inner(*args)

        monkeypatch.setattr(sealing.PasswordHasher, name, noted)
    login = f"p{models.random_id()}".lower()
    named = {"first_name": "Paule", "last_name": "Essai", "login": login, "password": "quatre mots assez longs"}
    with db.write_transaction() as session:
        staff.enrol_staff(session, by=chief, role=Role.ADVISER, **named)
    if path.startswith("/compte"):
        browser.post("/connexion/pro", data={"identifiant": login, "mot_de_passe": "quatre mots assez longs"})
    said = {"{card}": card, "{token}": invited(chief)[1] if path == "/invitation" else ""}
    threads.clear()
    browser.post(path, data={name: said.get(value, value) for name, value in fields.items()})
    assert threads and all(name.startswith("hashing") for name in threads)


def test_an_address_has_its_share_of_the_queue_and_the_queue_has_an_end() -> None:
    """The 41st of an address is turned away at once, others still come in, and beyond the whole bound nobody waits."""
    slowing._failed.clear()
    held = threading.Event()

    async def crowd() -> list[object]:
        tries = [hashing.hash_apart(from_address("203.0.113.7"), held.wait, 20) for _ in range(60)]
        tries += [hashing.hash_apart(from_address(f"198.51.100.{n % 3}"), held.wait, 20) for n in range(120)]
        running = [asyncio.ensure_future(each) for each in tries]
        await asyncio.sleep(0.2)
        early = sum(one.done() and isinstance(one.exception(), TurnedAway) for one in running)
        held.set()
        ended = await asyncio.gather(*running, return_exceptions=True)
        return [early, *ended]

    early, *ended = asyncio.run(crowd())
    let_in = [one for one in ended if one is True]
    assert len(let_in) == policy.HASHES_WAITING and early == len(ended) - policy.HASHES_WAITING
    assert sum(one is True for one in ended[:60]) == policy.HASHES_OF_AN_ADDRESS
    assert not hashing._begun and not hashing._queued


def test_who_is_turned_away_is_told_so_in_french(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "HASHES_WAITING", 0)
    for path, fields in HASHING[:3]:
        answer = browser.post(path, data={**fields, "numero": codes.new_code()})
        assert answer.status_code == 503 and answer.headers["retry-after"] == "10"
        assert "beaucoup de monde" in answer.text and '<html lang="fr"' in answer.text


def test_choosing_a_code_slows_an_address_like_any_other_try(browser: TestClient, card: str) -> None:
    slowing._failed.clear()
    for _ in range(3):
        answer = browser.post("/connexion/code-secret", data={"numero": card, "code": PIN, "encore": PIN})
        assert answer.status_code == 403
    assert slowing._failed["testclient"].count == pytest.approx(3, abs=0.1)
    slowing._failed.clear()


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    started = Served()
    try:
        started.start()
        yield started
    finally:
        started.remove()


def test_a_hundred_clients_that_hash_do_not_slow_who_is_inside(server: Served) -> None:
    """A hundred clients choose codes as fast as they can for four seconds; `/present` does not join their queue.

    The bound is wide, since this test also runs on machines that are busy with other work."""
    times: list[float] = []
    answers: list[int] = []

    async def attack(url: str) -> None:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=url, timeout=30, limits=limits) as client:
            token = (await client.post("/connexion/essai")).cookies[COOKIE]
            until = time.monotonic() + 4

            async def hammer(number: int) -> None:
                here = {"x-forwarded-for": f"198.51.100.{number}"}
                while time.monotonic() < until:
                    fields = {"numero": codes.new_code(), "code": PIN, "encore": PIN}
                    answer = await client.post("/connexion/code-secret", data=fields, headers=here)
                    answers.append(answer.status_code)

            async def look() -> None:
                while time.monotonic() < until:
                    begun = time.monotonic()
                    assert (await client.get("/present", headers={"cookie": f"{COOKIE}={token}"})).status_code == 200
                    times.append(time.monotonic() - begun)
                    await asyncio.sleep(0.05)

            await asyncio.gather(look(), *(hammer(number) for number in range(100)))

    asyncio.run(attack(server.url))
    assert len(answers) > 100 and set(answers) <= {403, 503}
    assert statistics.median(times) < 2, sorted(times)


# --- guests


def test_too_many_guests_of_one_address_are_stopped_and_a_class_is_not(browser: TestClient) -> None:
    with db.read_transaction() as session:
        before = len(session.exec(select(Account.id).where(Account.role == Role.GUEST)).all())
    statuses = []
    for _ in range(policy.GUESTS_OF_AN_ADDRESS + 5):
        browser.cookies.clear()
        statuses.append(browser.post("/connexion/essai").status_code)
    assert statuses[:30] == [303] * 30, "a class of thirty behind one address comes in"
    assert statuses.count(303) == policy.GUESTS_OF_AN_ADDRESS and statuses[-1] == 429
    told = browser.post("/connexion/essai").text
    assert "Attends dix minutes, ou demande une carte" in told
    with db.write_transaction() as session:
        kept = session.exec(select(Account.id).where(Account.role == Role.GUEST)).all()
        assert len(kept) - before == policy.GUESTS_OF_AN_ADDRESS
        people.sweep_guests(session, now=models.utc_now() + policy.YOUTH_END)


def test_another_address_comes_in_and_ten_minutes_later_so_does_this_one() -> None:
    guests._came.clear()
    for _ in range(policy.GUESTS_OF_AN_ADDRESS):
        guests.count_guest(from_address("203.0.113.7"), clock=0)
    with pytest.raises(people.TooManyGuests):
        guests.count_guest(from_address("203.0.113.7"), clock=599)
    guests.count_guest(from_address("203.0.113.8"), clock=599)
    guests.count_guest(from_address("203.0.113.7"), clock=601)


def test_the_addresses_of_guests_are_bounded() -> None:
    for number in range(policy.ADDRESSES_REMEMBERED + 20):
        guests.count_guest(from_address(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"), clock=0)
    assert len(guests._came) == policy.ADDRESSES_REMEMBERED
    guests._came.clear()


def test_all_the_guests_of_a_server_are_bounded(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.read_transaction() as session:
        here = len(session.exec(select(Account.id).where(col(Account.role) == Role.GUEST)).all())
    monkeypatch.setattr(policy, "GUESTS_AT_ONCE", here + 1)
    assert browser.post("/connexion/essai").status_code == 303
    browser.cookies.clear()
    answer = browser.post("/connexion/essai")
    assert answer.status_code == 429 and "demande une carte" in answer.text
    assert COOKIE not in browser.cookies


# --- requests that never end


async def _length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def _unread(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("unread")


@contextmanager
def small_server() -> Iterator[int]:
    """Our connections and bodies before an application of nothing, in a thread; gives its port."""
    routes = [Route("/", _length, methods=["GET", "POST"]), Route("/unread", _unread, methods=["POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(Requests), Middleware(Bodies)])
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=TimedHttp, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    made = uvicorn.Server(config)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not made.started:
            time.sleep(0.01)
        yield int(listening.getsockname()[1])
    finally:
        made.should_exit = True
        thread.join(10)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The same with times of half a second, so that nobody waits."""
    monkeypatch.setattr(policy, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(bodies, "_FORMS", Bounds(policy.FORM_BYTES, 0.5))
    with small_server() as found:
        yield found


def opened(port: int, sent: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=5)
    made.sendall(sent)
    return made


def all_received(one: socket.socket) -> bytes:
    """Until the other side closes; a test that waits five seconds fails."""
    received = b""
    with one:
        while part := _some(one):
            received += part
    return received


def _some(one: socket.socket) -> bytes:
    try:
        return one.recv(65_536)
    except ConnectionResetError:
        return b""


HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"


@pytest.mark.parametrize(
    "sent", [b"", b"GE", HEAD, HEAD + b"X-A: b"], ids=["nothing", "letters", "lines", "half a line"]
)
def test_a_head_that_does_not_come_is_not_waited_for(port: int, sent: bytes) -> None:
    begun = time.monotonic()
    assert all_received(opened(port, sent)) == b""
    assert time.monotonic() - begun < 3


def test_letters_one_by_one_do_not_keep_a_connection(port: int) -> None:
    one = opened(port, HEAD)
    begun = time.monotonic()
    with pytest.raises(OSError):  # noqa: PT011 - closed or reset, as the system says it
        while time.monotonic() - begun < 4:
            one.sendall(b"X-A: b\r\n")
            time.sleep(0.05)
    assert time.monotonic() - begun < 3
    one.close()


def test_a_head_that_follows_an_answer_is_not_waited_for_either(port: int) -> None:
    one = opened(port, HEAD + b"\r\n")
    answer = b""
    while not answer.endswith(b"\r\n\r\n0"):
        answer += one.recv(65_536)
    one.sendall(HEAD)
    assert all_received(one) == b""


def test_four_hundred_half_open_requests_keep_nobody_out(port: int) -> None:
    held = [opened(port, HEAD) for _ in range(400)]
    answer = httpx.get(f"http://127.0.0.1:{port}/", timeout=3)
    assert answer.status_code == 200
    assert len(TimedHttp._without_head) <= policy.UNFINISHED_HEADS
    assert all(all_received(one) == b"" for one in held)
    assert not TimedHttp._without_head


def test_a_body_that_does_not_come_is_told_and_closed(port: int) -> None:
    answer = all_received(opened(port, POST + b"a"))
    assert answer.startswith(b"HTTP/1.1 408") and b"connection: close" in answer.lower()


def test_a_body_letter_by_letter_is_told_and_closed(port: int) -> None:
    one = opened(port, POST)
    begun = time.monotonic()
    with pytest.raises(OSError):  # noqa: PT011
        while time.monotonic() - begun < 4:
            one.sendall(b"a")
            time.sleep(0.05)
    assert time.monotonic() - begun < 3
    one.close()


def test_a_body_that_nobody_reads_is_closed_too(port: int) -> None:
    begun = time.monotonic()
    answer = all_received(opened(port, POST.replace(b"POST / ", b"POST /unread ")))
    assert answer.endswith(b"unread") and time.monotonic() - begun < 4


def test_a_long_body_is_refused_before_it_is_read(port: int) -> None:
    announced = POST.replace(b"100", b"9000000")
    assert all_received(opened(port, announced)).startswith(b"HTTP/1.1 413")
    parts = (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"1000\r\n%s\r\n" % (b"a" * 4096) * 3
    )
    assert all_received(opened(port, parts)).startswith(b"HTTP/1.1 413")


def test_an_honest_form_passes(port: int) -> None:
    assert httpx.post(f"http://127.0.0.1:{port}/", content=b"a" * policy.FORM_BYTES).text == str(policy.FORM_BYTES)


@pytest.mark.parametrize(
    "head",
    [b"GET / HTTP/1.1\nHost: localhost\n\n", b"GET / HTTP/1.1\r\nHost: localhost\nX-A: b\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: localhost\r\n\n"],
)  # fmt: skip
def test_a_bare_line_feed_ends_no_line(port: int, head: bytes) -> None:
    assert all_received(opened(port, head)).startswith(b"HTTP/1.1 400")


def test_a_bare_line_feed_cut_in_two_is_seen_and_one_in_a_body_is_nobody_s_business(port: int) -> None:
    one = opened(port, b"GET / HTTP/1.1")
    time.sleep(0.1)
    one.sendall(b"\nHost: localhost\n\n")
    assert all_received(one).startswith(b"HTTP/1.1 400")
    whole = opened(port, b"GET / HTTP/1.1\r")
    time.sleep(0.1)
    whole.sendall(b"\nHost: localhost\r\n\r\n")
    assert whole.recv(65_536).startswith(b"HTTP/1.1 200")
    whole.close()
    assert httpx.post(f"http://127.0.0.1:{port}/", content=b"a\nb\n\n").text == "5"


def test_every_address_has_its_bounds() -> None:
    from clicnjob.server import _ROUTES

    long = {path for route in _ROUTES if bodies.bounds_of(path := route.path.replace(":path", "/x")) != bodies._FORMS}
    assert long == {"/lecon-video/{lesson}"}
    assert bodies.bounds_of("/_stcore/upload_file/a/b").length <= 2 * policy.UPLOAD_BYTES
    assert signing_in.ROUTES
