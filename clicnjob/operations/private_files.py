"""Restricts the installation's files to their owner, both those of this process and those of earlier releases."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from clicnjob.config import Settings, secret_file
from clicnjob.errors import Refusal

_FOLDER, _FILE = 0o700, 0o600
# The files in the home folder besides the secret; compressed public files are in subfolders.
_OURS = (
    "effacements.jsonl",
    "journal-reperes.jsonl",
    "derniere-sauvegarde.json",
    "en-marche",
    "demarrage",
    "restauration",
)
_OF_SQLITE = ("", "-wal", "-shm", "-journal")


class HomeNotWritable(Refusal):
    """The home folder of the installation cannot be created or written."""


def make_new_files_private() -> None:
    """Set the umask so that only the owner may read what this process and its children create."""
    os.umask(0o077)


def require_writable_home(chosen: Settings) -> None:
    """Create the home folder if needed. Raises HomeNotWritable when no file can be written in it."""
    try:
        chosen.home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=chosen.home, prefix=".essai-"):
            pass
    except OSError:
        raise HomeNotWritable(
            f"CLICNJOB_HOME\u00a0: le dossier {chosen.home} ne peut pas être écrit. Donnez-en le droit à ClicNJob, "
            "libérez de la place, ou choisissez un autre dossier."
        ) from None


def close_to_others(chosen: Settings) -> int:
    """Remove the permissions of group and others from the home folder and its files; return how many had some."""
    wide = [(file, _FILE) for file in _private_files(chosen) if _is_open(file)]
    if _is_our_folder(chosen.home) and _is_open(chosen.home):
        wide.append((chosen.home, _FOLDER))
    for path, mode in wide:
        path.chmod(mode)
    return len(wide)


def _private_files(chosen: Settings) -> Iterator[Path]:
    yield secret_file(chosen)
    yield from (chosen.home / name for name in _OURS)
    url = make_url(chosen.database)
    if url.drivername.startswith("sqlite") and url.database not in (None, "", ":memory:"):
        file = Path(str(url.database))
        yield from (file.with_name(file.name + rest) for rest in _OF_SQLITE)


def _is_open(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & 0o077) and path.stat().st_uid == os.getuid()


def _is_our_folder(folder: Path) -> bool:
    """Return False for a folder that others need: the root, a user's home, one like /tmp that all may write in."""
    shared = folder.stat().st_mode & (stat.S_ISVTX | stat.S_IWOTH)
    return not shared and folder.resolve() not in (Path("/"), Path.home().resolve())
