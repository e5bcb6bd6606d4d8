"""A whole group session: a trainer and a co-trainer, a projector, twelve people at six computers and two telephones.

Four computers are shared by two people who take turns. Most of them knock by the same form without typing it, and three
computers show their page at the end only, so that the journey stays short; what is drawn is drawn by real browsers.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.models import Account, Workshop, WorkshopParticipant
from clicnjob.workshops import co_trainers
from clicnjob.workshops.live import pushing, questions
from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

_LATER = 3 * session.PATIENCE / 2  # what the trainer sends arrives within seconds; a busy machine takes longer
PAIRS = {"Ana": "Bilal", "Chloé": "Driss", "Emma": "Farid", "Gaëlle": "Hugo"}
ALONE = ("Inès", "Jules", "Kenza", "Lou")
TELEPHONES = ("Kenza", "Lou")
_QUIET = ("Emma", "Gaëlle", "Inès")  # their computers knock, and show their page only at the end
TITLE = "Mon premier CV"


class Room:
    """Who sits where. `at` are the pages of the computers by the name of who came first."""

    def __init__(self, server: Served, new_context: NewContext) -> None:
        self.server, self.new_context = server, new_context
        self.trainer = new_context().new_page()
        self.other = new_context().new_page()
        self.wall = new_context().new_page()
        self.at: dict[str, Page] = {}
        self.codes: dict[str, str] = {}

    @property
    def code(self) -> str:
        """The code on the trainer's screen."""
        return self.trainer.locator(".cj-door-code").inner_text(timeout=_LATER)

    def opened(self) -> Session:
        """The database of the server, for what would be typed in the same way a dozen times."""
        return Session(db.connect_engine(self.server.database), expire_on_commit=False)

    def knock(self, page: Page, name: str) -> None:
        """Send the form of the door from this browser, and look at the waiting room unless it is a quiet one."""
        form = {"code": self.code, "prenom": name}
        page.context.request.post(f"{self.server.url}/rejoindre", form=form, max_redirects=0)
        if page not in [self.at.get(quiet) for quiet in _QUIET]:
            page.goto(f"{self.server.url}/seance-en-cours")

    def come(self, name: str) -> Page:
        """Somebody sits down at a computer of their own, or takes their telephone."""
        size = {"width": 390, "height": 844} if name in TELEPHONES else {}
        page = self.at[name] = self.new_context(**size).new_page()
        self.knock(page, name)
        return page

    def admit(self) -> None:
        """Let everybody in who waits, and see that they are."""
        self.trainer.get_by_role("button", name="Faire entrer tout le monde").click(timeout=_LATER)
        expect(self.trainer.get_by_role("button", name=re.compile("^Faire entrer"))).to_have_count(0, timeout=_LATER)

    def row(self, opened: Session, name: str) -> WorkshopParticipant:
        """Who has this first name."""
        return opened.exec(select(WorkshopParticipant).where(WorkshopParticipant.first_name == name)).one()

    def answer(self, said: dict[str, str]) -> None:
        """Several people answer the open question."""
        with self.opened() as opened:
            open_now = models.GroupQuestion.state == models.QuestionState.OPEN  # others of this server had theirs
            asked = opened.exec(select(models.GroupQuestion.id).where(open_now)).one()
            for name, words in said.items():
                by = presence.acting_person(opened, self.row(opened, name).account_id or "", now=models.utc_now())
                questions.answer_question(opened, by=by, question_id=asked, written=words, now=models.utc_now())
            opened.commit()


@pytest.fixture(scope="module")
def room(server: Served, new_context: NewContext) -> Room:
    """A session from a plan with its door open, a colleague beside, and the projector lit."""
    made = Room(server, new_context)
    page = made.trainer
    session.enter_as_staff(page, server.url, *server.keys["Hakim Ouali"], to=re.compile("."))
    page.goto(f"{server.url}/plans")
    session.arrived(page, "Plans de séance")
    session.press(page, TITLE)
    session.press(page, "Commencer avec ce plan")
    session.press(page, "Ouvrir la porte")
    with made.opened() as opened:
        workshop = opened.exec(select(Workshop).where(col(Workshop.ended_at).is_(None))).one()
        trainer = presence.acting_person(opened, workshop.by_id, now=models.utc_now())
        colleague = opened.exec(select(Account).where(Account.first_name == "Karim", Account.last_name == "Saïd")).one()
        led = {"by": trainer, "workshop_id": workshop.id, "now": models.utc_now()}
        co_trainers.add_co_trainer(opened, **led, account_id=colleague.id)
        opened.commit()
    session.enter_as_staff(made.other, server.url, *server.keys["Karim Saïd"], to=re.compile("."))
    made.other.goto(f"{server.url}/seance")
    session.arrived(made.other, TITLE)
    session.press(page, "Allumer l’écran du mur")
    made.wall.goto(server.url + (page.get_by_role("link", name="Ouvrir l’écran du mur").get_attribute("href") or ""))
    return made


def test_twelve_come_to_eight_screens_and_are_let_in(room: Room) -> None:
    expect(room.wall.get_by_text(room.code.replace("\xa0", " "))).to_be_visible(timeout=_LATER)
    for name in (*PAIRS, *ALONE):
        room.come(name)
    expect(session.title(room.at["Lou"])).to_have_text("Tu attends à la porte", timeout=_LATER)
    room.admit()
    for name in ("Ana", "Lou"):
        expect(session.title(room.at[name])).to_have_text(TITLE, timeout=_LATER)


def test_four_computers_are_passed_on_and_each_partner_is_let_in(room: Room) -> None:
    ana = room.at["Ana"]
    ana.get_by_role("link", name="On est plusieurs sur cet ordinateur").click(timeout=_LATER)
    ana.get_by_role("button", name="Je laisse l’ordinateur").click()
    ana.get_by_text("Montrer mon code").click()
    room.codes["Ana"] = ana.locator(".card-number").inner_text()
    for name in list(PAIRS)[1:]:
        shown = room.at[name].context.request.post(f"{room.server.url}/tour").text()
        room.codes[name] = re.findall(r'class="card-number"[^>]*>([^<]+)<', shown)[0]
    for name, partner in PAIRS.items():
        room.knock(room.at[name], partner)
    room.admit()
    expect(ana.get_by_text("Ana partage cet ordinateur avec toi.")).to_be_visible(timeout=_LATER)
    assert len(set(room.codes.values())) == len(PAIRS)


def test_the_co_trainer_sees_the_same_twelve_people(room: Room) -> None:
    expect(room.other.get_by_text(re.compile("^12 jeunes"))).to_be_visible(timeout=_LATER)
    expect(room.other.get_by_text("Attend son tour").first).to_be_visible(timeout=_LATER)


def test_what_is_typed_stays_under_a_push(room: Room) -> None:
    with room.opened() as opened:
        workshop = opened.exec(select(Workshop).where(col(Workshop.ended_at).is_(None))).one()
        trainer = presence.acting_person(opened, workshop.by_id, now=models.utc_now())
        led = {"by": trainer, "workshop_id": workshop.id, "now": models.utc_now()}
        pushing.push_activity(opened, **led, activity="cv.court")
        opened.commit()
    for name in ("Ana", "Jules"):  # Bilal sits at Ana's computer
        session.press(room.at[name], "Ouvrir")
        session.asked(room.at[name], "prenom_nom")
    session.write(room.at["Ana"], "Prénom", "Bilal")
    box = room.at["Jules"].get_by_label("Prénom", exact=True)
    box.press_sequentially("Jules-H")
    session.press(room.trainer, re.compile("^Étape suivante"))
    expect(room.at["Lou"].get_by_role("heading", name="On s’installe")).to_be_visible(timeout=_LATER)
    box.press_sequentially("enri")
    expect(box).to_have_value("Jules-Henri")
    box.press("Tab")
    session.calm(room.at["Jules"])


def test_a_call_for_help_from_a_telephone_is_answered_by_the_co_trainer(room: Room) -> None:
    lou = room.at["Lou"]
    lou.get_by_text("Je suis bloqué").click(timeout=_LATER)
    session.press(lou, "Je ne sais pas quoi écrire")
    room.other.get_by_role("button", name="Vu, j’arrive").click(timeout=_LATER)
    expect(lou.get_by_text("Le formateur l’a vu, il arrive.")).to_be_visible(timeout=_LATER)


def test_an_insult_in_an_answer_stays_off_the_projector(room: Room) -> None:
    room.other.get_by_text("Question", exact=True).click()
    with room.opened() as opened:
        workshop = opened.exec(select(Workshop).where(col(Workshop.ended_at).is_(None))).one()
        trainer = presence.acting_person(opened, workshop.by_id, now=models.utc_now())
        led = {"by": trainer, "workshop_id": workshop.id, "now": models.utc_now()}
        questions.ask_group(opened, **led, kind="texte", question="Un mot sur ta semaine ?")
        opened.commit()
    kenza = room.at["Kenza"]
    kenza.get_by_label("Ta phrase").fill("Connard de Hugo", timeout=_LATER)
    session.press(kenza, "Envoyer")
    room.answer({"Ana": "Bien remplie", "Driss": "Calme", "Jules": "Trop longue"})
    for words in ("À relire\u00a0: Connard de Hugo", "Bien remplie", "Calme", "Trop longue"):
        expect(room.other.get_by_text(words)).to_be_visible(timeout=_LATER)  # what is not read yet is not shown
    session.press(room.other, "Montrer au mur")
    expect(room.wall.get_by_text("Bien remplie")).to_be_visible(timeout=_LATER)
    assert "onnard" not in room.wall.content()


def test_a_pause_reaches_the_screens(room: Room) -> None:
    session.press(room.trainer, re.compile("^Regardez-moi"))
    expect(room.at["Kenza"].get_by_text("Regarde le formateur.")).to_be_visible(timeout=_LATER)
    session.press(room.trainer, "Reprendre")
    expect(room.at["Kenza"].get_by_text("Regarde le formateur.")).to_have_count(0, timeout=_LATER)


def test_the_session_goes_on_after_its_server_was_killed(room: Room) -> None:
    cut = room.trainer.get_by_text("Connexion coupée\u00a0: garde").first
    room.server.kill()
    expect(cut).to_be_visible(timeout=_LATER)
    room.server.start()
    expect(cut).to_be_hidden(timeout=_LATER)
    expect(room.trainer.get_by_text(re.compile("^12 jeunes"))).to_be_visible(timeout=_LATER)
    room.wall.reload()
    expect(room.wall.get_by_text("Bien remplie")).to_be_visible(timeout=_LATER)
    session.press(room.trainer, re.compile("^Étape suivante"))
    for page in (room.at["Kenza"], room.at["Lou"], room.wall):  # on the wall it takes the place of the answers
        expect(page.get_by_role("heading", name="Un CV, c’est quoi")).to_be_visible(timeout=_LATER)
    expect(room.other.get_by_text(re.compile("^12 jeunes"))).to_be_visible(timeout=_LATER)


def test_each_of_a_pair_finds_their_own_text_and_nothing_of_the_other(room: Room) -> None:
    page = room.at["Ana"]
    page.goto(f"{room.server.url}/tour")
    page.get_by_role("button", name="Je laisse l’ordinateur").click()
    room.codes["Bilal"] = page.locator(".card-number").text_content() or ""
    page.get_by_role("link", name="C’est noté, au suivant").click()
    with suppress(PlaywrightError):  # the browser does not show the answer to a form again
        page.go_back()
    page.wait_for_load_state()
    expect(page.get_by_text(room.codes["Bilal"])).to_have_count(0)
    page.goto(f"{room.server.url}/reprendre-ma-place")
    page.get_by_label("Ton code pour revenir").fill(room.codes["Ana"])
    page.get_by_role("button", name="Reprendre ma place").click()
    session.arrived(page, TITLE)
    page.goto(f"{room.server.url}/construire")
    session.arrived(page, re.compile("."))
    assert "Bilal" not in page.locator("main, [data-testid=stMain]").first.inner_text()
    page.context.request.post(f"{room.server.url}/tour")
    page.goto(f"{room.server.url}/reprendre-ma-place")
    page.get_by_label("Ton code pour revenir").fill(room.codes["Bilal"])
    page.get_by_role("button", name="Reprendre ma place").click()
    session.arrived(page, TITLE)
    page.goto(f"{room.server.url}/construire")
    session.asked(page, "prenom_nom")
    expect(page.get_by_label("Prénom", exact=True)).to_have_value("Bilal")


def test_somebody_whose_computer_died_is_back_at_another_with_their_text(room: Room) -> None:
    room.at["Jules"].context.close()
    died_at = time.monotonic()
    page = room.at["Jules"] = room.new_context().new_page()
    room.knock(page, "Jules")
    session.arrived(page, "Tu attends à la porte")
    room.trainer.wait_for_timeout(
        max(0, 21_000 - 1000 * (time.monotonic() - died_at))
    )  # a closed screen is noticed then
    room.trainer.get_by_text("Cette personne était déjà là").click(timeout=_LATER)
    session.press(room.trainer, "Rendre sa place")
    page.get_by_role("link", name="Reprendre ma place").click(timeout=_LATER)
    page.get_by_role("button", name="Reprendre ma place").click()
    session.arrived(page, TITLE)
    page.goto(f"{room.server.url}/construire")
    session.asked(page, "prenom_nom")
    expect(page.get_by_label("Prénom", exact=True)).to_have_value("Jules-Henri")
    page.goto(f"{room.server.url}/seance-en-cours")


def test_the_end_offers_a_guest_to_keep_their_work(room: Room) -> None:
    room.trainer.goto(f"{room.server.url}/seances")
    session.press(room.trainer, "Finir la séance")
    expect(room.trainer.get_by_text(re.compile("invités n’ont pas encore emporté leur travail"))).to_be_visible(
        timeout=_LATER
    )
    room.at["Inès"].goto(f"{room.server.url}/seance-en-cours")
    for name in ("Inès", "Jules", "Lou"):
        expect(session.title(room.at[name])).to_have_text("La séance est finie", timeout=_LATER)
    expect(room.at["Jules"].get_by_role("button", name="Télécharger mon CV")).to_be_visible(timeout=_LATER)
    expect(room.at["Jules"].get_by_role("link", name="Le garder avec une carte")).to_be_visible()
    expect(room.at["Lou"].get_by_text("Tu n’as rien à emporter.")).to_be_visible()
    expect(room.wall.get_by_role("heading", name="Écran éteint")).to_be_visible(timeout=_LATER)
