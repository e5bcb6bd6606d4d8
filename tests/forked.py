"""The command line in a process of its own, without importing everything again: a fork of the tests' own process."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from clicnjob import __main__, config, db


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


def run_command(*words: str, folder: Path, settings: dict[str, str]) -> Ended:
    """Run `python -m clicnjob` with these words in `folder`, with these settings and no others."""
    told = [folder / ".sortie", folder / ".erreurs"]
    child = os.fork()
    if child == 0:
        os._exit(_status(words, folder, settings, told))
    _child, ended = os.waitpid(child, 0)
    out, err = (file.read_text(encoding="utf-8", errors="replace") for file in told)
    return Ended(os.waitstatus_to_exitcode(ended), out, err)


def _status(words: tuple[str, ...], folder: Path, settings: dict[str, str], told: list[Path]) -> int:
    for name in [name for name in os.environ if name.startswith("CLICNJOB_")]:
        del os.environ[name]
    os.environ.update(settings)
    os.chdir(folder)
    for descriptor, file in enumerate(told, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    sys.stdout, sys.stderr = (open(descriptor, "w", encoding="utf-8", closefd=False) for descriptor in (1, 2))  # noqa: PTH123,SIM115
    logging.root.handlers.clear()  # pytest's own, which would keep what is said to the error stream
    __main__.out.file = sys.stdout
    config.settings.cache_clear()
    db.engine.cache_clear()
    sys.argv = ["clicnjob", *words]
    try:
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
