"""Walks both ways of the guided CV as somebody would, and prints what each costs. `python -m tests.browser.walk_cv`

A screen is a question, the home page or « Ma page ». A click is one touch: a button, a tick, or a box before typing. The main
act of a screen is « Continuer », a download, or the first tile where the tiles lead on; it counts as out of sight when it is
not whole in the window as the screen opens, at 1280 × 720 or at 390 × 844. Exits with 1 beyond the limits.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from clicnjob.cv.model.prompts import cv_prompts
from tests.browser import served, session
from tests.browser.served import Served

WINDOWS = ((1280, 720), (390, 844))
MOST = {"short": (12, 35), "whole": (40, 85)}  # screens and clicks
_MAIN_ACT = """() => {
  const found = ["[class*=st-key-] [data-testid=stBaseButton-primary]", "[data-testid=stBaseButton-primary]", ".primary",
    "[class*=st-key-cj-tiles-] button", ".st-key-cj-answers button"]
  const deep = [...document.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot?.querySelectorAll("*") ?? [])])
  for (const wanted of found) {
    const act = deep.find((e) => e.matches(wanted) && e.checkVisibility() && e.getClientRects().length)
    if (!act) continue
    const box = act.getBoundingClientRect()
    const seen = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
    return { words: act.textContent.trim(), seen }
  }
  return { words: "", seen: false }
}"""


@dataclass
class Walk:
    """One person on one way: what was shown, touched and typed so far."""

    page: Page
    screens: list[str] = field(default_factory=list)
    clicks: int = 0
    words: int = 0
    hidden: list[str] = field(default_factory=list)

    def see(self) -> None:
        """Count the screen that is shown, and look for its main act in both windows."""
        heading = session.title(self.page).inner_text()
        self.screens.append(heading)
        for width, height in WINDOWS:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.wait_for_timeout(150)  # the page lays itself out again
            self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
            act = self._main_act()
            if not act["seen"]:
                self.hidden.append(f"{width} × {height}: « {heading} », {act['words']}")
        self.page.set_viewport_size({"width": WINDOWS[0][0], "height": WINDOWS[0][1]})

    def _main_act(self) -> dict[str, Any]:
        """The words of the main act, and whether it is whole in the window; waits while the page is being drawn."""
        for _ in range(50):
            act: dict[str, Any] = self.page.evaluate(_MAIN_ACT)
            if act["words"]:
                return act
            self.page.wait_for_timeout(100)
        return {"words": "nothing", "seen": False}

    def press(self, name: str | re.Pattern[str], *, to: str = "") -> None:
        """Touch a button; with `to`, it leads to that question (a key of ecrans.yaml) or to a page of that title."""
        self.clicks += 1
        session.press(self.page, name)
        if to:
            screen = cv_prompts().screens.get(to)
            session.arrived(self.page, screen.question if screen else re.compile(to))
            self.see()

    def go_on(self, to: str) -> None:
        """« Continuer »."""
        self.press("Continuer", to=to)

    def pick(self, words: str | re.Pattern[str], *, to: str = "") -> None:
        """One of the short choices; with `to`, it goes on by itself."""
        self.clicks += 1
        choice = self.page.get_by_test_id("stButtonGroup").locator("button").filter(has_text=words).first
        choice.click()
        session.calm(self.page)
        if to:
            session.asked(self.page, to)
            self.see()

    def tick(self, count: int, *, start: int = 0) -> None:
        """So many of the ready sentences, from one on."""
        boxes = self.page.locator(".st-key-cj-answers").get_by_role("checkbox")
        for position in range(start, start + count):
            self.clicks += 1
            boxes.nth(position).locator("xpath=ancestor::label[1]").click()
            session.calm(self.page)

    def write(self, label: str, words: str) -> None:
        """Touch a box and type."""
        self.clicks += 1
        self.words += len(words.split())
        session.write(self.page, label, words)

    def touch(self, part: str, *, to: str = "") -> None:
        """The first button, or the label of the first choice, within a part of the page."""
        self.clicks += 1
        self.page.locator(part).first.click()
        session.calm(self.page)
        if to:
            screen = cv_prompts().screens.get(to)
            session.arrived(self.page, screen.question if screen else re.compile(to))
            self.see()

    def download(self, folder: Path) -> Path:
        """The PDF, at the end."""
        self.clicks += 1
        return session.download(self.page, "Télécharger le PDF", folder)


Way = Callable[[Page, str, Path], tuple[Walk, Path]]


def walk_short_way(page: Page, url: str, folder: Path) -> tuple[Walk, Path]:
    """A first page in ten minutes, as a guest, to the PDF."""
    walk = _at_home(page, url)
    walk.press("Mon CV en 10 minutes", to="prenom_nom")
    _name_and_phone(walk)
    _job(walk, to="experiences")
    walk.press("Un stage", to="experience_activite")
    _experience(walk, "Restaurant Le Phare", to="accroche_1")
    walk.touch(".st-key-cj-tiles-lines-opening-1 button", to="Ma page")
    return walk, walk.download(folder)


def walk_whole_way(page: Page, url: str, folder: Path) -> tuple[Walk, Path]:
    """Every question: three experiences, a study, a gap, a permit, a language, three qualities, two interests."""
    walk = _at_home(page, url)
    walk.press(re.compile("^Mon CV pas à pas"), to="prenom_nom")
    _name_and_phone(walk, town="Lille")
    _job(walk, to="disponibilite")
    walk.pick("Tout de suite", to="mobilite")
    walk.pick("En bus")
    walk.go_on("experiences")
    for kind, place, after in (
        ("Un stage", "Restaurant Le Phare", "experiences_suite"),
        ("Un coup de main en famille", "Chez ma tante", "experiences_suite"),
        ("Un petit boulot", "Marché de Wazemmes", "experiences_suite"),
    ):
        walk.press(kind, to="experience_activite")
        _experience(walk, place, to=after)
    walk.go_on("etudes")
    _study(walk)
    _gap(walk)
    _the_rest(walk)
    return walk, walk.download(folder)


def _at_home(page: Page, url: str) -> Walk:
    session.enter_as_guest(page, url)
    walk = Walk(page)
    walk.see()
    return walk


def _name_and_phone(walk: Walk, *, town: str = "") -> None:
    walk.write("Prénom", "Inès")
    walk.write("Nom", "Benali")
    walk.go_on("telephone")
    walk.write("Téléphone", "0612345678")
    if town:
        walk.write("Ville", town)
    walk.go_on("metier")


def _job(walk: Walk, *, to: str) -> None:
    walk.write("Ce que tu veux faire", "resto")
    walk.press("Serveuse de restaurant")
    walk.pick("Une alternance")
    walk.go_on(to)


def _experience(walk: Walk, place: str, *, to: str) -> None:
    walk.touch(".st-key-cj-tiles-activities button", to="experience_phrases")
    walk.tick(3)
    walk.go_on("experience_intitule")
    walk.pick(re.compile("."), to="experience_lieu")
    walk.write("Nom de l’endroit", place)
    walk.pick(_year(2))
    walk.go_on(to)


def _study(walk: Walk) -> None:
    walk.press("CAP", to="etude_intitule")
    walk.write("Ou avec tes mots", "Cuisine")
    walk.go_on("etude_lieu")
    walk.write("École ou centre", "Lycée Simone-Veil")
    walk.pick(_year(3))
    walk.go_on("etude_fin")
    walk.press(re.compile("sans le diplôme"), to="etudes_suite")


def _gap(walk: Walk) -> None:
    walk.press("Continuer")
    if session.title(walk.page).inner_text() != cv_prompts().screens["trous"].question:
        session.asked(walk.page, "permis")
        walk.see()
        return
    walk.see()
    while walk.page.locator(".st-key-next button").count() == 0:
        walk.touch(".st-key-cj-answers [data-testid=stButtonGroup] button")
        walk.touch(".st-key-cj-answers [class*=st-key-gap] button")
    walk.go_on("permis")


def _the_rest(walk: Walk) -> None:
    walk.pick("Permis B en cours")
    walk.go_on("permis_details")
    walk.pick("code obtenu")
    walk.go_on("langues")
    walk.pick("Arabe")
    walk.go_on("langue_niveau")
    walk.tick(1)
    walk.go_on("qualites")
    for quality in ("Calme", "Ponctuel", "Souriant"):
        walk.pick(quality)
    walk.go_on("qualite_preuve")
    _first_of_each(walk)
    walk.go_on("interets")
    for interest in ("Le football", "La cuisine"):
        walk.pick(interest)
    walk.go_on("interet_details")
    _first_of_each(walk)
    walk.go_on("competences")
    walk.tick(2)
    walk.go_on("accroche_1")
    walk.touch(".st-key-cj-tiles-lines-opening-1 button", to="accroche_2")
    walk.touch(".st-key-cj-tiles-lines-opening-2 button", to="Ma page")


def _first_of_each(walk: Walk) -> None:
    for group in walk.page.locator(".st-key-cj-answers").get_by_role("radiogroup").all():
        walk.clicks += 1
        group.get_by_role("radio").first.locator("xpath=ancestor::label[1]").click()
        session.calm(walk.page)


def _year(back: int) -> str:
    return str(date.today().year - back)


def report(name: str, walk: Walk) -> tuple[str, ...]:
    """The figures of a walk, and what is beyond its limits."""
    screens, clicks = MOST[name]
    lines = [
        f"{name} way: {len(walk.screens)} screens (at most {screens}), {walk.clicks} clicks (at most {clicks}), "
        f"{walk.words} words typed, {len(walk.hidden)} main acts out of sight (at most 0)"
    ]
    return (*lines, *(f"  out of sight at {line}" for line in walk.hidden))


def is_within_limits(name: str, walk: Walk) -> bool:
    """Whether a walk costs no more than it may."""
    screens, clicks = MOST[name]
    return len(walk.screens) <= screens and walk.clicks <= clicks and not walk.hidden


def main() -> int:
    """Start the app, walk both ways, print what they cost."""
    server = Served()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        place = served.chromium(playwright)
        if not place:
            print("Chromium is not installed.", file=sys.stderr)
            return 1
        browser = served.launched(playwright, place)
        try:
            server.fill()
            server.start()
            return max(_walk_and_print(browser, server, Path(folder), *one) for one in _WAYS.items())
        finally:
            browser.close()
            server.remove()


def _walk_and_print(browser: Browser, server: Served, folder: Path, name: str, way: Way) -> int:
    page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="fr-FR")
    walk, _ = way(page, server.url, folder)
    page.close()
    print("\n".join(report(name, walk)))
    if "-v" in sys.argv:
        print("\n".join(f"  {number}. {screen}" for number, screen in enumerate(walk.screens, 1)))
    return 0 if is_within_limits(name, walk) else 1


_WAYS = {"short": walk_short_way, "whole": walk_whole_way}

if __name__ == "__main__":
    sys.exit(main())
