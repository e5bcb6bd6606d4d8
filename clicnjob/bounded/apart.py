"""The one way in which a file that somebody brings is parsed: in a process apart, that time and memory bound.

A hostile file then only hurts itself. Few such processes run at once, as their memory allows; the others wait for their turn.
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

_KEPT_OF_THE_ENVIRONMENT = ("SYSTEMROOT", "TZ")  # no secret of ours reaches a process that reads a hostile file
_LONGEST_REFUSAL = 4_096
_CHANGED = threading.Condition()
_WAITING: deque[object] = deque()  # first come, first served
_USED: list[int] = []  # the memory that each process at work may take


class Crowded(Refusal):
    """So many files are being read that this one would wait too long."""

    sentence = "Beaucoup de fichiers arrivent en ce moment. Attends une minute, puis recommence."


class Unreadable(Refusal):
    """The file took more time or memory than any honest one, or made its reader fail."""

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
    """What `read`, a function at the top of a module, makes of `data` and `arguments`; at most `longest` bytes.

    A refusal of `read` is raised here with its sentence: as its own kind when `refusals` names that kind, else as a
    plain Refusal. Raises Crowded, and Unreadable when the process did not end well.
    """
    task = f"{read.__module__}:{read.__qualname__}"
    bounds = [str(number) for number in (seconds, memory, longest)]
    with _turn(memory):
        status, made = _run(
            [sys.executable, *_ALONE, program.__file__, task, *bounds, *arguments], data, longest=longest
        )
    if status == program.MADE:
        return made
    if status == program.REFUSED:
        told = json.loads(made)
        raise next((kind for kind in refusals if kind.__name__ == told["kind"]), Refusal)(told["sentence"])
    raise Unreadable


_ALONE = ("-I", "-B", "-X", "utf8")  # nothing of the environment or of the folder that the server runs in is imported


@contextmanager
def _turn(memory: int) -> Iterator[None]:
    """Wait until this much memory is free for one more process. Raises Crowded."""
    mine = object()
    with _CHANGED:
        if len(_WAITING) >= policy.READ_WAITING:
            raise Crowded
        _WAITING.append(mine)
        came = _CHANGED.wait_for(lambda: _WAITING[0] is mine and _fits(memory), timeout=policy.READ_WAITS_SECONDS)
        _WAITING.remove(mine)
        if came:
            _USED.append(memory)
        _CHANGED.notify_all()
    if not came:
        raise Crowded
    try:
        yield
    finally:
        with _CHANGED:
            _USED.remove(memory)
            _CHANGED.notify_all()


def _fits(memory: int) -> bool:
    return not _USED or sum(_USED) + memory <= policy.READ_MEMORY_AT_ONCE


def _run(command: list[str], data: bytes, *, longest: int) -> tuple[int, bytes]:
    """The exit status and the answer of a program that gets `data`; it is ended when the clock says so."""
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
        except OSError:  # it ended before it had read everything: its status says why
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
