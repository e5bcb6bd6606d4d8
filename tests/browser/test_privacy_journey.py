"""Somebody new: the notice, a switch, who looked, all taken away and back, erasing with a change of mind, then for good."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from clicnjob.privacy.notice import current_notice
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.looks import Fault, Watched
from tests.browser.served import Served

PIN = "582914"
NAME = "Canarinette"
DOOR = "Ouvrir\u00a0: "


@pytest.fixture(scope="module")
def number(server: Served) -> str:
    return server.new_card()


@pytest.fixture(scope="module")
def walked() -> list[tuple[str, str]]:
    """The address and the title of every page that was gone through: what a browser's history keeps."""
    return []


@pytest.fixture(scope="module")
def page(server: Served, new_context: NewContext, number: str, walked: list[tuple[str, str]]) -> Page:
    """At the notice, after the first choice of a code."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    page = context.new_page()
    page.on("framenavigated", lambda frame: walked.append((frame.url, "")))
    page.goto(f"{server.url}/connexion")
    page.get_by_label("Numéro de ta carte").fill(number)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("textbox", name="Ton code secret").fill(PIN)
    page.get_by_role("textbox", name="Le même, encore une fois").fill(PIN)
    page.get_by_role("button", name="C’est mon code").click()
    session.arrived(page, current_notice().titre)
    return page


@pytest.fixture(scope="module")
def journey(
    page: Page, server: Served, tmp_path_factory: pytest.TempPathFactory, walked: list[tuple[str, str]]
) -> dict:  # type: ignore[type-arg]
    """The whole way up to the plan of an erasure; what was wrong on each screen, and the file taken away."""
    faults: dict[str, list[Fault]] = {}

    def look(name: str) -> None:
        faults[name] = looks.faults_at_both_widths(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        walked.append((page.url, page.title()))

    look("notice")
    page.goto(f"{server.url}/mon-sac")
    session.arrived(page, current_notice().titre)  # an address is no way around it
    session.press(page, current_notice().bouton)
    session.arrived(page, "Mon sac")
    page.get_by_role("button", name="Répondre").first.click()
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", NAME)
    expect(page.get_by_text("✓ Enregistré")).to_be_visible()
    page.get_by_role("link", name="Mon sac").click()
    session.arrived(page, "Mon sac")
    session.press(page, re.compile("^Mes données"))
    session.arrived(page, "Mes données")
    look("mes-donnees")
    _open(page, "Ce que voit mon conseiller")
    session.tick(page, "Mes candidatures")
    expect(page.get_by_text("C’est noté\u00a0: c’est visible.")).to_be_visible()
    look("partage")
    _back(page)
    _open(page, "Qui a vu mon dossier")
    look("qui-a-vu")
    _back(page)
    _open(page, "Mon dossier")
    look("mon-dossier")
    taken = session.download(page, "Emporter mes données", tmp_path_factory.mktemp("taken"))
    session.press(page, "Effacer mes données")
    session.arrived(page, "Effacer mes données")
    look("effacer")
    session.tick(page, "J’ai compris\u00a0: tout part.")
    session.press(page, "Effacer dans 7 jours")
    expect(page.get_by_role("button", name="Je change d’avis")).to_be_visible(timeout=session.PATIENCE)
    look("effacer, demandé")
    page.get_by_role("link", name="Mon chemin").click()
    session.arrived(page, re.compile("^Bonjour"))
    look("chemin, effacement demandé")
    return {"faults": faults, "taken": taken}


def test_no_screen_of_the_journey_breaks_a_rule(journey: dict) -> None:  # type: ignore[type-arg]
    assert not {screen: found for screen, found in journey["faults"].items() if found}


def test_the_zip_holds_what_was_written(journey: dict) -> None:  # type: ignore[type-arg]
    taken: Path = journey["taken"]
    assert taken.name == "mes-donnees.zip"
    with zipfile.ZipFile(taken) as packed:
        assert json.loads(packed.read("donnees.json"))["carried"]["profile"]["first_name"] == NAME
        assert NAME in packed.read("lisez-moi.html").decode()


def test_a_guest_takes_it_in_again(journey: dict, new_context: NewContext, server: Served) -> None:  # type: ignore[type-arg]
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    page.goto(f"{server.url}/reprendre")
    session.arrived(page, "Reprendre mon CV")
    session.give_file(page, journey["taken"])
    page.get_by_text(f"Ce fichier contient le CV de {NAME}").wait_for()
    session.press(page, "Reprendre ce travail")
    page.goto(server.url)
    session.arrived(page, f"Bonjour {NAME}")
    page.goto(f"{server.url}/sortie")


def test_one_can_change_ones_mind_and_then_erase_for_good(
    journey: dict,  # type: ignore[type-arg]
    page: Page,
    server: Served,
    number: str,
) -> None:
    session.press(page, "Je change d’avis")
    session.arrived(page, "Effacer mes données")
    session.press(page, "Je change d’avis")
    expect(page.get_by_text("C’est annulé. Tout reste là.")).to_be_visible(timeout=session.PATIENCE)
    session.tick(page, "Tout de suite")
    session.tick(page, "J’ai compris\u00a0: tout part.")
    session.press(page, "Effacer tout de suite")
    expect(page.get_by_text("Pour tout effacer, écris ton code secret.")).to_be_visible(timeout=session.PATIENCE)
    session.write(page, "Ton code secret (6 chiffres)", PIN)
    assert not looks.faults_at_both_widths(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    session.press(page, "Effacer tout de suite")
    session.arrived(page, "À bientôt")
    expect(page.get_by_text("C’est effacé. Il ne reste rien de toi ici.")).to_be_visible()
    session.enter_with_card(page, server.url, number, PIN)
    expect(page.get_by_role("alert")).to_contain_text("ne vont pas ensemble")


def test_neither_titles_nor_addresses_hold_a_name(journey: dict, walked: list[tuple[str, str]]) -> None:  # type: ignore[type-arg]
    assert len(walked) > 10
    for address, title in walked:
        assert NAME.lower() not in (address + title).lower()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[a-z/-]*(\?retour=/[a-z-]+)?(#\d+)?|about:blank", address), (
            address
        )


def test_the_journey_asks_nothing_of_another_host(journey: dict, watched: Watched) -> None:  # type: ignore[type-arg]
    assert not watched.foreign


def _open(page: Page, door: str) -> None:
    session.press(page, f"{DOOR}{door}")
    session.arrived(page, door)


def _back(page: Page) -> None:
    session.press(page, "Retour à Mes données")
    session.arrived(page, "Mes données")
