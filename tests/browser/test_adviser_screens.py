"""The adviser's screens that no other journey opens: each at both widths with axe, its main act reached by the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

LIST = "Liste du lundi\nPrénom;Nom;Portable\nZoé;Bâ;06 39 98 12 34\nLina;Morel;\nLéa;Petit;6,12E+08\n"


@pytest.fixture(scope="module")
def page(new_context: NewContext, server: Served) -> Page:
    """One browser for all of them, since each visit costs seconds."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    page = context.new_page()
    session.enter_as_staff(page, server.url, *server.keys["Claire Morvan"])
    return page


def visit(page: Page, server: Served, address: str, title: str) -> None:
    page.goto(f"{server.url}/{address}")
    session.arrived(page, title)


def judge(page: Page, name: str) -> None:
    """Nothing is wrong with the screen, wide and narrow."""
    found = looks.faults_at_both_widths(page)
    looks.take_pictures(page, name)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert found == [], name


def open_sheet(page: Page) -> None:
    page.get_by_role("button", name="Lina Morel", exact=True).first.click()
    session.arrived(page, re.compile("^Lina Morel"))


def press_by_keyboard(page: Page, name: str | re.Pattern[str]) -> None:
    session.title(page).evaluate("title => { title.tabIndex = -1; title.focus() }")
    session.reach(page, name)
    page.keyboard.press("Enter")
    session.calm(page)


def test_a_list_is_brought_in_and_what_is_mended_outlives_a_reload(page: Page, server: Served, tmp_path: Path) -> None:
    visit(page, server, "inscrire", "Inscrire une liste")
    file = tmp_path / "lundi.csv"
    file.write_text(LIST, encoding="utf-8")
    session.give_file(page, file)
    expect(page.get_by_text("Peut-être déjà inscrits")).to_be_visible()
    judge(page, "list brought in")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Ouvrir le dossier qui ressemble à Lina Morel").click()
    session.arrived(opened.value, re.compile("^Lina Morel"))
    assert "morel" not in opened.value.url.casefold()
    opened.value.close()
    press_by_keyboard(page, "Inscrire 1 jeune")
    phone = page.get_by_label("Téléphone", exact=True)
    expect(phone).to_have_value("6,12E+08")
    judge(page, "row to mend")
    phone.fill("06 39 98 00")
    session.calm(page)
    page.wait_for_timeout(1_500)  # nothing on the page says that the box has sent what it holds
    page.reload()
    session.arrived(page, "Inscrire une liste")
    expect(phone).to_have_value("06 39 98 00")
    phone.fill("06 39 98 00 11")
    press_by_keyboard(page, "Inscrire")
    expect(page.get_by_text("Léa Petit est dans la liste")).to_be_visible()
    expect(page.get_by_text("Lignes à corriger")).to_have_count(0)


def test_cards_one_person_with_a_number_and_a_warning(page: Page, server: Served) -> None:
    visit(page, server, "cartes", "Cartes des jeunes")
    for label, words in (("Prénom", "Lina"), ("Nom", "Morel"), ("Téléphone (pas obligatoire)", "06 39 98 77 88")):
        page.get_by_label(label, exact=True).fill(words)
    press_by_keyboard(page, "Créer la carte")
    expect(page.get_by_text("Semble déjà inscrit")).to_be_visible()
    page.wait_for_timeout(1_000)  # sooner, it would be the second click of a double click
    press_by_keyboard(page, "Créer la carte")
    expect(page.get_by_text("Imprimez cette carte")).to_be_visible()
    judge(page, "card just made")


def test_the_part_of_a_sheet_is_kept_over_a_reload_and_back_leads_to_the_one_before(page: Page, server: Served) -> None:
    visit(page, server, "", "Mes jeunes")
    open_sheet(page)
    page.get_by_role("tab", name="Dossier", exact=True).click()
    expect(page).to_have_url(re.compile("partie="))
    page.reload()
    session.arrived(page, re.compile("^Lina Morel"))
    expect(page.get_by_role("tab", name="Dossier", exact=True)).to_have_attribute("aria-selected", "true")
    page.go_back()
    expect(page.get_by_role("tab", name="Suivi", exact=True)).to_have_attribute("aria-selected", "true")


def test_two_files_of_one_person_are_compared_made_one_and_parted(page: Page, server: Served) -> None:
    visit(page, server, "", "Mes jeunes")
    open_sheet(page)
    page.get_by_role("tab", name="Dossier", exact=True).click()
    session.calm(page)
    session.press(page, "Comparer")
    judge(page, "two files compared")
    session.tick(page, re.compile("^Vu avec le jeune.*les deux comptes"))
    press_by_keyboard(page, "Réunir les deux dossiers")
    expect(page.get_by_text("Les deux dossiers sont réunis")).to_be_visible()
    judge(page, "two files made one")
    press_by_keyboard(page, "Séparer de nouveau")
    expect(page.get_by_text("de nouveau séparés")).to_be_visible()


def test_the_week_for_imilo(page: Page, server: Served) -> None:
    visit(page, server, "", "Mes jeunes")
    open_sheet(page)
    session.press(page, "A répondu")
    visit(page, server, "vers-i-milo", "Vers i-milo")
    page.get_by_test_id("stButtonGroup").locator("button").filter(has_text="Autres dates").click()
    session.calm(page)
    judge(page, "week for i-milo")
    press_by_keyboard(page, re.compile("^Copier tout ce qui reste"))
    expect(page.get_by_text("Tout ce qui reste est copié.")).to_be_visible()


def test_the_report_with_its_files(page: Page, server: Served) -> None:
    visit(page, server, "chiffres", "Chiffres")
    page.get_by_test_id("stButtonGroup").locator("button").filter(has_text="Financeur").click()
    session.calm(page)
    judge(page, "report with its files")
    with page.expect_download() as coming:
        press_by_keyboard(page, "Page à imprimer (PDF)")
    assert coming.value.suggested_filename == "chiffres.pdf"


def test_a_whole_list_is_written_to_in_one_act(page: Page, server: Served) -> None:
    visit(page, server, "", "Mes jeunes")
    for number in range(2):
        page.locator("input[data-tick]").nth(number).check()
    session.press(page, "Liste")
    session.write(page, "Nom de la nouvelle liste", "Lundi")
    press_by_keyboard(page, "Mettre dans la liste 2 jeunes")
    expect(page.get_by_text("Mis dans la liste")).to_be_visible()
    page.get_by_text("Mes listes").click()
    session.press(page, re.compile("^Lundi"))
    expect(page.get_by_text("Toute la liste")).to_be_visible()
    judge(page, "list open")
    press_by_keyboard(page, "Message")
    expect(page.get_by_text("2 jeunes cochés")).to_be_visible()
    page.get_by_label("Votre message à chacun").fill("Réunion lundi à 14 h.")
    judge(page, "message to a list")
    press_by_keyboard(page, "Envoyer à 2 jeunes")
    expect(page.get_by_text("Message envoyé à 2 jeunes. Vous pouvez annuler tant que la page")).to_be_visible()
    press_by_keyboard(page, "Annuler pour tous")
    expect(page.get_by_text("C’est annulé pour 2 jeunes.")).to_be_visible()
