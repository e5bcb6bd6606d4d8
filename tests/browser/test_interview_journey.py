"""A training with a microphone: heard again, ticked, resumed; nothing of the voice stays on the server. Keyboard alone too."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.browser.session import reach
from tests.browser.test_keyboard import enter, fill
from tests.browser.watched_server import TOLD

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads what the server holds from /proc")
NOTHING = {"uploads": [], "media": [], "widgets": [], "open": []}


@pytest.fixture(scope="module")
def watched_server(chrome: Browser) -> Iterator[Served]:
    """A server of this module's own, that tells what it holds, and that can be killed."""
    started = Served(module="tests.browser.watched_server")
    try:
        started.fill()
        started.start()
        yield started
    finally:
        started.remove()


def held(server: Served) -> dict[str, list[object]]:
    """What the server holds now of what was sent to it."""
    file = server.home / TOLD
    file.unlink(missing_ok=True)
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGUSR2)
    for _ in range(200):
        if file.exists():
            found: dict[str, list[object]] = json.loads(file.read_text(encoding="utf-8"))
            return found
        time.sleep(0.05)  # a file that is being written has no event to wait for
    raise TimeoutError("the server did not tell")


def sounds_on_disk(server: Served) -> list[Path]:
    """Files of the server's folder that hold a sound."""
    files = [path for path in server.home.rglob("*") if path.is_file()]
    return [path for path in files if b"WAVEfmt" in path.read_bytes()]


def begin(page: Page, *, minutes: str = "5 minutes") -> None:
    session.press(page, "Préparer mon entretien")
    session.arrived(page, "Mon entretien")
    session.press(page, "M’entraîner")
    session.arrived(page, re.compile("Pour quel métier"))
    session.press(page, re.compile("Sans métier précis"))
    session.arrived(page, re.compile("Combien de temps"))
    session.press(page, re.compile(minutes))
    at(page, "Question 1 sur")


def at(page: Page, words: str) -> None:
    expect(page.locator(".cj-about").filter(has_text=words)).to_be_visible(timeout=session.PATIENCE)
    session.calm(page)


def record(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer ma voix").click()
    something_said(page)
    page.get_by_role("button", name="Arrêter", exact=True).click()
    expect(page.get_by_role("button", name="Écouter", exact=True)).to_be_visible(timeout=session.PATIENCE)
    session.calm(page)


def something_said(page: Page) -> None:
    """A recording of no length at all is refused by the browser, rightly."""
    clock = page.get_by_test_id("stAudioInputWaveformTimeCode")
    expect(clock).to_have_text(re.compile("00:0[2-9]"), timeout=session.PATIENCE)


def test_a_voice_is_heard_again_and_nothing_of_it_stays_on_the_server(
    watched_server: Served, new_context: NewContext
) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, watched_server.url)
    begin(page)
    with page.expect_response(re.compile("/_stcore/upload_file/")) as sent:
        record(page)
    assert sent.value.status == 204, "the recording did not reach the server: the test would prove nothing"
    session.calm(page)
    assert held(watched_server) == NOTHING
    page.get_by_role("button", name="Écouter", exact=True).click()  # the browser still has it
    expect(page.get_by_role("button", name="Pause", exact=True).first).to_be_visible(timeout=session.PATIENCE)
    expect(page.get_by_text("Ta voix n’est gardée nulle part")).to_be_visible()
    session.press(page, "J’ai répondu")
    session.arrived(page, re.compile("Que remarques-tu"))
    session.tick(page, "J’ai donné un exemple")
    expect(page.get_by_text("La prochaine fois")).to_be_visible()
    session.press(page, "Question suivante")
    at(page, "Question 2 sur")
    expect(page.get_by_role("button", name="Écouter", exact=True)).to_have_count(0)
    record(page)
    page.get_by_role("link", name="J’ai fini").click()
    page.wait_for_url("**/sortie")
    assert held(watched_server) == NOTHING
    assert sounds_on_disk(watched_server) == []


def test_a_tab_closed_in_the_middle_leaves_nothing_either(watched_server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, watched_server.url)
    begin(page)
    record(page)
    page.close()
    assert held(watched_server) == NOTHING


def test_a_reload_and_a_server_that_dies_lose_nothing(watched_server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    session.enter_with_card(page, watched_server.url, *watched_server.keys["Yanis Kaci"])
    session.arrived(page, "Bonjour Yanis")
    begin(page)
    question = session.title(page).inner_text()
    page.get_by_text("Par écrit", exact=True).click()
    session.write(page, "Ma réponse", "J’ai aidé mon oncle au marché.")
    expect(page.get_by_text("✓ Enregistré")).to_be_visible()
    page.reload()
    session.arrived(page, question)
    expect(page.get_by_label("Ma réponse")).to_have_value("J’ai aidé mon oncle au marché.")
    session.press(page, "J’ai répondu")
    session.press(page, "Question suivante")
    at(page, "Question 2 sur")
    watched_server.kill()
    watched_server.start()
    page.goto(f"{watched_server.url}/entretien")
    session.arrived(page, "Mon entretien")
    session.press(page, re.compile("^Continuer l’entraînement"))
    at(page, "Question 2 sur")


def test_a_training_and_the_day_work_with_the_keyboard_alone(
    watched_server: Served, new_context: NewContext, tmp_path: Path
) -> None:
    page = new_context().new_page()
    page.goto(f"{watched_server.url}/connexion")
    reach(page, "Essayer sans carte")
    page.keyboard.press("Enter")
    session.arrived(page, re.compile("^Bonjour"))
    enter(page, "Préparer mon entretien")
    session.arrived(page, "Mon entretien")
    enter(page, "M’entraîner")
    session.arrived(page, re.compile("Pour quel métier"))
    enter(page, "Sans métier précis")
    session.arrived(page, re.compile("Combien de temps"))
    enter(page, re.compile("^5 minutes"))
    at(page, "Question 1 sur")
    enter(page, "Démarrer")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    enter(page, "Enregistrer ma voix")
    expect(page.get_by_role("button", name="Arrêter", exact=True)).to_be_visible(timeout=session.PATIENCE)
    something_said(page)
    enter(page, "Arrêter")
    expect(page.get_by_role("button", name="Écouter", exact=True)).to_be_visible(timeout=session.PATIENCE)
    enter(page, "J’ai répondu")
    session.arrived(page, re.compile("Que remarques-tu"))
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    enter(page, "Question suivante")
    at(page, "Question 2 sur")
    _the_day(page, watched_server, tmp_path)


def _the_day(page: Page, server: Served, folder: Path) -> None:
    page.goto(f"{server.url}/jour-j")
    session.arrived(page, "Le jour J")
    enter(page, "Préparer un entretien")
    session.arrived(page, re.compile("Avec qui"))
    fill(page, "L’employeur", "Boulangerie Martin")
    enter(page, "Continuer")
    session.arrived(page, re.compile("Quand est-ce"))
    fill(page, "Quel jour ?", "demain")
    fill(page, "À quelle heure ?", "14h30")
    enter(page, "Continuer")
    session.arrived(page, re.compile("Où est-ce"))
    fill(page, "Combien de minutes pour y aller ?", "25")
    enter(page, "Continuer")
    session.arrived(page, re.compile("habiller"))
    for title in ("papiers", "demander", "retard"):
        enter(page, "Continuer")
        session.arrived(page, re.compile(title))
    enter(page, "Continuer")
    session.arrived(page, "Boulangerie Martin")
    expect(page.get_by_text("Pars à")).to_be_visible()
    with page.expect_download() as coming:
        enter(page, "Ma feuille du jour J")
    coming.value.save_as(folder / "jour-j.pdf")
    assert "Boulangerie Martin" in PdfReader(folder / "jour-j.pdf").pages[0].extract_text()


def test_the_trio_turns_when_its_time_is_over(watched_server: Served, new_context: NewContext) -> None:
    page = new_context().new_page()
    page.clock.install()
    session.enter_as_guest(page, watched_server.url)
    page.goto(f"{watched_server.url}/trio")
    session.arrived(page, "Entretien à trois")
    session.press(page, re.compile("Sans métier précis"))
    session.arrived(page, "B passe l’entretien")
    page.get_by_role("button", name="Démarrer").click()
    page.clock.fast_forward("04:01")
    session.arrived(page, "C passe l’entretien")
    expect(page.get_by_role("timer")).to_contain_text("4:00")
