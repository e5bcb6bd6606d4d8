"""Makes docs/images again: the guided CV, the finished page, and a group session with its plan and its wall.

`make screenshots`; the people are those of the demonstration.
"""

from __future__ import annotations

import re
import sys

from playwright.sync_api import Browser, Page, expect, sync_playwright

from clicnjob.paths import ROOT
from tests.browser import served, session
from tests.browser.served import Served

IMAGES = ROOT / "docs" / "images"


def main() -> int:
    """Start the app, take the pictures, stop it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    server = Served()
    with sync_playwright() as playwright:
        place = served.chromium(playwright)
        if not place:
            print("Chromium is not installed.", file=sys.stderr)
            return 1
        browser = served.launched(playwright, place)
        try:
            server.fill()
            server.start()
            _take(_new_page(browser), server)
            _take_session(browser, server)
        finally:
            browser.close()
            server.remove()
    return 0


def _take(page: Page, server: Served) -> None:
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    session.press(page, "Continuer mon CV")
    session.jump(page, "Mes expériences")
    session.asked(page, "experiences_suite")
    session.press(page, "Changer")
    session.asked(page, "experience_phrases")
    _picture(page, "guide.png")
    page.goto(f"{server.url}/ma-page")
    session.arrived(page, "Ma page")
    _picture(page, "page.png")


def _take_session(browser: Browser, server: Served) -> None:
    """Take the plans, one that is written, the board while somebody asks for help, the wall, the trainer's home."""
    page = _new_page(browser)
    session.enter_as_staff(page, server.url, *server.keys["Hakim Ouali"], to=re.compile("."))
    page.goto(f"{server.url}/plans")
    session.arrived(page, "Plans de séance")
    _picture(page, "plans.png")
    session.press(page, "Mon premier CV")
    session.press(page, "Copier pour l’adapter")
    session.press(page, re.compile("On se raconte"))
    session.write(page, "Titre", "On se raconte, debout")
    _picture(page, "plan.png")
    session.press(page, "Fini, voir le plan")
    session.press(page, "Commencer avec ce plan")
    session.press(page, "Allumer l’écran du mur")
    session.press(page, "Ouvrir la porte")
    guests = [_guest_at_the_door(browser, server, page, name) for name in ("Sofiane", "Inès", "Tom", "Awa")]
    page.get_by_role("button", name="Faire entrer tout le monde").click(timeout=session.PATIENCE)
    session.press(page, re.compile("^Étape suivante"))
    session.press(page, re.compile("^Étape suivante"))
    guests[0].get_by_text("Je suis bloqué").click(timeout=session.PATIENCE)
    guests[0].get_by_role("button", name="Je ne sais pas quoi écrire").click(timeout=session.PATIENCE)
    session.press(page, "10\u00a0min")
    page.get_by_role("button", name="Vu, j’arrive").wait_for(timeout=session.PATIENCE)
    _picture(page, "seance.png")
    wall = _new_page(browser)
    address = page.get_by_role("link", name="Ouvrir l’écran du mur").get_attribute("href") or ""
    wall.goto(f"{server.url}/{address.removeprefix(server.url).lstrip('/')}")
    wall.get_by_role("heading", level=1).wait_for(timeout=session.PATIENCE)
    _picture(wall, "mur.png")
    page.goto(f"{server.url}/seances")
    session.press(page, "Finir la séance")
    session.press(page, "Toutes les séances")
    session.arrived(page, "Séances de groupe")
    _picture(page, "seances.png")


def _guest_at_the_door(browser: Browser, server: Served, trainer: Page, name: str) -> Page:
    page = _new_page(browser)
    page.goto(f"{server.url}/rejoindre")
    page.get_by_label("Code de la séance").fill(trainer.locator(".cj-door-code").inner_text())
    page.get_by_label("Ton prénom").fill(name)
    page.get_by_role("button", name="Demander à entrer").click()
    session.arrived(page, "Tu attends à la porte")
    return page


def _new_page(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1280, "height": 860}, locale="fr-FR").new_page()


def _picture(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.locator("h1, .cj-logo").first.scroll_into_view_if_needed()
    page.evaluate("document.fonts.ready")
    expect(page.locator('[data-stale="true"]')).to_have_count(0)  # a part that is run again is pale
    page.screenshot(path=IMAGES / name, animations="disabled")


if __name__ == "__main__":
    sys.exit(main())
