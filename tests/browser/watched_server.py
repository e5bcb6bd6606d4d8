"""The app as it is, that tells on a signal (SIGUSR2) what it holds of files that were sent: a program of its own."""

from __future__ import annotations

import gc
import json
import signal
from pathlib import Path
from types import FrameType
from typing import Any

from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile

from clicnjob.__main__ import main
from clicnjob.config import current_settings

TOLD = "held.json"


def held() -> dict[str, Any]:
    """Bytes in the manager of uploads, in the manager of media, in widgets, and open temporary files."""
    runtime = Runtime.instance()
    uploads = runtime.uploaded_file_mgr
    assert isinstance(uploads, MemoryUploadedFileManager)
    return {
        "uploads": [len(file.data) for files in uploads.file_storage.values() for file in files.values()],
        "media": list(runtime.media_file_mgr._file_metadata),
        "widgets": [n for each in gc.get_objects() if isinstance(each, UploadedFile) and (n := len(each.getvalue()))],
        "open": [link for link in map(_target, Path("/proc/self/fd").glob("*")) if link.startswith("/tmp")],
    }


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _tell(_signal: int, _frame: FrameType | None) -> None:
    home = current_settings().home
    draft = home / f"{TOLD}.new"
    told = held()
    told["open"] = [path for path in told["open"] if not path.startswith(str(home))]
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.replace(home / TOLD)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR2, _tell)
    main()
