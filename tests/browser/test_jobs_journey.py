"""A young person's way to a job: five misspelt wishes, a favourite, its title and phrases in the CV."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

WISHES = {
    "kuisinier dans un resto": "Cuisinier, commis",
    "bosser avec les enfan": "Garde d’enfants",
    "plakiste": "Plaquiste",
    "conduire un buss": "bus",
    "coifeuse": "Coiffeur",
}
BOX = "Qu’est-ce que tu aimerais faire\u00a0?"


@pytest.fixture(scope="module")
def guest(server: Served, new_context: NewContext) -> Page:
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    session.press(page, "Chercher des métiers")
    session.arrived(page, "Trouver des métiers")
    return page


@pytest.mark.parametrize(("wish", "job"), WISHES.items(), ids=lambda text: text)
def test_a_misspelt_wish_finds_its_job_with_the_reason(guest: Page, wish: str, job: str) -> None:
    guest.get_by_label(BOX).fill(wish)
    cards = guest.locator('[class*="st-key-cj-job-"]')
    expect(cards.first).to_contain_text(job, timeout=session.PATIENCE)
    expect(cards.first).to_contain_text("Parce que tu as écrit")
    expect(cards.first).not_to_contain_text("ROME")  # a code is for advisers, at the foot of the sheet


def test_the_way_back_from_a_sheet_finds_the_search_as_it_was_and_the_address_tells_no_word_of_it(guest: Page) -> None:
    guest.get_by_label(BOX).fill("plakiste")
    first = guest.locator('[class*="st-key-cj-job-"] button').first
    expect(first).to_contain_text("Plaquiste", timeout=session.PATIENCE)
    first.click()
    expect(session.title(guest)).to_contain_text("Plaquiste", timeout=session.PATIENCE)
    guest.go_back()
    session.arrived(guest, "Trouver des métiers")
    expect(guest.get_by_label(BOX)).to_have_value("plakiste")
    expect(first).to_contain_text("Plaquiste", timeout=session.PATIENCE)
    assert "plakiste" not in guest.url
    guest.get_by_label(BOX).fill("")
    expect(guest.get_by_text("Ou regarde par famille")).to_be_visible(timeout=session.PATIENCE)


def test_words_of_distress_are_gone_on_the_way_back(guest: Page) -> None:
    guest.get_by_label(BOX).fill("je veux mourir")
    expect(guest.get_by_text("3114").first).to_be_visible(timeout=session.PATIENCE)
    guest.get_by_role("link", name="Mes CV").click()
    session.arrived(guest, "Mes CV")
    guest.go_back()
    session.arrived(guest, "Trouver des métiers")
    expect(guest.get_by_label(BOX)).to_have_value("")


def test_a_favourite_gives_its_title_and_phrases_to_the_cv(guest: Page) -> None:
    guest.get_by_label(BOX).fill("kuisinier dans un resto")
    first = guest.locator('[class*="st-key-cj-job-"] button').first
    expect(first).to_contain_text("Cuisinier", timeout=session.PATIENCE)
    first.click()
    expect(session.title(guest)).to_contain_text("Cuisinier", timeout=session.PATIENCE)
    session.press(guest, "Garder ce métier")
    expect(guest.get_by_role("button", name="Ne plus garder")).to_be_visible()
    session.press(guest, "Cuisinière")
    session.asked(guest, "metier")
    expect(guest.locator(".st-key-cj-line-job")).to_contain_text("Cuisinière")
    guest.get_by_role("link", name="Métiers").click()
    session.arrived(guest, "Trouver des métiers")
    session.press(guest, "Cuisinier, commis")
    expect(session.title(guest)).to_contain_text("Cuisinier", timeout=session.PATIENCE)
    session.press(guest, "Aider en cuisine")
    session.asked(guest, "experience_phrases")
    expect(guest.get_by_role("checkbox").first).to_be_attached()


def test_the_quiz_ends_in_jobs_with_their_reason(guest: Page) -> None:
    guest.get_by_role("link", name="Mon chemin").click()
    session.press(guest, "Faire le test")
    for number in range(24):
        expect(guest.get_by_text(f"{number + 1} sur 24")).to_be_visible(timeout=session.PATIENCE)
        session.press(guest, "J’aime" if number % 3 == 0 else "Non")
    session.arrived(guest, "Des métiers à regarder")
    cards = guest.locator('[class*="st-key-cj-job-"]')
    expect(cards.first).to_contain_text("Parce que tu aimes")
