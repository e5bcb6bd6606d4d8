"""Runs the real server in processes of its own, on a free port with a new database, and measures it."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import sqlalchemy as sa

from clicnjob.web import COOKIE

ROOT = Path(__file__).resolve().parents[1]
OURS = "clicnjob"
DEFAULTS = "Streamlit’s defaults"
PATCHED = "chosen patches"
_MODULE = {OURS: ("clicnjob", "run"), DEFAULTS: ("benchmarks.default_server",), PATCHED: ("benchmarks.patched_server",)}
_START_SECONDS, _QUIET_SECONDS = 300, 240
_SIGN_IN_SECONDS = 120
_QUIET_PERCENT = 8
_ADDRESSES = itertools.count()


@dataclass(frozen=True, slots=True)
class Usage:
    """The CPU seconds that the processes have used so far, HAProxy included, and their memory now in MB."""

    at: float
    cpu: float
    rss: float


@dataclass(frozen=True)
class Server:
    """A running server; `base` is its URL, `home` its home folder, `process` the one that was started.

    `address` is the SQLAlchemy URL of its database.
    """

    base: str
    home: Path
    process: psutil.Process
    address: str

    @property
    def complaints(self) -> str:
        """The last lines of its log."""
        return "\n".join((self.home / "log.txt").read_text(errors="replace").splitlines()[-25:])

    def usage(self) -> Usage:
        """Return the use until now."""
        every = [self.process, *self.process.children(recursive=True)]
        spent = sum(times.user + times.system for times in (one.cpu_times() for one in every))
        return Usage(time.monotonic(), spent, sum(one.memory_info().rss for one in every) / 2**20)

    def wait_until_quiet(self) -> None:
        """Wait until it has compressed its public files, which takes a minute after the first start."""
        end, before = time.monotonic() + _QUIET_SECONDS, self.usage()
        while time.monotonic() < end:
            time.sleep(1.5)
            now = self.usage()
            if (now.cpu - before.cpu) / (now.at - before.at) * 100 <= _QUIET_PERCENT:
                return
            before = now

    def kill(self) -> None:
        """End every process by SIGKILL."""
        for one in [self.process, *self.process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait()


class NoEntry(Exception):
    """The server refused a sign-in."""


async def signed_in(base: str) -> str:
    """Sign a new guest in and return their token."""
    address = next(_ADDRESSES)  # as behind a proxy, because the number of guests per address is limited
    sent = {"x-forwarded-for": f"10.0.{address // 250}.{address % 250}"}
    async with httpx.AsyncClient(base_url=base, timeout=_SIGN_IN_SECONDS, headers=sent) as client:
        answer = await client.post("/connexion/essai")
        if COOKIE not in answer.cookies:
            raise NoEntry(f"HTTP {answer.status_code}")
        return answer.cookies[COOKIE]


@contextlib.contextmanager
def running(kind: str, *arguments: str, static: Path, address: str = "") -> Iterator[Server]:
    """Start a new server and end it by SIGKILL; `static` keeps the compressed files for the next one.

    `address` is the URL of an empty database, '' for SQLite.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home, port = Path(folder), _free_port()
        (home / "static").symlink_to(static, target_is_directory=True)
        log = home / "log.txt"
        with log.open("wb") as out:
            command = [sys.executable, "-m", *_MODULE[kind], *arguments]
            env = _environment(home, port) | ({"CLICNJOB_DATABASE_URL": address} if address else {})
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
        server = Server(
            f"http://127.0.0.1:{port}",
            home,
            psutil.Process(process.pid),
            address or f"sqlite:///{home}/clicnjob.sqlite3",
        )
        try:
            _wait_for(server.base, process, log)
            yield server
        finally:
            with contextlib.suppress(psutil.NoSuchProcess):
                server.kill()
            process.wait()


def lost(address: str, people: list[tuple[str, list[str], list[str]]]) -> int:
    """Return how many acknowledged texts are not in the database.

    `people` has, for each person, their token, every acknowledged text (which must be in a revision), and those not
    replaced since then (which must also be in the latest version).
    """
    engine = sa.create_engine(address)
    with engine.connect() as kept:
        accounts = {
            digest: account for digest, account in kept.execute(sa.text("SELECT token_digest, account_id FROM signin"))
        }
        now = _bodies(kept, "SELECT account_id, CAST(body AS TEXT) FROM work WHERE deleted_at IS NULL")
        ever = _bodies(kept, "SELECT by_id, CAST(body AS TEXT) FROM revision")
    engine.dispose()
    missing = 0
    for token, acknowledged, latest in people:
        account = accounts[hashlib.sha256(token.encode()).hexdigest()]
        missing += sum(text not in ever.get(account, "") for text in acknowledged)
        missing += sum(text not in now.get(account, "") for text in latest)
    return missing


def _bodies(kept: sa.Connection, query: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for account, body in kept.execute(sa.text(query)):
        found.setdefault(account, []).append(body)
    return {account: "\n".join(bodies) for account, bodies in found.items()}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _environment(home: Path, port: int) -> dict[str, str]:
    """Return an environment like production's but without https; development mode would watch and reload files."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CLICNJOB_")}
    here = {"CLICNJOB_HOME": str(home), "CLICNJOB_PORT": str(port)}
    return ours | here | {"CLICNJOB_MODE": "demo", "CLICNJOB_LOG_LEVEL": "warning"}


def _wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{base}/sante", timeout=2).is_success:
                return
        time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')[-2000:]}")
