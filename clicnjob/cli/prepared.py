"""The checks of every command that opens the database."""

from __future__ import annotations

from clicnjob import db, installation_check, models, private_files
from clicnjob.config import settings


def prepare_database() -> None:
    """Migrate the database and check that the secret is the one it was created with: another would break the audit log."""
    private_files.require_writable_home(settings())
    db.migrate()
    installation_check.settle_installation(now=models.now())
