"""« J’ai fini » of a guest, on a screen and on a telephone: the CV as a file, the work kept with a card, or one more click."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

PIN = "482915"
WIDTHS = list(looks.WIDTHS.items())


@pytest.fixture(params=WIDTHS, ids=[str(width) for width, _ in WIDTHS])
def page(request: pytest.FixtureRequest, server: Served, new_context: NewContext) -> Page:
    """A guest who has written a name, at each width."""
    width, height = request.param
    context = new_context(width=width, height=height)
    context.add_init_script(path=looks.AXE)
    opened = context.new_page()
    session.enter_as_guest(opened, server.url)
    session.press(opened, session.WHOLE_WAY)
    session.asked(opened, "prenom_nom")
    session.write(opened, "Prénom", "Inès")
    return opened


def finish(page: Page) -> None:
    page.get_by_role("link", name="J’ai fini").click()
    expect(session.title(page)).to_have_text("Prendre mon CV d’abord ?")


def test_the_cv_is_taken_and_then_it_is_over(page: Page) -> None:
    finish(page)
    assert not looks.faults(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Télécharger mon CV").click()
    assert coming.value.suggested_filename.endswith(".pdf")
    expect(page.get_by_role("status")).to_contain_text("Téléchargements")
    page.get_by_role("link", name="Finir").click()
    expect(session.title(page)).to_have_text(re.compile("À bientôt"))
    expect(page.get_by_text("Ton fichier dans Téléchargements")).to_be_visible()


def test_one_click_goes_back_and_one_leaves(page: Page, server: Served) -> None:
    finish(page)
    page.get_by_role("link", name="Revenir à mon travail").click()
    session.arrived(page, re.compile("^Bonjour Inès"))
    finish(page)
    page.get_by_role("link", name="Tout effacer et finir").click()
    expect(session.title(page)).to_have_text(re.compile("À bientôt"))
    page.goto(f"{server.url}/construire")
    expect(page).to_have_url(re.compile("/connexion"))


def test_the_work_is_kept_with_a_card_and_found_again(page: Page, server: Served) -> None:
    finish(page)
    page.get_by_role("link", name="Le garder avec une carte").click()
    for name in ("Ton code secret", "Le même, encore une fois"):
        page.get_by_role("textbox", name=name).fill(PIN)
    assert not looks.faults(page)
    page.get_by_role("button", name="Faire ma carte").click()
    number = page.locator(".card-number").inner_text()
    assert not looks.faults(page)
    page.get_by_role("link", name="j’ai fini").click()
    expect(session.title(page)).to_have_text(re.compile("À bientôt"))
    session.enter_with_card(page, server.url, number, PIN)
    session.arrived(page, "Tes données sont à toi")
    page.get_by_text("Tout lire").click()
    expect(page.get_by_text("Aucun conseiller ne voit ton travail.")).to_be_visible()
    session.press(page, "J’ai compris")
    session.arrived(page, "Bonjour Inès")
    expect(page.get_by_role("button", name="J’ai besoin d’aide")).to_have_count(0)


def test_keys_alone_reach_every_answer(page: Page) -> None:
    finish(page)
    seen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.innerText.trim()"))
    for name in ("Télécharger mon CV", "Le garder avec une carte", "Tout effacer et finir", "Revenir à mon travail"):
        assert name in seen
