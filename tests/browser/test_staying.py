"""A computer left alone: hidden, then a question, « Je reste » as often as wanted; several tabs are one visit."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from clicnjob import models
from clicnjob.accounts import presence, tickets
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.browser.visit import move_back, opened, token_of

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def page(server: Served, new_context: NewContext) -> Page:
    """A tab of somebody with a card, whose clock the tests move."""
    context = new_context()
    context.clock.install()
    made = context.new_page()
    session.enter_with_card(made, server.url, *server.keys["Lina Morel"])
    session.arrived(made, "Bonjour Lina")
    return made


def left_alone(page: Page, server: Served, minutes: int) -> None:
    """Nobody touches anything for so long, neither here nor in another tab."""
    move_back(server, token_of(page.context), seen_at=minutes * MINUTE)
    page.clock.fast_forward(minutes * 60_000 + 5_000)


def question(page: Page, heading: str) -> Locator:
    """The question that stands over the page."""
    return page.get_by_role("dialog").filter(has=page.get_by_role("heading", name=heading))


def veil(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Travail caché")


def test_the_work_is_hidden_after_five_minutes_and_comes_back_by_a_touch(page: Page, server: Served) -> None:
    left_alone(page, server, 5)
    expect(veil(page)).to_be_visible()
    page.get_by_role("button", name="Ton travail est caché.").click()
    expect(veil(page)).to_be_hidden()


def test_one_may_stay_as_often_as_one_wants(page: Page, server: Served) -> None:
    for _ in range(3):
        left_alone(page, server, 13)
        expect(question(page, "Tu es encore là ?")).to_be_visible()
        page.get_by_role("button", name="Je reste").click()
        expect(question(page, "Tu es encore là ?")).to_be_hidden()
        expect(veil(page)).to_be_hidden()
    assert page.request.get(f"{server.url}/present").json()["idle"] > 890


def test_a_tab_left_alone_stays_hidden_while_its_person_works_in_another(page: Page, server: Served) -> None:
    for minutes in ("05:05", "09:00", "12:00"):  # the server saw the person just now
        page.clock.fast_forward(minutes)
        expect(veil(page)).to_be_visible()
    expect(question(page, "Tu es encore là ?")).to_be_hidden()
    assert page.request.get(f"{server.url}/present").status == 200
    page.get_by_role("button", name="Ton travail est caché.").click()
    expect(veil(page)).to_be_hidden()


def test_the_end_of_a_long_visit_is_told_two_minutes_before(page: Page, server: Served) -> None:
    move_back(server, token_of(page.context), started_at=timedelta(hours=3, minutes=58))
    page.clock.fast_forward("00:31")
    expect(question(page, "C’est bientôt la fin")).to_be_visible()
    page.get_by_role("button", name="D’accord").click()


def test_a_tab_of_the_person_before_shows_the_one_who_signs_in_now(page: Page, server: Served) -> None:
    other = page.context.new_page()
    other.goto(f"{server.url}/connexion")
    other.get_by_role("button", name="Essayer sans carte").click()
    session.arrived(other, re.compile("^Bonjour$"))
    session.arrived(page, re.compile("^Bonjour$"))
    assert "Lina" not in page.content()
    page.clock.fast_forward("00:31")
    assert page.request.get(f"{server.url}/present").status == 200, "the earlier tab does not end the new visit"


def test_a_telephone_takes_the_file_once(server: Served, new_context: NewContext, page: Page) -> None:
    with opened(server) as writing:
        me = presence.present(writing, token_of(page.context), now=models.now())
        assert me is not None
        link = tickets.ticket(writing, present=me, document="questionnaire", by_phone=True, now=models.now())
    context = new_context(width=390, height=844)
    context.add_init_script(path=looks.AXE)
    phone = context.new_page()
    phone.goto(f"{server.url}/telephone/{link}")
    assert not looks.faults(phone)
    with phone.expect_download() as coming:
        phone.get_by_role("button", name="Prendre mon fichier").click()
    assert coming.value.suggested_filename == "questionnaire-cv.pdf"
    phone.reload()
    expect(phone.get_by_role("alert")).to_contain_text("Ce lien ne marche plus")
    assert not context.cookies()
