"""The checks of every command that opens the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clicnjob import db, models
from clicnjob.config import current_settings
from clicnjob.operations import installation_check, private_files, running
from clicnjob.operations.backups import before_migration, unfinished

_LOCK = 0x73746172  # arbitrary number of an advisory lock


@contextmanager
def hold_start() -> Iterator[None]:
    """Let one process at a time migrate the database, choose the secret and create the first administrator.

    On PostgreSQL the database holds the lock, so processes on other machines wait too; on SQLite a file does.
    """
    chosen = current_settings()
    private_files.require_writable_home(chosen)
    if chosen.database.startswith("sqlite"):
        with running.hold_starting():
            yield
        return
    engine = db.connect_engine(chosen.database)
    try:
        with engine.begin() as connection:
            db.hold_alone(connection, _LOCK)
            yield
    finally:
        engine.dispose()


def prepare_database(*, copy: bool = True) -> Path | None:
    """Migrate the database and check that the secret is the one it was created with: another would break the audit log.

    Returns the copy made before the migration, None when nothing was migrated or no copy was wanted.
    """
    chosen, now = current_settings(), models.utc_now()
    private_files.require_writable_home(chosen)
    unfinished.require_finished_restore()
    copied = before_migration.copy_before_migration(chosen.database, home=chosen.home, now=now) if copy else None
    before_migration.forget_old_copies(chosen.home, now=now)
    db.migrate_database()
    installation_check.settle_installation(now=now)
    return copied
