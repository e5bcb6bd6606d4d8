"""A CV from the sign-in page to the file without touching the mouse; the focus can always be seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served


def enter(page: Page, name: str | re.Pattern[str]) -> None:
    session.reach(page, name)
    page.keyboard.press("Enter")
    session.calm(page)


def enter_step(page: Page, stage: str) -> None:
    """One of the steps, which stand before the question."""
    enter(page, re.compile(f"^{stage}, (à faire|répondu)$"))


def fill(page: Page, name: str, words: str) -> None:
    session.reach(page, name)
    page.keyboard.type(words)


def go_on(page: Page, to: str) -> None:
    enter(page, "Continuer")
    session.asked(page, to)


@pytest.fixture(scope="module")
def page(server: Served, new_context: NewContext) -> Page:
    opened = new_context().new_page()
    opened.goto(f"{server.url}/connexion")
    return opened


def test_the_whole_way_works_with_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    session.reach(page, "Essayer sans carte")
    page.keyboard.press("Enter")
    session.arrived(page, re.compile("^Bonjour"))
    enter(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    fill(page, "Prénom", "Samir")
    fill(page, "Nom", "Haddad")
    go_on(page, "telephone")
    fill(page, "Téléphone", "0612345678")
    fill(page, "Ville", "Arras")
    go_on(page, "metier")
    enter(page, "Préparateur de commandes")
    expect(page.locator(".cj-sheet .cvp-job")).to_have_text("Préparateur de commandes")
    _an_experience(page)
    enter_step(page, "Ma page")
    session.arrived(page, "Ma page")
    with page.expect_download() as coming:
        enter(page, "Télécharger le PDF")
    coming.value.save_as(tmp_path / "cv.pdf")
    text = "".join(each.extract_text() for each in PdfReader(tmp_path / "cv.pdf").pages)
    assert all(said in text for said in ("Samir HADDAD", "06 12 34 56 78", "Préparateur de commandes", "Un ami"))


def _an_experience(page: Page) -> None:
    enter_step(page, "Mes expériences")
    session.asked(page, "experiences")
    enter(page, "Un coup de main en famille")
    session.asked(page, "experience_activite")
    enter(page, "Je ne trouve pas")
    session.asked(page, "experience_phrases")
    session.reach(page, re.compile(r"\w+"))
    while page.evaluate("document.activeElement.type") != "checkbox":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".st-key-cj-card").get_by_role("checkbox").first).to_be_checked()
    go_on(page, "experience_intitule")
    fill(page, "Ou avec tes mots", "Un ami à aider")
    go_on(page, "experience_lieu")


def test_a_new_question_gives_its_title_the_focus(server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Samir")
    session.go_on(page, "telephone")
    expect(session.title(page)).to_be_focused()


def test_at_the_door_the_first_tab_leads_past_the_header(server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(f"{server.url}/connexion/pro")
    page.keyboard.press("Tab")
    assert page.evaluate(session.FOCUSED)["name"] == "Aller au contenu"


def test_nothing_is_lost_when_one_goes_on_before_the_page_has_answered(server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    page.get_by_label("Prénom").fill("Samir")
    page.get_by_label("Nom", exact=True).fill("Haddad")
    page.get_by_role("button", name="Continuer").click()
    for label, words in (("Téléphone", "0612345678"), ("Adresse e-mail", "samir@exemple.fr"), ("Ville", "Arras")):
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Continuer").click()
    session.asked(page, "metier")
    for said in ("Samir HADDAD", "06 12 34 56 78", "samir@exemple.fr", "Arras"):
        expect(page.locator(".st-key-cj-preview .cj-sheet")).to_contain_text(said)
