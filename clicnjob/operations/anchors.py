"""Anchors of the audit log: a file outside the database that records the log's last line each time one is written.

The log's own seals detect a line changed, removed or inserted. They do not detect a log emptied together with its seals,
or a database replaced by an older copy; the anchors do. Whoever can write the folder and read the secret could forge
both, so the file must be copied elsewhere every day (docs/deploy.md).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clicnjob import config

try:
    import fcntl
except ImportError:  # Windows has no fcntl: only one process may run there
    fcntl = None  # type: ignore[assignment]

FILE_NAME = "journal-reperes.jsonl"
_TAIL = 4_096  # bytes, about a dozen lines
_CHANGING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the log at one instant: the id of its last line and that line's `chain`."""

    at: datetime
    line_id: int
    chain: str

    def sealed_line(self, before: str = "") -> str:
        """Return the anchor as a JSON line, sealed with the installation's secret.

        `before` is the seal of the line before, '' for an anchor that stands alone.
        """
        said = {"at": self.at.astimezone(UTC).isoformat(), "line": self.line_id, "chain": self.chain}
        return json.dumps(said | {"seal": _anchor_seal(self, before)}) + "\n"


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """The content of an anchor file: its anchors in order, and the number of the first line with a wrong seal (0: none)."""

    anchors: tuple[Anchor, ...]
    first_false: int


def anchor_file() -> Path:
    """Return the path of the anchor file. No backup contains it and no restore replaces it."""
    return config.current_settings().home / FILE_NAME


def append_anchor(anchor: Anchor, *, begin: bool = False) -> None:
    """Append a line to the file. Only `begin` creates the file, so that a deleted one is noticed.

    Raises FileNotFoundError when the file is missing or empty, OSError when it cannot be written.
    """
    with _hold_alone():
        known = _last_lines()
        if not known and not begin:
            raise FileNotFoundError(anchor_file())
        cut_short = "\n" if known and not known.endswith("\n") else ""
        before = next((told["seal"] for told in map(_parsed_anchor, reversed(known.splitlines())) if told), "")
        opened = os.open(anchor_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(opened, (cut_short + anchor.sealed_line(before)).encode("ascii"))
        finally:
            os.close(opened)


def read_anchors(file: Path | None = None) -> AnchorFile:
    """Read an anchor file, by default that of the home folder. Raises FileNotFoundError when there is none.

    A line truncated by a crash is not valid JSON and is skipped. A complete line is false when its seal is wrong, which is
    also so when the line before was removed.
    """
    found, first_false, before = [], 0, ""
    content = (file or anchor_file()).read_text(encoding="ascii", errors="replace")
    for number, told in enumerate(map(_parsed_anchor, content.splitlines()), 1):
        if told is None:
            continue
        anchor = Anchor(datetime.fromisoformat(told["at"]), int(told["line"]), told["chain"])
        if told["seal"] in (_anchor_seal(anchor, before), _anchor_seal(anchor, "")):
            found.append(anchor)
        else:
            first_false = first_false or number
        before = told["seal"]
    return AnchorFile(tuple(found), first_false)


def thin_out(*, before: datetime, today: datetime) -> None:
    """Keep only the last anchor of each past day, and none older than `before` except the last of all."""
    with _hold_alone():
        kept = read_anchors()
        if kept.first_false:
            return  # a file that was tampered with must stay as it is, to be examined
        draft = anchor_file().with_suffix(".part")
        lines, seal = [], ""
        for anchor in _last_of_days(kept.anchors, before, today):
            lines.append(anchor.sealed_line(seal))
            seal = _anchor_seal(anchor, seal)
        draft.write_text("".join(lines), encoding="ascii")
        draft.replace(anchor_file())


def _last_of_days(anchors: Iterable[Anchor], before: datetime, today: datetime) -> list[Anchor]:
    every = list(anchors)
    kept = []
    for anchor, following in zip(every, [*every[1:], None], strict=True):
        last_of_day = following is None or following.at.date() != anchor.at.date()
        if following is None or (anchor.at >= before and (last_of_day or anchor.at.date() == today.date())):
            kept.append(anchor)
    return kept


def _last_lines() -> str:
    """Return the last lines of the file, '' when it does not exist."""
    if not anchor_file().exists():
        return ""
    with anchor_file().open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        return file.read().decode("ascii", "replace")


def _parsed_anchor(line: str) -> dict[str, str] | None:
    """Parse a line; None for one that a crash truncated."""
    try:
        told = json.loads(line)
        datetime.fromisoformat(told["at"])
        return {
            "at": told["at"],
            "line": str(int(told["line"])),
            "chain": str(told["chain"]),
            "seal": str(told["seal"]),
        }
    except (ValueError, KeyError, TypeError):
        return None


@contextmanager
def _hold_alone() -> Iterator[None]:
    """Lock the file for this thread and process: each seal covers the line before, so writers must not interleave."""
    with _CHANGING:
        folder = os.open(anchor_file().parent, os.O_RDONLY) if fcntl is not None else -1
        try:
            if fcntl is not None:
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            if fcntl is not None:
                os.close(folder)


def _anchor_seal(anchor: Anchor, before: str) -> str:
    said = f"anchor:{before}:{anchor.at.astimezone(UTC).isoformat()}:{anchor.line_id}:{anchor.chain}"
    return hmac.new(config.secret_pepper(), said.encode(), hashlib.sha256).hexdigest()
