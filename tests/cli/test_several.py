"""`run --processes N`: refused in one sentence where it cannot be; real processes behind a real HAProxy."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
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
from clicnjob.operations import listening, proxy
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
