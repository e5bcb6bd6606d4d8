"""Limits how many page scripts run at once; the others wait in order of arrival.

Streamlit starts a thread for each rerun. With many at once, the interpreter switches between pages every five
milliseconds and everybody waits for everybody. A few at once give the same throughput and finish the first ones first.
A slow page does not block the others: a script that has waited long enough starts anyway.
"""

from __future__ import annotations

import contextvars
import sys
import threading
from queue import SimpleQueue
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import SCRIPT_RUN_CONTEXT_ATTR_NAME

from clicnjob.web.streamlit_patches.patch import Patch

AT_ONCE = 2  # one runs while another waits for the disk
_PATIENCE = 0.25  # seconds after which a waiting script starts beside the slow ones
_MOST_THREADS = 128
_ENDED = threading.Thread(name="ended")


class Hands:
    """A pool of threads, each running one page script after the other."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Any] = SimpleQueue()
        self._turn = threading.Semaphore(AT_ONCE)
        self._count = threading.Lock()
        self._idle = self._threads = 0

    def take_runner(self, runner: Any) -> None:
        """Queue a runner; never blocks."""
        with self._count:
            if self._idle > 0 or self._threads >= _MOST_THREADS:
                self._idle -= 1
            else:
                self._threads += 1
                threading.Thread(target=self._work_on, name="ScriptRunner.scriptThread", daemon=True).start()
        self._waiting.put(runner)

    def _work_on(self) -> None:
        while True:
            runner = self._waiting.get()
            mine = self._turn.acquire(timeout=_PATIENCE)
            try:
                _run_script(runner)
            finally:
                if mine:
                    self._turn.release()
                del runner
                with self._count:
                    self._idle += 1


def _run_script(runner: Any) -> None:
    """Run as in a new thread: nothing is left over from the run before."""
    thread = threading.current_thread()
    runner._script_thread = thread
    try:
        contextvars.Context().run(runner._run_script_thread)
    except Exception:  # an exception would end Streamlit's own thread, with the same report
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), thread)))
    finally:
        runner._script_thread = _ENDED
        vars(thread).pop(SCRIPT_RUN_CONTEXT_ATTR_NAME, None)


def _install() -> None:
    hands, alone = Hands(), ScriptRunner.start

    def start(self: ScriptRunner) -> None:
        if type(self) is not ScriptRunner:  # Streamlit's AppTest waits for the end of its own thread
            alone(self)
            return
        if self._script_thread is not None:
            raise RuntimeError("ScriptRunner was already started")
        self._script_thread = _ENDED  # until a thread of the pool runs it
        hands.take_runner(self)

    ScriptRunner.start = start  # type: ignore[method-assign]


_RUNNER_SOURCE = "streamlit.runtime.scriptrunner.script_runner.ScriptRunner"
PATCH = Patch(
    name="run_turns",
    why="Streamlit starts a thread for each rerun, and with many at once everybody waits for everybody.",
    level="all",
    install=_install,
    replaces={f"{_RUNNER_SOURCE}.start": "7b1b817f6cdad664"},
    reads={
        f"{_RUNNER_SOURCE}.__init__": "45c8c754b2dc1d97",
        f"{_RUNNER_SOURCE}._run_script_thread": "4bf3d78818ffdd59",
        "streamlit.runtime.scriptrunner_utils.script_run_context_attr": "76d1a5510d512869",
    },
)
