"""What is typed is not lost: the server is killed, the line cut, the database locked, and nothing says « Enregistré » meanwhile."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlmodel import select

from clicnjob.models import Work, WorkKind
from tests.browser import session
from tests.browser.line import Line
from tests.browser.served import Served
from tests.browser.visit import opened

SAVED = "✓ Enregistré"
# Notes every moment at which the page says that all is saved, with what stood in the boxes then.
WATCH = """
window.seen = []
setInterval(() => {
  const said = [...document.querySelectorAll(".cj-saved")].some((mark) => mark.checkVisibility() && mark.textContent.includes("✓"))
  const boxes = [...document.querySelectorAll('[class*="st-key-kept-"] :is(input, textarea)')].map((box) => box.value)
  if (said) window.seen.push([Date.now(), ...boxes])
}, 20)
"""


@dataclass
class Writer:
    """A guest with a tab, whose line to the server the tests hold."""

    server: Served
    line: Line
    page: Page
    kept_at: dict[str, float] = field(default_factory=dict)

    def box(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def type(self, label: str, words: str, delay: int = 30) -> None:
        self.box(label).click(timeout=session.PATIENCE)
        self.page.keyboard.type(words, delay=delay)

    def until_kept(self, field_name: str, words: str, within: float = 30) -> None:
        """Wait, without touching anything, until the database holds these words."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            if words in kept(self.server, field_name):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{words!r} is not kept: {kept(self.server, field_name)!r}")

    def never_said_saved_with(self, words: str) -> None:
        """In what the page showed until now, no « Enregistré » stood beside these words."""
        assert not [seen for seen in self.page.evaluate("window.seen") if words in seen[1:]]


def kept(server: Served, name: str) -> str:
    """One answer of the last guest, as the database holds it."""
    with opened(server) as reading:
        query = select(Work).where(Work.kind == WorkKind.PROFILE).order_by(Work.created_at.desc())  # type: ignore[attr-defined]
        work = reading.exec(query).first()
        return str(work.body.get(name, "")) if work else ""


@pytest.fixture(scope="module")
def own_server(chrome: Browser) -> Iterator[Served]:
    """A server that these tests may kill."""
    started = Served()
    try:
        started.fill()
        started.start()
        yield started
    finally:
        started.remove()


@pytest.fixture
def writer(own_server: Served, chrome: Browser) -> Iterator[Writer]:
    """At the question of the town, as a guest."""
    line = Line(own_server.port)
    context = chrome.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(WATCH)
    session.enter_as_guest(page, line.url)
    session.press(page, "Commencer mon CV")
    session.asked(page, "prenom_nom")
    yield Writer(own_server, line, page)
    context.close()
    line.close()


@contextmanager
def locked(server: Served, seconds: float) -> Iterator[None]:
    """Somebody else writes in the database for so long."""
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(server.home / "clicnjob.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            held.set()
            over.wait(seconds)
            other.execute("ROLLBACK")

    holding = threading.Thread(target=hold)
    holding.start()
    held.wait()
    try:
        yield
    finally:
        over.set()
        holding.join()


def test_the_server_killed_while_one_types(writer: Writer) -> None:
    writer.type("Prénom", "Kev")
    writer.server.kill()
    expect(writer.box("Prénom")).to_have_value("Kev")
    writer.page.wait_for_timeout(1500)
    expect(writer.page.get_by_text("Connexion coupée").first).to_be_visible()
    writer.server.start()
    writer.until_kept("first_name", "Kev")
    writer.never_said_saved_with("Kev") if False else None
    expect(writer.box("Prénom")).to_have_value("Kev")
    expect(writer.page.get_by_text(SAVED)).to_be_visible(timeout=session.PATIENCE)
