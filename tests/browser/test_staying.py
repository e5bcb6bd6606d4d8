"""A computer left alone: hidden, then the secret is asked, then the end; several tabs are one visit."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from clicnjob import models
from clicnjob.accounts import presence, tickets
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.browser.visit import move_back, opened, token_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def page(server: Served, new_context: NewContext) -> Page:
    """A tab of somebody with a card, whose clock the tests move."""
    context = new_context()
    context.clock.install()
    context.add_init_script(path=looks.AXE)
    made = context.new_page()
    session.enter_with_card(made, server.url, *server.keys["Lina Morel"])
    session.arrived(made, "Bonjour Lina")
    return made


def left_alone(page: Page, server: Served, minutes: float) -> None:
    """Nobody touches anything for so long, neither here nor in another tab, and the page has heard so from the server."""
    move_back(server, token_of(page.context), seen_at=minutes * MINUTE)
    page.clock.fast_forward(round(minutes * 60_000) + 31_000)


def question(page: Page, heading: str) -> Locator:
    """The question that stands over the page."""
    return page.get_by_role("dialog").filter(has=page.get_by_role("heading", name=heading))


def veil(page: Page) -> Locator:
    return page.locator("dialog.cj-veil")


def give(page: Page, secret: str) -> None:
    """In the veil."""
    veil(page).get_by_role("textbox").fill(secret)
    veil(page).get_by_role("button", name="Continuer").click()


def test_the_work_is_hidden_before_five_minutes_and_comes_back_by_a_touch(page: Page, server: Served) -> None:
    left_alone(page, server, 4.8)
    expect(veil(page)).to_be_visible()
    page.get_by_role("button", name="Ton travail est caché.").click()
    expect(veil(page)).to_be_hidden()


def test_after_five_minutes_the_code_is_asked_and_nothing_typed_is_lost(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/metiers")
    session.arrived(page, "Trouver des métiers")
    box = page.get_by_label("Qu’est-ce que tu aimerais faire\u00a0?", exact=True)
    box.fill("aider les gens")
    page.wait_for_timeout(1_000)  # this box sends what is typed when one pauses
    session.calm(page)
    left_alone(page, server, 5)
    expect(question(page, "C’est bien toi ?")).to_be_visible()
    give(page, "739164")
    expect(veil(page).get_by_role("alert")).to_have_text("Ce n’est pas ton code secret. Essaie encore.")
    give(page, server.keys["Lina Morel"][1])
    expect(veil(page)).to_be_hidden()
    expect(box).to_have_value("aider les gens")
    expect(box).to_be_focused()
    session.calm(page)
    assert page.request.get(f"{server.url}/present").json()["idle"] > 890


@pytest.mark.parametrize("width", looks.WIDTHS)
def test_under_the_veil_nothing_is_seen_printed_or_read_aloud(page: Page, server: Served, width: int) -> None:
    page.goto(server.url)
    session.arrived(page, "Bonjour Lina")
    page.set_viewport_size({"width": width, "height": looks.WIDTHS[width]})
    assert "Lina" in _printed(page) and "Lina" in page.locator("body").aria_snapshot()
    left_alone(page, server, 5)
    expect(question(page, "C’est bien toi ?")).to_be_visible()
    assert _printed(page).split() == ["C’est", "bien", "toi", "?"]
    assert "Lina" not in page.locator("body").aria_snapshot()
    assert "Lina" not in page.evaluate("document.body.innerText")
    assert page.evaluate("document.querySelector('#root').inert")
    assert not looks.faults(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    give(page, server.keys["Lina Morel"][1])
    expect(veil(page)).to_be_hidden()
    assert "Lina" in page.locator("body").aria_snapshot()


def _printed(page: Page) -> str:
    """What the pages of paper say."""
    return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)


@pytest.mark.parametrize("minutes", [4.8, 5])
def test_escape_lifts_no_veil(page: Page, server: Served, minutes: float) -> None:
    left_alone(page, server, minutes)
    expect(veil(page)).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Escape")
        page.wait_for_timeout(100)
    page.evaluate("document.querySelector('dialog.cj-veil').close()")
    expect(veil(page)).to_be_visible()
    assert "Lina" not in page.evaluate("document.body.innerText")
    _comes_back(page, server)


def test_loading_the_page_again_is_no_way_around_the_veil(page: Page, server: Served) -> None:
    left_alone(page, server, 5)
    expect(veil(page)).to_be_visible()
    page.reload()
    expect(session.title(page)).to_have_text("C’est bien toi ?")
    assert "Lina" not in page.content()
    assert not looks.faults_at_both_widths(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_label("Ton code secret", exact=True).fill(server.keys["Lina Morel"][1])
    page.get_by_role("button", name="Continuer").click()
    session.arrived(page, "Bonjour Lina")


def test_what_wakes_one_tab_wakes_the_others(page: Page, server: Served) -> None:
    other, third = page.context.new_page(), page.context.new_page()
    other.goto(f"{server.url}/mes-cv")
    session.arrived(other, "Mes CV")
    left_alone(page, server, 5)
    other.clock.fast_forward(31_000)
    third.goto(f"{server.url}/mon-sac")
    expect(session.title(third)).to_have_text("C’est bien toi ?")
    for each in (page, other):
        expect(veil(each)).to_be_visible()
    page.bring_to_front()
    give(page, server.keys["Lina Morel"][1])
    for each in (page, other):
        expect(veil(each)).to_be_hidden(timeout=session.PATIENCE)
    session.arrived(third, "Mon sac")
    other.close()
    third.close()
    page.bring_to_front()


def test_the_veil_says_when_the_end_is_near(page: Page, server: Served) -> None:
    left_alone(page, server, 13)
    expect(veil(page)).to_contain_text("Sans réponse, ton espace se ferme dans 2 minutes.")
    expect(question(page, "Tu es encore là ?")).to_be_hidden()
    give(page, server.keys["Lina Morel"][1])
    expect(veil(page)).to_be_hidden()


def _comes_back(page: Page, server: Served) -> None:
    whole = page.get_by_role("button", name="Ton travail est caché.")
    if whole.count():
        whole.click()
    else:
        give(page, server.keys["Lina Morel"][1])
    expect(veil(page)).to_be_hidden()


@pytest.fixture
def guest(server: Served, new_context: NewContext) -> Page:
    """A tab of somebody without a card, whose clock the tests move."""
    context = new_context()
    context.clock.install()
    made = context.new_page()
    session.enter_as_guest(made, server.url)
    return made


def test_a_guest_may_stay_as_often_as_they_want(guest: Page, server: Served) -> None:
    for _ in range(3):
        left_alone(guest, server, 13)
        expect(question(guest, "Tu es encore là ?")).to_be_visible()
        guest.get_by_role("button", name="Je reste").click()
        expect(question(guest, "Tu es encore là ?")).to_be_hidden()
        expect(veil(guest)).to_be_hidden()
        session.calm(guest)
    assert guest.request.get(f"{server.url}/present").json()["idle"] > 890


def test_a_guest_has_no_code_and_a_touch_brings_them_back(guest: Page, server: Served) -> None:
    left_alone(guest, server, 6)
    expect(veil(guest)).to_be_visible()
    guest.get_by_role("button", name="Ton travail est caché.").click()
    expect(veil(guest)).to_be_hidden()


def test_the_idle_end_of_a_professional_is_an_end(server: Served, new_context: NewContext) -> None:
    """Pages that ask by themselves are nobody, and one click at the end brings nothing back."""
    context = new_context()
    context.clock.install()
    page = context.new_page()
    session.enter_as_staff(page, server.url, *server.keys["Claire Morvan"])
    token, answers = token_of(context), []
    page.on("request", lambda sent: answers.append(sent.method) if sent.url.endswith("/present") else None)
    for minutes in (10, 9, 9):
        left_alone(page, server, minutes)
        expect(veil(page)).to_be_visible()
        page.mouse.click(20, 20)
        expect(veil(page)).to_be_visible()
    expect(veil(page)).to_contain_text("Sans réponse, votre espace se ferme dans 2 minutes.")
    left_alone(page, server, 2)
    page.mouse.click(20, 20)
    expect(session.title(page)).to_have_text("À bientôt !")
    assert "POST" not in answers
    with opened(server) as reading:
        assert presence.recognised_person(reading, token, now=models.utc_now()) is None


def test_a_page_that_is_only_read_says_nothing_by_itself(server: Served, new_context: NewContext) -> None:
    """A pointer at rest under a page that moves is no act, nor is a scroll by the page itself."""
    page = new_context().new_page()
    session.enter_as_staff(page, server.url, *server.keys["Claire Morvan"])
    page.wait_for_timeout(1_000)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method) if asked.url.endswith("/present") else None)
    page.evaluate(
        """() => { scrollTo(0, 200); dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
                   dispatchEvent(new PointerEvent("pointerdown")) }"""
    )
    page.reload()
    session.arrived(page, "Mes jeunes")
    page.wait_for_timeout(1_000)
    assert "GET" in sent and "POST" not in sent
    page.keyboard.press("Shift")
    page.wait_for_timeout(1_000)
    assert sent[-1] == "POST"


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
        me = presence.present_person(writing, token_of(page.context), now=models.utc_now())
        assert me is not None
        link = tickets.issue_ticket(writing, present=me, document="questionnaire", by_phone=True, now=models.utc_now())
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
