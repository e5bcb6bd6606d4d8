"""Backup and restore of PostgreSQL by pg_dump and pg_restore. A failed restore reloads a dump taken just before."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, make_url, text
from sqlmodel import Session

from clicnjob import db
from clicnjob.errors import Refusal
from clicnjob.operations.backups import revisions, unfinished
from clicnjob.operations.backups.faults import AppRuns, BackupFailed, NotABackup

# Drops every table and function but those of extensions, in the transaction that then loads the file.
DROP_EVERYTHING = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', one.name);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP FUNCTION ' || one.name || ' CASCADE';
  END LOOP;
END $$;
"""
OTHERS = (  # PostgreSQL's own workers do not count
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


class PostgresqlDatabase:
    """Backup and restore as PostgreSQL does them."""

    def copy_to(self, address: str, part: Path, progress: Callable[[int, int], None]) -> None:
        """Write the whole database into `part` in pg_dump's custom format."""
        total = max(1, _asked_number(address, _TABLES))
        command = [
            _program_path("pg_dump"),
            "-Fc",
            "-v",
            "--no-owner",
            "--no-privileges",
            "-n",
            "public",
            "-f",
            str(part),
        ]
        said, done = [], 0
        with subprocess.Popen(command, env=_program_environment(address), stderr=subprocess.PIPE, text=True) as running:  # noqa: S603
            for line in running.stderr or ():
                said.append(line)
                if "dumping contents of table" in line:
                    done += 1
                    progress(min(done, total), total)
        if running.returncode:
            raise BackupFailed(said[-1] if said else "")
        progress(total, total)

    def put_back(
        self, file: Path, address: str, after: Callable[[Session], int], progress: Callable[[int, int], None]
    ) -> int:
        """Load the file in one transaction, migrate it and run `after`; on a failure, load the state of before."""
        _judge_file(file)
        if _asked_number(address, OTHERS):
            raise AppRuns
        with tempfile.TemporaryDirectory(prefix="clicnjob-") as folder:
            before = Path(folder) / "avant.dump"
            self.copy_to(address, before, lambda _done, _total: None)
            progress(1, 3)
            unfinished.mark_restore_begun()
            try:
                _load_file(file, address)
                revisions.must_be_known(_database_revision(address))
                progress(2, 3)
                done = _brought_up(address, after)
            except BaseException:
                _load_file(before, address)
                unfinished.mark_restore_ended()
                raise
        progress(3, 3)
        return done


def _judge_file(file: Path) -> None:
    command = [_program_path("pg_restore"), "--list", str(file)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if listed.returncode or "alembic_version" not in listed.stdout:
        raise NotABackup


def _load_file(file: Path, address: str) -> None:
    """Replace the whole content by the file's, in one transaction. Raises BackupFailed when psql or pg_restore fails."""
    reading = [_program_path("pg_restore"), "--no-owner", "--no-privileges", "-n", "public", "-f", "-", str(file)]
    writing = [_program_path("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", "-"]
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as source,  # noqa: S603
        subprocess.Popen(writing, env=_program_environment(address), stdin=subprocess.PIPE, stderr=told) as target,  # noqa: S603
    ):
        assert source.stdout and target.stdin
        try:
            target.stdin.write(f"BEGIN;{DROP_EVERYTHING}".encode())
            shutil.copyfileobj(source.stdout, target.stdin)
            if source.wait() == 0:  # otherwise psql reaches the end without COMMIT and rolls back
                target.stdin.write(b"COMMIT;\n")
            target.stdin.close()
        except BrokenPipeError:  # psql failed and exited; its error output says why
            source.kill()
        if target.wait() or source.wait():
            told.seek(0)
            raise BackupFailed(told.read().decode("utf-8", "replace").strip().split("\n")[-1])


def _brought_up(address: str, after: Callable[[Session], int]) -> int:
    db.migrate_database(address)
    engine = db.connect_engine(address)
    try:
        with db.write_transaction(engine) as session:
            return after(session)
    finally:
        engine.dispose()


def _database_revision(address: str) -> str:
    return str(_asked_value(address, "SELECT version_num FROM alembic_version"))


def _asked_number(address: str, sql: str) -> int:
    return int(str(_asked_value(address, sql)))


def _asked_value(address: str, sql: str) -> object:
    engine: Engine = db.connect_engine(address)
    try:
        with engine.connect() as connection:
            return connection.execute(text(sql)).scalar()
    finally:
        engine.dispose()


def _program_environment(address: str) -> dict[str, str]:
    """Return the environment for libpq's programs; unlike arguments, it keeps the password out of the process list."""
    url = make_url(address)
    said = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    return {**os.environ, "LC_ALL": "C", **{name: str(value) for name, value in said.items() if value}}


def _program_path(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoProgram(name)
    return found


class NoProgram(Refusal):
    """PostgreSQL's client programs are not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Le programme {name} n’est pas installé. Installez le client de PostgreSQL.")
