"""Starts programs, starts again one that ends, replaces them one after the other, and stops them all."""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

_LOG = logging.getLogger(__name__)
_LOOKED_EVERY = 0.2  # seconds
_SOON = 30.0  # an end within this time of the start makes the next start wait
_WAITS_AT_MOST = 30.0
_STOPS_WITHIN = 20.0
_STARTS_WITHIN = 120.0
_PARENT_GONE = 1  # PR_SET_PDEATHSIG, prctl(2)
REFUSED = 2  # the status of a program that has said what is wrong with its settings


@dataclass
class WatchedProgram:
    """A program that is to run all the time. `is_ready` asks whether it can be used."""

    name: str
    command: list[str]
    env: dict[str, str]
    is_ready: Callable[[], bool] | None = None
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    started_at: float = 0.0
    next_start: float = 0.0
    ends_soon: int = field(default=0)

    def start_program(self) -> None:
        """Start it. Linux stops it when this process dies, however that happens; SIGHUP is for this process alone."""
        self.process = subprocess.Popen(self.command, env=self.env, preexec_fn=_follow_parent)  # noqa: S603
        self.starts, self.started_at = self.starts + 1, time.monotonic()

    def stop_program(self) -> None:
        """Ask it to end, and kill it if it does not."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            self.process.terminate()
        try:
            self.process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def note_end(self) -> None:
        """Plan its next start: at once, or later each time when it ends soon after each start."""
        now = time.monotonic()
        self.ends_soon = self.ends_soon + 1 if now - self.started_at < _SOON else 0
        self.process = None
        self.next_start = now + min(2.0 ** (self.ends_soon - 1), _WAITS_AT_MOST) if self.ends_soon > 1 else now


class Watch:
    """Runs servers and the proxy before them until SIGTERM; SIGHUP replaces the servers one after the other."""

    def __init__(self, servers: list[WatchedProgram], before: WatchedProgram, *, drained_after: float) -> None:
        self.servers, self.before, self.drained_after = servers, before, drained_after
        self._stopping = self._replacing = False

    def run_until_stopped(self) -> int:
        """Return the exit status: 2 when a program refused its settings at its first start."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_stop)
        signal.signal(signal.SIGHUP, self._ask_replacement)
        status = 0
        try:
            for each in self._programs:
                each.start_program()
            while not self._stopping and not status:
                status = self._look_after()
                if self._replacing:
                    self._replacing = False
                    self._replace_each()
                time.sleep(_LOOKED_EVERY)
        finally:
            self._stop_everything()
        return status

    @property
    def _programs(self) -> list[WatchedProgram]:
        return [*self.servers, self.before]

    def _ask_stop(self, _number: int, _frame: Any) -> None:
        self._stopping = True

    def _ask_replacement(self, _number: int, _frame: Any) -> None:
        self._replacing = True

    def _look_after(self) -> int:
        for each in self._programs:
            if each.process is None:
                if time.monotonic() >= each.next_start:
                    each.start_program()
            elif (ended := each.process.poll()) is not None:
                if ended == REFUSED and each.starts == 1:
                    return REFUSED
                _LOG.error("a process ended", extra={"fields": {"program": each.name, "status": ended}})
                each.note_end()
        return 0

    def _replace_each(self) -> None:
        """Take each server out of use, then start it anew; go on to the next only when it can be used.

        Meanwhile whatever else ends is started again: the proxy above all.
        """
        for each in self.servers:
            if each.process is not None:
                with suppress(ProcessLookupError):
                    each.process.send_signal(signal.SIGUSR1)
                self._wait_until(self.drained_after, lambda: False)
                each.stop_program()
            if self._stopping:
                return
            each.start_program()
            if not self._wait_until(_STARTS_WITHIN, each.is_ready or (lambda: True)):
                _LOG.error("the replacement stopped", extra={"fields": {"program": each.name}})
                return
        _LOG.info("every process was replaced")

    def _wait_until(self, seconds: float, until: Callable[[], bool]) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self._stopping:
            if until():
                return True
            self._look_after()
            time.sleep(_LOOKED_EVERY)
        return False

    def _stop_everything(self) -> None:
        for each in self.servers:  # all at once, then each is waited for
            if each.process is not None:
                with suppress(ProcessLookupError):
                    each.process.terminate()
        for each in self._programs:
            each.stop_program()


def _follow_parent() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # sent to a whole group, it would end every server at once
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_GONE, signal.SIGTERM)
