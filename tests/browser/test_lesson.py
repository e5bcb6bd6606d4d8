"""Two whole lessons with every kind of screen, gesture and question: by thumb at 390 pixels, by keyboard alone at 1280."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from clicnjob.learn import library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.quiz import SingleChoiceQuestion
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.looks import Fault
from tests.browser.served import Served
from tests.browser.session import reach
from tests.browser.test_keyboard import enter

ALTERNATING = library.lesson_with_id("alternance")
ATTACHING = library.lesson_with_id("joindre-un-fichier")
PASSWORD = library.lesson_with_id("un-mot-de-passe")


# The choices that end in « … » because there is no room for them.
CUT_WORDS = """() => [...document.querySelectorAll("[class*=st-key-cj-judged-] button *")].filter((part) =>
  part.checkVisibility() && getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1
).map((part) => part.innerText)"""


def opened(server: Served, new_context: NewContext, *, width: int, height: int) -> Page:
    context = new_context(width=width, height=height)
    context.add_init_script(path=looks.AXE)
    page = context.new_page()
    session.enter_as_guest(page, server.url)
    return page


def choose_lesson(page: Page, theme: str, lesson: Lesson) -> None:
    session.press(page, theme)
    session.arrived(page, re.compile(f"{theme}$"))
    session.press(page, lesson.titre)
    at(page, lesson, 1)


def at(page: Page, lesson: Lesson, number: int) -> None:
    """Wait until this screen is drawn; from the second on, its title has the focus and is what a screen reader says."""
    expect(page.locator(".cj-dots")).to_contain_text(f"Écran {number} sur {len(lesson.places)}")
    part = (*lesson.ecrans, *lesson.quiz)[number - 1]
    session.arrived(page, part.question if hasattr(part, "question") else part.titre)
    if number > 1:
        expect(session.title(page)).to_be_focused()


def said(page: Page, words: str) -> None:
    """What is said after an answer is announced, and in sight above the buttons at the bottom."""
    told = page.locator(".cj-said[role=status]").filter(has_text=words)
    expect(told).to_be_visible()
    expect(told).to_be_in_viewport(ratio=0.9)


def step_buttons_in_sight(page: Page) -> None:
    for key in ("back", "next"):
        expect(page.locator(f".st-key-cj-steps .st-key-{key} button")).to_be_in_viewport(ratio=1)


def on(page: Page, lesson: Lesson, number: int) -> None:
    step_buttons_in_sight(page)
    session.press(page, "Continuer")
    at(page, lesson, number)


def test_a_lesson_by_thumb(server: Served, new_context: NewContext, tmp_path: Path) -> None:
    page = opened(server, new_context, width=390, height=844)
    session.press(page, "Voir les leçons")
    session.arrived(page, "Apprendre")
    faults = looks.faults(page)
    choose_lesson(page, "Être en sécurité", PASSWORD)
    faults += looks.faults(page)
    session.press(page, "Continuer")
    at(page, PASSWORD, 2)
    on(page, PASSWORD, 3)
    faults += judge(page)
    on(page, PASSWORD, 4)
    session.press(page, "support.")
    said(page, "Relis la phrase")
    session.press(page, "code")
    said(page, "Aucun service sérieux")
    faults += looks.faults(page)
    on(page, PASSWORD, 5)
    faults += put_in_order(page)
    on(page, PASSWORD, 6)
    faults += tick_several(page)
    on(page, PASSWORD, 7)
    session.press(page, "J’ai peur de les oublier.")
    said(page, "C’est normal.")
    faults += looks.faults(page)
    session.press(page, "Terminer")
    session.arrived(page, "C’est fait\u00a0!")
    expect(page.get_by_text("dans 2 jours")).to_be_visible()
    faults += looks.faults(page)
    pdf = PdfReader(session.download(page, "Imprimer l’essentiel", tmp_path))
    assert len(pdf.pages) == 1 and PASSWORD.titre in " ".join(pdf.pages[0].extract_text().split())
    assert not faults


def judge(page: Page) -> list[Fault]:
    rows = page.locator("[class*=st-key-cj-judged-]")
    rows.nth(0).get_by_role("button", name="Solide").click()
    session.calm(page)
    said(page, "un des premiers essais")
    for row, answer in enumerate(("Fragile", "Solide", "Fragile", "Fragile")):
        rows.nth(row).get_by_role("button", name=answer).click()
        session.calm(page)
    said(page, "Trop court")
    return looks.faults(page)


def put_in_order(page: Page) -> list[Fault]:
    first, second, third, last = PASSWORD.quiz[0].suite  # type: ignore[union-attr]
    for line in (first, last, second, third):
        session.press(page, line)
    said(page, "La première ligne est à sa place.")
    for line in (second, third, last):
        session.press(page, line)
    said(page, "On garde d’abord son travail.")
    return looks.faults(page)


def tick_several(page: Page) -> list[Fault]:
    for words in ("Dans un gestionnaire", "Sur un papier"):
        page.locator("label").filter(has_text=words).click()
    session.press(page, "Voir")
    said(page, "Relis les explications")
    faults = looks.faults(page)
    for words in ("Sur un papier", "Sur un carnet"):
        page.locator("label").filter(has_text=words).click()
    session.press(page, "Voir")
    expect(page.locator(".cj-said.over")).to_have_count(2)
    return faults


def test_choices_are_whole_and_the_focus_stays_where_somebody_answered(server: Served, new_context: NewContext) -> None:
    page = opened(server, new_context, width=390, height=844)
    session.press(page, "Voir les leçons")
    session.arrived(page, "Apprendre")
    choose_lesson(page, "Les aides et les contrats", ALTERNATING)
    for number in (2, 3):
        session.press(page, "Continuer")
        at(page, ALTERNATING, number)
    assert page.evaluate(CUT_WORDS) == []
    row = page.locator("[class*=st-key-cj-judged-]").first
    for answer, words in (("Professionnalisation", "À cet âge"), ("Apprentissage", "À cet âge")):
        choice = row.get_by_role("button", name=answer)
        choice.focus()
        page.keyboard.press("Enter")
        session.calm(page)
        said(page, words)
        expect(choice).to_be_focused()
    for number in (4, 5, 6):
        session.press(page, re.compile("^(Passer|Continuer)$"))
        at(page, ALTERNATING, number)
    for line in ALTERNATING.quiz[1].suite:  # type: ignore[union-attr]
        page.get_by_role("button", name=line).focus()
        page.keyboard.press("Enter")
        session.calm(page)
        expect(page.get_by_role("status").filter(has_text=line).first).to_be_visible()
        expect(page.locator(".st-key-cj-card button:focus")).to_be_visible()  # the next line, at the end « Continuer »
    expect(page.get_by_role("button", name="Continuer")).to_be_focused()


def test_a_lesson_by_keyboard_alone(server: Served, new_context: NewContext) -> None:
    page = opened(server, new_context, width=1280, height=900)
    enter(page, "Voir les leçons")
    session.arrived(page, "Apprendre")
    enter(page, re.compile("Le mail$"))
    session.arrived(page, re.compile("Le mail$"))
    enter(page, ATTACHING.titre)
    at(page, ATTACHING, 1)
    faults = looks.faults(page)
    enter(page, "Continuer")
    at(page, ATTACHING, 2)
    enter(page, "Continuer")
    at(page, ATTACHING, 3)
    enter(page, re.compile("IMG_2043"))
    said(page, "C’est une photo")
    page.keyboard.press("Shift+Tab")
    enter(page, re.compile(r"^CV-Lina-Morel\.pdf"))
    said(page, "Un PDF garde la même page partout.")
    expect(page.locator("button:focus")).to_contain_text("CV-Lina-Morel.pdf")
    faults += looks.faults(page)
    enter(page, "Continuer")
    at(page, ATTACHING, 4)
    type_instead(page, "Le nouveau nom du fichier", "CV-Lina-Morel.pdf")
    said(page, "Ce nom dit ce que c’est")
    enter(page, "Continuer")
    at(page, ATTACHING, 5)
    type_instead(page, "La ligne corrigée", "Vous trouverez mon CV ci-joint.")
    faults += looks.faults(page)
    enter(page, "Continuer")
    at(page, ATTACHING, 6)
    question = ATTACHING.quiz[0]
    assert isinstance(question, SingleChoiceQuestion)
    enter(page, question.choix[0].texte)
    said(page, "Le fichier est là avant l’envoi.")
    enter(page, "Continuer")
    at(page, ATTACHING, 7)
    enter(page, re.compile("80 Ko"))
    enter(page, "Continuer")
    at(page, ATTACHING, 8)
    enter(page, "Faux")
    said(page, "Beaucoup de boîtes refusent")
    enter(page, "Terminer")
    session.arrived(page, "C’est fait\u00a0!")
    expect(session.title(page)).to_be_focused()
    reach(page, ATTACHING.geste_suivant.libelle)  # what comes next stands first
    assert not faults + looks.faults(page)


def type_instead(page: Page, box: str, words: str) -> None:
    reach(page, box)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    enter(page, "Vérifier")


def test_a_scene_is_played_and_taken_up_where_it_was_left(server: Served, new_context: NewContext) -> None:
    page = opened(server, new_context, width=390, height=844)
    session.press(page, "Voir les leçons")
    session.arrived(page, "Apprendre")
    session.press(page, "Les mises en situation")
    session.arrived(page, re.compile("Les mises en situation$"))
    session.press(page, "En retard le premier matin")
    session.arrived(page, "Ton téléphone")
    faults = looks.faults(page)
    session.press(page, "Je pars en courant, j’expliquerai là-bas.")
    session.arrived(page, "L’arrêt de bus")
    expect(session.title(page)).to_be_focused()
    expect(page.locator(".cj-led-to[role=status]")).to_contain_text("Tu gagnes une minute.")
    faults += looks.faults(page)
    page.reload()
    session.arrived(page, "Apprendre")
    session.press(page, "Les mises en situation")
    session.arrived(page, re.compile("Les mises en situation$"))
    session.press(page, "En retard le premier matin")
    session.arrived(page, "L’arrêt de bus")
    session.press(page, "J’appelle en attendant le bus.")
    session.arrived(page, "Nadia, la responsable")
    session.press(page, re.compile("^Bonjour, c’est mon premier jour"))
    expect(page.get_by_text("À retenir")).to_be_visible()
    faults += looks.faults(page)
    session.press(page, "Essayer autrement")
    session.arrived(page, "Ton téléphone")
    assert not faults
