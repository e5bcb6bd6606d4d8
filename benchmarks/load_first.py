"""Measures the first load: what a browser with an empty cache transfers until the home page can be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

AIM = 1_300_000  # bytes
_BROWSERS = ("/usr/bin/chromium", "/usr/bin/google-chrome")
_READY = "[data-testid=stApp][data-test-script-state=notRunning] >> text=Mon CV en 10 minutes"
_FILE = re.compile(r"""(?:src|href)="(/(?:static|statique)/[^"]+)\"""")


@dataclass(frozen=True, slots=True)
class Load:
    """Bytes transferred (with headers and WebSocket frames when a browser counted them), and the number of requests."""

    size: int
    requests: int
    how: str

    def __str__(self) -> str:
        verdict = f"≤ {AIM / 1e6:g} MB " + ("reached" if self.size <= AIM else "MISSED")
        return f"first load: {self.size / 1e6:.2f} MB, {self.requests} requests ({self.how}); {verdict}"


def first_load(base: str, cookie: tuple[str, str]) -> Load:
    """Measure in Chromium if it is installed, otherwise add up the files that the first two pages name."""
    program = next((path for path in _BROWSERS if Path(path).exists()), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        return _named_files(base, cookie)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            return _seen_by(chromium, base, cookie)
        finally:
            chromium.close()


def _seen_by(chromium: Any, base: str, cookie: tuple[str, str]) -> Load:
    context = chromium.new_context(locale="fr-FR")
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": base}])
    page = context.new_page()
    sizes: list[float] = []
    frames: list[float] = []
    tap = context.new_cdp_session(page)
    tap.send("Network.enable")
    tap.on("Network.loadingFinished", lambda seen: sizes.append(seen["encodedDataLength"]))
    on_frame = "Network.webSocketFrameReceived"  # its payload is in base64
    tap.on(on_frame, lambda seen: frames.append(len(seen["response"]["payloadData"]) * 0.75))
    page.goto(base)
    page.wait_for_selector(_READY, timeout=60_000)
    page.wait_for_load_state("networkidle")
    return Load(int(sum(sizes) + sum(frames)), len(sizes), "counted by Chromium, socket included")


def _named_files(base: str, cookie: tuple[str, str]) -> Load:
    """Return a lower bound: the files that the sign-in page preloads and the shell requests."""
    with httpx.Client(base_url=base, cookies=dict([cookie]), headers={"Accept-Encoding": "br"}) as client:
        pages = [client.get(address) for address in ("/connexion", "/")]
        files = dict.fromkeys(name for page in pages for name in _FILE.findall(page.text))
        answers = [*pages, *(client.get(name) for name in files)]
        size = sum(answer.num_bytes_downloaded for answer in answers)
    return Load(size, len(answers), "no browser here: at least")
