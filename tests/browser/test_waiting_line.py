"""A full process: a newcomer waits on a plain page, and comes in when somebody leaves, without doing anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import looks, session
from tests.browser.served import Served


@pytest.fixture(scope="module")
def small_server(chrome: Browser) -> Iterator[Served]:
    """A server for one person at a time."""
    started = Served(settings={"CLICNJOB_PEOPLE_AT_ONCE": "1"})
    try:
        started.fill()
        started.start()
        yield started
    finally:
        started.remove()


def _new_page(chrome: Browser) -> Page:
    context = chrome.new_context(locale="fr-FR")
    context.add_init_script(path=looks.AXE)
    return context.new_page()


def test_a_newcomer_waits_and_comes_in_by_turn(small_server: Served, chrome: Browser) -> None:
    inside, newcomer = _new_page(chrome), _new_page(chrome)
    try:
        session.enter_as_guest(inside, small_server.url)
        newcomer.goto(f"{small_server.url}/connexion")
        newcomer.get_by_role("button", name="Essayer sans carte").click()
        expect(newcomer.get_by_role("heading", level=1)).to_have_text("Il y a beaucoup de monde")
        expect(newcomer.get_by_role("status")).to_have_text(re.compile(r"Ta place dans la file.: 1"))
        assert looks.faults_at_both_widths(newcomer) == []
        inside.reload()
        session.arrived(inside, re.compile("^Bonjour"))
        inside.goto(f"{small_server.url}/sortie")
        session.arrived(newcomer, re.compile("^Bonjour"))
    finally:
        inside.context.close()
        newcomer.context.close()
