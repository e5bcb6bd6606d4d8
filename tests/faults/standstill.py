"""The database cannot be written for a while: another writer holds it, its disk is full, PostgreSQL is away, frozen or hangs up.

Writers go on trying meanwhile, as the pages do. Time to recover is counted from the end of the fault.
"""

from __future__ import annotations

import resource
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

import pytest
import sqlalchemy as sa

from tests.faults.faults import CannotTry, Chosen, Outcome, judged_outcome
from tests.faults.installations import Installation, Workshop
from tests.faults.postgresql_server import PostgresqlServer
from tests.faults.processes import writers_running, writing_again
from tests.small_disk import fill_disk, small_disk

_LOCKED, _FROZEN, _FULL, _CUTS = 20.0, 10.0, 6.0, 20
_PAUSE = 0.01  # seconds between two acts of a writer


def hold_database_locked(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """Another program holds the only writer of SQLite, or a table of PostgreSQL."""
    made = workshop.new_installation(kind)
    seconds = chosen.seconds or _LOCKED

    def hold_sqlite(_writers: tuple[int, ...]) -> None:
        file = sa.make_url(made.address).database
        assert file
        with closing(sqlite3.connect(file, isolation_level=None, timeout=60)) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(seconds)

    def hold_table(_writers: tuple[int, ...]) -> None:
        engine = sa.create_engine(made.address, poolclass=sa.NullPool)
        with engine.begin() as other:
            other.exec_driver_sql("LOCK TABLE work IN ACCESS EXCLUSIVE MODE")
            time.sleep(seconds)

    return _break_while_writing(made, hold_table if made.server else hold_sqlite, f"locked for {seconds:.0f} s")


def restart_postgresql(workshop: Workshop, kind: str, _chosen: Chosen) -> Outcome:
    """It ends every connection and starts again."""
    return _restart_postgresql(workshop, kind, "fast")


def crash_postgresql(workshop: Workshop, kind: str, _chosen: Chosen) -> Outcome:
    """It stops where it is, without a checkpoint, and starts from its log."""
    return _restart_postgresql(workshop, kind, "immediate")


def _restart_postgresql(workshop: Workshop, kind: str, mode: str) -> Outcome:
    made = workshop.new_installation(kind)
    server = _server_of(made)

    def restart(_writers: tuple[int, ...]) -> None:
        server.stop_server(mode)
        time.sleep(1)  # long enough for the writers to find nobody
        server.start_server()

    return _break_while_writing(made, restart, f"stopped ({mode}), away 1 s")


def freeze_postgresql(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """All of its processes stand still, while connections stay open."""
    made = workshop.new_installation(kind)
    server, seconds = _server_of(made), chosen.seconds or _FROZEN

    def freeze(_writers: tuple[int, ...]) -> None:
        server.freeze_server()
        time.sleep(seconds)
        server.thaw_server()

    return _break_while_writing(made, freeze, f"frozen for {seconds:.0f} s")


def cut_connections(workshop: Workshop, kind: str, _chosen: Chosen) -> Outcome:
    """Its administrator ends every connection, many times, whatever they are doing."""
    made = workshop.new_installation(kind)
    server, database = _server_of(made), str(sa.make_url(made.address).database)

    def cut(_writers: tuple[int, ...]) -> None:
        for number in range(_CUTS):
            server.cut_connections(database)
            time.sleep(0.03 + number * 0.007)  # never at the same place of an act

    return _break_while_writing(made, cut, f"{_CUTS} times", pause=0)


def fill_the_disk(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """The disk of the database fills up while acts are written, and room is made again."""
    seconds, folder = chosen.seconds or _FULL, workshop.folder / f"disk-{kind}"
    try:
        with small_disk(folder, megabytes=16 if kind == "SQLite" else 240) as disk:
            if kind == "SQLite":
                made = workshop.new_installation(kind, home=disk)
            else:
                server = PostgresqlServer(disk / "postgresql")
                server.create_cluster()
                made = Workshop(workshop.new_folder(), server).new_installation(kind)

            def fill(_writers: tuple[int, ...]) -> None:
                fill_disk(disk)
                time.sleep(seconds)
                (disk / "plein").unlink()
                if made.server and not made.server.is_running():
                    made.server.start_server()

            try:
                return _break_while_writing(made, fill, f"full for {seconds:.0f} s")
            finally:
                if made.server:
                    made.server.thaw_and_stop()
    except pytest.skip.Exception as reason:
        raise CannotTry(str(reason)) from None


def limit_file_size(workshop: Workshop, kind: str, chosen: Chosen) -> Outcome:
    """No file of the writers may grow any more: a full disk for those who may not mount one."""
    made, seconds = workshop.new_installation(kind), chosen.seconds or _FULL

    def limit(writers: tuple[int, ...]) -> None:
        before = {child: resource.prlimit(child, resource.RLIMIT_FSIZE) for child in writers}
        for child, (_soft, hard) in before.items():
            resource.prlimit(child, resource.RLIMIT_FSIZE, (made.ledger.file.stat().st_size + 8_192, hard))
        time.sleep(seconds)
        for child, limits in before.items():
            resource.prlimit(child, resource.RLIMIT_FSIZE, limits)

    return _break_while_writing(made, limit, f"for {seconds:.0f} s")


def _break_while_writing(
    made: Installation, act: Callable[[tuple[int, ...]], None], remark: str, *, pause: float = _PAUSE
) -> Outcome:
    """Two writers go on while `act` breaks something and mends it again."""
    with writers_running(made, pause=pause) as writers:
        time.sleep(0.5)
        act(writers)
        mended = time.monotonic()
        recovered = writing_again(made, writers, since=mended)
        time.sleep(0.5)
    return judged_outcome(made, recovered, remark)


def _server_of(made: Installation) -> PostgresqlServer:
    assert made.server is not None, "a fault of PostgreSQL"
    return made.server
