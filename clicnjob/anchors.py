"""Anchors of the audit log, in a file outside the database: what its last line was, each time that one was written.

The log's own seals see a line changed, removed or put in. They do not see a log emptied with its seals, nor a database put
back as it was earlier: the anchors do. Whoever can write the folder and read the secret could forge both, so the file is
to be copied elsewhere every day (docs/deploy.md).
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
except ImportError:  # Windows: one process only
    fcntl = None  # type: ignore[assignment]

FILE_NAME = "journal-reperes.jsonl"
_TAIL = 4_096  # bytes: a dozen lines
_CHANGING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The log ended with line `line_id`, written `at` and sealed `chain`."""

    at: datetime
    line_id: int
    chain: str

    def written(self, before: str = "") -> str:
        """Its line, sealed with the installation's secret and with the seal of the line before ('' for one that stands alone)."""
        said = {"at": self.at.astimezone(UTC).isoformat(), "line": self.line_id, "chain": self.chain}
        return json.dumps(said | {"seal": _seal(self, before)}) + "\n"


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """What a file of anchors holds: the anchors in their order, and the number of the first line that is not ours (0: none)."""

    anchors: tuple[Anchor, ...]
    first_false: int


def anchor_file() -> Path:
    """The file that no backup of the database contains and that no restore may replace."""
    return config.settings().home / FILE_NAME


def append_anchor(anchor: Anchor, *, begin: bool = False) -> None:
    """Add one line to the file; only `begin` makes one where there is none, or a file taken away would come back in silence.

    Raises FileNotFoundError (for an emptied file as well), OSError.
    """
    with _alone():
        known = _tail()
        if not known and not begin:
            raise FileNotFoundError(anchor_file())
        cut_short = "\n" if known and not known.endswith("\n") else ""
        before = next((told["seal"] for told in map(_parsed, reversed(known.splitlines())) if told), "")
        opened = os.open(anchor_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(opened, (cut_short + anchor.written(before)).encode("ascii"))
        finally:
            os.close(opened)


def read_anchors(file: Path | None = None) -> AnchorFile:
    """What a file holds; the home folder's own without one. Raises FileNotFoundError.

    A line that a crash cut short is passed over: it is no whole JSON. A whole one with another seal is false, as is one
    whose predecessor was taken away.
    """
    found, first_false, before = [], 0, ""
    content = (file or anchor_file()).read_text(encoding="ascii", errors="replace")
    for number, told in enumerate(map(_parsed, content.splitlines()), 1):
        if told is None:
            continue
        anchor = Anchor(datetime.fromisoformat(told["at"]), int(told["line"]), told["chain"])
        if told["seal"] in (_seal(anchor, before), _seal(anchor, "")):
            found.append(anchor)
        else:
            first_false = first_false or number
        before = told["seal"]
    return AnchorFile(tuple(found), first_false)


def thin_out(*, before: datetime, today: datetime) -> None:
    """Keep one anchor a day, the last, of the days gone by, and none written before an instant but the very last of all."""
    with _alone():
        kept = read_anchors()
        if kept.first_false:
            return  # evidence stays as it is
        draft = anchor_file().with_suffix(".part")
        lines, seal = [], ""
        for anchor in _last_of_days(kept.anchors, before, today):
            lines.append(anchor.written(seal))
            seal = _seal(anchor, seal)
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


def _tail() -> str:
    """The last lines of the file; '' when there is none."""
    if not anchor_file().exists():
        return ""
    with anchor_file().open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        return file.read().decode("ascii", "replace")


def _parsed(line: str) -> dict[str, str] | None:
    """None for what a crash cut short."""
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
def _alone() -> Iterator[None]:
    """Each line is sealed with the one before: two processes of one folder must not write at once."""
    with _CHANGING:
        folder = os.open(anchor_file().parent, os.O_RDONLY) if fcntl is not None else -1
        try:
            if fcntl is not None:
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            if fcntl is not None:
                os.close(folder)


def _seal(anchor: Anchor, before: str) -> str:
    said = f"anchor:{before}:{anchor.at.astimezone(UTC).isoformat()}:{anchor.line_id}:{anchor.chain}"
    return hmac.new(config.pepper(), said.encode(), hashlib.sha256).hexdigest()
