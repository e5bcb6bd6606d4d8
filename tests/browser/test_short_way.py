"""The short way: a guest makes a first page on a telephone, improves it, and goes back as on any site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from clicnjob.cv.model.prompts import cv_prompts
from tests.browser import looks, session, walk_cv
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.browser.test_keyboard import enter, fill

_TOO_WIDE = """(words) => {
  const tile = document.querySelector("[class*=st-key-cj-tiles-activities] button p")
  const pen = document.createElement("canvas").getContext("2d")
  pen.font = getComputedStyle(tile).font
  return words.filter((word) => pen.measureText(word).width > tile.clientWidth)
}"""


@pytest.fixture
def page(server: Served, new_context: NewContext) -> Page:
    """A guest with a telephone, on the home page."""
    context = new_context(width=390, height=844)
    context.add_init_script(path=looks.AXE)
    opened = context.new_page()
    session.enter_as_guest(opened, server.url)
    return opened


def test_a_guest_makes_a_first_page_on_a_telephone(page: Page, tmp_path: Path) -> None:
    faults = looks.faults(page)
    session.press(page, session.SHORT_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Kévin")
    session.write(page, "Nom", "Roux")
    faults += looks.faults(page)
    session.go_on(page, "telephone")
    session.write(page, "Téléphone", "06 12 34 56 78")
    session.go_on(page, "metier")
    session.write(page, "Ce que tu veux faire", "un truc dans les motos")
    faults += looks.faults(page)
    session.press(page, "Réparateur de vélos et de motos")
    session.tick(page, "J’ai moins de 18 ans")
    session.pick(page, "Un apprentissage")
    expect(page.get_by_text("C’est possible dès 16 ans.")).to_be_visible()
    faults += looks.faults(page)
    session.go_on(page, "experiences")
    session.press(page, "Un stage")
    session.asked(page, "experience_activite")
    page.locator(".st-key-cj-tiles-activities button").first.click()
    session.asked(page, "experience_phrases")
    page.get_by_role("checkbox").first.locator("xpath=ancestor::label[1]").click()
    session.calm(page)
    session.go_on(page, "experience_intitule")
    session.touch(page, "Stagiaire", to="experience_lieu")
    faults += looks.faults(page)
    session.go_on(page, "accroche_1")
    faults += looks.faults(page)
    page.get_by_role("button", name=re.compile("réparateur de vélos et de motos")).first.click()
    session.arrived(page, "Ma page")
    faults += looks.faults(page)
    text = _pdf_text(session.download(page, "Télécharger le PDF", tmp_path))
    for said in ("Kévin ROUX", "06 12 34 56 78", "Réparateur de vélos et de motos – Recherche d’apprentissage"):
        assert said in text
    assert "truc" not in text
    assert not faults


def test_an_improvement_is_one_gesture_and_comes_back_to_the_page(page: Page) -> None:
    session.press(page, session.SHORT_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Kévin")
    session.jump(page, "Ma page")
    session.arrived(page, "Ma page")
    expect(page.get_by_role("heading", name="Améliore ta page")).to_be_visible()
    session.press(page, "Ajouter mon numéro")
    session.asked(page, "telephone")
    session.write(page, "Téléphone", "06 12 34 56 78")
    session.press(page, "Revoir ma page")
    session.arrived(page, "Ma page")
    expect(page.get_by_role("button", name="Ajouter mon numéro")).to_have_count(0)


def test_the_browsers_back_shows_the_question_before_and_forward_the_one_after(page: Page) -> None:
    session.press(page, session.SHORT_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Kévin")
    session.go_on(page, "telephone")
    session.write(page, "Téléphone", "06 12 34 56 78")
    session.go_on(page, "metier")
    page.go_back()
    session.asked(page, "telephone")
    page.go_back()
    session.asked(page, "prenom_nom")
    page.go_forward()
    session.asked(page, "telephone")
    session.go_on(page, "metier")
    session.press(page, "Retour")
    session.asked(page, "telephone")
    page.go_back()
    session.asked(page, "prenom_nom")
    page.go_back()
    session.arrived(page, re.compile("^Bonjour"))


def test_back_from_the_page_shows_the_last_question(page: Page) -> None:
    session.press(page, session.SHORT_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Kévin")
    session.go_on(page, "telephone")
    session.jump(page, "Ma page")
    session.arrived(page, "Ma page")
    page.go_back()
    session.asked(page, "telephone")


def test_the_short_way_works_with_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    enter(page, session.SHORT_WAY)
    session.asked(page, "prenom_nom")
    fill(page, "Prénom", "Samir")
    enter(page, "Continuer")
    session.asked(page, "telephone")
    fill(page, "Téléphone", "0612345678")
    enter(page, "Continuer")
    session.asked(page, "metier")
    fill(page, "Ce que tu veux faire", "vendeur")
    enter(page, "Continuer")
    session.asked(page, "experiences")
    enter(page, "Un club, une association")
    session.asked(page, "experience_activite")
    enter(page, "Je ne trouve pas")
    session.asked(page, "experience_phrases")
    enter(page, "Plus tard")
    session.asked(page, "experience_intitule")
    enter(page, "Je ne sais pas")
    session.asked(page, "experience_lieu")
    enter(page, "Je ne sais plus")
    session.asked(page, "accroche_1")
    enter(page, re.compile("métier de vendeur"))
    session.arrived(page, "Ma page")
    with page.expect_download() as coming:
        enter(page, "Télécharger le PDF")
    coming.value.save_as(tmp_path / "cv.pdf")
    assert "métier de vendeur" in _pdf_text(tmp_path / "cv.pdf")


@pytest.mark.parametrize(("name", "way"), [("short", walk_cv.walk_short_way), ("whole", walk_cv.walk_whole_way)])
def test_a_way_costs_no_more_than_it_may(
    name: str, way: walk_cv.Way, server: Served, new_context: NewContext, tmp_path: Path
) -> None:
    walk, _ = way(new_context(height=720).new_page(), server.url, tmp_path)
    assert walk_cv.is_within_limits(name, walk), "\n".join(walk_cv.report(name, walk))


def _pdf_text(file: Path) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_no_word_of_an_activity_is_broken_in_its_tile_on_a_telephone(page: Page) -> None:
    session.press(page, session.SHORT_WAY)
    session.asked(page, "prenom_nom")
    session.jump(page, "Mes expériences")
    session.asked(page, "experiences")
    session.press(page, "Un coup de main en famille")
    session.asked(page, "experience_activite")
    words = sorted({word for each in cv_prompts().activities.values() for word in re.split(r"[\s-]+", each.nom)})
    assert page.evaluate(_TOO_WIDE, words) == []
