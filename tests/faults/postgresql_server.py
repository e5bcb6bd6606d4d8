"""A throw-away PostgreSQL that can be stopped, frozen and started again, with its writes forced to the disk as in earnest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import sqlalchemy as sa

from clicnjob.operations import listening
from tests import postgres


class NoPostgresql(Exception):
    """Its server programs are not on this machine."""


@dataclass
class PostgresqlServer:
    """One cluster in a folder of its own."""

    folder: Path
    port: int = field(default_factory=lambda: listening.free_loopback_ports(1)[0])

    def create_cluster(self) -> None:
        """Make the files and start. Raises NoPostgresql."""
        if postgres.programs() is None:
            raise NoPostgresql
        self.folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8")
        self.start_server()

    def start_server(self) -> None:
        """Start, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
        self._run("pg_ctl", "-D", self._data, "-l", f"{self.folder}/log", "-o", options, "-w", "start")

    def stop_server(self, mode: str = "immediate") -> None:
        """Stop: « fast » ends its connections, « immediate » is a crash."""
        self._run("pg_ctl", "-D", self._data, "-m", mode, "-w", "stop", check=False)

    def thaw_and_stop(self) -> None:
        """Stop for good, in whatever state a fault left it."""
        if self.is_running():
            self.thaw_server()
            self.stop_server()

    def is_running(self) -> bool:
        """Whether its main process is there."""
        return self._run("pg_ctl", "-D", self._data, "status", check=False) == 0

    def freeze_server(self) -> None:
        """Stop all of its processes where they are: connections stay open and nobody answers."""
        self._signal_all(signal.SIGSTOP)

    def thaw_server(self) -> None:
        """Let them go on."""
        self._signal_all(signal.SIGCONT)

    def cut_connections(self, database: str) -> int:
        """End every connection to this database, whatever it does; return how many."""
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
        return int(self.run_statement(ended, name=database) or 0)

    def address_of(self, database: str) -> str:
        """The SQLAlchemy address of a database of this cluster."""
        return f"postgresql+psycopg://tester@127.0.0.1:{self.port}/{database}"

    def make_database(self, address: str, *, template: str = "template1") -> None:
        """Create the database of this address, as a copy of another one.

        Without the checkpoint, a crash would take the numbers of the copy's sequences back: PostgreSQL copies how many it
        has already logged in the other database, and logs none here until they are used up.
        """
        self.run_statement(f"CREATE DATABASE {sa.make_url(address).database} TEMPLATE {template}")
        self.run_statement("CHECKPOINT")

    def run_statement(self, statement: str, **values: object) -> object:
        """Run one statement outside of any transaction; return its first value, if it has one."""
        engine = sa.create_engine(self.address_of("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            done = connection.execute(sa.text(statement), values)
            return done.scalar() if done.returns_rows else None

    @property
    def _data(self) -> str:
        return str(self.folder / "db")

    def _signal_all(self, number: signal.Signals) -> None:
        main = psutil.Process(int((self.folder / "db" / "postmaster.pid").read_text().split("\n", 1)[0]))
        for process in (main, *main.children(recursive=True)):
            process.send_signal(number)

    def _run(self, program: str, *words: str, check: bool = True) -> int:
        folder = postgres.programs()
        assert folder is not None
        as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.run([*as_owner, str(folder / program), *words], check=check, cwd="/", **quiet).returncode
