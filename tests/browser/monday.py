"""Walks an adviser's Monday in the app and prints the clicks that each task costs. `python -m tests.browser.monday`

A click is one touch: a button, a tab, a choice, a tick, a file dropped. Exits with 1 when a task costs more than it may.
The files of the field are not part of the project: where they are absent, their task is printed as not walked.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from clicnjob.paths import ROOT
from tests.browser import served, session
from tests.browser.served import Served

WHO = "Lina Morel"
PEOPLE, HANDED_OVER = 25, 50
CASES = ROOT.parent / "shared" / "cases"
LISTS = (".csv", ".xls", ".xlsx")
# Claire follows enough of the demonstration's people; twenty-five of them worked for an hour last week.
_FILL = f"""
from datetime import date, timedelta
from sqlmodel import select
from clicnjob import db, models
from clicnjob.demo import cohorts
from clicnjob.models import Account, ActivityDay, Role
monday = date.today() - timedelta(days=date.today().weekday() + 7)
with db.write_transaction() as session:
    cohorts.make_cohorts(session, now=models.utc_now(), how_many=60)
with db.write_transaction() as session:
    claire = session.exec(select(Account).where(Account.first_name == "Claire", Account.role == Role.ADVISER)).one()
    followed = select(Account).where(Account.adviser_id != None, Account.archived_at == None).order_by(Account.id)
    mine = session.exec(followed).all()
    assert len(mine) >= {HANDED_OVER}
    for who in mine:
        who.adviser_id = claire.id
    for who in mine[:{PEOPLE}]:
        session.merge(ActivityDay(account_id=who.id, day=monday, kind="cv", acts=9, seconds=3600, last_at=models.utc_now()))
"""


@dataclass
class Walk:
    """One adviser at work: the page, and the clicks so far."""

    page: Page
    clicks: int = 0

    def click(self, what: Locator) -> None:
        """One touch, and wait for what it causes."""
        what.first.click(timeout=session.PATIENCE)
        self.clicks += 1
        session.calm(self.page)

    def press(self, name: str) -> None:
        """A button by its words."""
        self.click(self.page.get_by_role("button", name=name, exact=True))


def see_who_and_why(walk: Walk) -> None:
    """The list opens with the most urgent person first, and the reason beside the name."""
    first = walk.page.locator(".people tbody tr").first
    expect(first.locator(".name")).not_to_be_empty()
    expect(first.locator(".why li.first")).not_to_be_empty()


def note_call(walk: Walk) -> None:
    """Open somebody and note that they answered."""
    walk.click(walk.page.get_by_role("button", name=WHO, exact=True))
    session.arrived(walk.page, WHO)
    walk.press("A répondu")
    expect(walk.page.get_by_text("C’est noté")).to_be_visible(timeout=session.PATIENCE)


def propose_step(walk: Walk) -> None:
    """On the sheet that is open, propose a next step."""
    walk.click(walk.page.get_by_role("tab", name="Échanges", exact=True))
    walk.click(walk.page.get_by_role("combobox", name="Étape à proposer"))
    walk.click(walk.page.get_by_role("option", name="Ajouter mes études"))
    walk.press("Proposer")
    expect(walk.page.get_by_text("L’étape est sur son accueil.")).to_be_visible(timeout=session.PATIENCE)


def fill_imilo(walk: Walk) -> None:
    """Copy last week's lines of everybody and note them as typed."""
    walk.press("Vers i-milo")
    session.arrived(walk.page, "Vers i-milo")
    walk.click(walk.page.get_by_test_id("stButtonGroup").locator("button").filter(has_text="Semaine dernière"))
    expect(walk.page.get_by_role("button", name="Copier tout ce qui reste")).to_be_visible(timeout=session.PATIENCE)
    assert walk.page.locator(".person").count() >= PEOPLE, "fewer people than asked for have lines"
    walk.click(walk.page.get_by_role("button", name="Copier tout ce qui reste"))
    walk.click(walk.page.get_by_role("button", name="Noter tout comme saisi"))
    expect(walk.page.get_by_text("Reste à saisir\u00a0: 0 ligne")).to_be_visible(timeout=session.PATIENCE)


def print_quarter(walk: Walk) -> None:
    """Print the report of the last quarter."""
    walk.click(walk.page.get_by_role("link", name="Chiffres"))
    session.arrived(walk.page, "Chiffres")
    walk.click(walk.page.get_by_test_id("stButtonGroup").locator("button").filter(has_text="Trimestre dernier"))
    walk.click(walk.page.get_by_test_id("stButtonGroup").locator("button").filter(has_text="Financeur"))
    with walk.page.expect_download() as started:
        walk.press("Page à imprimer (PDF)")
    assert started.value.suggested_filename == "chiffres.pdf"


def hand_over(walk: Walk) -> None:
    """Hand a whole page of people over to a colleague for an absence; the undo, which gives them back, is not counted."""
    walk.click(walk.page.get_by_label("Cocher toute la page"))
    expect(walk.page.get_by_text(f"{HANDED_OVER} jeunes cochés")).to_be_visible(timeout=session.PATIENCE)
    walk.press("Confier")
    walk.click(walk.page.get_by_role("combobox", name="À quel collègue"))
    walk.click(walk.page.get_by_role("option"))
    walk.press(f"Confier {HANDED_OVER} jeunes")
    expect(walk.page.get_by_text(f"Confié\u00a0: {HANDED_OVER} jeunes.")).to_be_visible(timeout=session.PATIENCE)
    session.press(walk.page, "Annuler pour tous")


def enrol_list(walk: Walk, file: Path) -> None:
    """From « Mes jeunes », bring a file in and mend what a spreadsheet broke; the undo of it all is not counted."""
    page = walk.page
    walk.click(page.get_by_role("link", name="Cartes", exact=True))
    session.arrived(page, "Cartes des jeunes")
    walk.click(page.get_by_role("link", name=re.compile("^Inscrire une liste")))
    session.arrived(page, "Inscrire une liste")
    session.give_file(page, file)
    walk.clicks += 1
    walk.click(page.get_by_role("button", name=re.compile(r"^(Inscrire \d|Garder ces lignes)")))
    expect(page.get_by_text(re.compile("^C’est fait|reste(nt)? ici"))).to_be_visible(timeout=session.PATIENCE)
    for _ in range(page.get_by_role("button", name="Inscrire", exact=True).count()):
        row = (
            page.locator("[class*=st-key-mend-]").filter(has=page.get_by_role("button", name="Effacer la ligne")).first
        )
        for label in ("Prénom", "Nom"):
            if not row.get_by_label(label, exact=True).input_value().isalpha():
                row.get_by_label(label, exact=True).fill("Zoé")
                session.calm(page)
        walk.click(row.get_by_role("button", name="Inscrire", exact=True))
    expect(page.get_by_text("Lignes à corriger")).to_have_count(0)
    while (undo := page.get_by_role("button", name="Annuler l’inscription")).count():
        undo.first.click()
        session.calm(page)


# What is walked, the page on which it begins ('' where the task before ended), the clicks that it may cost.
TASKS: tuple[tuple[str, str, int, Callable[[Walk], None]], ...] = (
    ("Qui appeler, et pourquoi", "/", 0, see_who_and_why),
    ("Un appel noté", "/", 3, note_call),
    ("Une étape proposée, sur la fiche ouverte", "", 4, propose_step),
    (f"La semaine de {PEOPLE} jeunes dans i-milo", "/", 8, fill_imilo),
    ("Le bilan du trimestre, imprimé", "/", 4, print_quarter),
    (f"Confier {HANDED_OVER} jeunes", "/", 6, hand_over),
)
MOST_FOR_A_LIST = 8


def walk_monday(page: Page, server: Served) -> list[str]:
    """Do each task, print what it cost, and return those that cost too much."""
    session.enter_as_staff(page, server.url, *server.keys["Claire Morvan"])
    over = []
    files = sorted(file for file in CASES.glob("*") if file.suffix in LISTS)
    if not files:
        print("Inscrire une liste: not walked, the files of the field are not beside the project")
    lists = [(f"Inscrire {file.name}", "/", MOST_FOR_A_LIST, partial(enrol_list, file=file)) for file in files]
    for name, start, most, task in (*TASKS, *lists):
        if start:
            page.goto(server.url + start)
            session.arrived(page, "Mes jeunes")
            page.locator(".people tbody tr").first.wait_for(timeout=session.PATIENCE)
        walk = Walk(page)
        task(walk)
        print(f"{name:45} {walk.clicks} clics (au plus {most})")
        if walk.clicks > most:
            over.append(name)
    return over


def main() -> int:
    """Walk on a server of its own."""
    server = Served()
    server.fill()
    subprocess.run([sys.executable, "-c", _FILL], env=server._env, cwd=ROOT, check=True)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = served.launched(playwright, served.chromium(playwright))
            page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="fr-FR").new_page()
            return 1 if walk_monday(page, server) else 0
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main())
