"""« Écouter » reads every screen of a young person, its choices included, by a voice of the computer alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

# A voice that tells each word at its boundary, and ends a line when the test says so: headless Chromium has none.
_VOICES = """(voices) => {
  const said = (window.said = [])
  const synthesis = {
    getVoices: () => voices, speaking: false, pending: null,
    speak(utterance) {
      said.push(utterance.text.trim()); window.voice = utterance.voice; this.pending = utterance
      setTimeout(() => { if (this.pending === utterance) utterance.onstart?.() })
      if (!window.isSlow) setTimeout(() => { if (this.pending === utterance) utterance.onend?.() }, 5)
    },
    cancel() { this.pending = null },
  }
  Object.defineProperty(window, "speechSynthesis", { value: synthesis, configurable: true })
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  window.word = (charIndex, charLength) => synthesis.pending.onboundary({ name: "word", charIndex, charLength })
  window.shown = () => [...(CSS.highlights.get("cj-said") ?? [])].map((range) => range.toString()).join("|")
}"""
_LOCAL = {"lang": "fr-FR", "localService": True, "name": "here"}
_REMOTE = {"lang": "fr-FR", "localService": False, "name": "elsewhere"}
_SCREENS = {
    "chemin": "Faire le test",
    "metiers": "Art et artisanat",
    "test": "Bof",
    "construire": "Continuer",
    "mes-cv": "Nouveau CV",
    "ma-page": "Ma page",
    "candidatures": "Trouver des offres",
    "entretien": "Mon pitch",
    "envoyer": "Ma page",
    "mon-conseiller": "Avec mon conseiller",
    "mes-donnees": "Relire la notice",
}


def _page_with(new_context: NewContext, server: Served, *voices: dict[str, object]) -> Page:
    page: Page = new_context(width=390, height=844).new_page()
    page.add_init_script(f"({_VOICES})({list(voices)})".replace("True", "true").replace("False", "false"))
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    return page


def _listen(page: Page) -> None:
    page.get_by_role("button", name="Écouter la page").click()


def test_every_screen_is_read_with_its_choices(new_context: NewContext, server: Served) -> None:
    page, silent = _page_with(new_context, server, _REMOTE, _LOCAL), []
    for address, choice in _SCREENS.items():
        page.goto(f"{server.url}/{address}")
        session.arrived(page, re.compile("."))
        _listen(page)
        expect(page.get_by_role("button", name="Écouter la page")).to_have_attribute("aria-pressed", "false")
        said, title = page.evaluate("window.said"), session.title(page).inner_text()
        if not any(choice in line for line in said) or not any(title in line for line in said):
            silent.append(f"{address}: {said}")
        assert not any("J’ai fini" in line for line in said), "the header is read on every screen"
        assert page.evaluate("window.voice.name") == "here"
    assert not silent, "\n".join(silent)


def test_the_word_being_read_is_shown_and_it_stops(new_context: NewContext, server: Served) -> None:
    page = _page_with(new_context, server, _LOCAL)
    page.evaluate("window.isSlow = true")
    _listen(page)
    page.wait_for_function("window.shown() === 'Bonjour Lina'")  # a voice that tells no words: the line
    page.evaluate("window.word(8, 4)")
    assert page.evaluate("window.shown()") == "Lina"
    button = page.get_by_role("button", name="Arrêter")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Écouter la page")).to_be_visible()
    assert page.evaluate("window.shown()") == "" and page.evaluate("speechSynthesis.pending") is None


def test_a_screen_that_is_left_is_read_no_further(new_context: NewContext, server: Served) -> None:
    page = _page_with(new_context, server, _LOCAL)
    page.evaluate("window.isSlow = true")
    _listen(page)
    page.wait_for_function("window.said.length > 0")
    page.get_by_role("link", name="Métiers").click()
    session.arrived(page, "Trouver des métiers")
    expect(page.get_by_role("button", name="Écouter la page")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("speechSynthesis.pending") is None


@pytest.mark.parametrize("voices", [(), (_REMOTE,), ({**_LOCAL, "lang": "en-GB"},)])
def test_without_a_french_voice_of_the_computer_it_says_so(
    new_context: NewContext, server: Served, voices: tuple[dict[str, object], ...]
) -> None:
    page = _page_with(new_context, server, *voices)
    _listen(page)
    expect(page.get_by_text("Cet ordinateur n’a pas de voix française.")).to_be_visible()
    assert page.evaluate("window.said") == []


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_telephone_the_header_is_slim_and_its_targets_large(
    new_context: NewContext, server: Served, width: int
) -> None:
    page: Page = new_context(width=width, height=844).new_page()
    page.add_init_script(path=looks.AXE)
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    expect(page.get_by_role("button", name="Écouter la page")).to_be_visible()
    header = page.locator(".st-key-cj-header")
    boxes = [one.bounding_box() for one in header.locator("a, button").all()]
    small = [box for box in boxes if not box or min(box["width"], box["height"]) < 44]
    assert len(boxes) == 10 and not small, small
    top = session.title(page).bounding_box()
    assert top and top["y"] <= 96, top
    assert not looks.faults(page)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes if box)
