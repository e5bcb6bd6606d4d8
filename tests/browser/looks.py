"""What is true of every screen at every width: read from the page as a list of faults, in words."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

AXE = Path(__file__).with_name("axe.min.js")
WIDTHS = {1280: 900, 390: 844}
TARGET = 44  # pixels, WCAG 2.5.5 and the house's « large targets »

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Streamlit's own, which neither our style sheet nor shell.js can mend: (rule, part of the target's HTML) → why.
EXCEPTIONS: dict[tuple[str, str], str] = {}

# English words of Streamlit's that no French sentence holds.
ENGLISH = re.compile(
    r"\b(press|enter to|upload|browse|drag|drop|choose|select|results|clear|open|close|running|rerun|deploy|settings"
    r"|loading|please|connecting|error|help|search|remove|add|skip|sidebar|show|hide|password|increment|decrement"
    r"|streamlit|required|invalid|empty|view|less|fullscreen|download|made with|link to|tabs?|dd|yyyy|day|month|year"
    r"|january|february|march|april|june|july|august|september|october|november|december|icon|number|below|above|failed"
    r"|yourscript|server|lost|again|today|next|previous|selected|calendar)\b",
    re.IGNORECASE,
)

_AXE_RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  return found.violations.flatMap(v => v.nodes.map(n => ({ rule: v.id, html: n.html, why: n.failureSummary })))
}"""

_SEEN = Path(__file__).with_name("seen.js").read_text(encoding="utf-8")


@dataclass
class Watched:
    """What a browser context did that a page of ours must not do."""

    home: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen to everything from now on."""
        context.on("console", self._said)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        page = message.page.url if message.page else ""
        url = message.location.get("url", "")
        told = url in (
            page,
            f"{self.home}/present",
            f"{self.home}/c-est-moi",
        )  # a refused page or secret; how a tab that was left learns that its visit sleeps or is over
        if message.type == "error" and not (told and message.text.startswith("Failed to load resource")):
            self.errors.append(f"{message.text} [{url}, on {page}]")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, self.home.replace("http", "ws", 1), "data:", "blob:")):
            self.foreign.append(request.url)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong on a screen: which rule it breaks, and where."""

    rule: str
    width: int
    words: str


def faults(page: Page) -> list[Fault]:
    """Everything wrong with this screen at this width, axe-core's findings included."""
    page.get_by_role("heading", level=1).first.wait_for()  # between two pages there is nothing to judge
    width = page.viewport_size["width"] if page.viewport_size else 0
    return [Fault(rule, width, words) for rule, words in (*_own_faults(page), *_axe_faults(page))]


def take_pictures(page: Page, name: str) -> None:
    """Keep the screen as pictures, wide and narrow, where CLICNJOB_PICTURES names a folder (see compare_pictures)."""
    folder = os.environ.get("CLICNJOB_PICTURES")
    if not folder:
        return
    file = re.sub(r"[^\w-]+", "-", name)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(0, 0)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=Path(folder) / f"{file}-{width}.png", animations="disabled", caret="hide", full_page=True)


def faults_at_both_widths(page: Page) -> list[Fault]:
    """The same screen, wide and narrow."""
    found: list[Fault] = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += faults(page)
    return found


def _own_faults(page: Page) -> list[tuple[str, str]]:
    seen: dict[str, Any] = page.evaluate(_SEEN, TARGET)
    found = [("target", target) for target in seen["small"]]
    found += [("english", words) for words in seen["words"] if ENGLISH.search(words)]
    found += [("escape", words) for words in seen["words"] if "\\" in words]
    found += [("apostrophe", words) for words in seen["words"] if re.search(r"\w'\w", words)]
    if seen["lang"] != "fr":
        found.append(("lang", seen["lang"]))
    if seen["titles"] != 1:
        found.append(("title", f"{seen['titles']} titles"))
    if seen["over"] > 0:
        found.append(("sideways", f"{seen['over']} px"))
    if seen["exceptions"]:
        found.append(("exception", "an exception shows"))
    return found


def _axe_faults(page: Page) -> list[tuple[str, str]]:
    nodes: list[dict[str, str]] = page.evaluate(_AXE_RUN, _TAGS)
    return [
        ("axe", f"{node['rule']}: {node['html'][:160]} — {node['why'].splitlines()[-1].strip()}")
        for node in nodes
        if not any(rule == node["rule"] and part in node["html"] for rule, part in EXCEPTIONS)
    ]
