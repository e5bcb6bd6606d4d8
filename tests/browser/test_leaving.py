"""A shared computer after somebody: four ways in which a visit ends, six ways to come back to it; nothing is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Playwright, expect

from clicnjob.web import COOKIE
from tests.browser import served, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.browser.visit import STEM, Visit, holds, typed

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENDS = ("j-ai-fini", "idleness", "absolute-end", "browser-closed")


@pytest.fixture(scope="module")
def number(server: Served, new_context: NewContext) -> str:
    """The card of somebody who typed words."""
    made, context = server.new_card(), new_context()
    typed(context.new_page(), server.url, made)
    context.close()
    return made


@pytest.fixture(scope="module", params=ENDS)
def visit(
    request: pytest.FixtureRequest,
    server: Served,
    playwright: Playwright,
    number: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visit]:
    """A visit that has ended in one of the four ways."""
    folder = tmp_path_factory.mktemp("profile")
    place = served.chromium(playwright)
    context = served.kept(playwright, place, folder)
    context.clock.install()
    made = Visit(server, context)
    try:
        made.work(number)
        made.over = True
        if request.param == "browser-closed":
            context.close()
            assert not _on_the_disk(folder)
            made.context = context = served.kept(playwright, place, folder)
            made.listen_to(context)
            made.working, made.beside, made.deaf = (_new(made, "/") for _ in range(3))
        else:
            _END[request.param](made)
        yield made
    finally:
        context.close()


def _finish(visit: Visit) -> None:
    visit.working.get_by_role("link", name="J’ai fini").click()  # type: ignore[union-attr]


def _fall_asleep(visit: Visit) -> None:
    visit.move_back(seen_at=15 * MINUTE)
    visit.context.clock.fast_forward("15:30")


def _work_too_long(visit: Visit) -> None:
    visit.move_back(started_at=4 * HOUR)
    visit.context.clock.fast_forward("00:31")  # until the page asks the server again


_END = {"j-ai-fini": _finish, "idleness": _fall_asleep, "absolute-end": _work_too_long}


def _new(visit: Visit, link: str) -> Page:
    page = visit.context.new_page()
    page.goto(visit.server.url + link)
    return page


def _shows_nothing(visit: Visit, *pages: Page) -> None:
    for page in pages:
        assert not holds(page), page.url
    assert not [text for text in visit.received() if STEM in text.lower()]


def _on_the_disk(folder: Path) -> list[Path]:
    """The files of the browser's profile that hold a word of the person."""
    words = (STEM.encode(), STEM.encode("utf-16-le"), STEM.title().encode(), STEM.title().encode("utf-16-le"))
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(word in file.read_bytes() for word in words)]


# --- the six ways back


def test_the_tab_where_one_worked_and_a_second_one_are_empty(visit: Visit) -> None:
    for page in (visit.working, visit.beside):
        assert page is not None
        expect(session.title(page)).to_have_text(re.compile(r"^(À bientôt|Bonjour)\s!$"))
        _shows_nothing(visit, page)


def test_reloading_shows_nothing(visit: Visit) -> None:
    for page in (visit.deaf, visit.beside):
        assert page is not None
        page.reload()
        _shows_nothing(visit, page)


def test_going_back_shows_nothing(visit: Visit) -> None:
    page = visit.working
    assert page is not None
    for _ in range(8):  # to the first page of this tab
        with suppress(BrowserError):  # where it goes, nobody answers the question
            page.evaluate("history.back()")
        page.wait_for_load_state()
        _shows_nothing(visit, page)
        assert not page.evaluate("window.ofTheVisit"), "a page of the visit came back out of the browser’s memory"
        if page.url == "about:blank":
            break


@pytest.mark.parametrize("kind", ["old", "document", "media"])
def test_a_link_shows_nothing(visit: Visit, kind: str) -> None:
    page = visit.context.new_page()
    answer = page.goto(visit.server.url + visit.links.get(kind, "/"))
    assert answer is not None and "%PDF" not in answer.text()
    _shows_nothing(visit, page)
    page.close()


def test_no_key_is_left_in_the_browser(visit: Visit) -> None:
    assert COOKIE not in [cookie["name"] for cookie in visit.context.cookies()]
    assert visit.received(), "something was listened to"
