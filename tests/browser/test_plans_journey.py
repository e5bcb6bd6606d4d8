"""A plan of the structure in a browser: copied, changed, started, and the wall shows the new words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

_LATER = 20_000


@pytest.fixture(scope="module")
def trainer(server: Served, new_context: NewContext) -> Page:
    """A trainer in front of the plans."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    page = context.new_page()
    session.enter_as_staff(page, server.url, *server.keys["Hakim Ouali"], to=re.compile("."))
    page.goto(f"{server.url}/plans")
    session.arrived(page, "Plans de séance")
    return page


def test_a_copied_plan_is_changed_started_and_on_the_wall(
    server: Served, new_context: NewContext, trainer: Page
) -> None:
    session.press(trainer, "Téléphoner")
    session.press(trainer, "Copier pour l’adapter")
    session.arrived(trainer, "Téléphoner (2)")
    session.press(trainer, re.compile("Allô"))
    session.write(trainer, "Sur l’écran du mur", "Dis **allô** <b>fort</b>.")
    session.write(trainer, "Minutes", "9")
    expect(trainer.get_by_text("Il reste 1 minute à donner")).to_be_visible(timeout=_LATER)
    expect(trainer.get_by_text("89 minutes sur 90")).to_be_visible()
    session.press(trainer, re.compile("^Annuler"))
    expect(trainer.get_by_text("90 minutes sur 90")).to_be_visible(timeout=_LATER)
    session.press(trainer, "Fini, voir le plan")
    session.press(trainer, "Commencer avec ce plan")
    session.press(trainer, "Allumer l’écran du mur")
    session.press(trainer, re.compile("^Étape suivante"))
    wall = new_context(width=1920, height=1080).new_page()
    address = trainer.get_by_role("link", name="Ouvrir l’écran du mur").get_attribute("href", timeout=_LATER)
    wall.goto(f"{server.url}/{(address or '').removeprefix(server.url).lstrip('/')}")
    expect(wall.get_by_role("heading", name="Allô")).to_be_visible(timeout=_LATER)
    expect(wall.get_by_text("Dis **allô** <b>fort</b>.", exact=True)).to_be_visible()


def test_a_sheet_is_written_beside_its_printed_page(server: Served, trainer: Page) -> None:
    """What only a browser shows: the picture is drawn, it follows what is typed, and nothing is wrong at both widths."""
    trainer.goto(f"{server.url}/plans")
    if trainer.get_by_role("button", name="Tous les plans").count():
        session.press(trainer, "Tous les plans")
    session.arrived(trainer, "Plans de séance")
    session.press(trainer, "Envoyer un mail avec mon CV")
    session.press(trainer, "Copier pour l’adapter")
    session.press(trainer, "Ajouter une fiche")
    session.write(trainer, "Titre", "Mes mots")
    session.write(trainer, "Cartes à découper", "Bonjour\nen souriant\n\nMerci")
    session.write(trainer, "À quoi elle sert, et quand", "À la fin.")
    expect(trainer.get_by_text("À finir avant d’animer")).to_have_count(0, timeout=_LATER)
    picture = trainer.get_by_role("img", name="Page 1 de la fiche « Mes mots », comme elle s’imprime")
    expect(picture).to_be_visible(timeout=_LATER)
    assert picture.evaluate("it => it.naturalWidth") > 500
    looks.take_pictures(trainer, "a sheet of a plan")
    assert looks.faults_at_both_widths(trainer) == []
