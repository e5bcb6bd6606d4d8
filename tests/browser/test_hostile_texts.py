"""Texts meant to break a page are shown as they were typed, everywhere, and do nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

PIN = "582914"
FIRST = "O'Brien & <b>Zoé</b>"
LAST = "<script>window.PWN=1</script>"
TOWN = "![x](https://evil.example/x.png)"
JOB = "[Clique ici](https://evil.example) **gras** $x$ #titre :red[x]"
PLACE = "<img src=x onerror=window.PWN=2>"
SKILL = '#import "@preview/x:1.0.0" `code` {{ 7*7 }} :smile: :8ball: :material/home: a -> b'
BIDI, SEEN = "abc\u202egnp.exe\u200b", "abcgnp.exe"


@pytest.fixture(scope="module")
def page(server: Served, new_context: NewContext) -> Page:
    """Someone who answers every question with such a text."""
    page = new_context().new_page()
    session.choose_pin(page, server.url, server.new_card(), PIN)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", FIRST)
    session.write(page, "Nom", LAST)
    session.jump(page, "Le métier")
    session.asked(page, "metier")
    session.write(page, "Ce que tu veux faire", JOB)
    page.locator(".st-key-own-job button").click()
    session.calm(page)
    session.jump(page, "Mes expériences")
    session.asked(page, "experiences")
    session.press(page, "Un travail")
    session.asked(page, "experience_activite")
    session.press(page, "Je ne trouve pas")
    session.asked(page, "experience_phrases")
    session.press(page, "Plus tard")
    session.asked(page, "experience_intitule")
    session.write(page, "Ou avec tes mots", BIDI)
    session.go_on(page, "experience_lieu")
    session.write(page, "Nom de l’endroit", PLACE)
    session.write(page, "Ville", TOWN)
    session.jump(page, "Ma présentation")
    session.asked(page, "competences")
    session.write(page, "Autre chose que tu sais faire", SKILL)
    return page


def test_the_page_beside_shows_them_as_typed(page: Page) -> None:
    sheet = page.locator(".st-key-cj-preview .cj-sheet")
    for said in (FIRST, LAST.upper(), JOB, SEEN, PLACE, TOWN, SKILL):
        expect(sheet).to_contain_text(said)


def test_the_box_in_which_one_was_typed_still_holds_it(page: Page) -> None:
    expect(page.get_by_label("Autre chose que tu sais faire").first).to_have_value(SKILL)


def test_home_the_bag_and_the_list_show_them_as_typed(page: Page, server: Served) -> None:
    page.get_by_role("link", name="Mon chemin").click()
    session.arrived(page, f"Bonjour {FIRST}")
    page.get_by_role("link", name="Mon sac").click()
    session.arrived(page, "Mon sac")
    for said in (f"{FIRST} {LAST}", JOB, SEEN, SKILL):
        expect(page.get_by_text(said, exact=True).first).to_be_visible()
    page.get_by_role("link", name="Mes CV").click()
    session.arrived(page, "Mes CV")
    session.press(page, re.compile("^Changer le nom"))
    session.write(page, "Nom de ce CV", JOB)
    expect(page.get_by_role("heading", level=2).first).to_have_text(_visibly(JOB))


def test_advice_spelling_and_order_show_them_as_typed(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/ma-page")
    session.arrived(page, "Ma page")
    page.get_by_test_id("stExpander").get_by_text("Changer l’ordre, cacher").click()
    page.get_by_test_id("stExpander").get_by_text("Compétences").click()
    expect(page.get_by_test_id("stCheckbox").filter(has_text=_visibly(SKILL))).to_be_visible()
    if page.get_by_role("button", name="Tout corriger").count():
        session.press(page, "Tout corriger")
    assert page.locator("[data-testid=stMain] :is(b, strong, em, code, .katex)", has_text="gras").count() == 0


def test_nothing_ran_and_nothing_was_fetched(page: Page) -> None:
    done = page.evaluate("[typeof window.PWN, document.querySelectorAll('[src*=evil], [href*=evil], [src=x]').length]")
    assert done == ["undefined", 0]


def _visibly(text: str) -> re.Pattern[str]:
    """The text, whatever invisible joiners keep its addresses from becoming links."""
    return re.compile("\u2060?".join(re.escape(character) for character in text))
