"""The technical state of the installation, for its administrators. It contains no personal data."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy import make_url, text
from sqlmodel import Session

from clicnjob.config import current_settings
from clicnjob.operations import backups
from clicnjob.operations.backups import revisions


@dataclass(frozen=True, slots=True)
class Installation:
    """The state now. Sizes are in bytes; `backup` is the last one made here; `up_to_date` refers to the schema."""

    database: str
    size: int
    disk_free: int
    backup: backups.LastBackup | None
    release: str
    python: str
    streamlit: str
    up_to_date: bool
    second_factor_required: bool
    outside_sign_in: bool


def installation_state(session: Session) -> Installation:
    """Return the present state, in at most three queries."""
    chosen = current_settings()
    address = chosen.database
    kind, size = _sqlite_state(session, address) if address.startswith("sqlite") else _postgresql_state(session)
    revision = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return Installation(
        database=kind,
        size=size,
        disk_free=shutil.disk_usage(chosen.home if chosen.home.exists() else Path()).free,
        backup=backups.last_backup(),
        release=installed_version(),
        python=platform.python_version(),
        streamlit=version("streamlit"),
        up_to_date=revision == revisions.latest_revision(),
        second_factor_required=chosen.second_factor_required,
        outside_sign_in=chosen.outside_sign_in,
    )


def installed_version() -> str:
    """Return the installed version, « dev » when the package is not installed."""
    try:
        return version("clicnjob")
    except PackageNotFoundError:  # run from a folder without being installed
        return "dev"


def too_old(last: backups.LastBackup | None, *, now: datetime) -> bool:
    """Return whether a backup is due: none is known, or the last one is at least seven days old."""
    return last is None or (now - last.at).days >= 7


def _sqlite_state(session: Session, address: str) -> tuple[str, int]:
    file = Path(make_url(address).database or "")
    size = sum(part.stat().st_size for part in (file, file.with_name(file.name + "-wal")) if part.is_file())
    return f"SQLite {session.execute(text('SELECT sqlite_version()')).scalar()}", size


def _postgresql_state(session: Session) -> tuple[str, int]:
    size = session.execute(text("SELECT pg_database_size(current_database())")).scalar()
    return f"PostgreSQL {session.execute(text('SHOW server_version')).scalar()}", int(size or 0)
