"""Parses files that people bring in a separate process, limited in time and memory, so that a hostile one harms nobody.

Only as many such processes run at once as `policy.READ_MEMORY_AT_ONCE` allows; the others wait in order of arrival.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from clicnjob import policy
from clicnjob.bounded import program
from clicnjob.errors import Refusal

_KEPT_OF_THE_ENVIRONMENT = ("SYSTEMROOT", "TZ")  # the process must not receive our secrets
_LONGEST_REFUSAL = 4_096
_CHANGED = threading.Condition()
_WAITING: deque[object] = deque()  # in order of arrival
_USED: list[int] = []  # the memory limit of each running process, in bytes


class TooManyReaders(Refusal):
    """Too many files are being read, this one would wait too long."""

    sentence = "Beaucoup de fichiers arrivent en ce moment. Attends une minute, puis recommence."


class UnreadableFile(Refusal):
    """Reading the file exceeded the time or memory limit, or the reader crashed."""

    sentence = "Ce fichier est abîmé ou trop compliqué à lire. Il faut en choisir un autre."


def read_apart(
    read: Callable[..., bytes],
    data: bytes,
    *arguments: str,
    longest: int,
    refusals: tuple[type[Refusal], ...] = (),
    seconds: int = policy.READ_SECONDS,
    memory: int = policy.READ_MEMORY_BYTES,
) -> bytes:
    """Run `read(data, *arguments)`, a module-level function, in a process of its own; return at most `longest` bytes.

    A refusal of `read` is raised here with its sentence, as its own class when `refusals` contains that class, else as
    a plain Refusal. Raises TooManyReaders when too many files wait, UnreadableFile when the process fails.
    """
    task = f"{read.__module__}:{read.__qualname__}"
    bounds = [str(number) for number in (seconds, memory, longest)]
    with _memory_turn(memory):
        status, made = _run_program(
            [sys.executable, *_ALONE, program.__file__, task, *bounds, *arguments], data, longest=longest
        )
    if status == program.MADE:
        return made
    if status == program.REFUSED:
        told = json.loads(made)
        raise next((kind for kind in refusals if kind.__name__ == told["kind"]), Refusal)(told["sentence"])
    raise UnreadableFile


_ALONE = ("-I", "-B", "-X", "utf8")  # isolated mode: neither the environment nor the current folder affects imports


@contextmanager
def _memory_turn(memory: int) -> Iterator[None]:
    """Reserve this much memory, in bytes, waiting for it in turn. Raises TooManyReaders when that would take too long."""
    mine = object()
    with _CHANGED:
        if len(_WAITING) >= policy.READ_WAITING:
            raise TooManyReaders
        _WAITING.append(mine)
        came = _CHANGED.wait_for(
            lambda: _WAITING[0] is mine and _memory_is_free(memory), timeout=policy.READ_WAITS_SECONDS
        )
        _WAITING.remove(mine)
        if came:
            _USED.append(memory)
        _CHANGED.notify_all()
    if not came:
        raise TooManyReaders
    try:
        yield
    finally:
        with _CHANGED:
            _USED.remove(memory)
            _CHANGED.notify_all()


def _memory_is_free(memory: int) -> bool:
    return not _USED or sum(_USED) + memory <= policy.READ_MEMORY_AT_ONCE


def _run_program(command: list[str], data: bytes, *, longest: int) -> tuple[int, bytes]:
    """Run a program with `data` as input, killing it after `policy.READ_CLOCK_SECONDS`; return (status, output)."""
    kept = {name: os.environ[name] for name in _KEPT_OF_THE_ENVIRONMENT if name in os.environ}
    child = subprocess.Popen(  # noqa: S603 - our own program and numbers; the file comes by standard input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept, cwd=Path("/")
    )
    assert child.stdin is not None and child.stdout is not None
    clock = threading.Timer(policy.READ_CLOCK_SECONDS, child.kill)
    clock.start()
    try:
        try:
            child.stdin.write(data)
            child.stdin.close()
        except OSError:  # it exited before reading everything; its status says why
            child.stdin = None
        most = max(longest, _LONGEST_REFUSAL)
        made = child.stdout.read(most + 1)
        if len(made) > most:
            child.kill()
        return child.wait(), made
    finally:
        clock.cancel()
        child.kill()
        child.stdout.close()
        child.wait()
