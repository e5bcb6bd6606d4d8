"""Starts the app for the tests without importing it each time: a parent that has imported everything forks for each server.

Importing and warming costs six seconds of processor, and the tests start the app about twenty times. As in tests/forked.py,
the parent is a program of its own with one thread, since forking the process of the tests could copy a lock that is held.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clicnjob.paths import ROOT


@dataclass
class ForkedServer:
    """A server's process, with the part of `subprocess.Popen` that tests use."""

    pid: int
    _status: int | None = None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        if self._status is None:
            self._status = _asked(ended=self.pid)
        return self._status

    def kill(self) -> None:
        """kill -9. The parent reaps a process only when asked here, so its number cannot be another's meanwhile."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for the end."""
        while (status := self.poll()) is None:
            time.sleep(0.01)  # the parent is asked, and a process that is killed ends at once
        return status


def start_forked(env: dict[str, str], log: Path) -> ForkedServer:
    """Start `python -m clicnjob run` with these variables and no others; what it prints goes to `log`."""
    return ForkedServer(_asked(env=env, log=str(log)))


_ONE_AT_A_TIME = threading.Lock()


def _asked(**question: Any) -> Any:
    parent = _parent()
    assert parent.stdin is not None and parent.stdout is not None
    with _ONE_AT_A_TIME:
        parent.stdin.write(json.dumps(question) + "\n")
        parent.stdin.flush()
        return json.loads(parent.stdout.readline())


@cache
def _parent() -> subprocess.Popen[str]:
    home = tempfile.TemporaryDirectory(prefix="clicnjob-parent-")  # it is the home of no server
    atexit.register(home.cleanup)
    own = {name: value for name, value in os.environ.items() if not name.startswith("CLICNJOB_")}
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.forked_server"], cwd=ROOT, text=True,
        env={**own, "CLICNJOB_HOME": home.name, "OPENBLAS_NUM_THREADS": "1"},  # numpy's library starts threads otherwise
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    atexit.register(parent.kill)
    return parent


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever the app prints while it is imported is no answer
    _import_everything()
    for line in sys.stdin:
        question = json.loads(line)
        answers.write(json.dumps(_answer(question)) + "\n")
        answers.flush()


def _answer(question: dict[str, Any]) -> int | None:
    if "ended" in question:
        pid, status = os.waitpid(question["ended"], os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None
    child = os.fork()
    if child == 0:
        _become_server(question["env"], question["log"])
    return child


def _import_everything() -> None:
    """What a server imports and loads when it starts; what depends on the settings is forgotten again."""
    from streamlit import env_util

    from clicnjob import __main__, config, db, server  # noqa: F401 - imported once, for all servers
    from clicnjob.accounts import sealing
    from clicnjob.web import life

    life.warm_imports()
    env_util.is_repl()  # Streamlit asks at the first page of a server, which looks for the file of every module
    for remembered in (config.current_settings, db.shared_engine, sealing.decoy_seal):
        remembered.cache_clear()
    threads = len(list(Path("/proc/self/task").iterdir())) if Path("/proc/self/task").exists() else 1
    assert threads == 1, f"{threads} threads: a child could wait for ever for a lock that one of them holds"


def _become_server(env: dict[str, str], log: str) -> None:
    status = 1
    try:
        os.environ.clear()
        os.environ.update(env)
        written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for descriptor, file in ((0, nothing), (1, written), (2, written)):
            os.dup2(file, descriptor)
        sys.argv = ["clicnjob", "run"]
        runpy.run_module("clicnjob", run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
