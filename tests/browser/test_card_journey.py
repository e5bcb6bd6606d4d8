"""Someone with a card makes half a CV; the page is reloaded, the server dies and comes back: nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

PIN = "582914"
AT = "experience_lieu"


@pytest.fixture(scope="module")
def number(server: Served) -> str:
    return server.new_card()


@pytest.fixture(scope="module")
def halfway(server: Served, new_context: NewContext, number: str) -> Page:
    """The first use of a card, up to the place of a first experience."""
    page = new_context().new_page()
    session.choose_pin(page, server.url, number, PIN)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Nadia")
    session.write(page, "Nom", "Cherif")
    session.jump(page, "Mes expériences")
    session.asked(page, "experiences")
    session.press(page, "Un petit boulot")
    session.asked(page, "experience_activite")
    session.press(page, "Je ne trouve pas")
    session.asked(page, "experience_phrases")
    page.get_by_role("checkbox").first.locator("xpath=ancestor::label[1]").click()
    session.go_on(page, "experience_intitule")
    session.write(page, "Ou avec tes mots", "Vendeuse au marché")
    session.go_on(page, AT)
    session.write(page, "Nom de l’endroit", "Marché de Wazemmes")
    expect(page.get_by_text("✓ Enregistré")).to_be_visible()
    return page


def test_the_pages_and_the_call_for_help_hold_on_one_line(halfway: Page) -> None:
    halfway.set_viewport_size({"width": 1280, "height": 900})
    boxes = [each.bounding_box() for each in halfway.locator(".st-key-cj-menu :is(a, button)").all()]
    assert len(boxes) == 7
    assert len({round(box["y"] + box["height"] / 2) for box in boxes if box}) == 1


def test_reloading_the_page_keeps_the_question_and_its_answers(halfway: Page) -> None:
    halfway.reload()
    _finds_everything(halfway)


def test_after_kill_9_and_a_new_sign_in_the_same_question_waits(
    halfway: Page, server: Served, new_context: NewContext, number: str
) -> None:
    session.write(halfway, "Ville", "Calais")
    expect(halfway.locator(".cj-sheet")).to_contain_text("Marché de Wazemmes, Calais")  # this text, not an earlier one
    expect(halfway.get_by_text("✓ Enregistré")).to_be_visible()
    server.kill()
    server.start()
    page = new_context().new_page()
    session.enter_with_card(page, server.url, number, PIN)
    session.arrived(page, "Bonjour Nadia")
    session.press(page, "Continuer mon CV")
    _finds_everything(page)
    expect(page.get_by_label("Ville")).to_have_value("Calais")


def test_a_tab_left_open_over_the_restart_goes_on(halfway: Page, server: Served) -> None:
    expect(halfway.get_by_text("Tout s’enregistre tout seul.")).to_be_visible(timeout=session.PATIENCE)
    session.calm(halfway)
    session.write(halfway, "Ville", "Lille")
    session.go_on(halfway, "experiences_suite")
    expect(halfway.locator(".cj-sheet")).to_contain_text("Marché de Wazemmes, Lille")


def _finds_everything(page: Page) -> None:
    session.asked(page, AT)
    expect(page.get_by_label("Nom de l’endroit")).to_have_value("Marché de Wazemmes")
    for said in ("Nadia CHERIF", "Vendeuse au marché", "Marché de Wazemmes"):
        expect(page.locator(".st-key-cj-preview")).to_contain_text(said)
    expect(page.locator(".st-key-cj-preview .cvp-l li")).to_have_text(re.compile(r"\w+"))
