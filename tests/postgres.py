"""A throw-away PostgreSQL cluster on a free loopback port, for the tests that need one."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa

REQUIRED = os.environ.get("CLICNJOB_REQUIRE_POSTGRES") == "1"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, newest version first; None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    if found:
        return found[0].parent
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def new_database(folder: Path) -> Iterator[str]:
    """The address of an empty database, dropped afterwards, of the one cluster that this process starts."""
    server = sa.create_engine(_shared_cluster(folder), isolation_level="AUTOCOMMIT")
    name = f"essai_{secrets.token_hex(4)}"
    try:
        with server.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        yield str(server.url.set(database=name))
        with server.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        server.dispose()


@cache
def _shared_cluster(folder: Path) -> str:
    """The address of a cluster that lasts as long as this process: to make and start one takes more than a second."""
    started = cluster(folder)
    atexit.register(started.__exit__, None, None, None)
    return started.__enter__()


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of an empty database, gone afterwards."""
    data = Path(tempfile.mkdtemp(prefix="clicnjob-pg-"))
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(data, "postgres", "postgres")
    port = _free_port()
    try:
        _run(folder / "initdb", "-D", str(data / "db"), "-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
        _run(folder / "pg_ctl", "-D", str(data / "db"), "-l", str(data / "log"), "-o", options, "-w", "start")
        yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    finally:
        _run(folder / "pg_ctl", "-D", str(data / "db"), "-m", "immediate", "stop", check=False)
        shutil.rmtree(data, ignore_errors=True)


def _run(program: Path, *words: str, check: bool = True) -> None:
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*as_owner, str(program), *words], check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
