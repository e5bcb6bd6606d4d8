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
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clicnjob import config

FILE_NAME = "journal-reperes.jsonl"
_CHANGING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The log ended with line `line_id`, written `at` and sealed `chain`."""

    at: datetime
    line_id: int
    chain: str

    @property
    def line(self) -> str:
        """As it stands in the file, sealed with the installation's secret."""
        said = {"at": self.at.astimezone(UTC).isoformat(), "line": self.line_id, "chain": self.chain}
        return json.dumps(said | {"seal": _seal(self)}) + "\n"


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

    Raises FileNotFoundError, OSError.
    """
    with _CHANGING:
        opened = os.open(anchor_file(), os.O_RDWR | os.O_APPEND | (os.O_CREAT if begin else 0), 0o600)
        try:
            os.write(opened, (_end_of_line_cut_short(opened) + anchor.line).encode("ascii"))
        finally:
            os.close(opened)


def read_anchors(file: Path | None = None) -> AnchorFile:
    """What a file holds; the home folder's own without one. Raises FileNotFoundError.

    A line that a crash cut short is passed over: it is no whole JSON. A whole one with another seal is false.
    """
    found, first_false = [], 0
    for number, line in enumerate(
        (file or anchor_file()).read_text(encoding="ascii", errors="replace").splitlines(), 1
    ):
        try:
            told = json.loads(line)
            anchor = Anchor(datetime.fromisoformat(told["at"]), int(told["line"]), str(told["chain"]))
            true = hmac.compare_digest(str(told["seal"]).encode(), _seal(anchor).encode())
        except (ValueError, KeyError, TypeError):
            continue
        if true:
            found.append(anchor)
        first_false = first_false or (0 if true else number)
    return AnchorFile(tuple(found), first_false)


def thin_out(*, before: datetime, today: datetime) -> None:
    """Keep one anchor a day, the last, of the days gone by, and none written before an instant but the very last of all."""
    with _CHANGING:
        kept = read_anchors()
        if kept.first_false:
            return  # evidence stays as it is
        draft = anchor_file().with_suffix(".part")
        draft.write_text(
            "".join(anchor.line for anchor in _last_of_days(kept.anchors, before, today)), encoding="ascii"
        )
        draft.replace(anchor_file())


def _last_of_days(anchors: Iterable[Anchor], before: datetime, today: datetime) -> list[Anchor]:
    every = list(anchors)
    kept = []
    for anchor, following in zip(every, [*every[1:], None], strict=True):
        last_of_day = following is None or following.at.date() != anchor.at.date()
        if following is None or (anchor.at >= before and (last_of_day or anchor.at.date() == today.date())):
            kept.append(anchor)
    return kept


def _end_of_line_cut_short(opened: int) -> str:
    size = os.fstat(opened).st_size
    return "\n" if size and os.pread(opened, 1, size - 1) != b"\n" else ""


def _seal(anchor: Anchor) -> str:
    said = f"anchor:{anchor.at.astimezone(UTC).isoformat()}:{anchor.line_id}:{anchor.chain}"
    return hmac.new(config.pepper(), said.encode(), hashlib.sha256).hexdigest()
