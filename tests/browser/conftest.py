"""One Chromium and one server for the tests of this folder, for each worker; without Chromium they skip, saying so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.browser import served, session
from tests.browser.looks import Watched
from tests.browser.served import Served

_ABSENT = "Chromium is not installed: `apt install chromium`, or `python -m playwright install chromium`"

NewContext = Callable[..., BrowserContext]

# The journeys that `make test` walks: a CV from nothing, sent; a card; a group session. The others are long (make test-all).
MAIN_JOURNEYS = {"short_way", "sending_journey", "card_journey", "board_journey"}

expect.set_options(timeout=session.PATIENCE)  # five seconds are not enough where other tests run beside these


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is beside the main journeys."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.stem.removeprefix("test_") not in MAIN_JOURNEYS:
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Package-wide only: while it is alive, this thread seems to run an event loop to everybody else."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    """The browser; absent, the tests skip, except where CLICNJOB_REQUIRE_BROWSER asks for it."""
    place = served.chromium(playwright)
    if not place:
        required = os.environ.get("CLICNJOB_REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)(_ABSENT)
    browser = served.launched(playwright, place)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def server(chrome: Browser) -> Iterator[Served]:
    """The app with its demonstration people, on a database of its own."""
    started = Served()
    try:
        started.fill()
        started.start()
        yield started
    finally:
        started.remove()


@pytest.fixture(scope="module")
def watched(server: Served) -> Watched:
    """What all the pages of a module asked for and complained of."""
    return Watched(server.url)


@pytest.fixture(scope="module")
def new_context(chrome: Browser, watched: Watched) -> Iterator[NewContext]:
    """Makes browsers without any past, watched, in French, closed after the module."""
    made: list[BrowserContext] = []

    def make(*, width: int = 1280, height: int = 900, locale: str = "fr-FR", **options: Any) -> BrowserContext:
        viewport = {"width": width, "height": height}
        context = chrome.new_context(viewport=viewport, locale=locale, accept_downloads=True, **options)
        watched.watch(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
