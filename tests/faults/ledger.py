"""What was acknowledged: a line for each act, in a file outside the database, written after the commit and forced to the disk."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An act that somebody was told is saved. `mark` is what the database must hold exactly once; `at` is a monotonic instant."""

    act: str
    mark: str
    person_id: str
    writer: int
    at: float


class Ledger:
    """The file. Several processes append to it, each line by one write."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._refusals = file.with_suffix(".refused")
        self._descriptor = -1
        file.touch()

    def append_act(self, act: str, *, mark: str, person_id: str) -> None:
        """Write that this act was acknowledged now; it is on the disk when this returns."""
        if self._descriptor < 0:
            self._descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND)
        said = asdict(Acknowledged(act, mark, person_id, os.getpid(), time.monotonic()))
        os.write(self._descriptor, (json.dumps(said) + "\n").encode())
        os.fsync(self._descriptor)

    def note_refusal(self, reason: str) -> None:
        """Note, in a file beside it, that the database refused an act: a fault that nobody feels proves nothing."""
        with self._refusals.open("a", encoding="utf-8") as file:
            file.write(f"{reason}\n")

    def count_refusals(self) -> Counter[str]:
        """How often the database refused an act, by its reason."""
        return Counter(self._refusals.read_text(encoding="utf-8").split()) if self._refusals.exists() else Counter()

    def read_acts(self, *, since: float = 0.0) -> tuple[Acknowledged, ...]:
        """Return the acts acknowledged since then, in order. A line that a kill cut short was never finished: it is left out."""
        return tuple(one for one in self._lines() if one.at >= since)

    def wait_for_act(self, *, since: float, writers: frozenset[int] = frozenset(), within: float = 60.0) -> float:
        """Wait until each of these writers, or anybody, has acknowledged an act since then; return the seconds it took."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            found = self.read_acts(since=since)
            if found and writers <= {one.writer for one in found}:
                return found[0].at - since
            time.sleep(0.003)  # other processes write, and have no other way to say so
        raise TimeoutError("nothing was acknowledged in time")

    def _lines(self) -> Iterator[Acknowledged]:
        for line in self.file.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                yield Acknowledged(**json.loads(line))
            except (ValueError, TypeError):
                continue
