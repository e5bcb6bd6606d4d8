"""A trainer's board and the projector: redrawn by themselves, the focus kept, an insult off the wall, usable by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.models import Account, ParticipantState, Role, Workshop, WorkshopParticipant
from clicnjob.workshops.live import help_requests, questions
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.conftest import person

REDRAWN = 10_000  # milliseconds; a change is drawn within two seconds on a machine that does nothing else
NAMES = ("Ana", "Bilal", "Chloé", "Driss")


@pytest.fixture(scope="module")
def page(new_context: NewContext) -> Page:
    """The trainer's computer."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    return context.new_page()


@pytest.fixture(scope="module")
def wall(new_context: NewContext) -> Page:
    """The computer of the projector, where nobody is signed in."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    made = context.new_page()
    made.set_viewport_size({"width": 1920, "height": 1080})
    return made


def change(server: Served) -> Session:
    """The database of the server, as other people's screens change it."""
    return Session(db.connect_engine(server.database), expire_on_commit=False)


def row_of(opened: Session, name: str) -> WorkshopParticipant:
    """The participant of the running session; other files of tests have had theirs on the same server."""
    query = select(WorkshopParticipant).join(Workshop, col(Workshop.id) == col(WorkshopParticipant.workshop_id))
    return opened.exec(query.where(WorkshopParticipant.first_name == name, col(Workshop.ended_at).is_(None))).one()


def person_of(opened: Session, name: str) -> presence.ActingPerson:
    return presence.acting_person(opened, row_of(opened, name).account_id or "", now=models.utc_now())


def call(server: Served, name: str, reason: str = "ecrire") -> None:
    with change(server) as opened:
        help_requests.ask_help(opened, by=person_of(opened, name), reason=reason, now=models.utc_now())
        opened.commit()


def test_the_board_opens_from_the_running_session(page: Page, server: Served) -> None:
    session.enter_as_staff(page, server.url, *server.keys["Hakim Ouali"], to="Séances de groupe")
    page.get_by_role("link", name="Séances").click()
    session.arrived(page, "Séances de groupe")
    session.press(page, re.compile("Les CV"))
    session.press(page, "Commencer la séance")
    session.arrived(page, "Les CV")
    with change(server) as opened:
        workshop = opened.exec(select(Workshop).where(Workshop.ended_at == None)).one()  # noqa: E711 - SQL
        for name in NAMES:
            account = person(opened, Role.YOUNG, first_name=name, last_name="Essai", notice_version=1)
            account.organisation_id = workshop.organisation_id
            opened.add(
                WorkshopParticipant(
                    workshop_id=workshop.id, account_id=account.id, first_name=name, state=ParticipantState.ADMITTED
                )
            )
        opened.commit()
    page.get_by_role("link", name="Séance en direct").click()
    session.arrived(page, "Les CV")
    expect(page.get_by_role("list", name="Le groupe").get_by_text("A.", exact=True)).to_be_visible()
    expect(page.get_by_text("Ana")).to_have_count(0)


def test_a_call_for_help_appears_by_itself_and_keeps_the_focus(page: Page, server: Served) -> None:
    call(server, "Bilal")
    expect(page.get_by_text("Une demande d’aide")).to_be_visible(timeout=REDRAWN)
    page.get_by_role("button", name="Vu, j’arrive\u00a0: B.").focus()
    call(server, "Ana", "ordinateur")
    expect(page.get_by_text("2 demandes d’aide")).to_be_visible(timeout=REDRAWN)
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "Vu, j’arrive\u00a0: B."


def test_the_queue_is_cleared_by_keyboard(page: Page) -> None:
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Vu, j’arrive\u00a0: B.")).to_have_count(0, timeout=REDRAWN)
    page.get_by_role("button", name="C’est réglé\u00a0: B.").press("Enter")
    expect(page.get_by_text("Une demande d’aide")).to_be_visible(timeout=REDRAWN)


def test_the_board_has_no_fault_at_any_width(page: Page) -> None:
    assert [fault for fault in looks.faults_at_both_widths(page) if fault.rule != "english"] == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_wall_shows_what_is_sent_and_an_insult_stays_off_it(page: Page, wall: Page, server: Served) -> None:
    session.press(page, "Allumer l’écran du mur")
    wall.goto(server.url + (page.get_by_role("link", name="Ouvrir l’écran du mur").get_attribute("href") or ""))
    expect(wall.get_by_role("heading", name="Bienvenue")).to_be_visible()
    with change(server) as opened:
        workshop = opened.exec(select(Workshop).where(Workshop.ended_at == None)).one()  # noqa: E711 - SQL
        trainer = presence.acting_person(opened, workshop.by_id, now=models.utc_now())
        led = {"by": trainer, "workshop_id": workshop.id, "now": models.utc_now()}
        made = questions.ask_group(opened, **led, kind="texte", question="Un mot sur ta semaine ?")
        for name, said in zip(NAMES, ("Bien remplie", "Connard de Bilal", "Calme", "Trop longue"), strict=True):
            by = person_of(opened, name)
            questions.answer_question(opened, by=by, question_id=made, written=said, now=models.utc_now())
        opened.commit()
    expect(wall.get_by_text("4 réponses")).to_be_visible(timeout=REDRAWN)
    page.get_by_text("Question", exact=True).click()
    expect(page.get_by_text("À relire\u00a0: Connard de Bilal")).to_be_visible(timeout=REDRAWN)
    session.press(page, "Montrer au mur")
    expect(wall.get_by_text("Bien remplie")).to_be_visible(timeout=REDRAWN)
    assert "onnard" not in wall.content()
    assert [fault for fault in looks.faults(wall) if fault.rule != "english"] == []


def test_a_dark_wall_shows_nothing(page: Page, wall: Page) -> None:
    page.get_by_text("Envoyer", exact=True).first.click()
    session.press(page, "Éteindre")
    expect(wall.get_by_role("heading", name="Écran éteint")).to_be_visible(timeout=REDRAWN)


def test_the_session_ends_for_the_next_journey(page: Page, server: Served) -> None:
    page.get_by_role("link", name="Séances").click()
    session.press(page, "Finir la séance")
    expect(page.get_by_text("La séance est finie. Il reste à noter qui était là.")).to_be_visible()
    with change(server) as opened:
        for account in opened.exec(select(Account).where(Account.last_name == "Essai")).all():
            opened.delete(account)
        opened.commit()
