"""A person in front of the app: signing in, answering, going on; each function waits for what it caused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.privacy.notice import current_notice

# On a computer that does several things at once, one rerun can take seconds.
PATIENCE = 20_000
_UNFOLDS = 4_000  # milliseconds; a list that was folded again, or that is too long, never shows the words
WHOLE_WAY = "Mon CV pas à pas (30 minutes)"
SHORT_WAY = "Mon CV en 10 minutes"
_FARTHEST = 90  # Tab presses from the title of a page to its main act

FOCUSED = """() => {
  let e = document.activeElement
  while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement // our own components
  const label = e.closest("label")
  const bare = e.cloneNode(true)
  bare.querySelectorAll("[aria-hidden=true]").forEach((icon) => icon.remove())
  const name = e.ariaLabel || (e.labels && e.labels[0]?.innerText) || (e.matches("main, body") ? "" : bare.textContent)
  const near = [e, label, e.parentElement, e.parentElement?.parentElement, e.parentElement?.parentElement?.parentElement]
  const drawn = (n) => { const s = getComputedStyle(n); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 }
  return { name: name.replace(/\\s+/g, " ").trim(), shown: e.matches("h1, body") || near.some((n) => n && drawn(n)) }
}"""


def calm(page: Page) -> None:
    """Wait until the page's script has run; what was just done first has the time to set out."""
    page.wait_for_timeout(60)
    app = page.locator(
        '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    )
    app.wait_for(timeout=PATIENCE)


def title(page: Page) -> Locator:
    """The one title of the page."""
    return page.get_by_role("heading", level=1)


def arrived(page: Page, heading: str | re.Pattern[str]) -> None:
    """Wait until the page with this title is drawn."""
    expect(title(page)).to_have_text([heading], timeout=PATIENCE)  # the one title: the page before is gone
    calm(page)


def enter_as_guest(page: Page, url: str) -> None:
    """« Essayer sans carte »."""
    page.goto(f"{url}/connexion")
    page.get_by_role("button", name="Essayer sans carte").click()
    arrived(page, re.compile("^Bonjour"))


def enter_with_card(page: Page, url: str, number: str, pin: str) -> None:
    """A card that already has its PIN."""
    page.goto(f"{url}/connexion")
    page.get_by_label("Numéro de ta carte").fill(number)
    page.get_by_label("Code secret", exact=True).fill(pin)
    page.get_by_role("button", name="Entrer").click()


def enter_as_staff(page: Page, url: str, login: str, password: str, *, to: str = "Mes jeunes") -> None:
    """A professional, with a name and a password; waits for the page where they arrive."""
    page.goto(f"{url}/connexion/pro")
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Entrer").click()
    arrived(page, to)


def choose_pin(page: Page, url: str, number: str, pin: str) -> None:
    """The first use of a card."""
    page.goto(f"{url}/connexion")
    page.get_by_label("Numéro de ta carte").fill(number)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("textbox", name="Ton code secret").fill(pin)
    page.get_by_role("textbox", name="Le même, encore une fois").fill(pin)
    page.get_by_role("button", name="C’est mon code").click()
    arrived(page, current_notice().titre)
    press(page, current_notice().bouton)
    arrived(page, re.compile("^Bonjour"))


def asked(page: Page, screen: str) -> None:
    """Wait until the question of this screen (data/prompts/ecrans.yaml) is drawn."""
    arrived(page, cv_prompts().screens[screen].question)


def go_on(page: Page, *to: str) -> None:
    """« Continuer », once a screen named: each must be the next one."""
    for screen in to:
        press(page, "Continuer")
        asked(page, screen)


def jump(page: Page, stage: str) -> None:
    """One of the steps above the question; on a narrow screen they unfold first."""
    steps = page.get_by_role("navigation", name="Les étapes du CV")
    step, unfold = steps.locator("ol button").filter(has_text=stage), steps.locator(".now")
    step.or_(unfold).locator("visible=true").first.wait_for(timeout=PATIENCE)
    if unfold.is_visible() and not step.is_visible():
        unfold.click(timeout=PATIENCE)
    step.click(timeout=PATIENCE)
    calm(page)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """A button of the page, by its words."""
    button = page.get_by_role("button", name=name, exact=isinstance(name, str))
    button.first.click(timeout=PATIENCE)
    calm(page)


def write(page: Page, label: str | re.Pattern[str], words: str) -> None:
    """Fill a box and leave it."""
    box = page.get_by_label(label, exact=True)
    box.fill(words, timeout=PATIENCE)
    box.press("Tab")
    calm(page)


def pick(page: Page, words: str | re.Pattern[str]) -> None:
    """One of the short choices; waits until it is drawn as chosen."""
    choice = page.get_by_test_id("stButtonGroup").locator("button").filter(has_text=words).first
    choice.click(timeout=PATIENCE)
    calm(page)
    expect(choice).to_have_attribute("data-selected", "true", timeout=PATIENCE)


def touch(page: Page, words: str, *, to: str) -> None:
    """A short choice that is the whole answer: it goes on to the next question by itself."""
    page.get_by_test_id("stButtonGroup").locator("button").filter(has_text=words).first.click(timeout=PATIENCE)
    asked(page, to)


def tick(page: Page, words: str | re.Pattern[str]) -> None:
    """A sentence to tick, or one of several of which one counts."""
    box = page.get_by_role("checkbox", name=words).or_(page.get_by_role("radio", name=words)).first
    box.locator("xpath=ancestor::label[1]").click(timeout=PATIENCE)
    expect(box).to_be_checked(timeout=PATIENCE)
    calm(page)


def choose(page: Page, label: str, words: str) -> None:
    """One of a list that unfolds; a long one shows only its first lines, so the end of the words is typed."""
    box, option = page.get_by_role("combobox", name=label), page.get_by_role("option", name=words)
    box.click(timeout=PATIENCE)
    try:
        option.click(timeout=_UNFOLDS)
    except PlaywrightError:
        if not page.get_by_role("option").count():  # the page was drawn again, which folds it
            box.click(timeout=PATIENCE)
        page.keyboard.type(words.rpartition("\u00a0")[2].lstrip(": "))
        option.click(timeout=PATIENCE)
    calm(page)


def download(page: Page, name: str, into: Path) -> Path:
    """Press a download button; gives the file."""
    with page.expect_download(timeout=PATIENCE) as coming:
        press(page, name)
    target = into / coming.value.suggested_filename
    coming.value.save_as(target)
    return target


def reach(page: Page, name: str | re.Pattern[str]) -> None:
    """Tab until the control of this name has the focus; every stop on the way shows its focus."""
    wanted = re.compile(f"^{re.escape(name)}$") if isinstance(name, str) else name
    stops = []
    for _ in range(_FARTHEST):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["shown"], f"the focus cannot be seen on « {focused['name']} »"
        if wanted.search(focused["name"]):
            return
        stops.append(focused["name"])
    raise AssertionError(f"« {name} » was not reached, only {stops}")


def give_file(page: Page, file: Path) -> None:
    """Put a file in the box of the page."""
    page.locator("input[type=file]").set_input_files(file, timeout=PATIENCE)
    calm(page)


def screens_on_the_way(page: Page) -> Iterator[str]:
    """Press « Continuer » to the end of the guided way; gives the key of each screen when it is drawn.

    The first experience and the first study are gone through question by question.
    """
    keys = {screen.question: key for key, screen in cv_prompts().screens.items()}
    changed: set[str] = set()
    while "/construire" in page.url:  # the steps add a fragment for the browser’s Back
        here = _question(page)
        key = keys[here[-1]]
        yield key
        details = key.endswith("_suite") and key not in changed
        changed.add(key)
        leads_on = "Continuer" if page.locator(".st-key-next").count() else cv_prompts().screens[key].passer
        press(page, "Changer" if details else leads_on)
        _left(page, here)


def _question(page: Page) -> list[str]:
    """What the question is about, if anything, and its words."""
    words: list[str] = page.locator(".cj-about, h1").all_inner_texts()
    return words


def _left(page: Page, before: list[str]) -> None:
    """Wait for another question than this one, or another page."""
    expect(page.locator(".cj-about, h1")).not_to_have_text(before, timeout=PATIENCE)
    title(page).wait_for(timeout=PATIENCE)
    calm(page)
