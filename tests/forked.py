"""The command line, or a program of a test, in a process of its own, without importing everything each time.

A parent of one thread, started once, imports the application and forks for each of them: forking the process of the tests
itself, which has many threads, can leave a child waiting for ever for a lock that no thread of its own holds.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


def run_command(*words: str, folder: Path, settings: dict[str, str]) -> Ended:
    """Run `python -m clicnjob` with these words in `folder`, with these settings and no others."""
    return _run("", words, folder, settings)


def run_program(program: str, *words: str, folder: Path, settings: dict[str, str]) -> Ended:
    """Run this Python text, which finds the words in `sys.argv`, in the same way. What it left to `atexit` is not called."""
    return _run(program, words, folder, settings)


def _run(program: str, words: tuple[str, ...], folder: Path, settings: dict[str, str]) -> Ended:
    parent = _parent()
    assert parent.stdin is not None and parent.stdout is not None
    told = [folder / ".sortie", folder / ".erreurs"]
    parent.stdin.write(json.dumps([program, words, str(folder), settings, [str(file) for file in told]]) + "\n")
    parent.stdin.flush()
    status = int(parent.stdout.readline())
    out, err = (file.read_text(encoding="utf-8", errors="replace") for file in told)
    return Ended(status, out, err)


@cache
def _parent() -> subprocess.Popen[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CLICNJOB_")}
    own["OPENBLAS_NUM_THREADS"] = "1"  # numpy's library starts threads otherwise
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.forked"], cwd=_ROOT, env=own, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    atexit.register(parent.kill)
    return parent


def _serve(asked: IO[str], answers: IO[str]) -> None:
    from clicnjob import __main__, config, db, server  # noqa: F401 - imported once, for all commands

    for line in asked:
        program, words, folder, settings, told = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_status(program, words, folder, settings, told))
        _child, ended = os.waitpid(child, 0)
        answers.write(f"{os.waitstatus_to_exitcode(ended)}\n")
        answers.flush()


def _status(program: str, words: list[str], folder: str, settings: dict[str, str], told: list[str]) -> int:
    from clicnjob import __main__, config, db

    os.environ.update(settings)
    os.chdir(folder)
    for descriptor, file in enumerate(told, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    sys.stdout, sys.stderr = (open(descriptor, "w", encoding="utf-8", closefd=False) for descriptor in (1, 2))  # noqa: PTH123,SIM115
    logging.root.handlers.clear()
    __main__.out.file = sys.stdout
    config.current_settings.cache_clear()
    db.shared_engine.cache_clear()
    sys.argv = ["clicnjob", *words]
    try:
        if program:
            exec(compile(program, "<program of a test>", "exec"), {"__name__": "__main__"})
        else:
            __main__.main()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status


if __name__ == "__main__":
    _serve(sys.stdin, os.fdopen(os.dup(1), "w", encoding="utf-8"))
