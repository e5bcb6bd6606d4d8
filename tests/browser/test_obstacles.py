"""A young person says what blocks, finds whom to turn to, shows one thing; does the digital check; gives a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

ANSWERS = ("Je le partage", "Je fais attention aux gigas", "CV-Lina-Morel.pdf")


@pytest.fixture(scope="module")
def lina(server: Served, new_context: NewContext) -> Page:
    page = new_context().new_page()
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    return page


def test_what_blocks_leads_to_a_first_step_and_to_services_near(lina: Page) -> None:
    session.press(lina, "Ce qui me bloque")
    session.arrived(lina, "Ce qui me bloque")
    session.press(lina, "Je n’ai pas le permis")
    session.arrived(lina, "Je n’ai pas le permis")
    expect(lina.get_by_text("Tu peux y aller sans conseiller.").first).to_be_visible(timeout=session.PATIENCE)
    expect(lina.locator(".cj-contacts a[href*='exemple']")).to_have_count(0)
    session.write(lina, "Ta ville ou ton code postal", "Nulle-Part")
    session.press(lina, "Chercher")
    expect(lina.get_by_text("Rien n’est noté ici pour cette ville.")).to_be_visible(timeout=session.PATIENCE)


def test_one_obstacle_is_kept_then_shown_and_the_adviser_reads_that_one(
    lina: Page, server: Served, new_context: NewContext
) -> None:
    session.tick(lina, "Oui, ça me bloque. Je le garde.")
    session.tick(lina, "Mon conseiller peut le voir")
    expect(lina.get_by_text("C’est noté\u00a0: c’est visible.")).to_be_visible(timeout=session.PATIENCE)
    session.press(lina, "Revenir aux images")
    session.press(lina, "Je n’ai pas assez d’argent")
    session.tick(lina, "Oui, ça me bloque. Je le garde.")
    claire = new_context().new_page()
    session.enter_as_staff(claire, server.url, *server.keys["Claire Morvan"])
    claire.get_by_text("Lina Morel").first.click()
    expect(claire.get_by_text("Ce que la personne a choisi de montrer")).to_be_visible(timeout=session.PATIENCE)
    expect(claire.get_by_text("Je n’ai pas le permis")).to_be_visible()
    expect(claire.get_by_text("Je n’ai pas assez d’argent")).to_have_count(0)
    claire.context.close()


def test_the_check_is_answered_by_touch_and_by_keys_and_ends_in_lessons(lina: Page, tmp_path: Path) -> None:
    lina.get_by_role("link", name="Mon chemin").click()
    session.press(lina, "Mon point numérique")
    session.press(lina, "Je commence")
    session.arrived(lina, "Chez toi, qu’est-ce que tu as\u00a0?")
    session.tick(lina, "Un téléphone avec internet")
    session.press(lina, "Suivant")
    session.arrived(lina, "Un ordinateur, tu peux t’en servir quand\u00a0?")
    for words in ANSWERS[:2]:
        session.press(lina, words)
    session.arrived(lina, "Touche le CV de Lina.")
    choice = lina.get_by_role("button", name=ANSWERS[2])
    choice.focus()
    lina.keyboard.press("Enter")
    session.arrived(lina, "Un mot a une lettre en trop. Corrige-le.")
    session.write(lina, "Corrige ici", "Bonjour, je cherche un stage.")
    session.press(lina, "Suivant")
    session.press(lina, "Non, je n’ouvre pas")
    session.press(lina, "Non")
    session.press(lina, "Avec de l’aide")
    session.press(lina, "Je pars, c’est tout")
    session.press(lina, "Suivant")
    session.arrived(lina, "Voilà ce qui peut t’aider")
    expect(lina.get_by_text("Une adresse mail sérieuse")).to_be_visible()
    session.press(lina, "Ma fiche de liaison")
    session.arrived(lina, "Ma fiche de liaison")
    session.tick(lina, "Mon matériel\u00a0: Un téléphone avec internet")
    session.tick(lina, "Je suis d’accord pour donner ces lignes.")
    session.press(lina, "Faire ma fiche")
    made = session.download(lina, "Télécharger ma fiche", tmp_path)
    assert made.read_bytes().startswith(b"%PDF")
