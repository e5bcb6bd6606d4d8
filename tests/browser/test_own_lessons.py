"""A trainer writes a lesson and passes it on as a file; another structure takes it in, and a group opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from clicnjob import db, models
from clicnjob.models import Account, Organisation, Workshop
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.looks import Fault
from tests.browser.served import Served

RULES = ("axe", "title", "lang", "sideways", "english", "target", "escape", "apostrophe", "exception")
SOURCE, TITLE = "Le mail\u00a0: Joindre ton CV à un mail", "Joindre ton CV à l’E2C"
_LATER = 3 * session.PATIENCE / 2


class Journey:
    """What happened, once for all the tests of this file."""

    def __init__(self, server: Served, new_context: NewContext) -> None:
        self.server, self.new_context = server, new_context
        self.faults: dict[str, list[Fault]] = {}
        self.trainer = self.page()
        self.file = Path()

    def page(self, **size: int) -> Page:
        """A page of a browser of its own."""
        context = self.new_context(**size)
        context.add_init_script(path=looks.AXE)
        return context.new_page()

    def look(self, page: Page, name: str) -> None:
        looks.take_pictures(page, name)
        self.faults[name] = looks.faults_at_both_widths(page)
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def journey(server: Served, new_context: NewContext, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """A trainer copies a lesson, writes in it, publishes it and carries it away."""
    made = Journey(server, new_context)
    page = made.trainer
    session.enter_as_staff(page, server.url, *server.keys["Hakim Ouali"], to=re.compile("."))
    page.goto(f"{server.url}/lecons")
    session.arrived(page, "Leçons de la structure")
    made.look(page, "the list")
    session.choose(page, "Ou partir d’une leçon de ClicNJob", SOURCE)
    session.press(page, "La copier")
    session.write(page, "Titre de la leçon", TITLE)
    expect(session.title(page)).to_have_text(TITLE, timeout=_LATER)
    made.look(page, "the boxes of the lesson")
    session.press(page, re.compile("^1. Un fichier attaché"))
    long = "Un mail porte ton CV jusqu’à l’employeur qui le lit le matin avant tous les autres messages."
    session.write(page, re.compile("^Les lignes"), long)
    told = page.get_by_text("Ligne 1\u00a0: 17 mots, 15 au plus")
    expect(told.first).to_be_visible(timeout=_LATER)
    made.look(page, "a screen with a mistake")
    session.write(page, re.compile("^Les lignes"), "Un mail porte ton CV.")
    expect(told).to_have_count(0, timeout=_LATER)
    expect(page.locator(".st-key-cj-lesson-preview-card").get_by_text("Un mail porte ton CV.")).to_be_visible()
    session.press(page, re.compile("^1. Tu as écrit"))
    made.look(page, "a question")
    session.press(page, "Fini, voir la leçon")
    session.press(page, "Publier pour vos jeunes")
    expect(page.get_by_text("C’est publié.")).to_be_visible(timeout=_LATER)
    made.look(page, "the published lesson")
    made.file = session.download(page, "Emporter dans un fichier", tmp_path_factory.mktemp("lesson"))
    return made


def test_a_young_person_of_the_structure_does_it_and_reports_a_screen(journey: Journey) -> None:
    page = journey.page(width=390, height=844)
    session.enter_with_card(page, journey.server.url, *journey.server.keys["Lina Morel"])
    session.arrived(page, re.compile("^Bonjour"))
    page.goto(f"{journey.server.url}/apprendre")
    session.press(page, re.compile("Les leçons de ta structure"))
    session.press(page, TITLE)
    session.arrived(page, "Un fichier attaché au message")
    expect(page.get_by_text("Un mail porte ton CV.")).to_be_visible()
    page.get_by_text("Un problème sur cet écran").click()
    session.tick(page, "Il y a une faute")
    session.write(page, "Un mot (pas obligatoire)", "Le mot porte")
    journey.look(page, "a report")
    session.press(page, "Signaler")
    expect(page.get_by_text("Merci. Ta structure va le lire.")).to_be_visible(timeout=_LATER)
    staff = journey.trainer
    staff.goto(f"{journey.server.url}/lecons")
    if staff.get_by_role("button", name="Toutes les leçons").count():
        session.press(staff, "Toutes les leçons")
    session.arrived(staff, "Leçons de la structure")
    expect(staff.get_by_text("« Le mot porte »")).to_be_visible(timeout=_LATER)
    expect(staff.get_by_text("Lina")).to_have_count(0)
    journey.look(staff, "what is reported")
    session.press(staff, "C’est réglé")
    expect(staff.get_by_text("« Le mot porte »")).to_have_count(0, timeout=_LATER)


@pytest.fixture
def elsewhere(journey: Journey) -> Iterator[str]:
    """Karim works for another structure, until the next test; the session that he begins ends with it."""
    with Session(db.connect_engine(journey.server.database), expire_on_commit=False) as opened:
        opened.add(place := Organisation(name="Mission locale des Monts"))
        opened.flush()
        karim = opened.exec(select(Account).where(Account.first_name == "Karim", Account.last_name == "Saïd")).one()
        before, karim.organisation_id = karim.organisation_id, place.id
        opened.commit()
        yield "Karim Saïd"
        opened.refresh(karim)
        karim.organisation_id = before
        for begun in opened.exec(select(Workshop).where(Workshop.by_id == karim.id, col(Workshop.ended_at).is_(None))):
            begun.ended_at = models.utc_now()
        opened.commit()


def test_another_structure_takes_the_file_in_and_its_group_opens_the_lesson(journey: Journey, elsewhere: str) -> None:
    page, url = journey.page(), journey.server.url
    session.enter_as_staff(page, url, *journey.server.keys[elsewhere], to=re.compile("."))
    page.goto(f"{url}/lecons")
    session.arrived(page, "Leçons de la structure")
    page.get_by_text("Reprendre une leçon d’un fichier").click()
    session.give_file(page, journey.file)
    expect(page.get_by_text("CC-BY-SA-4.0")).to_be_visible(timeout=_LATER)
    journey.look(page, "a file to take in")
    session.press(page, "Ajouter à nos leçons")
    session.arrived(page, TITLE)
    session.press(page, "Publier pour vos jeunes")
    page.goto(f"{url}/plans")
    session.press(page, "Téléphoner")
    session.press(page, "Commencer avec ce plan")
    session.press(page, "Ouvrir la porte")
    code = page.locator(".cj-door-code").inner_text(timeout=_LATER)
    guest = journey.page(width=390, height=844)
    form = {"code": code, "prenom": "Inès"}
    guest.context.request.post(f"{url}/rejoindre", form=form, max_redirects=0)
    guest.goto(f"{url}/seance-en-cours")
    page.get_by_role("button", name=re.compile("^Faire entrer")).first.click(timeout=_LATER)
    page.get_by_text("Une autre activité").click(timeout=_LATER)
    session.choose(page, "Activité", f"Leçon\u00a0: {TITLE}")
    session.press(page, "Envoyer")
    guest.get_by_role("button", name="Ouvrir", exact=True).click(timeout=_LATER)
    session.arrived(guest, "Un fichier attaché au message")
    expect(guest.get_by_text("Un problème sur cet écran")).to_have_count(0)
    session.press(guest, "Continuer")
    session.arrived(guest, "Joindre, geste par geste")


@pytest.mark.parametrize("rule", RULES)
def test_no_screen_breaks_a_rule_at_1280_and_at_390(journey: Journey, rule: str) -> None:
    broken = {name: [one.words for one in found if one.rule == rule] for name, found in journey.faults.items()}
    assert {name: words for name, words in broken.items() if words} == {}
