"""The checks of every command that opens the database."""

from __future__ import annotations

from clicnjob import db, models
from clicnjob.config import current_settings
from clicnjob.operations import installation_check, private_files


def prepare_database() -> None:
    """Migrate the database and check that the secret is the one it was created with: another would break the audit log."""
    private_files.require_writable_home(current_settings())
    db.migrate_database()
    installation_check.settle_installation(now=models.utc_now())
