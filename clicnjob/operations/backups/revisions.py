"""Which schema revisions this release can migrate."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from clicnjob.operations.backups.faults import FromLater, NotABackup
from clicnjob.paths import PACKAGE


def latest_revision() -> str:
    """Return the schema revision of this release."""
    return str(_script_directory().get_current_head())


def must_be_known(revision: str) -> None:
    """Check a revision. Raises NotABackup when it is empty, FromLater when this release does not know it."""
    if not revision:
        raise NotABackup
    try:
        known = _script_directory().get_revision(revision)
    except CommandError:
        known = None
    if known is None:
        raise FromLater


def _script_directory() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    return ScriptDirectory.from_config(config)
