"""One folder of compressed public files for every server that the tests start."""

from __future__ import annotations

from pathlib import Path

from clicnjob.paths import ROOT

_COMPRESSED = ROOT / ".pytest_cache" / "static"


def share_compressed_files(home: Path) -> None:
    """All servers compress the same public files, which takes seconds: named by content, they can be kept for all."""
    own = home / "static"
    if not own.exists():
        _COMPRESSED.mkdir(parents=True, exist_ok=True)
        own.symlink_to(_COMPRESSED, target_is_directory=True)
