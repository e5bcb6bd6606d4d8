"""A guest makes a CV from nothing, takes it away, leaves, and finds every answer again in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from clicnjob.cv.document import compose
from clicnjob.cv.exchange import reopening
from tests.browser import session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.for_each import for_each

SAID = (
    "Inès BENALI",
    "06 12 34 56 78",
    "ines.benali@exemple.fr",
    "Lille",
    "Commis de cuisine",
    "Disponible tout de suite",
    "Restaurant Le Phare, Calais",
    "15 kg",
    "de mars à avril 2024",
    "(diplôme non obtenu)",
    "Lycée Simone-Veil",
    "Permis B en cours",
    "Arabe",
    "Calme",
)


@dataclass(frozen=True)
class Taken:
    """What the guest holds after leaving: the files, and the tab where they worked."""

    pdf: Path
    docx: Path
    page: Page


@pytest.fixture(scope="module")
def taken(server: Served, new_context: NewContext, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """The whole journey, once."""
    page, folder = new_context().new_page(), tmp_path_factory.mktemp("guest")
    session.enter_as_guest(page, server.url)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    _oneself(page)
    _experience(page)
    _study(page)
    _the_rest(page)
    pdf = session.download(page, "Télécharger le PDF", folder)
    word = session.download(page, "Télécharger le Word", folder)
    page.get_by_role("link", name="J’ai fini").click()
    expect(session.title(page)).to_have_text("À bientôt !")
    return Taken(pdf, word, page)


def _oneself(page: Page) -> None:
    session.write(page, "Prénom", "Inès")
    session.write(page, "Nom", "Benali")
    session.go_on(page, "telephone")
    session.write(page, "Téléphone", "06.12.34.56.78")
    session.write(page, "Adresse e-mail", "ines.benali@exemple.fr")
    session.write(page, "Ville", "Lille")
    session.go_on(page, "metier")
    session.write(page, "Ce que tu veux faire", "commis de cuisine")
    session.go_on(page, "disponibilite")
    session.touch(page, "Tout de suite", to="mobilite")
    session.pick(page, "À vélo")
    session.go_on(page, "experiences")


def _experience(page: Page) -> None:
    session.press(page, "Un stage")
    session.asked(page, "experience_activite")
    page.get_by_label("Cherche avec tes mots").fill("resto")
    session.press(page, re.compile("cuisine"))
    session.asked(page, "experience_phrases")
    session.tick(page, re.compile("^Éplucher et couper"))
    session.write(page, re.compile("^Combien ?"), "15")
    session.tick(page, re.compile("^Faire la mise en place"))
    session.go_on(page, "experience_intitule")
    session.touch(page, "Commis de cuisine", to="experience_lieu")
    session.write(page, "Nom de l’endroit", "Restaurant Le Phare")
    session.write(page, "Ville", "Calais")
    session.write(page, "Début", "mars 2024")
    session.write(page, "Fin", "avril 2024")
    session.go_on(page, "experiences_suite", "etudes")


def _study(page: Page) -> None:
    session.press(page, "CAP")
    session.asked(page, "etude_intitule")
    session.write(page, "Ou avec tes mots", "Cuisine")
    session.go_on(page, "etude_lieu")
    session.write(page, "École ou centre", "Lycée Simone-Veil")
    session.pick(page, "2024")
    session.go_on(page, "etude_fin")
    session.press(page, re.compile("sans le diplôme"))
    session.asked(page, "etudes_suite")


def _the_rest(page: Page) -> None:
    """Whatever the calendar says of gaps, the questions that follow come by their stage."""
    session.jump(page, "Mes permis")
    session.asked(page, "permis")
    session.pick(page, "Permis B en cours")
    session.go_on(page, "permis_details")
    session.pick(page, "code obtenu")
    session.go_on(page, "langues")
    session.pick(page, "Arabe")
    session.go_on(page, "langue_niveau")
    session.tick(page, "Je la parle à la maison depuis toujours")
    session.go_on(page, "qualites")
    session.pick(page, "Calme")
    session.go_on(page, "qualite_preuve")
    page.get_by_role("radio").first.locator("xpath=ancestor::label[1]").click()
    session.calm(page)
    session.go_on(page, "interets")
    session.pick(page, "Le football")
    session.go_on(page, "interet_details", "competences")
    page.get_by_role("checkbox").first.locator("xpath=ancestor::label[1]").click()
    session.calm(page)
    session.go_on(page, "accroche_1")
    lines = '[class*="st-key-cj-tiles-lines-opening"] button'
    page.locator(lines).first.click()
    session.asked(page, "accroche_2")
    page.locator(lines).nth(1).click()
    session.arrived(page, "Ma page")


@for_each("words", SAID)
def test_the_pdf_says_what_was_answered(taken: Taken, words: str) -> None:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(taken.pdf.read_bytes())).pages)
    assert words in _spaced(text)


@for_each("words", SAID)
def test_the_word_file_says_what_was_answered(taken: Taken, words: str) -> None:
    document = docx.Document(str(taken.docx))
    assert words in _spaced(" ".join(paragraph.text for paragraph in document.paragraphs))


def test_the_number_typed_is_in_the_phrase(taken: Taken) -> None:
    (stage,) = reopening.reopen_file(taken.pdf.read_bytes()).profile.experiences
    assert [line for line in stage.phrases if "15 kg" in line]


def test_back_after_leaving_shows_nothing(taken: Taken) -> None:
    taken.page.evaluate("history.back()")
    expect(session.title(taken.page)).to_have_text("Bonjour !")
    assert "Benali" not in taken.page.content()


def test_a_new_guest_reopens_the_file_and_finds_every_answer(
    taken: Taken, server: Served, new_context: NewContext, tmp_path: Path
) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    session.press(page, "Reprendre mon CV")
    session.arrived(page, "Reprendre mon CV")
    session.give_file(page, taken.pdf)
    session.press(page, "Reprendre ce travail")
    expect(page.get_by_text("C’est repris.")).to_be_visible()
    session.arrived(page, "Bonjour Inès")
    session.press(page, re.compile("^Voir ma page"))
    session.arrived(page, "Ma page")
    again = session.download(page, "Télécharger le PDF", tmp_path)
    before, after = (reopening.reopen_file(file.read_bytes()) for file in (taken.pdf, again))
    assert compose.compose_document(after.profile, after.cvs[0]) == compose.compose_document(
        before.profile, before.cvs[0]
    )


def test_a_guest_takes_all_the_work_away_in_a_file_that_says_not_to_send_it(
    taken: Taken, server: Served, new_context: NewContext, tmp_path: Path
) -> None:
    page = new_context().new_page()
    session.enter_as_guest(page, server.url)
    session.press(page, "Reprendre mon CV")
    session.arrived(page, "Reprendre mon CV")
    session.give_file(page, taken.pdf)
    session.press(page, "Reprendre ce travail")
    expect(page.get_by_text("C’est repris.")).to_be_visible()
    page.get_by_role("link", name="Mes CV").click()
    session.arrived(page, "Mes CV")
    session.calm(page)
    page.get_by_text("Continuer sur un autre ordinateur").click()
    expect(page.get_by_role("button", name="Mon travail (ne pas envoyer)")).to_be_visible()
    work = session.download(page, "Mon travail (ne pas envoyer)", tmp_path)
    assert work.name == "mon-travail-NE-PAS-ENVOYER.json"
    session.press(page, "Reprendre un CV que j’ai déjà")
    session.arrived(page, "Reprendre mon CV")
    session.give_file(page, work)
    expect(page.get_by_text("Ce fichier contient le CV d’Inès")).to_be_visible()


def _spaced(text: str) -> str:
    return " ".join(text.split())
