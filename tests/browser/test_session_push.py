"""A participant's screen follows the session by itself: text is kept, a lost server is told, a killed process ends nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from clicnjob import models
from clicnjob.accounts import presence
from clicnjob.models import Account, PushMode, Workshop
from clicnjob.workshops.live import entrance, pushing
from tests.browser import session
from tests.browser.line import Line
from tests.browser.served import Served
from tests.browser.visit import opened

TOLD_WITHIN = 10_000  # milliseconds after which a person knows that the server is lost
CAUGHT_UP = 60_000
# A new server's session has drawn nothing yet when the line is back, and knows no button.
_CLICK_AS_SOON_AS_THE_PAGE_SAYS_NOTHING = """() => {
  let cut = false
  const look = () => {
    const says = document.body.innerText.includes("Connexion coupée"), app = document.querySelector("[data-testid=stApp]")
    const on = [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === "Continuer")
    cut ||= says
    if (!cut || says || app.dataset.testConnectionState !== "CONNECTED" || !on || on.disabled) return requestAnimationFrame(look)
    on.click()
    document.body.classList.add("was-clicked")
  }
  look()
}"""


@dataclass
class Led:
    """A session as its trainer changes it from a process of their own."""

    server: Served
    workshop_id: str
    trainer_id: str

    def act(self, change: Callable[..., object], **named: Any) -> None:
        with opened(self.server) as writing:
            now = models.utc_now()
            by = presence.acting_person(writing, self.trainer_id, now=now)
            change(writing, by=by, workshop_id=self.workshop_id, now=now, **named)

    def push(self, activity: str, instruction: str = "", mode: PushMode = PushMode.PROPOSE) -> None:
        self.act(pushing.push_activity, activity=activity, instruction=instruction, mode=mode)

    def code(self) -> str:
        with opened(self.server) as reading:
            return reading.get_one(Workshop, self.workshop_id).code


def _begun(writing: Session) -> tuple[str, str]:
    """A running session of the trainer, without the line in the log that its page writes."""
    trainer = writing.exec(select(Account).where(Account.first_name == "Hakim")).one()
    made = Workshop(organisation_id=trainer.organisation_id or "", by_id=trainer.id, kind="cv", title="Les CV")
    writing.add(made)
    writing.flush()
    return made.id, trainer.id


@pytest.fixture(scope="module")
def led(chrome: Browser) -> Iterator[Led]:
    """A session on a server that these tests may kill."""
    server = Served()
    try:
        server.fill()
        server.start()
        with opened(server) as writing:
            workshop_id, trainer_id = _begun(writing)
        made = Led(server, workshop_id, trainer_id)
        made.act(entrance.open_joining)
        yield made
    finally:
        server.remove()


@pytest.fixture(scope="module")
def line(led: Led) -> Iterator[Line]:
    """The line between the first participant and the server."""
    made = Line(led.server.port)
    yield made
    made.close()


@pytest.fixture(scope="module")
def lou(led: Led, line: Line, chrome: Browser) -> Iterator[Page]:
    """A guest who was let in, at the first question of the guide."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = join(led, context.new_page(), line.url, "Lou")
    page.get_by_role("link", name="Mon chemin").click()
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    yield page
    context.close()


def join(led: Led, page: Page, url: str, name: str) -> Page:
    page.goto(f"{url}/rejoindre")
    page.get_by_label("Code de la séance").fill(led.code())
    page.get_by_label("Ton prénom").fill(name)
    page.get_by_role("button", name="Demander à entrer").click()
    session.arrived(page, "Tu attends à la porte")
    led.act(entrance.admit_people)
    session.arrived(page, "Les CV")
    return page


def shows(page: Page, title: str, *, within: int = session.PATIENCE) -> None:
    """The strip, on whatever page, names what was sent."""
    expect(page.get_by_role("link", name=f"La séance\u00a0: {title}")).to_be_visible(timeout=within)


def test_what_is_typed_under_pushes_keeps_every_letter_the_focus_and_the_caret(led: Led, lou: Page) -> None:
    box = lou.get_by_label("Prénom", exact=True)
    box.click()
    for number, letters in enumerate(("Loui", "s-Am", "édée")):
        led.push("cv.guide", f"Consigne {number}")
        lou.keyboard.type(letters, delay=300)
    led.push("metiers.gouts", mode=PushMode.TOGETHER)
    shows(lou, "Ce que j’aime")
    expect(lou.get_by_text("Dans un instant, on change d’activité.")).to_be_visible()
    expect(box).to_have_value("Louis-Amédée")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionStart") == len("Louis-Amédée")
    address = lou.url
    expect(lou.get_by_text("C’est l’heure. Touche la séance.")).to_be_visible(timeout=30_000)
    assert lou.url == address and box.input_value() == "Louis-Amédée", "a push never changes the page"
    expect(lou.get_by_text("✓ Enregistré")).to_be_visible()


def test_who_takes_part_in_no_session_asks_nothing(led: Led, chrome: Browser) -> None:
    context = chrome.new_context(locale="fr-FR")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/signal") else None)
    session.enter_as_guest(page, led.server.url)
    page.wait_for_timeout(2_500)
    assert asked == []
    context.close()


def test_a_pause_during_a_timer_counts_its_own_time(led: Led, chrome: Browser) -> None:
    context = chrome.new_context(locale="fr-FR")
    page = join(led, context.new_page(), led.server.url, "Ali")
    led.act(pushing.start_timer, minutes=9)
    timers = page.get_by_role("timer")
    expect(timers).to_have_text(re.compile(r"^[89]:"))
    led.act(pushing.start_timer, minutes=5)
    led.act(pushing.pause_group, minutes=2)
    expect(timers).to_have_count(2)
    expect(timers.last).to_have_text(re.compile(r"^[45]:"))
    seen = set()
    for _ in range(12):  # each counts on by itself, and nothing else draws in its place
        seen |= {(place, text[0]) for place, text in enumerate(timers.all_text_contents())}
        page.wait_for_timeout(100)
    assert seen <= {(0, "2"), (0, "1"), (1, "5"), (1, "4")}
    led.act(pushing.resume_group)
    expect(timers).to_have_count(1)
    led.act(pushing.stop_timer)
    context.close()


def test_a_server_that_says_nothing_is_told_and_caught_up(led: Led, line: Line, lou: Page) -> None:
    line.become("silent")
    expect(lou.get_by_text("Le serveur ne répond pas. Ton texte reste ici, continue.")).to_be_visible(
        timeout=TOLD_WITHIN
    )
    led.push("cv.page")
    line.become("through")
    shows(lou, "Ma page", within=CAUGHT_UP)
    expect(lou.get_by_text("Ton texte reste ici, continue.")).to_be_hidden()


def test_a_killed_server_is_told_and_what_came_meanwhile_is_shown_when_it_is_back(led: Led, lou: Page) -> None:
    box = lou.get_by_label("Prénom", exact=True)
    led.server.kill()
    killed = time.monotonic()
    expect(lou.get_by_text("Connexion coupée\u00a0: garde cette page ouverte").first).to_be_visible(timeout=TOLD_WITHIN)
    assert time.monotonic() - killed < TOLD_WITHIN / 1_000
    box.click()
    box.press("End")
    lou.keyboard.type(" Jean", delay=30)
    led.push("cv.envoyer")
    led.server.start()
    shows(lou, "Envoyer mon CV", within=CAUGHT_UP)
    expect(box).to_have_value("Louis-Amédée Jean")
    expect(lou.get_by_text("✓ Enregistré")).to_be_visible(timeout=CAUGHT_UP)


def test_the_first_click_after_a_restart_is_not_lost(led: Led, chrome: Browser) -> None:
    context = chrome.new_context(locale="fr-FR")
    page = context.new_page()
    session.enter_as_guest(page, led.server.url)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Lou")
    session.write(page, "Nom", "Marchand")
    page.evaluate(_CLICK_AS_SOON_AS_THE_PAGE_SAYS_NOTHING)
    led.server.kill()
    expect(page.get_by_text("Connexion coupée\u00a0: garde cette page ouverte").first).to_be_visible(
        timeout=TOLD_WITHIN
    )
    led.server.start()
    page.locator("body.was-clicked").wait_for(state="attached", timeout=CAUGHT_UP)
    session.asked(page, "telephone")
    context.close()


_FIRST_RUN_IS_REPLACED = """async () => {
  const app = document.querySelector("[data-testid=stApp]"), rest = (ms) => new Promise((done) => setTimeout(done, ms))
  const cut = () => document.documentElement.classList.contains("cj-cut-line"), seen = []
  const steps = [["connection", "PINGING_SERVER"], ["connection", "CONNECTED"], ["script", "running"], ["script", "notRunning"]]
  for (const [name, value] of steps) {
    app.setAttribute(`data-test-${name}-state`, value)
    await rest(60)
    seen.push(cut())
  }
  return seen
}"""


def test_a_run_that_was_replaced_has_not_drawn_the_page_anew(led: Led, chrome: Browser) -> None:
    context = chrome.new_context(locale="fr-FR")
    page = context.new_page()
    session.enter_as_guest(page, led.server.url)
    assert page.evaluate(_FIRST_RUN_IS_REPLACED) == [True] * 4
    page.locator("html:not(.cj-cut-line)").wait_for(state="attached", timeout=CAUGHT_UP)
    context.close()


def test_a_session_goes_on_in_another_process_when_one_is_killed(led: Led, lou: Page, chrome: Browser) -> None:
    beside = Served(home=led.server.home)  # over the same database and secret
    context = chrome.new_context(locale="fr-FR")
    try:
        beside.start()
        max_ = join(led, context.new_page(), beside.url, "Max")
        led.push("metiers.recherche", "Cherche deux métiers.")
        expect(max_.get_by_text("Cherche deux métiers.")).to_be_visible()
        shows(lou, "Chercher un métier")
        led.server.kill()
        led.push("cv.court", "On continue.")
        expect(max_.get_by_text("On continue.")).to_be_visible()
        lou.goto(f"{beside.url}/construire")  # the cookie is the same for every port of a host
        expect(lou.get_by_label("Prénom", exact=True)).to_have_value("Louis-Amédée Jean")
        shows(lou, "Mon CV en court")
    finally:
        context.close()
        beside.kill()
