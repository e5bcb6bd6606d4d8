"""The app as a process of its own on a free port, in a folder of its own: it can be killed and started again."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

from clicnjob.paths import ROOT
from tests.browser.forked_server import ForkedServer, start_forked
from tests.static_files import share_compressed_files

_STARTS_WITHIN = 150  # seconds, on a machine that does much else
_SHELL = "chromium-headless-shell"  # the same Chromium without windows: a third less work
_INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ARGUMENTS = (
    "--disable-gpu",
    "--renderer-process-limit=1",  # a new process for each page takes longer than most pages
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--use-fake-ui-for-media-stream",
)


def chromium(playwright: Playwright) -> str:
    """Where a Chromium is: the system's, an installed Chrome, or playwright's own; '' when there is none."""
    places = [shutil.which(name) for name in _INSTALLED]
    places += ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", playwright.chromium.executable_path]
    return next((place for place in places if place and Path(place).exists()), "")


def launched(playwright: Playwright, place: str, *, env: dict[str, str | float | bool] | None = None) -> Browser:
    """That Chromium, or its headless shell where it is installed beside it; root may not use its sandbox.

    `env` replaces the variables of this process.
    """
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=shutil.which(_SHELL) or place, args=[*_ARGUMENTS, *root], env=env)


def kept(playwright: Playwright, place: str, folder: Path, *more: str) -> BrowserContext:
    """That Chromium with a profile of its own on the disk and the back/forward cache that people have, as on a shared computer.

    It can be closed and opened again; `more` are further switches.
    """
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch_persistent_context(
        folder,
        executable_path=place,
        args=[*_ARGUMENTS, *root, *more],
        ignore_default_args=["--disable-back-forward-cache"],
        locale="fr-FR",
        viewport={"width": 1280, "height": 900},
    )


@dataclass
class Served:
    """One server, its people's keys, and its process."""

    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="clicnjob-browser-")))
    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen[bytes] | ForkedServer | None = None
    module: str = "clicnjob"
    forked: bool = True  # False where the test measures the program's own memory
    settings: dict[str, str] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    _cards: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of the app."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of its database: tests move times there, since nobody waits four hours."""
        return f"sqlite:///{self.home / 'clicnjob.sqlite3'}"

    def fill(self) -> None:
        """Put people in the empty database: `keys` are their cards and PINs by name."""
        template, told = _filled()
        shutil.copytree(template, self.home, dirs_exist_ok=True)
        self.keys, self._cards = dict(told["keys"]), list(told["cards"])

    def new_card(self) -> str:
        """A card that was never used."""
        return self._cards.pop()

    def start(self) -> None:
        """Start the app and wait until it answers."""
        share_compressed_files(self.home)
        self.process = self._started()
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        """Wait for a process that was started."""
        log = self.home / "server.log"
        for _ in range(_STARTS_WITHIN * 10):
            if self._answers():
                return
            assert self.process is not None and self.process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)  # a port that does not listen yet has no state to wait for
        raise TimeoutError(f"no answer at {self.url}")

    def kill(self) -> None:
        """kill -9: the server has no time to put anything away."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def remove(self) -> None:
        """Stop, and leave nothing on the disk."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def _started(self) -> subprocess.Popen[bytes] | ForkedServer:
        log = self.home / "server.log"
        if (
            self.forked and self.module == "clicnjob" and hasattr(os, "fork")
        ):  # other modules change it before its imports
            return start_forked(self._env, log)
        command = [sys.executable, "-m", self.module, "run"]
        with log.open("ab") as written:
            return subprocess.Popen(command, env=self._env, cwd=ROOT, stdout=written, stderr=written)

    @property
    def _env(self) -> dict[str, str]:
        return _env(self.home, CLICNJOB_PORT=str(self.port), CLICNJOB_HOST="127.0.0.1", **self.settings)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/sante", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


@cache
def _filled() -> tuple[Path, dict[str, Any]]:
    """A folder whose database holds the people, to be copied, and their keys: making them takes seconds."""
    home = Path(tempfile.mkdtemp(prefix="clicnjob-people-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    command = [sys.executable, "-m", "tests.browser.people"]
    told = subprocess.run(command, env=_env(home), cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    return home, json.loads(told)


def _env(home: Path, **own: str) -> dict[str, str]:
    """The variables of a program that works in this folder, without those of this process that are the app's."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CLICNJOB_")}
    return {**inherited, "CLICNJOB_HOME": str(home), **own}


def _free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
