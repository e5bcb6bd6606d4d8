"""Installations to break: each fault gets a database and a home folder of its own, with people; the ledger lies elsewhere."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clicnjob import config, db, models
from clicnjob.demo import people
from clicnjob.operations import anchors, installation_check
from tests.faults.acts import Writer
from tests.faults.ledger import Ledger
from tests.faults.postgresql_server import PostgresqlServer

PEPPER = "poivre des pannes"
_SQLITE_FILE = "clicnjob.sqlite3"


@dataclass
class Installation:
    """One database with the demonstration people, and the ledger of what was acknowledged there."""

    home: Path
    address: str
    ledger: Ledger
    server: PostgresqlServer | None = None  # None for SQLite

    @property
    def kind(self) -> str:
        """The name of its database."""
        return "SQLite" if self.server is None else "PostgreSQL"

    def use_here(self) -> None:
        """Make this the installation of this process and of those that it forks."""
        own = {"HOME": str(self.home), "DATABASE_URL": self.address, "PEPPER": PEPPER, "LOG_LEVEL": "error"}
        os.environ.update({f"CLICNJOB_{name}": value for name, value in own.items()})
        forget_connections()
        config.current_settings.cache_clear()
        db.shared_engine.cache_clear()


def forget_connections() -> None:
    """Close what this process has open: a fork must inherit no connection. The engine stays, with its statements."""
    if db.shared_engine.cache_info().currsize:
        db.shared_engine().dispose()


@dataclass
class Workshop:
    """Makes installations in a folder, quickly: the people are made once for each kind of database."""

    folder: Path
    server: PostgresqlServer | None
    _made: int = 0

    def new_installation(self, kind: str, *, home: Path | None = None) -> Installation:
        """A new installation on SQLite or PostgreSQL, with people; its home is `home` where one is given."""
        made = self.bare_installation(kind, home=home)
        if made.server is None:
            people = self._sqlite_people()
            shutil.copy(people / _SQLITE_FILE, made.home)
        else:
            people, template = self._postgresql_people(made.server)
            made.server.make_database(made.address, template=template)
        shutil.copy(people / anchors.FILE_NAME, made.home)
        made.use_here()
        installation_check.settle_installation(now=models.utc_now())
        first = Writer(Ledger(self.folder / "warm-up"))
        for _ in range(3):  # content is read and statements are compiled before the first fork, instead of after each
            first.write_round()
        forget_connections()
        return made

    def new_folder(self) -> Path:
        """An empty folder."""
        self._made += 1
        made = self.folder / f"folder-{self._made}"
        made.mkdir(mode=0o700)
        return made

    def bare_installation(self, kind: str, *, home: Path | None = None) -> Installation:
        """The same without a database yet."""
        self._made += 1
        home = home or self.folder / f"home-{self._made}"
        home.mkdir(mode=0o700, exist_ok=True)
        server = self.server if kind == "PostgreSQL" else None
        address = server.address_of(f"panne_{self._made}") if server else f"sqlite:///{home / _SQLITE_FILE}"
        return Installation(home, address, Ledger(self.folder / f"acknowledged-{self._made}.jsonl"), server)

    def _sqlite_people(self) -> Path:
        home = self.folder / "people"
        if not home.exists():
            home.mkdir(mode=0o700)
            fill_installation(Installation(home, f"sqlite:///{home / _SQLITE_FILE}", Ledger(self.folder / "warm-up")))
        return home

    def _postgresql_people(self, server: PostgresqlServer) -> tuple[Path, str]:
        home, name = server.folder.parent / f"people-{server.port}", "people"
        if not home.exists():
            home.mkdir(mode=0o700)
            address = server.address_of(name)
            server.make_database(address)
            fill_installation(Installation(home, address, Ledger(self.folder / "warm-up"), server))
        return home, name


def fill_installation(made: Installation) -> None:
    """Migrate an empty database and put the demonstration people into it."""
    made.use_here()
    db.migrate_database()
    installation_check.settle_installation(now=models.utc_now())
    with db.write_transaction() as session:
        people.people_made(session, today=date.today())
    forget_connections()
