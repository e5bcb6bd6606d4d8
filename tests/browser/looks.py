"""What is true of every screen at every width: read from the page as a list of faults, in words."""

from __future__ import annotations

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
    r"|streamlit|required|invalid|empty|view|less|fullscreen|download|made with|link to|tabs?)\b",
    re.IGNORECASE,
)

_AXE_RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  return found.violations.flatMap(v => v.nodes.map(n => ({ rule: v.id, html: n.html, why: n.failureSummary })))
}"""

_SEEN = """() => {
  const shows = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && e.getClientRects().length
  const words = []
  const names = ["aria-label", "title", "placeholder", "alt"]
  for (const e of document.body.querySelectorAll("*")) {
    if (e.closest("script, style, template, [aria-hidden=true]") || !shows(e)) continue
    for (const name of names) if (e.getAttribute(name)) words.push(e.getAttribute(name))
    for (const n of e.childNodes) if (n.nodeType === 3 && n.nodeValue.trim()) words.push(n.nodeValue.trim())
  }
  const small = []
  for (const e of document.body.querySelectorAll("button, summary, [role=button], [role=tab], a.cj-out, a.cj-button, a.cj-logo, a[data-testid=stPageLink-NavLink], input:not([type=hidden]), textarea, label:has(input[type=checkbox]), label:has(input[type=radio])")) {
    if (!shows(e) || e.disabled || e.matches("label input, [inert] *")) continue
    const r = e.getBoundingClientRect()
    if (r.width < 2 || r.height < 2) continue  // off screen until it has the focus
    const box = e.matches("input, textarea") ? e.parentElement.getBoundingClientRect() : r
    if (box.height < %d - .5 || box.width < %d - .5)
      small.push(`${Math.round(box.width)}×${Math.round(box.height)} ${(e.innerText || e.ariaLabel || e.outerHTML).slice(0, 70)}`)
  }
  const wide = document.documentElement
  return {
    lang: wide.lang, titles: [...document.querySelectorAll("h1")].filter(shows).length, words, small,
    over: Math.max(wide.scrollWidth, document.querySelector("[data-testid=stMain]")?.scrollWidth ?? 0) - wide.clientWidth,
    exceptions: document.querySelectorAll(".stException, [data-testid=stException]").length,
  }
}""" % (TARGET, TARGET)


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
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, self.home.replace("http", "ws", 1), "data:", "blob:")):
            self.foreign.append(request.url)


def faults(page: Page) -> list[str]:
    """Everything wrong with this screen at this width, axe-core's findings included."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    return [f"{width} px, {fault}" for fault in (*_own_faults(page), *_axe_faults(page))]


def faults_at_both_widths(page: Page) -> list[str]:
    """The same screen, wide and narrow."""
    found: list[str] = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += faults(page)
    return found


def _own_faults(page: Page) -> list[str]:
    seen: dict[str, Any] = page.evaluate(_SEEN)
    found = [f"target too small: {target}" for target in seen["small"]]
    found += [f"English: {words}" for words in seen["words"] if ENGLISH.search(words)]
    found += [f"straight apostrophe: {words}" for words in seen["words"] if re.search(r"\w'\w", words)]
    if seen["lang"] != "fr":
        found.append(f"language {seen['lang']}")
    if seen["titles"] != 1:
        found.append(f"{seen['titles']} titles")
    if seen["over"] > 0:
        found.append(f"scrolls sideways by {seen['over']} px")
    if seen["exceptions"]:
        found.append("an exception shows")
    return found


def _axe_faults(page: Page) -> list[str]:
    nodes: list[dict[str, str]] = page.evaluate(_AXE_RUN, _TAGS)
    return [
        f"axe {node['rule']}: {node['html'][:160]} — {node['why'].splitlines()[-1].strip()}"
        for node in nodes
        if not any(rule == node["rule"] and part in node["html"] for rule, part in EXCEPTIONS)
    ]
