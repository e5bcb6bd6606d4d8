"""Which releases' tables this one knows how to bring up."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from clicnjob.backups.faults import FromLater, NotABackup
from clicnjob.paths import PACKAGE


def head() -> str:
    """The revision of this release's tables."""
    return str(_directory().get_current_head())


def must_be_known(revision: str) -> None:
    """Raises NotABackup without a revision, FromLater for one that this release does not know."""
    if not revision:
        raise NotABackup
    try:
        known = _directory().get_revision(revision)
    except CommandError:
        known = None
    if known is None:
        raise FromLater


def _directory() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    return ScriptDirectory.from_config(config)
