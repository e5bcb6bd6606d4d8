"""A browser that was killed, crashed or lost its tabs, and that its session restore brings back, cookies included."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect
from playwright.sync_api import Error as BrowserError
from sqlmodel import select

from clicnjob import models
from clicnjob.accounts import presence
from clicnjob.models import SignIn
from clicnjob.web import COOKIE
from tests.browser import looks, served, session
from tests.browser.served import Served
from tests.browser.visit import opened, token_of

LONGER = 12  # seconds: visits sleep after 10 without a tab (hurried_server.py)
NAMES = ("Lina", "Morel")


@pytest.fixture(scope="module")
def hurried(playwright: Playwright) -> Iterator[Served]:
    """A server whose visits sleep in seconds."""
    if not served.chromium(playwright):
        pytest.skip("Chromium is not installed")
    started = Served(module="tests.browser.hurried_server")
    try:
        started.fill()
        started.start()
        yield started
    finally:
        started.remove()


class Computer:
    """A shared computer: one browser with a profile on its disk, which is killed and started again."""

    def __init__(self, playwright: Playwright, folder: Path, width: int) -> None:
        self._playwright, self._folder, self._width = playwright, folder, width
        self.context = self._opened()

    def _opened(self, *more: str) -> BrowserContext:
        place = served.chromium(self._playwright)
        context = served.kept(self._playwright, place, self._folder, *more)
        for page in context.pages:
            page.set_viewport_size({"width": self._width, "height": looks.WIDTHS[self._width]})
        return context

    def page(self) -> Page:
        made = self.context.new_page()
        made.set_viewport_size({"width": self._width, "height": looks.WIDTHS[self._width]})
        return made

    def kill(self) -> None:
        """kill -9: the browser has no time to put anything away, as in a crash or a power cut."""
        time.sleep(1.5)  # what it writes by itself: cookies, tabs
        self.signal(signal.SIGKILL)
        for lock in self._folder.glob("Singleton*"):
            lock.unlink()

    def signal(self, what: signal.Signals) -> None:
        """To all processes of this browser."""
        asked = subprocess.run(["pgrep", "-f", "--", f"--user-data-dir={self._folder}"], capture_output=True, text=True)
        for pid in asked.stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), what)

    def restore(self) -> None:
        """Start it again with the tabs of before."""
        self.context = self._opened("--restore-last-session", "--hide-crash-restore-bubble")

    def close(self) -> None:
        self.context.close()


# The narrow window takes as many minutes again: it is tried by `make test-screens`.
@pytest.fixture(params=[1280, pytest.param(390, marks=pytest.mark.screens)])
def computer(
    request: pytest.FixtureRequest, playwright: Playwright, hurried: Served, tmp_path: Path
) -> Iterator[Computer]:
    made = Computer(playwright, tmp_path / "profile", request.param)
    yield made
    made.close()


def enter(page: Page, server: Served) -> None:
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")


def put_back(computer: Computer, server: Served, token: str) -> None:
    """The session cookie that a restored browser has: this Chromium, driven, brings back its tabs and not always that."""
    if COOKIE not in [cookie["name"] for cookie in computer.context.cookies()]:
        cookie = {"name": COOKIE, "value": token, "url": server.url, "httpOnly": True, "sameSite": "Strict"}
        computer.context.add_cookies([cookie])  # type: ignore[list-item]


def until_asleep(server: Served, token: str, within: float = 40) -> None:
    """Wait until the server has put the visit to sleep, which takes 10 seconds from its last tab."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        with opened(server) as reading:
            query = select(SignIn.slept_at).where(SignIn.token_digest == presence.token_digest(token))
            if reading.exec(query).one() is not None:
                return
        time.sleep(0.3)
    raise AssertionError("the visit is still awake")


def asks_and_shows_nothing(page: Page) -> None:
    expect(session.title(page)).to_have_text("C’est bien toi ?")
    for name in NAMES:
        assert name not in page.content()


def test_a_killed_and_restored_browser_opens_nothing(computer: Computer, hurried: Served) -> None:
    page = computer.page()
    enter(page, hurried)
    token = token_of(computer.context)
    computer.kill()
    until_asleep(hurried, token)
    computer.restore()
    put_back(computer, hurried, token)
    restored = [one for one in computer.context.pages if one.url.startswith(hurried.url)]
    for one in [*restored, computer.page()]:
        one.goto(f"{hurried.url}/ma-page")
        asks_and_shows_nothing(one)
    one.get_by_label("Ton code secret", exact=True).fill("739164")
    one.get_by_role("button", name="Continuer").click()
    expect(one.get_by_role("alert")).to_contain_text("Ce n’est pas ton code secret")
    one.get_by_label("Ton code secret", exact=True).fill(hurried.keys["Lina Morel"][1])
    one.get_by_role("button", name="Continuer").click()
    session.arrived(one, "Ma page")


def test_the_next_person_says_that_it_is_not_them(computer: Computer, hurried: Served) -> None:
    enter(computer.page(), hurried)
    token = token_of(computer.context)
    computer.kill()
    until_asleep(hurried, token)
    computer.restore()
    put_back(computer, hurried, token)
    page = computer.page()
    page.goto(hurried.url)
    asks_and_shows_nothing(page)
    page.get_by_role("link", name="Ce n’est pas moi").click()
    expect(session.title(page)).to_have_text("À bientôt !")
    put_back(computer, hurried, token)
    page.goto(hurried.url)
    expect(session.title(page)).to_have_text("Bonjour !")


def test_a_closed_tab_puts_the_visit_to_sleep_and_an_open_one_keeps_it_awake(
    computer: Computer, hurried: Served
) -> None:
    page, other = computer.page(), computer.page()
    enter(page, hurried)
    other.goto(f"{hurried.url}/mes-cv")
    session.arrived(other, "Mes CV")
    token = token_of(computer.context)
    page.close()
    time.sleep(LONGER)  # the other one is still open
    other.reload()
    session.arrived(other, "Mes CV")
    other.close()
    until_asleep(hurried, token)
    again = computer.page()
    again.goto(f"{hurried.url}/mes-cv")
    asks_and_shows_nothing(again)


def test_a_crashed_tab_is_no_open_tab(computer: Computer, hurried: Served) -> None:
    page = computer.page()
    enter(page, hurried)
    token = token_of(computer.context)
    with suppress(BrowserError):  # it never answers
        page.goto("chrome://crash", timeout=3_000)
    until_asleep(hurried, token)
    again = computer.page()
    again.goto(hurried.url)
    asks_and_shows_nothing(again)


def test_loading_again_going_on_and_a_restart_of_the_server_ask_nothing(computer: Computer, hurried: Served) -> None:
    page = computer.page()
    enter(page, hurried)
    for _ in range(2):
        page.reload()
        session.arrived(page, "Bonjour Lina")
    page.goto("about:blank")
    time.sleep(1)
    page.goto(hurried.url)
    session.arrived(page, "Bonjour Lina")
    hurried.kill()
    time.sleep(LONGER)
    hurried.start()
    session.calm(page)
    page.goto(f"{hurried.url}/mes-cv")
    session.arrived(page, "Mes CV")


def test_a_restart_of_the_server_wakes_nobody(computer: Computer, hurried: Served) -> None:
    enter(page := computer.page(), hurried)
    token = token_of(computer.context)
    page.close()
    until_asleep(hurried, token)
    hurried.kill()
    hurried.start()
    again = computer.page()
    again.goto(hurried.url)
    asks_and_shows_nothing(again)


def test_a_guest_is_gone_with_the_browser(computer: Computer, hurried: Served) -> None:
    session.enter_as_guest(computer.page(), hurried.url)
    token = token_of(computer.context)
    computer.kill()
    until_asleep(hurried, token)
    computer.restore()
    put_back(computer, hurried, token)
    page = computer.page()
    page.goto(f"{hurried.url}/mes-cv")
    expect(session.title(page)).to_have_text("À bientôt !")
    put_back(computer, hurried, token)
    page.goto(f"{hurried.url}/mes-cv")
    expect(session.title(page)).to_have_text("Bonjour !")


def _sleep_and_wake(computer: Computer, server: Served, page: Page) -> None:
    """The lid is closed and opened: the page stands still, its socket dies, and it goes on where it was."""
    token = token_of(computer.context)
    computer.signal(signal.SIGSTOP)
    until_asleep(server, token)
    computer.signal(signal.SIGCONT)
    page.evaluate("dispatchEvent(new Event('visibilitychange'))")


def _typing(page: Page, server: Served) -> Locator:
    page.goto(f"{server.url}/metiers")
    session.arrived(page, "Trouver des métiers")
    box = page.get_by_label("Qu’est-ce que tu aimerais faire\u00a0?", exact=True)
    box.fill("aider les gens")
    return box


def test_after_the_lid_was_closed_a_guest_goes_on_with_what_they_typed(computer: Computer, hurried: Served) -> None:
    page = computer.page()
    session.enter_as_guest(page, hurried.url)
    box = _typing(page, hurried)
    token = token_of(computer.context)
    _sleep_and_wake(computer, hurried, page)
    expect(box).to_have_value("aider les gens")
    session.write(page, "Qu’est-ce que tu aimerais faire\u00a0?", "aider les gens malades")
    session.press(page, re.compile("^Chercher|^Aide"))
    assert token_of(computer.context) == token
    with opened(hurried) as reading:
        assert presence.present_person(reading, token, now=models.utc_now())


def test_after_the_lid_was_closed_the_code_is_asked_over_what_was_typed(computer: Computer, hurried: Served) -> None:
    page = computer.page()
    enter(page, hurried)
    box = _typing(page, hurried)
    _sleep_and_wake(computer, hurried, page)
    veil = page.locator("dialog.cj-veil")
    expect(veil).to_be_visible()
    for name in NAMES:
        assert name not in page.evaluate("document.body.innerText")
    veil.get_by_role("textbox").fill(hurried.keys["Lina Morel"][1])
    veil.get_by_role("button", name="Continuer").click()
    expect(veil).to_be_hidden()
    expect(box).to_have_value("aider les gens")
    expect(session.title(page)).to_have_text("Trouver des métiers")
