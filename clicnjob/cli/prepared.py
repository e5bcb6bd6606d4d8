"""What every command that opens the database does before it."""

from __future__ import annotations

from clicnjob import db, installation_check, models, private_files
from clicnjob.config import settings


def prepare_database() -> None:
    """Bring it up to date, and check that the secret is its own: with another one, every line of the log would be broken."""
    private_files.require_writable_home(settings())
    db.migrate()
    installation_check.settle_installation(now=models.now())
