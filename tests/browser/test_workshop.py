"""A group session in two browsers: a plan, the door, a guest on a telephone, the call for help, what comes next, the end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

_LATER = 20_000  # what the trainer sends arrives within seconds; a busy machine takes longer


@pytest.fixture(scope="module")
def trainer(server: Served, new_context: NewContext) -> Page:
    """A trainer who has started a session from a plan and opened its door."""
    page = new_context().new_page()
    session.enter_as_staff(page, server.url, *server.keys["Hakim Ouali"], to=re.compile("."))
    page.goto(f"{server.url}/plans")
    session.arrived(page, "Plans de séance")
    session.press(page, "Mon premier CV")
    session.arrived(page, "Mon premier CV")
    session.press(page, "Commencer avec ce plan")
    session.press(page, "Ouvrir la porte")
    return page


@pytest.fixture(scope="module")
def guest(server: Served, new_context: NewContext, trainer: Page) -> Page:
    """A guest on a telephone who was let in by first name."""
    page = new_context(width=390, height=844).new_page()
    page.goto(f"{server.url}/connexion")
    page.get_by_role("link", name="J’ai un code de séance").click()
    page.get_by_label("Code de la séance").fill(trainer.locator(".cj-door-code").inner_text().lower())
    page.get_by_label("Ton prénom").fill("Sofiane")
    page.get_by_role("button", name="Demander à entrer").click()
    session.arrived(page, "Tu attends à la porte")
    trainer.get_by_role("button", name=re.compile("^Faire entrer")).first.click(timeout=_LATER)
    expect(session.title(page)).to_have_text("Mon premier CV", timeout=_LATER)
    return page


def test_what_the_trainer_sends_arrives_by_itself(trainer: Page, guest: Page) -> None:
    session.press(trainer, re.compile("^Étape suivante"))
    expect(guest.get_by_role("heading", name="On s’installe")).to_be_visible(timeout=_LATER)


def test_a_call_for_help_reaches_the_board_and_is_answered(trainer: Page, guest: Page) -> None:
    guest.get_by_text("Je suis bloqué").click()
    guest.get_by_role("button", name="Je ne sais pas quoi écrire").click()
    expect(guest.get_by_text("Le formateur est prévenu.")).to_be_visible(timeout=_LATER)
    trainer.get_by_role("button", name="Vu, j’arrive").click(timeout=_LATER)
    expect(guest.get_by_text("Le formateur l’a vu, il arrive.")).to_be_visible(timeout=_LATER)


def test_every_page_of_a_participant_follows_the_session(trainer: Page, guest: Page) -> None:
    guest.get_by_role("link", name="Métiers").click()
    session.arrived(guest, re.compile("métier", re.IGNORECASE))
    expect(guest.get_by_role("link", name="La séance\u00a0: On s’installe")).to_be_visible(timeout=_LATER)
    guest.wait_for_timeout(25_000)  # longer than a screen counts as connected
    expect(trainer.get_by_text("Pas relié")).to_have_count(0)
    guest.get_by_role("link", name="La séance\u00a0: On s’installe").click()
    session.arrived(guest, "Mon premier CV")


def test_the_end_sends_everybody_back_to_their_own_space(server: Served, trainer: Page, guest: Page) -> None:
    trainer.goto(f"{server.url}/seances")
    session.press(trainer, "Finir la séance")
    expect(session.title(guest)).to_have_text("La séance est finie", timeout=_LATER)
    session.press(guest, "Écrire ma page")
    session.arrived(guest, re.compile("^Qu’est-ce que tu as fait"))
