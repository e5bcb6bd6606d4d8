"""The checks of every command that opens the database."""

from __future__ import annotations

from pathlib import Path

from clicnjob import db, models
from clicnjob.config import current_settings
from clicnjob.operations import installation_check, private_files
from clicnjob.operations.backups import before_migration


def prepare_database(*, copy: bool = True) -> Path | None:
    """Migrate the database and check that the secret is the one it was created with: another would break the audit log.

    Returns the copy made before the migration, None when nothing was migrated or no copy was wanted.
    """
    chosen, now = current_settings(), models.utc_now()
    private_files.require_writable_home(chosen)
    copied = before_migration.copy_before_migration(chosen.database, home=chosen.home, now=now) if copy else None
    before_migration.forget_old_copies(chosen.home, now=now)
    db.migrate_database()
    installation_check.settle_installation(now=now)
    return copied
