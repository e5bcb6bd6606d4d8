"""« M’entraîner au mail »: the wrong file first, then the right one, at both widths; then by keyboard alone, and a scam."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.browser.session import reach
from tests.browser.test_keyboard import enter

THINKS = "Ce que l’employeur pense"


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    context = new_context(width=390, height=844)
    context.add_init_script(path=looks.AXE)
    return context.new_page()


def choose_file(page: Page, place: str, name: str) -> None:
    """Through the window of files, as on a computer; what opens or closes has the focus."""
    session.press(page, "Joindre un fichier")
    expect(page.locator("#picker-name")).to_be_focused()
    session.press(page, place)
    session.press(page, re.compile(re.escape(name)))
    expect(page.locator(".cj-mb-chosen")).to_contain_text(name)
    session.press(page, "Ouvrir")
    expect(page.locator(".cj-mb-chip").filter(has_text=name)).to_be_focused()


def open_mail(page: Page) -> Locator:
    """The subject of the mail that is read: it has the focus when the mail opens, and when its gestures are gone."""
    return page.locator(".cj-mb-head h2")


def test_the_wrong_file_first_then_the_right_one(server: Served, phone: Page) -> None:
    page = phone
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    page.goto(f"{server.url}/envoyer")
    session.arrived(page, "Envoyer mon CV")
    session.press(page, "M’entraîner au mail")
    session.arrived(page, "M’entraîner au mail")
    found = looks.faults_at_both_widths(page)
    session.press(page, "Répondre à une offre")
    session.arrived(page, "Lis le message de Claire Martin")
    found += looks.faults_at_both_widths(page)
    session.press(page, re.compile("^Claire Martin"))
    expect(page.get_by_text("CV et petit message à Sofia Renard")).to_be_visible()
    found += looks.faults_at_both_widths(page)
    session.press(page, "Écrire à l’employeur")
    session.arrived(page, "À qui écris-tu\u00a0?")
    session.tick(page, re.compile("Sofia Renard"))
    expect(page.get_by_label("À", exact=True)).to_have_value("recrutement@brasserie-du-parc.exemple.fr")
    found += looks.faults_at_both_widths(page)
    session.press(page, "Continuer")
    session.arrived(page, "Choisis l’objet")
    session.tick(page, re.compile("^Candidature"))
    found += looks.faults_at_both_widths(page)
    for title in ("Pourquoi écris-tu\u00a0?", "Que dis-tu de toi\u00a0?", "Qu’est-ce qui te plaît\u00a0?"):
        session.press(page, "Continuer")
        session.arrived(page, title)
    session.press(page, "Continuer")
    session.press(page, "Continuer")
    session.arrived(page, "Relis ton message")
    found += looks.faults_at_both_widths(page)
    session.press(page, "Continuer")
    session.arrived(page, "Joins ton CV")
    session.press(page, "Joindre un fichier")
    found += looks.faults_at_both_widths(page)
    session.press(page, "Annuler")
    choose_file(page, "Documents", "CV-Karim-Haddad.pdf")
    session.press(page, "Continuer")
    session.arrived(page, "On l’envoie\u00a0?")
    found += looks.faults_at_both_widths(page)
    session.press(page, "Envoyer")
    session.arrived(page, THINKS)
    expect(page.get_by_text("C’est le CV de Karim.")).to_be_visible()
    found += looks.faults_at_both_widths(page)
    session.press(page, "Enlève ce fichier et prends ton CV")
    session.arrived(page, "Joins ton CV")
    session.press(page, "Enlever")
    choose_file(page, "Documents", "CV-Lina-Morel-serveuse.pdf")
    session.press(page, "Renvoyer")
    session.arrived(page, THINKS)
    expect(page.get_by_text("Merci pour votre message, clair et complet.")).to_be_visible()
    link = page.get_by_role("link", name="Ouvrir dans ma messagerie").get_attribute("href") or ""
    assert link.startswith("mailto:?subject=Candidature") and "Bonjour" in link
    found += looks.faults_at_both_widths(page)
    page.reload()
    session.arrived(page, "M’entraîner au mail")
    expect(page.get_by_text("✓ Brasserie du Parc t’a répondu.")).to_be_visible()
    session.press(page, "Répondre à une offre")
    session.arrived(page, THINKS)
    expect(page.get_by_text("L’objet dit pourquoi tu écris.")).to_be_visible()
    session.press(page, "L’écrire à un vrai employeur")
    session.arrived(page, "À qui écris-tu\u00a0?")
    assert "/envoyer" in page.url
    assert [fault for fault in found if fault.rule != "console"] == []


def test_a_guest_says_yes_with_the_keyboard_alone(server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    page.goto(f"{server.url}/mail-pour-de-faux")
    session.arrived(page, "M’entraîner au mail")
    enter(page, re.compile("^Dire oui"))
    session.arrived(page, "Lis le message de Nadia Benali")
    expect(session.title(page)).to_be_focused()
    enter(page, re.compile("^Nadia Benali"))
    expect(open_mail(page)).to_be_focused()
    enter(page, re.compile("^Répondre à tous"))
    session.arrived(page, "À qui écris-tu\u00a0?")
    expect(page.get_by_label("À", exact=True)).to_have_value("nadia.benali@bien-chez-soi.exemple.fr")
    enter(page, "Continuer")
    session.arrived(page, "Comment dis-tu oui\u00a0?")
    expect(session.title(page)).to_be_focused()
    enter(page, "Continuer")
    enter(page, "Continuer")
    session.arrived(page, "Relis ton message")
    reach(page, "Le message")
    page.keyboard.press("Control+End")
    page.keyboard.type("\nSam Petit")
    expect(page.get_by_text("✓ Enregistré")).to_be_visible(timeout=session.PATIENCE)
    enter(page, "Continuer")
    session.arrived(page, "On l’envoie\u00a0?")
    enter(page, "Envoyer")
    session.arrived(page, THINKS)
    expect(session.title(page)).to_be_focused()
    expect(page.get_by_text("Sonnez à l’interphone")).to_be_visible()


def test_a_scam_is_told_by_its_signs(server: Served, phone: Page) -> None:
    page = phone
    session.enter_as_guest(page, server.url)
    page.goto(f"{server.url}/mail-pour-de-faux")
    session.arrived(page, "M’entraîner au mail")
    session.press(page, "Trier ma boîte")
    session.arrived(page, "Que fais-tu de ces messages\u00a0?")
    session.press(page, re.compile("^Service Recrutement"))
    expect(open_mail(page)).to_be_focused()
    found = looks.faults_at_both_widths(page)
    session.press(page, "Signaler")
    expect(page.get_by_role("status").filter(has_text="Ce qui le trahit")).to_be_visible()
    expect(open_mail(page)).to_be_focused()
    expect(page.get_by_text("On te demande de payer pour travailler.")).to_be_visible()
    found += looks.faults_at_both_widths(page)
    session.press(page, "Revenir à la liste")
    expect(page.locator(".cj-mb-pane-name")).to_be_focused()
    session.press(page, re.compile("^Accueil mission locale"))
    session.press(page, "Télécharger")
    expect(page.get_by_text("dans le dossier «\u00a0Téléchargements\u00a0»")).to_be_visible()
    found += looks.faults_at_both_widths(page)
    assert [fault for fault in found if fault.rule != "console"] == []
