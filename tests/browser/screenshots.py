"""Makes docs/images again: the guided CV and the finished page of a demonstration person. `make screenshots`"""

from __future__ import annotations

import sys

from playwright.sync_api import Page, sync_playwright

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
            _take(browser.new_page(viewport={"width": 1280, "height": 860}, locale="fr-FR"), server)
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


def _picture(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / name, animations="disabled")


if __name__ == "__main__":
    sys.exit(main())
