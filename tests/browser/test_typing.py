"""What is typed is not lost: the server is killed, the line cut, the database locked, and nothing says « Enregistré »."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlmodel import select

from clicnjob import policy
from clicnjob.models import Work, WorkKind
from tests.browser import session
from tests.browser.line import Line, Mood
from tests.browser.served import Served
from tests.browser.visit import opened

SAVED = "✓ Enregistré"
# Notes every moment at which the page says that all is saved, with what stood in the boxes then.
WATCH = """
window.seen = []
setInterval(() => {
  const marks = [...document.querySelectorAll(".cj-saved")]
  const said = marks.some((mark) => mark.checkVisibility() && mark.textContent.includes("✓"))
  const boxes = [...document.querySelectorAll('[class*="st-key-kept-"] :is(input, textarea)')].map((box) => box.value)
  if (said) window.seen.push([Date.now(), ...boxes])
}, 20)
"""


WITHIN = 1.0  # second after the last key


@dataclass
class Writer:
    """A guest with a tab, whose line to the server the tests hold."""

    server: Served
    line: Line
    page: Page

    def box(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def type(self, label: str, words: str, delay: int = 30) -> None:
        self.box(label).click(timeout=session.PATIENCE)
        self.page.keyboard.type(words, delay=delay)

    def until_kept(self, field_name: str, words: str, within: float = 30) -> None:
        """Wait, without touching anything, until the database holds these words."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            if words in kept(self.server, field_name):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{words!r} is not kept: {kept(self.server, field_name)!r}")

    def never_said_saved_with(self, words: str) -> None:
        """In what the page showed until now, no « Enregistré » stood beside these words."""
        assert not [seen for seen in self.page.evaluate("window.seen") if words in seen[1:]]


def kept(server: Served, name: str) -> str:
    """One answer of the last guest, as the database holds it."""
    kind = WorkKind.CV if name == "opening" else WorkKind.PROFILE
    with opened(server) as reading:
        query = select(Work).where(Work.kind == kind).order_by(Work.created_at.desc())  # type: ignore[attr-defined]
        work = reading.exec(query).first()
        return str(work.body.get(name, "")) if work else ""


def holds(server: Served, words: str) -> bool:
    """Whether some table of the database holds these words now; earlier versions of a work do not count."""
    asked = (
        "SELECT 1 FROM work WHERE json_extract(body, '$') LIKE :words UNION SELECT 1 FROM draft WHERE text LIKE :words"
    )
    where = f"file:{server.home / 'clicnjob.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(where, uri=True)) as reading:
        return reading.execute(asked, {"words": f"%{words}%"}).fetchone() is not None


@pytest.fixture(scope="module")
def own_server(chrome: Browser) -> Iterator[Served]:
    """A server that these tests may kill."""
    started = Served()
    try:
        started.fill()
        started.start()
        yield started
    finally:
        started.remove()


@pytest.fixture
def writer(own_server: Served, chrome: Browser) -> Iterator[Writer]:
    """At the question of the town, as a guest."""
    line = Line(own_server.port)
    context = chrome.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(WATCH)
    session.enter_as_guest(page, line.url)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    yield Writer(own_server, line, page)
    context.close()
    line.close()


@contextmanager
def locked(server: Served, seconds: float) -> Iterator[None]:
    """Somebody else writes in the database for so long."""
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(server.home / "clicnjob.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            held.set()
            over.wait(seconds)
            other.execute("ROLLBACK")

    holding = threading.Thread(target=hold)
    holding.start()
    held.wait()
    try:
        yield
    finally:
        over.set()
        holding.join()


def at_presentation(writer: Writer) -> None:
    """Go to the question with a box of several lines."""
    session.jump(writer.page, "Ma présentation")
    session.press(writer.page, "Continuer")
    session.asked(writer.page, "accroche_1")


@pytest.mark.parametrize("label", ["Prénom", "Change les mots si tu veux"])
def test_the_server_killed_while_one_types(writer: Writer, label: str) -> None:
    name, words = "first_name", "Kevin"
    if label != "Prénom":
        at_presentation(writer)
        name, words = "opening", "Je sais ranger"
    writer.type(label, words[:-2])
    writer.page.wait_for_timeout(1_300)
    writer.type(label, words[-2:])
    writer.server.kill()
    writer.page.wait_for_timeout(1_500)
    expect(writer.box(label)).to_have_value(words)
    expect(writer.page.get_by_text("Connexion coupée").first).to_be_visible()
    writer.never_said_saved_with(words)
    writer.server.start()
    writer.until_kept(name, words)
    expect(writer.box(label)).to_have_value(words)
    # On a slow machine the last letters may have been kept before the server died: then there is nothing to say.
    said = writer.page.locator(".cj-saved[role=status]").filter(has_text=re.compile(f"{SAVED}|Tout s’enregistre"))
    expect(said.first).to_be_visible(timeout=session.PATIENCE)
    expect(writer.page.get_by_text("Connexion coupée")).to_have_count(0, timeout=session.PATIENCE)


def test_the_server_killed_after_widgets_were_drawn_anew_and_a_part_unfolded(writer: Writer) -> None:
    page = writer.page
    session.jump(page, "Mes expériences")
    session.asked(page, "experiences")
    session.press(page, "Un stage")
    session.asked(page, "experience_activite")
    page.get_by_label("Cherche avec tes mots").fill("resto")
    session.press(page, re.compile("cuisine"))
    session.asked(page, "experience_phrases")
    session.press(page, "Annuler")  # every widget gets a new key
    session.asked(page, "experience_phrases")
    page.get_by_text("Écrire ma phrase").click()
    session.calm(page)
    writer.type("Ma phrase 1", "Ranger les caisses")
    writer.server.kill()
    page.wait_for_timeout(1_500)
    expect(writer.box("Ma phrase 1")).to_have_value("Ranger les caisses")
    writer.server.start()
    writer.until_kept("experiences", "Ranger les caisses")
    expect(writer.box("Ma phrase 1")).to_have_value("Ranger les caisses")


def test_the_database_locked_for_twenty_seconds(writer: Writer) -> None:
    with locked(writer.server, 20):
        writer.type("Prénom", "Inès")
        writer.page.keyboard.press("Tab")
        writer.page.keyboard.type("Benali", delay=30)
        expect(writer.page.get_by_text("Pas encore enregistré").first).to_be_visible(timeout=15_000)
        writer.page.wait_for_timeout(9_000)
        expect(writer.box("Prénom")).to_have_value("Inès")
        expect(writer.box("Nom")).to_have_value("Benali")
        assert writer.page.locator(".cj-broken").count() == 0
        writer.never_said_saved_with("Inès")
    writer.until_kept("first_name", "Inès", within=12)
    writer.until_kept("last_name", "Benali", within=12)
    expect(writer.page.get_by_text(SAVED)).to_be_visible(timeout=session.PATIENCE)
    expect(writer.page.locator(".cj-strip")).to_have_count(0)


# A line that says nothing is given up after many seconds; the others tell at once that it is gone.
@pytest.mark.parametrize(("mood", "seconds"), [("cut", 6), ("silent", 20), ("502", 6)])
def test_the_line_is_gone_for_a_while(writer: Writer, mood: Mood, seconds: int) -> None:
    writer.type("Prénom", "Lé")
    writer.line.become(mood)
    writer.page.keyboard.type("a", delay=30)
    writer.page.wait_for_timeout(seconds * 1_000)
    words = writer.box("Prénom").input_value()
    assert words in ("Lé", "Léa")  # a box that is off takes no more keys
    said = writer.page.get_by_text("Connexion coupée").or_(writer.page.get_by_text("Pas encore enregistré"))
    expect(said.first).to_be_visible()
    expect(writer.page.get_by_text(re.compile("Streamlit|Connection failed"))).to_have_count(0)
    writer.never_said_saved_with(words)
    writer.line.become("through")
    writer.until_kept("first_name", words, within=60)
    expect(writer.page.get_by_text(SAVED)).to_be_visible(timeout=session.PATIENCE)
    expect(writer.page.locator(".cj-strip")).to_have_count(0)


def test_a_browser_without_a_network(writer: Writer) -> None:
    writer.page.context.set_offline(True)
    writer.type("Prénom", "Zoé")
    expect(writer.page.get_by_text("Connexion coupée").first).to_be_visible()
    writer.page.wait_for_timeout(5_000)
    words = writer.box("Prénom").input_value()
    writer.page.context.set_offline(False)
    writer.until_kept("first_name", words, within=60)


def at_application(writer: Writer) -> None:
    """Go to the list of applications, and unfold what may be added to one."""
    page = writer.page
    page.goto(f"{writer.line.url}/candidatures")
    session.arrived(page, "Mes candidatures")
    session.press(page, "Ajouter une candidature")
    session.write(page, "Un autre métier", "Serveuse")
    session.press(page, "Ajouter")
    page.get_by_test_id("stExpander").get_by_text("Compléter ou enlever").click()
    session.calm(page)


def at_answer(writer: Writer) -> None:
    """Go to the first question of a training, answered in writing."""
    page = writer.page
    page.goto(f"{writer.line.url}/entrainement")
    session.arrived(page, re.compile("Pour quel métier"))
    session.press(page, re.compile("Sans métier précis"))
    session.arrived(page, re.compile("Combien de temps"))
    session.press(page, re.compile("5 minutes"))
    page.locator(".cj-about").filter(has_text="Question 1 sur").wait_for(timeout=session.PATIENCE)
    session.pick(page, "Par écrit")


def at_adding(writer: Writer) -> None:
    """Go to the boxes of a new application, which is not added yet."""
    writer.page.goto(f"{writer.line.url}/candidatures")
    session.arrived(writer.page, "Mes candidatures")
    session.press(writer.page, "Ajouter une candidature")


def seconds_until_kept(writer: Writer, label: str, words: str) -> float:
    """Type the last letters of these words, and measure from the last key to the database."""
    typed = writer.box(label).input_value()
    writer.type(label, words.removeprefix(typed))
    began = time.monotonic()
    while not holds(writer.server, words):
        assert time.monotonic() < began + 20, "nothing is kept at all"
        writer.page.wait_for_timeout(20)
    return time.monotonic() - began


def stay(_writer: Writer) -> None:
    """Stay at the first question of the guide."""


BOXES = {
    "the guide": (stay, "Prénom"),
    "the presentation": (at_presentation, "Change les mots si tu veux"),
    "a note on an application": (at_application, "Une note pour toi"),
    "an answer of the interview": (at_answer, "Ma réponse"),
    "something not added yet": (at_adding, "Un autre métier"),
}


@pytest.mark.parametrize("where", BOXES)
def test_what_is_typed_is_kept_within_a_second_and_through_a_killed_server(writer: Writer, where: str) -> None:
    go, label = BOXES[where]
    go(writer)
    took = [seconds_until_kept(writer, label, words) for words in ("Zq", "Zqa", "Zqab")]
    assert min(took) <= WITHIN, f"kept after {took} seconds"  # the machine of the tests may do much else
    writer.server.kill()
    expect(writer.page.locator("html.cj-cut-line")).to_be_attached()
    writer.page.keyboard.type(" pendant la coupure", delay=20)  # the box goes on taking keys, with its focus
    expect(writer.box(label)).to_have_value("Zqab pendant la coupure")
    expect(writer.page.get_by_text("Connexion coupée").first).to_be_visible()
    writer.never_said_saved_with("Zqab pendant la coupure")
    writer.server.start()
    ends = time.monotonic() + 40
    while not holds(writer.server, "Zqab pendant la coupure"):
        assert time.monotonic() < ends, "what was typed meanwhile is lost"
        writer.page.wait_for_timeout(100)
    expect(writer.box(label)).to_have_value("Zqab pendant la coupure")
    expect(writer.page.get_by_text("Connexion coupée")).to_have_count(0)


def test_a_server_that_never_answers_is_told_in_french(writer: Writer) -> None:
    page = writer.page.context.new_page()
    page.route_web_socket(re.compile("_stcore/stream"), lambda socket: socket.close())
    page.goto(f"{writer.line.url}/candidatures")
    expect(page.get_by_text("Le serveur ne répond pas")).to_be_visible()
    expect(page.get_by_text(re.compile("streamlit|Connection", re.IGNORECASE))).to_have_count(0)
    page.close()


@pytest.mark.parametrize("label", ["Prénom", "Change les mots si tu veux"])
def test_a_page_reloaded_a_second_and_a_half_after_the_last_key(writer: Writer, label: str) -> None:
    if label != "Prénom":
        at_presentation(writer)
    writer.type(label, "Moussa")
    writer.page.wait_for_timeout(1_500)
    writer.page.reload()
    expect(writer.box(label)).to_have_value("Moussa", timeout=session.PATIENCE)


@pytest.mark.parametrize("label", ["Prénom", "Change les mots si tu veux"])
def test_a_page_reloaded_right_after_the_last_key_saves_it(writer: Writer, label: str) -> None:
    if label != "Prénom":
        at_presentation(writer)
    writer.type(label, "Mous", delay=5)
    writer.page.wait_for_timeout(520)  # a run is in progress when the last keys come
    writer.page.keyboard.type("sa", delay=5)
    writer.page.mouse.move(400, 300)
    writer.page.mouse.move(-5, -5)  # to the button of the browser
    writer.page.wait_for_timeout(200)  # no hand is faster
    writer.page.reload()
    writer.until_kept("first_name" if label == "Prénom" else "opening", "Moussa")


def test_saving_moves_neither_the_focus_nor_the_caret(writer: Writer) -> None:
    at_presentation(writer)
    label = "Change les mots si tu veux"
    writer.type(label, "Je sais conter")
    for _ in range(3):
        writer.page.keyboard.press("ArrowLeft")
    writer.until_kept("first_name", "")
    writer.page.wait_for_timeout(1_600)
    writer.page.keyboard.type("p")
    expect(writer.box(label)).to_have_value("Je sais conpter")
    expect(writer.box(label)).to_be_focused()


def test_a_tab_left_open_does_not_overwrite_newer_work_after_a_restart(writer: Writer) -> None:
    writer.type("Prénom", "Lina")
    writer.until_kept("first_name", "Lina")
    other = writer.page.context.new_page()
    other.goto(f"{writer.line.url}/construire")
    session.asked(other, "prenom_nom")
    session.write(other, "Prénom", "Lina-Rose")
    writer.until_kept("first_name", "Lina-Rose")
    other.close()
    writer.server.kill()
    writer.page.wait_for_timeout(1_000)
    writer.server.start()
    expect(writer.box("Prénom")).to_have_value("Lina-Rose", timeout=60_000)
    assert kept(writer.server, "first_name") == "Lina-Rose"


def test_a_text_changed_on_both_sides_is_shown_and_not_lost(writer: Writer) -> None:
    writer.type("Prénom", "Lina")
    writer.until_kept("first_name", "Lina")
    other = writer.page.context.new_page()
    other.goto(f"{writer.line.url}/construire")
    session.asked(other, "prenom_nom")
    session.write(other, "Prénom", "Rose")
    writer.until_kept("first_name", "Rose")
    other.close()
    writer.box("Prénom").fill("Linette")
    writer.server.kill()
    writer.page.wait_for_timeout(1_500)
    writer.server.start()
    expect(writer.page.get_by_text("Ce texte n’est plus celui qui est gardé")).to_be_visible(timeout=60_000)
    expect(writer.box("Prénom")).to_have_value("Rose")
    session.press(writer.page, "Reprendre mon texte")
    writer.until_kept("first_name", "Linette")
    expect(writer.box("Prénom")).to_have_value("Linette")


@pytest.mark.parametrize(
    ("label", "most"), [("Prénom", policy.NAME_LENGTH), ("Change les mots si tu veux", policy.LINE_LENGTH)]
)
def test_what_is_pasted_is_cut_where_the_box_is_full(writer: Writer, label: str, most: int) -> None:
    if label != "Prénom":
        at_presentation(writer)
    writer.type(label, "Moi ")
    writer.page.keyboard.insert_text("y" * 10)
    paste(writer, label, "x" * most + "FIN")
    expect(writer.box(label)).to_have_value(f"Moi {'y' * 10}{'x' * (most - 14)}")
    expect(writer.page.get_by_text("Le texte était trop long")).to_be_visible()
    writer.page.wait_for_timeout(1_500)
    writer.page.reload()
    expect(writer.box(label)).to_have_value(f"Moi {'y' * 10}{'x' * (most - 14)}", timeout=session.PATIENCE)


def test_a_text_pasted_into_a_message_or_a_search_is_cut_too(writer: Writer) -> None:
    at_adding(writer)
    paste(writer, "Un autre métier", "x" * 80 + "FIN")
    expect(writer.box("Un autre métier")).to_have_value("x" * 80)
    expect(writer.page.get_by_text("Ce qui n’est pas entré\u00a0: «\u00a0FIN\u00a0»")).to_be_visible()
    writer.page.goto(f"{writer.line.url}/metiers")
    session.arrived(writer.page, "Trouver des métiers")
    paste(writer, "Qu’est-ce que tu aimerais faire\u00a0?", "x" * policy.WISH_LENGTH + "FIN")
    expect(writer.box("Qu’est-ce que tu aimerais faire\u00a0?")).to_have_value("x" * policy.WISH_LENGTH)
    expect(writer.page.get_by_text("Le texte était trop long")).to_be_visible()


def test_a_secret_pasted_at_the_sign_in_page_is_cut_and_not_shown(writer: Writer) -> None:
    page = writer.page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    page.goto(f"{writer.line.url}/connexion")
    secret = page.get_by_label("Code secret", exact=True)
    secret.click()
    page.keyboard.insert_text("123456789012SECRET")
    expect(secret).to_have_value("123456789012")
    expect(page.get_by_text("12 signes au plus")).to_be_visible()
    assert "SECRET" not in page.locator("main").inner_text()
    page.context.close()


def test_a_name_of_pictures_alone_says_that_it_is_not_printed(writer: Writer) -> None:
    writer.box("Prénom").fill("🦄🦄")
    expect(writer.page.get_by_text("ces signes ne s’impriment pas")).to_be_visible()
    writer.box("Prénom").fill("Lina 🦄")
    expect(writer.page.get_by_text("Le reste sera sur ta page")).to_be_visible()


def paste(writer: Writer, label: str, words: str) -> None:
    """Paste by the keys, from a scratch box of the page."""
    writer.page.evaluate(
        """(words) => { const scratch = document.createElement("textarea"); document.body.append(scratch)
           scratch.value = words; scratch.select(); document.execCommand("copy"); scratch.remove() }""",
        words,
    )
    writer.box(label).focus()
    writer.page.keyboard.press("End")
    writer.page.keyboard.press("Control+V")
