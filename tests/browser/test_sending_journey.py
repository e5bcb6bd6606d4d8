"""« Envoyer mon CV » from the page to the list, at both widths and by keyboard; the letter; then the interview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from clicnjob.french import moments
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.looks import Fault
from tests.browser.served import Served
from tests.browser.session import reach
from tests.browser.test_keyboard import enter
from tests.sending.test_posting import Inbox, _free_port, received

PARTS = ("Pourquoi écris-tu\u00a0?", "Que dis-tu de toi\u00a0?", "Qu’est-ce qui te plaît\u00a0?")


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    context = new_context(width=390, height=844)
    context.add_init_script(path=looks.AXE)
    return context.new_page()


def to_message(page: Page, employer: str) -> list[Fault]:
    """From the first question to the message; returns what is wrong with the screens on the way."""
    session.press(page, "Répondre à une offre")
    session.arrived(page, "Que cherches-tu\u00a0?")
    found = looks.faults_at_both_widths(page)
    session.pick(page, "Un stage")
    session.press(page, "Continuer")
    session.arrived(page, "À qui écris-tu\u00a0?")
    session.write(page, "L’entreprise", employer)
    expect(page.get_by_text("✓ Enregistré")).to_be_visible()
    session.calm(page)
    found += looks.faults_at_both_widths(page)
    for title in PARTS:
        session.press(page, "Continuer")
        session.arrived(page, title)
        found += looks.faults_at_both_widths(page)
    session.tick(page, "J’aime le contact avec les gens.")
    session.press(page, "Continuer")
    session.arrived(page, "Et après, que proposes-tu\u00a0?")
    session.press(page, "Continuer")
    session.arrived(page, "Ton message est prêt")
    return found


def test_a_cv_is_sent_from_a_telephone(server: Served, phone: Page, tmp_path: Path) -> None:
    page = phone
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    page.goto(f"{server.url}/ma-page")
    session.arrived(page, "Ma page")
    session.press(page, "Envoyer mon CV")
    session.arrived(page, "Envoyer mon CV")
    found = looks.faults_at_both_widths(page)
    found += to_message(page, "Brasserie du Parc")
    message = page.locator(".cj-mail")
    expect(message).to_contain_text("votre offre de stage")
    expect(message).to_contain_text("J’aime le contact avec les gens.")
    link = page.get_by_role("link", name="Ouvrir dans ma messagerie").get_attribute("href") or ""
    assert link.startswith("mailto:?subject=Candidature") and "&body=Bonjour" in link
    expect(page.get_by_text("CV-Lina-Morel-serveuse.pdf")).to_be_visible()
    found += looks.faults_at_both_widths(page)
    assert session.download(page, "Télécharger mon CV", tmp_path).name == "CV-Lina-Morel-serveuse.pdf"
    for tab in ("Ce qu’il pense", "Changer", "Lettre"):
        page.get_by_role("tab", name=tab).click()
        session.calm(page)
        found += looks.faults_at_both_widths(page)
    pdf = session.download(page, "La lettre en PDF", tmp_path)
    word = session.download(page, "La lettre en Word", tmp_path)
    assert pdf.name == "Lettre-Lina-Morel-serveuse.pdf"
    said = " ".join(each.text for each in docx.Document(str(word)).paragraphs).split()
    assert PdfReader(pdf).pages[0].extract_text().split() == said and "Brasserie" in said
    page.get_by_role("tab", name="Envoyer", exact=True).click()
    session.press(page, "C’est envoyé")
    session.arrived(page, "C’est envoyé. Bravo\u00a0!")
    found += looks.faults_at_both_widths(page)
    session.press(page, "Voir mes candidatures")
    session.arrived(page, "Mes candidatures")
    card = page.locator('[class*="st-key-cj-application-"]').filter(has_text="Brasserie du Parc")
    expect(card).to_contain_text("À relancer le")
    assert [fault for fault in found if fault.rule != "console"] == []


def test_a_guest_writes_with_the_keyboard_alone(server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    page.goto(f"{server.url}/envoyer")
    session.arrived(page, "Envoyer mon CV")
    enter(page, re.compile("^Proposer mon CV"))
    session.arrived(page, "Que cherches-tu\u00a0?")
    reach(page, re.compile("^Quel métier"))
    page.keyboard.type("Vendeuse")
    enter(page, "Continuer")
    session.arrived(page, "À qui écris-tu\u00a0?")
    reach(page, "L’entreprise")
    page.keyboard.type("Le Fournil")
    enter(page, "Voir mon message")
    session.arrived(page, "Ton message est prêt")
    expect(page.locator(".cj-mail")).to_contain_text("un emploi de vendeuse")
    expect(page.get_by_text("Envoyer d’ici")).to_have_count(0)
    enter(page, "C’est envoyé")
    session.arrived(page, "C’est envoyé. Bravo\u00a0!")


def test_the_interview_of_the_list_leads_to_its_day(server: Served, new_context: NewContext) -> None:
    """« Dis quel jour, puis prépare-toi » leads there; the day is known; home tells it."""
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    page.goto(f"{server.url}/candidatures")
    session.arrived(page, "Mes candidatures")
    session.press(page, "Ajouter une candidature")
    session.write(page, "Ou une entreprise", "Le Fournil")
    session.press(page, "Ajouter")
    session.pick(page, "Entretien")
    on = date.today() + timedelta(days=3)
    session.choose(page, "Quel jour\u00a0?", moments.shown_day(on))
    session.press(page, "Préparer cet entretien")
    session.arrived(page, "Quand est-ce\u00a0?")
    expect(page.get_by_label("Quel jour\u00a0?")).to_have_value(re.compile(f"{on.day}"))
    page.goto(f"{server.url}/chemin")
    session.arrived(page, re.compile("^Bonjour"))
    expect(page.locator(".cj-leave")).to_contain_text("Le Fournil")
    session.press(page, "Voir ma feuille")
    session.arrived(page, "Le Fournil")


@pytest.fixture(scope="module")
def posting(chrome: Browser) -> Iterator[tuple[Served, Inbox]]:
    """A server with the structure's mail set up, and the inbox that it reaches."""
    inbox = Inbox()
    mail = Controller(inbox, hostname="127.0.0.1", port=_free_port())
    mail.start()
    settings = {"HOST": "127.0.0.1", "PORT": str(mail.port), "SECURITY": "none", "FROM": "cv@mission-locale.fr"}
    started = Served(settings={f"CLICNJOB_SMTP_{name}": value for name, value in settings.items()})
    try:
        started.fill()
        started.start()
        yield started, inbox
    finally:
        started.remove()
        mail.stop()


def test_a_message_leaves_through_the_structure_s_mail(posting: tuple[Served, Inbox], phone: Page) -> None:
    server, inbox = posting
    page = phone
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    page.goto(f"{server.url}/envoyer")
    session.arrived(page, "Envoyer mon CV")
    to_message(page, "Brasserie du Parc")
    page.get_by_text("Envoyer d’ici, sans messagerie").click()
    session.calm(page)
    expect(page.get_by_role("button", name="Envoyer maintenant")).to_be_disabled()
    session.write(page, "L’adresse e-mail de l’employeur", "rh@brasserie-du-parc.fr")
    session.tick(page, re.compile("Je veux envoyer"))
    found = looks.faults_at_both_widths(page)
    session.press(page, "Envoyer maintenant")
    session.arrived(page, "C’est envoyé. Bravo\u00a0!")
    assert inbox.envelopes[-1].rcpt_tos == ["rh@brasserie-du-parc.fr"]
    assert received(inbox)["Reply-To"].addresses[0].addr_spec == "lina.morel@exemple.fr"
    page.goto(f"{server.url}/qui-a-vu")
    session.arrived(page, "Qui a vu mon dossier")
    expect(page.get_by_text("rh@brasserie-du-parc.fr")).to_be_visible()
    assert found == []
