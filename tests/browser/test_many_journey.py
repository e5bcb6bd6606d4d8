"""Many at once in a browser: ticking faster than the server answers, handing over in few clicks, the undo, the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

CLICKS_TO_HAND_OVER = 6


@pytest.fixture(scope="module")
def page(new_context: NewContext, server: Served) -> Page:
    context = new_context()
    context.add_init_script(path=looks.AXE)
    page = context.new_page()
    session.enter_as_staff(page, server.url, *server.keys["Claire Morvan"])
    return page


def ticked(page: Page) -> int:
    return page.locator("input[data-tick]:checked").count()


def test_ticks_made_faster_than_answers_all_stay(page: Page) -> None:
    boxes = page.locator("input[data-tick]")
    for number in range(4):
        boxes.nth(number).check()
    boxes.nth(1).uncheck()
    expect(page.get_by_text("3 jeunes cochés")).to_be_visible()
    session.calm(page)
    assert ticked(page) == 3


def test_the_keyboard_ticks_and_keeps_its_place(page: Page) -> None:
    box = page.locator("input[data-tick]").nth(1)
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("4 jeunes cochés")).to_be_visible()
    session.calm(page)
    expect(box).to_be_focused()


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_every_panel_is_right_at_every_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("Message", "Étape", "Rendez-vous", "Liste", "Confier", "Imprimer"):
        page.get_by_role("button", name=name, exact=True).click()
        session.calm(page)
        assert [fault for fault in looks.faults(page) if fault.rule != "english"] == [], name
    page.get_by_role("button", name="Imprimer", exact=True).click()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_whole_page_is_handed_over_in_few_clicks_and_comes_back_in_one(page: Page) -> None:
    session.press(page, "Tout décocher")
    people, clicks = page.locator("input[data-tick]").count(), 0
    page.get_by_label("Cocher toute la page").check()
    expect(page.get_by_text(f"{people} jeunes cochés")).to_be_visible()
    session.press(page, "Confier")
    page.get_by_label("À quel collègue").click()
    page.get_by_role("option").first.click()
    session.calm(page)
    page.get_by_role("button", name=re.compile(r"^Confier \d")).click()
    clicks += 5
    expect(page.get_by_text(re.compile("^Confié jusqu’au"))).to_have_count(people)
    assert clicks <= CLICKS_TO_HAND_OVER
    session.press(page, "Annuler pour tous")
    expect(page.get_by_text(re.compile("^Confié jusqu’au"))).to_have_count(0)
