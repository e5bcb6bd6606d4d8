"""A head invites an adviser, who opens the link elsewhere, chooses a password, adds a telephone and comes back with its codes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.looks import Fault
from tests.browser.served import Served

PASSWORD = "sept lanternes sous la pluie"
LOGIN = "nour.attia"
RULES = ("axe", "title", "lang", "sideways", "english", "target", "escape", "apostrophe", "exception")


class Journey:
    """What happened, once for all the tests of this file."""

    def __init__(self) -> None:
        self.faults: dict[str, list[Fault]] = {}
        self.link = self.secret = ""
        self.recovery: list[str] = []

    def look(self, page: Page, name: str) -> None:
        self.faults[name] = looks.faults_at_both_widths(page)
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def journey() -> Journey:
    return Journey()


@pytest.fixture(scope="module")
def head(server: Served, new_context: NewContext, journey: Journey) -> Page:
    """The head at their desk, who looks at every page of the structure."""
    page = fresh(new_context).new_page()
    enter(page, server, *server.keys["Administration"])
    session.arrived(page, re.compile("."))
    for address, title in (
        ("administration", "Administration"),
        ("structures", "Structures"),
        ("reglages", "Réglages"),
        ("journal", "Journal"),
        ("etat", "Santé de l’installation"),
        ("premiers-reglages", "Premiers réglages"),
        ("mon-compte", "Mon compte"),
        ("equipe", "Équipe"),
    ):
        page.goto(f"{server.url}/{address}")
        session.arrived(page, title)
        journey.look(page, address)
    return page


@pytest.fixture(scope="module")
def invited(head: Page, server: Served, journey: Journey) -> Journey:
    """« Équipe », the form, and the link shown once."""
    session.write(head, "Prénom", "Nour")
    session.write(head, "Nom", "Attia")
    session.tick(head, "Conseiller")
    session.press(head, "Créer le lien d’invitation")
    shown = head.locator(".cj-address")
    shown.wait_for(timeout=session.PATIENCE)
    journey.link = shown.inner_text()
    journey.look(head, "the link")
    return journey


@pytest.fixture(scope="module")
def colleague(new_context: NewContext, server: Served, invited: Journey) -> Page:
    """Another computer: the link, a password, then the telephone."""
    page = fresh(new_context).new_page()
    page.goto(server.url + "/invitation")
    invited.look(page, "invitation")
    page.goto(invited.link.replace(re.match(r"https?://[^/]+", invited.link)[0], server.url))  # type: ignore[index]
    page.get_by_role("heading", name="Bienvenue Nour").wait_for()
    invited.look(page, "choose a password")
    choose(page, "court", "court")
    page.get_by_role("alert").wait_for()
    invited.look(page, "a password that does not do")
    choose(page, PASSWORD, PASSWORD)
    session.arrived(page, "Mes jeunes")
    page.get_by_role("link", name="Nour").click()
    session.arrived(page, "Mon compte")
    return page


@pytest.fixture(scope="module")
def protected(colleague: Page, server: Served, journey: Journey) -> Page:
    """The second factor, from « Mon compte », then out."""
    page = colleague
    page.get_by_role("link", name="Ajouter mon téléphone").click()
    page.get_by_role("heading", name="Double vérification").wait_for()
    journey.look(page, "the second factor")
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("img", name="Carré à scanner").wait_for()
    journey.look(page, "the square")
    page.get_by_text("Je ne peux pas scanner").click()
    journey.secret = page.locator(".key code").inner_text().replace(" ", "")
    page.get_by_label("Code à 6 chiffres").fill(pyotp.TOTP(journey.secret).now())
    page.get_by_role("button", name="Activer").click()
    page.get_by_role("heading", name="Vos codes de secours").wait_for()
    journey.recovery = page.locator(".recovery code").all_inner_texts()
    journey.look(page, "recovery codes")
    page.get_by_role("link", name="C’est noté, j’entre").click()
    session.arrived(page, "Mon compte")
    page.goto(f"{server.url}/compte/mot-de-passe")
    journey.look(page, "another password")
    page.goto(f"{server.url}/sortie")
    return page


def test_the_link_s_token_stays_in_no_address(colleague: Page, journey: Journey) -> None:
    token = journey.link.rpartition("#")[2]
    assert len(token) == 43 and token not in colleague.url
    assert not any(token in entry for entry in colleague.evaluate("performance.getEntries().map(e => e.name)"))


def test_the_link_does_not_serve_twice(
    colleague: Page, new_context: NewContext, server: Served, journey: Journey
) -> None:
    page = fresh(new_context).new_page()
    page.goto(f"{server.url}/invitation#{journey.link.rpartition('#')[2]}")
    expect(page.get_by_role("alert")).to_contain_text("ne marche plus")


def test_the_telephone_s_code_is_asked_and_lets_in(
    protected: Page, server: Served, new_context: NewContext, journey: Journey
) -> None:
    page = fresh(new_context).new_page()
    enter(page, server, LOGIN, PASSWORD)
    page.get_by_role("heading", name="Code de votre téléphone").wait_for()
    journey.look(page, "the code")
    page.get_by_label("Code", exact=True).fill("000 000")
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("alert")).to_contain_text("pas le bon")
    later = pyotp.TOTP(journey.secret)
    page.get_by_label("Code", exact=True).fill(
        later.at(for_time=now(page), counter_offset=1)
    )  # the one of now may be used
    page.get_by_role("button", name="Entrer").click()
    session.arrived(page, "Mes jeunes")


def test_a_recovery_code_lets_in_once(
    protected: Page, server: Served, new_context: NewContext, journey: Journey
) -> None:
    assert len(journey.recovery) == 10
    for serves in (True, False):
        page = fresh(new_context).new_page()
        enter(page, server, LOGIN, PASSWORD)
        page.get_by_label("Code", exact=True).fill(journey.recovery[0].lower())
        page.get_by_role("button", name="Entrer").click()
        if serves:
            session.arrived(page, "Mes jeunes")
        else:
            expect(page.get_by_role("alert")).to_contain_text("pas le bon")


def test_the_head_reads_it_all_in_the_journal(protected: Page, head: Page, server: Served) -> None:
    head.goto(f"{server.url}/journal")
    session.arrived(head, "Journal")
    for words in ("a invité Nour Attia", "a choisi son mot de passe", "a activé sa double vérification"):
        expect(head.locator(".cj-table")).to_contain_text(words)


def test_the_sheet_of_a_colleague_is_looked_at(protected: Page, head: Page, server: Served, journey: Journey) -> None:
    head.goto(f"{server.url}/equipe")
    session.arrived(head, "Équipe")
    line = head.locator('[class*="st-key-cj-line-"]').filter(has_text="Nour Attia")
    line.get_by_role("button", name="Gérer").click()
    session.calm(head)
    expect(head.locator(".cj-facts")).to_contain_text("active")
    journey.look(head, "a colleague")


def test_a_card_s_square_fills_the_number_and_leaves_the_address(new_context: NewContext, server: Served) -> None:
    page = fresh(new_context).new_page()
    number = server.new_card()
    page.goto(f"{server.url}/connexion#{number.replace('-', '')}")
    expect(page.get_by_label("Numéro de ta carte")).to_have_value(number.replace("-", ""))
    assert page.url == f"{server.url}/connexion"
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("heading", name="Choisis ton code secret").wait_for()


@pytest.mark.parametrize("rule", RULES)
def test_no_screen_of_the_structure_breaks(rule: str, protected: Page, journey: Journey) -> None:
    broken = {
        screen: [f"{fault.width} px: {fault.words}" for fault in faults if fault.rule == rule]
        for screen, faults in journey.faults.items()
    }
    assert len(broken) >= 15
    assert not {screen: faults for screen, faults in broken.items() if faults}


def fresh(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    context = new_context()
    context.add_init_script(path=looks.AXE)
    return context


def enter(page: Page, server: Served, login: str, password: str) -> None:
    page.goto(f"{server.url}/connexion/pro")
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Entrer").click()


def choose(page: Page, password: str, again: str) -> None:
    page.get_by_label("Identifiant").fill(LOGIN)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_label("Le même, encore une fois").fill(again)
    page.get_by_role("button", name="Ouvrir mon espace").click()


def now(page: Page) -> int:
    return int(page.evaluate("Math.floor(Date.now() / 1000)"))
