"""Processes that are forked, write, and are killed: nothing is imported again, so that hundreds of kills take a minute."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from clicnjob import works
from tests.faults.acts import Clock, Writer
from tests.faults.installations import Installation, forget_connections


def fork_process(act: Callable[[], object]) -> int:
    """Run `act` in a process of its own; return its number. An exception ends it with status 1 and its traceback."""
    forget_connections()
    sys.stdout.flush()
    if child := os.fork():
        return child
    status = 0
    try:
        act()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def kill_process(child: int) -> bool:
    """kill -9, and wait until it is gone; return whether it was still at work."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    return False


def end_of_process(child: int, *, within: float = 120.0) -> int:
    """Wait for its end; return its status, negative for a signal. Raises TimeoutError."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)  # it says nothing when it ends
    raise TimeoutError(f"process {child} did not end")


def start_writer(made: Installation, **chosen: float | Clock) -> int:
    """A process that writes acts until it is killed; with `now`, by that clock."""

    def write() -> None:
        if "now" in chosen:
            works.utc_now = chosen["now"]  # type: ignore[attr-defined] - the only act here that reads the clock itself
        Writer(made.ledger, **chosen).write_forever()  # type: ignore[arg-type]

    return fork_process(write)


@contextmanager
def writers_running(made: Installation, count: int = 2, **chosen: float | Clock) -> Iterator[tuple[int, ...]]:
    """Writers at work during the block, each of which has acknowledged something; killed after it."""
    began = time.monotonic()
    started = tuple(start_writer(made, **chosen) for _ in range(count))
    try:
        made.ledger.wait_for_act(since=began, writers=frozenset(started))
        yield started
    finally:
        for child in started:
            kill_process(child)


def writing_again(made: Installation, writers: tuple[int, ...], *, since: float) -> float:
    """Return the seconds from an instant until each of these writers has acknowledged an act again."""
    made.ledger.wait_for_act(since=since, writers=frozenset(writers), within=120)
    first = {one.writer: one.at for one in reversed(made.ledger.read_acts(since=since))}
    return max(first[child] for child in writers) - since
