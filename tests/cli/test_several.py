"""`run --processes N`: refused in one sentence where it cannot be; real processes behind a real HAProxy."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from clicnjob.cli import several
from clicnjob.config import Settings
from clicnjob.operations import listening, proxy, watching
from clicnjob.operations.watching import Watch, WatchedProgram
from clicnjob.paths import ROOT
from tests.test_databases import postgres_address  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow
LEADS = "this process does the periodic work"


@pytest.mark.long
def test_sqlite_refuses_several(tmp_path: Path) -> None:
    env = {**os.environ, "CLICNJOB_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "clicnjob", "run", "--processes", "2"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, several.NeedsPostgresql.sentence + "\n")


def test_without_haproxy_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy.shutil, "which", lambda _name, path: None)
    with pytest.raises(proxy.ProxyMissing):
        several.require_several(Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/x"), count=2)


@pytest.mark.postgres
def test_more_processes_than_connections_are_refused(
    postgres_address: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proxy, "haproxy_program", lambda: "")
    chosen = Settings(database_url=postgres_address)
    several.require_several(chosen, count=2)
    with pytest.raises(several.TooFewConnections, match="max_connections"):
        several.require_several(chosen, count=60)


@pytest.mark.parametrize("believed", ["", "*", "10.0.0.1,10.0.0.2"])
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_haproxy_understands_its_file(tmp_path: Path, host: str, believed: str) -> None:
    if (program := shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")) is None:
        pytest.skip("no HAProxy on this machine")
    home = tmp_path / "un dossier"
    chosen = Settings(home=home, host=host, port=18_501, public_url="https://clicnjob.exemple.fr")
    file = proxy.write_haproxy_files(chosen, ports=[18_601, 18_602], believed=believed)
    done = subprocess.run([program, "-c", "-f", str(file)], capture_output=True, text=True)
    assert done.returncode == 0 and "warn" not in (done.stdout + done.stderr).lower(), done.stderr
    assert "httponly secure attr" in file.read_text(encoding="utf-8")


def test_its_page_is_the_one_of_the_examples() -> None:
    page = ROOT / "clicnjob" / "operations" / "502.http"
    assert page.read_bytes() == (ROOT / "deploy" / "haproxy" / "502.http").read_bytes()


def _program(name: str, text: str) -> WatchedProgram:
    return WatchedProgram(name, [sys.executable, "-c", text], dict(os.environ))


def test_a_program_that_ends_starts_again_and_one_that_refuses_its_settings_stops_all() -> None:
    before = _program("before", "import time; time.sleep(60)")
    ends = _program("ends", "pass")
    watch = Watch([ends], before, drained_after=0)
    look, began = watch._look_after, time.monotonic()

    def looked() -> int:
        if ends.starts >= 2:
            watch._stopping = True
        assert time.monotonic() - began < 60
        return look()

    watch._look_after = looked  # type: ignore[method-assign]
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        assert watch.run_until_stopped() == 0 and ends.starts == 2
        assert before.process is not None and before.process.poll() is not None
        assert Watch([_program("refuses", "raise SystemExit(2)")], before, drained_after=0).run_until_stopped() == 2
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _waiting(name: str) -> WatchedProgram:
    return _program(name, "import time; time.sleep(60)")


def test_the_proxy_is_started_again_while_a_process_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_STARTS_WITHIN", 20.0)
    before, server = _waiting("before"), _waiting("server")
    watch = Watch([server], before, drained_after=0)

    def ready() -> bool:
        if before.starts == 1 and before.process is not None:
            before.process.kill()
        return before.starts == 2

    server.is_ready = ready
    try:
        for each in (server, before):
            each.start_program()
        watch._replace_each()
        assert (before.starts, server.starts) == (2, 2)
    finally:
        watch._stop_everything()


def test_a_stop_while_a_process_drains_starts_nothing_more() -> None:
    before, server = _waiting("before"), _waiting("server")
    watch = Watch([server], before, drained_after=60)
    kept = signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # inherited by what is started
    try:
        for each in (server, before):
            each.start_program()
        threading.Timer(0.5, watch._ask_stop, (signal.SIGTERM, None)).start()
        watch._replace_each()
        assert server.starts == 1
    finally:
        signal.signal(signal.SIGUSR1, kept)
        watch._stop_everything()


def test_a_signal_to_the_whole_group_ends_no_server() -> None:
    server = _waiting("server")
    server.start_program()
    assert server.process is not None
    try:
        server.process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(2)
    finally:
        server.stop_program()


def test_haproxy_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLICNJOB_DATABASE_URL", "CLICNJOB_PEPPER", "PGPASSWORD", "FORWARDED_ALLOW_IPS"):
        monkeypatch.setenv(name, "secret")
    assert "secret" not in proxy.haproxy_environment().values() and "PATH" in proxy.haproxy_environment()


def test_its_files_are_never_written_where_somebody_else_leads(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home, elsewhere):
        folder.mkdir()
    (home / "devant").symlink_to(elsewhere)
    with pytest.raises(proxy.NotOurFolder):
        proxy.write_haproxy_files(Settings(home=home), ports=[18_601])
    assert not list(elsewhere.iterdir())
    (home / "devant").unlink()
    (home / "devant").mkdir(mode=0o755)
    (elsewhere / "kept").write_text("kept")
    (home / "devant" / "haproxy.cfg").symlink_to(elsewhere / "kept")
    file = proxy.write_haproxy_files(Settings(home=home), ports=[18_601])
    assert (elsewhere / "kept").read_text() == "kept" and not file.is_symlink()
    assert file.parent.stat().st_mode & 0o777 == 0o700


# --- HAProxy with our file, before a server that says what it received


class _Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = json.dumps([self.path, *(f"{name.lower()}: {value}" for name, value in self.headers.items())]).encode()
        self.send_response(503 if self.path == "/sante/pret" and self.server.cannot_save else 200)  # type: ignore[attr-defined]
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        with suppress(ConnectionError):  # HAProxy closes a check when it has its status
            self.wfile.write(said)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def echoed(tmp_path: Path) -> Iterator[Callable[..., Callable[[bytes], bytes]]]:
    """Start HAProxy; return what sends it bytes as they are and gives back its whole answer."""
    if (program := shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")) is None:
        pytest.skip("no HAProxy on this machine")
    behind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    port = listening.free_loopback_ports(1)[0]
    started: list[subprocess.Popen[bytes]] = []

    def sends(said: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(said)
            return b"".join(iter(lambda: connection.recv(65_536), b""))

    def begun(believed: str, *, cannot_save: bool = False) -> Callable[[bytes], bytes]:
        behind.cannot_save = cannot_save  # type: ignore[attr-defined]
        chosen = Settings(home=tmp_path / "home", host="127.0.0.1", port=port)
        file = proxy.write_haproxy_files(chosen, ports=[behind.server_port], believed=believed)
        started.append(subprocess.Popen([program, "-db", "-f", str(file)], env=proxy.haproxy_environment()))
        until(lambda: not listening_refused(port), within=30)
        return sends

    yield begun
    for each in started:
        each.terminate()
        each.wait(20)
    behind.shutdown()
    behind.server_close()


def listening_refused(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=3):
            return False
    except OSError:
        return True


_FORGED = (
    b"GET /mes-jeunes HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\nX-Forwarded-For: 203.0.113.8\r\n"
    b"X-Forwarded-Proto: https\r\nCookie: cj_processus=p1; a=b\r\nConnection: close\r\n\r\n"
)


def test_a_browser_chooses_neither_its_address_nor_https(echoed: Callable[..., Callable[[bytes], bytes]]) -> None:
    answer = echoed("198.51.100.1")(_FORGED)
    assert b'"x-forwarded-for: 127.0.0.1"' in answer and b"203.0.113" not in answer
    assert answer.count(b"x-forwarded-") == 2 and b'"x-forwarded-proto: http"' in answer
    assert b'"cookie: a=b"' in answer, "the cookie of the process stays with HAProxy"


def test_a_proxy_that_is_believed_says_the_address(echoed: Callable[..., Callable[[bytes], bytes]]) -> None:
    assert b"203.0.113.8" in echoed("")(_FORGED)


def test_the_probe_that_writes_is_for_this_machine(
    echoed: Callable[..., Callable[[bytes], bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy, "_HERE", "198.51.100.1")  # as if we were another one
    ask = echoed("")
    for path in (b"/sante/pret", b"/sante/pre%74", b"/%73ante%2fpret?x"):
        answer = ask(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 404"), path


def test_while_nothing_can_be_saved_one_may_still_leave(echoed: Callable[..., Callable[[bytes], bytes]]) -> None:
    ask = echoed("", cannot_save=True)
    began = time.monotonic()
    while time.monotonic() - began < 9:  # three checks fail, then HAProxy asks nobody of the first backend
        assert b'["/sortie"' in ask(b"GET /sortie HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        time.sleep(0.5)


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nContent-Length: 40",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked, identity",
        b"Content-Length : 4",
        b"Transfer-Encoding: \x0bchunked\r\nContent-Length: 4",
    ],
)
def test_a_second_request_is_not_smuggled_in_the_first(
    echoed: Callable[..., Callable[[bytes], bytes]], lengths: bytes
) -> None:
    hidden = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = echoed("")(b"GET / HTTP/1.1\r\nHost: x\r\n" + lengths + b"\r\nConnection: close\r\n\r\n" + hidden)
    assert b"/hidden" not in answer and answer.count(b"HTTP/1.1") == 1


# --- for real


class Several:
    """`run --processes 2` with the people of the browser tests, on PostgreSQL."""

    def __init__(self, home: Path, address: str) -> None:
        self.home, self.port = home, listening.free_loopback_ports(1)[0]
        own = {name: value for name, value in os.environ.items() if not name.startswith("CLICNJOB_")}
        self.env = {
            **own, "CLICNJOB_HOME": str(home), "CLICNJOB_DATABASE_URL": address, "CLICNJOB_PORT": str(self.port),
            "CLICNJOB_HOST": "127.0.0.1",
        }  # fmt: skip
        people = [sys.executable, "-m", "tests.browser.people"]
        told = subprocess.run(people, env=self.env, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        self.keys = json.loads(told)["keys"]
        self.log = home / "several.log"
        with self.log.open("ab") as written:
            command = [sys.executable, "-m", "clicnjob", "run", "--processes", "2"]
            self.process = subprocess.Popen(command, env=self.env, cwd=ROOT, stdout=written, stderr=written)

    def servers(self) -> set[int]:
        """The numbers of the two servers' processes."""
        found = set()
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.Error):  # it has just ended
                if "clicnjob" in child.cmdline():
                    found.add(child.pid)
        return found

    def leaders(self) -> list[int]:
        """Who led, in order."""
        lines = [line for line in self.log.read_text(encoding="utf-8").splitlines() if LEADS in line]
        return [int(json.loads(line)["pid"]) for line in lines]

    def signed_in(self) -> dict[str, httpx.Client]:
        """One browser on each process, by the name of its process."""
        found: dict[str, httpx.Client] = {}
        for _ in range(20):
            browser = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=60)
            card, code = self.keys["Lina Morel"]
            browser.post("/connexion", data={"numero": card, "code": code})
            found.setdefault(browser.cookies["cj_processus"], browser)
            if len(found) == 2:
                break
        return found


def until(met: Callable[[], Any], within: float = 150) -> Any:
    end = time.monotonic() + within
    while not (value := met()):
        assert time.monotonic() < end
        time.sleep(0.2)  # other programs are waited for, which say nothing when they are ready
    return value


@pytest.fixture
def several_running(postgres_address: str, tmp_path: Path) -> Iterator[Several]:  # noqa: F811
    if shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("no HAProxy on this machine")
    running = Several(tmp_path, postgres_address)
    try:
        yield running
    finally:
        running.process.terminate()
        try:
            running.process.wait(60)
        except subprocess.TimeoutExpired:
            running.process.kill()


@pytest.mark.long
@pytest.mark.postgres
def test_a_process_dies_and_the_other_goes_on(several_running: Several) -> None:
    """Both processes serve; the leader is killed; nobody is signed out, another leads, and it is started again."""
    running = several_running

    def healthy() -> bool:
        try:
            return len(running.servers()) == 2 and len(running.signed_in()) == 2
        except (httpx.TransportError, KeyError):
            return False

    until(healthy)
    browsers = running.signed_in()
    assert all(each.get("/").status_code == 200 for each in browsers.values())
    first = running.leaders()[0]
    os.kill(first, signal.SIGKILL)
    assert [each.get("/").status_code for each in browsers.values()] == [200, 200], "both are signed in on the other"
    assert len({each.cookies["cj_processus"] for each in browsers.values()}) == 1
    until(lambda: len(running.servers()) == 2)
    second = until(lambda: running.leaders()[1:], within=90)[0]
    assert second != first
    before = running.servers()
    until(lambda: len(running.signed_in()) == 2)
    running.process.send_signal(signal.SIGHUP)
    answers: list[int] = []

    def replaced() -> bool:
        answers.extend(each.get("/").status_code for each in browsers.values())
        return "every process was replaced" in running.log.read_text(encoding="utf-8")

    until(replaced, within=200)
    # A visit without any tab may have fallen asleep meanwhile (303).
    assert set(answers) <= {200, 303}, "nobody meets a page of the proxy while processes are replaced"
    assert not before & running.servers()
    running.process.terminate()
    assert running.process.wait(60) == 0
