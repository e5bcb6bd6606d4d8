"""Every page and every question of the guided CV, at 1280 and at 390 pixels: seen once, judged rule by rule."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from clicnjob.cv.model.guide import STAGES
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.jobs.interests import quiz_statements
from clicnjob.learn import library
from clicnjob.learn.digital_check.questions import check_questions
from clicnjob.learn.first_visit.questions import first_questions
from clicnjob.learn.obstacles import known_obstacles
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.looks import Fault, Watched
from tests.browser.served import Served
from tests.old_cvs import docx_layouts, people

Seen = dict[str, list[Fault]]


pytestmark = pytest.mark.screens


@pytest.fixture(scope="module")
def seen(server: Served, new_context: NewContext) -> Seen:
    """The faults of every screen, by screen."""
    found: Seen = {}
    page = _page(new_context)
    _plain_pages(page, server, found)
    _young_pages(page, server, found)
    _guided_way(page, found)
    _first_questions(_page(new_context), server, found)
    _a_gap(_page(new_context), server, found)
    _jobs(_page(new_context), server, found)
    _interview(_page(new_context), server, found)
    _applications(_page(new_context), server, found)
    _first_visit(_page(new_context), server, found)
    _learning(_page(new_context), server, found)
    _rehearsing(_page(new_context), server, found)
    _blocked(_page(new_context), server, found)
    _staff_pages(_page(new_context), server, found)
    return found


@pytest.mark.parametrize(
    "rule", ["axe", "title", "lang", "sideways", "english", "target", "escape", "apostrophe", "exception"]
)
def test_no_screen_breaks(rule: str, seen: Seen) -> None:
    broken = {
        screen: [f"{fault.width} px: {fault.words}" for fault in faults if fault.rule == rule]
        for screen, faults in seen.items()
    }
    assert not {screen: faults for screen, faults in broken.items() if faults}


def test_every_question_was_seen(seen: Seen) -> None:
    shared = {
        screen.cle for screen in cv_prompts().screens.values() if screen.avec
    }  # on the screen of another question
    missed = set(cv_prompts().screens) - set(seen) - shared - {"fin"}  # « fin » is « Ma page »
    assert not missed


def test_nothing_is_asked_of_another_host(seen: Seen, watched: Watched) -> None:
    assert not watched.foreign


def test_no_page_complains_in_the_console(seen: Seen, watched: Watched) -> None:
    assert not watched.errors


def _page(new_context: NewContext) -> Page:
    context = new_context(locale="en-US")  # what depends on the browser's language must be French there too
    context.add_init_script(path=looks.AXE)
    return context.new_page()


def _look(page: Page, name: str, found: Seen) -> None:
    found[name] = looks.faults_at_both_widths(page)
    looks.take_pictures(page, name)
    page.set_viewport_size({"width": 1280, "height": 900})


def _plain_pages(page: Page, server: Served, found: Seen) -> None:
    for address in ("connexion", "connexion/pro", "sortie", "nulle-part", "telephone/x"):
        page.goto(f"{server.url}/{address}")
        _look(page, address, found)
    page.goto(f"{server.url}/connexion")
    page.get_by_label("Numéro de ta carte").fill("K7QM2")
    page.get_by_role("button", name="Entrer").click()
    _look(page, "a wrong card", found)
    page.get_by_label("Numéro de ta carte").fill(server.new_card())
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("textbox", name="Ton code secret").wait_for()
    _look(page, "code-secret", found)
    _leaving_guest(page, server, found)


def _leaving_guest(page: Page, server: Served, found: Seen) -> None:
    """A guest who would lose something, up to the number of their card."""
    session.enter_as_guest(page, server.url)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Inès")
    page.get_by_role("link", name="J’ai fini").click()
    page.get_by_role("heading", name="Prendre mon CV d’abord").wait_for()
    _look(page, "sortie of a guest", found)
    page.get_by_role("link", name="Le garder avec une carte").click()
    _look(page, "sortie/carte", found)
    for name in ("Ton code secret", "Le même, encore une fois"):
        page.get_by_role("textbox", name=name).fill("482915")
    page.get_by_role("button", name="Faire ma carte").click()
    page.get_by_text("prends-le en photo").wait_for()
    _look(page, "the card that was made", found)
    page.get_by_role("link", name="j’ai fini").click()


def _young_pages(page: Page, server: Served, found: Seen) -> None:
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    _look(page, "chemin", found)
    page.get_by_role("link", name="Mon sac").click()
    session.arrived(page, "Mon sac")
    page.get_by_test_id("stExpander").locator("summary").click()
    _look(page, "mon-sac", found)
    page.get_by_role("link", name="Mes CV").click()
    session.arrived(page, "Mes CV")
    for fold in page.get_by_test_id("stExpander").locator("summary").all():
        fold.click()
    _look(page, "mes-cv", found)
    _files_brought(page, found)
    session.press(page, re.compile("^Ouvrir"))
    session.arrived(page, "Ma page")
    _look(page, "ma-page", found)
    for fold in ("Changer l’ordre, cacher", "Avant de partir"):
        page.get_by_test_id("stExpander").get_by_text(fold).click()
    session.calm(page)
    _look(page, "ma-page, unfolded", found)
    page.get_by_test_id("stExpander").get_by_text("Sur mon téléphone").click()
    session.press(page, "Le PDF")
    page.get_by_role("img", name="Carré à viser").wait_for()
    _look(page, "ma-page, on a telephone", found)


def _files_brought(page: Page, found: Seen) -> None:
    """The box, a file that cannot be opened, one of which a part is left out, and the questions about an old CV."""
    session.press(page, "Reprendre un CV que j’ai déjà")
    session.arrived(page, "Reprendre mon CV")
    for name, data, answer in (
        ("reprendre, a photo", b"\xff\xd8\xff\xe0", "C’est une photo"),
        ("reprendre, from elsewhere", b'{"basics": {"name": "BA Awa", "phone": "sur demande"}}', "Ton téléphone"),
    ):
        page.locator("input[type=file]").set_input_files({"name": "x", "mimeType": "x/y", "buffer": data})
        page.get_by_text(answer).first.wait_for()
        session.calm(page)
        _look(page, name, found)
    session.press(page, "Choisir un autre fichier")
    word = docx_layouts.docx_of(docx_layouts.table_of_dates, people.KEVIN)
    page.locator("input[type=file]").set_input_files({"name": "cv.docx", "mimeType": "x/y", "buffer": word})
    session.calm(page)
    for number in range(6):
        _look(page, f"reprendre, {number}", found)
        session.press(page, "Non, passe")
    page.get_by_role("link", name="Mes CV").click()
    session.arrived(page, "Mes CV")


def _guided_way(page: Page, found: Seen) -> None:
    """From the first question to the last; the questions about one thing once each."""
    session.press(page, "Continuer les questions")
    session.jump(page, STAGES["identite"])
    for screen in session.screens_on_the_way(page):
        if screen not in found:
            _look(page, screen, found)


def _first_questions(page: Page, server: Served, found: Seen) -> None:
    """With nothing answered yet; a number that cannot be kept; what opens over the page."""
    session.enter_with_card(page, server.url, *server.keys["Zoé Dubreuil"])
    session.arrived(page, "Bonjour Zoé")
    session.press(page, "Continuer mon CV")
    session.go_on(page, "telephone")
    session.write(page, "Téléphone", "06 12")
    page.get_by_role("alert").filter(has_text="chiffres").wait_for()
    _look(page, "a wrong number", found)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("navigation", name="Les étapes du CV").locator(".now").click()
    _look(page, "all the stages", found)
    session.jump(page, STAGES["experiences"])
    session.asked(page, "experiences")
    _look(page, "experiences", found)
    page.get_by_label("Cherche avec tes mots").fill("moto")
    session.press(page, "Réparer motos et scooters")
    _look(page, "the kind of an activity that was found", found)
    session.press(page, "Choisir autre chose")
    session.press(page, "Un stage")
    session.asked(page, "experience_activite")
    _look(page, "experience_activite", found)
    session.jump(page, STAGES["etudes"])
    session.asked(page, "etudes")
    _look(page, "etudes", found)


def _a_gap(page: Page, server: Served, found: Seen) -> None:
    session.enter_with_card(page, server.url, *server.keys["Yanis Kaci"])
    session.arrived(page, "Bonjour Yanis")
    _look(page, "chemin, half way", found)
    session.press(page, "Continuer mon CV")
    session.jump(page, STAGES["etudes"])
    session.press(page, "Plus tard")  # no study yet: its tiles lead on, not « Continuer »
    session.asked(page, "trous")
    _look(page, "trous", found)
    page.set_viewport_size({"width": 390, "height": 844})
    session.press(page, re.compile("^Voir ma page"))
    found["the page on a phone"] = looks.faults(page)
    page.goto(f"{server.url}/ma-page")
    session.arrived(page, "Ma page")
    _look(page, "ma-page with advice", found)


def _jobs(page: Page, server: Served, found: Seen) -> None:
    session.enter_as_guest(page, server.url)
    session.press(page, "Faire le test")
    page.get_by_text("1 sur 24").wait_for()
    _look(page, "test", found)
    page.get_by_role("link", name="Métiers").click()
    session.arrived(page, "Trouver des métiers")
    session.press(page, "Bâtiment")
    _look(page, "metiers", found)
    page.get_by_label("Qu’est-ce que tu aimerais faire\u00a0?").fill("mcdo")
    card = page.locator('[class*="st-key-cj-job-"] button').first
    card.wait_for()
    _look(page, "metiers found", found)
    card.click()
    session.press(page, "Garder ce métier")
    page.get_by_label("Pourquoi ce métier").wait_for()
    _look(page, "metier", found)


def _interview(page: Page, server: Served, found: Seen) -> None:
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    for address, begin in (("entretien", ""), ("reponses", ""), ("trio", "Sans métier"), ("telephone", "message")):
        page.goto(f"{server.url}/{address}")
        session.arrived(page, re.compile("."))
        _look(page, address, found)
        if begin:
            session.press(page, re.compile(begin))
            _look(page, f"{address}, begun", found)
    session.press(page, "C’est parti")
    _look(page, "telephone, speaking", found)
    _interview_training(page, server, found)
    _interview_day(page, server, found)
    page.goto(f"{server.url}/pitch")
    session.arrived(page, "Qui es-tu\u00a0?")
    _look(page, "pitch", found)
    for _ in range(5):
        session.press(page, "Plus tard")
    session.arrived(page, "Mon pitch")
    _look(page, "pitch, whole", found)


def _interview_training(page: Page, server: Served, found: Seen) -> None:
    page.goto(f"{server.url}/entrainement")
    session.arrived(page, re.compile("^Pour quel métier"))
    page.get_by_test_id("stExpander").locator("summary").click()
    _look(page, "entrainement", found)
    session.press(page, re.compile("Sans métier"))
    _look(page, "entrainement, how long", found)
    session.press(page, re.compile("^.*5 minutes"))
    page.locator(".cj-about").filter(has_text="Question 1 sur").wait_for()
    for fold in page.get_by_test_id("stExpander").locator("summary").all():
        fold.click()
    _look(page, "entrainement, a question", found)
    page.get_by_text("Par écrit", exact=True).click()
    session.write(page, "Ma réponse", "Je suis tres motivé.")
    page.mouse.move(0, 0)
    _look(page, "entrainement, in writing", found)
    session.press(page, "J’ai répondu")
    session.arrived(page, re.compile("^Que remarques-tu"))
    _look(page, "entrainement, ticks", found)
    session.press(page, "Question suivante")
    session.press(page, "Passer")
    session.press(page, "Passer")
    session.arrived(page, "C’est fini pour cette fois")
    _look(page, "entrainement, the end", found)
    session.press(page, "Revoir mes réponses")
    session.arrived(page, "Mes réponses")
    for fold in page.get_by_test_id("stExpander").locator("summary").all():
        fold.click()
    _look(page, "reponses, some", found)


def _interview_day(page: Page, server: Served, found: Seen) -> None:
    page.goto(f"{server.url}/jour-j")
    session.arrived(page, "Le jour J")
    session.press(page, "Préparer un entretien")
    for title in ("Avec qui", "Quand", "Où", "habiller", "papiers", "demander", "retard"):
        session.arrived(page, re.compile(title))
        if title == "Quand":
            session.write(page, "Quel jour\u00a0?", "demain")
            page.get_by_test_id("stExpander").locator("summary").click()
        _look(page, f"jour-j, {title}", found)
        session.press(page, "Continuer")
    session.arrived(page, "Mon entretien")
    _look(page, "jour-j, the page", found)
    session.press(page, "C’est passé")
    session.arrived(page, re.compile("^Et après"))
    for tab in page.get_by_role("tab").all():
        tab.click()
        session.calm(page)
        _look(page, f"jour-j, {tab.inner_text()}", found)
    session.press(page, "Tous mes entretiens")
    session.arrived(page, "Le jour J")
    _look(page, "jour-j", found)


def _staff_pages(page: Page, server: Served, found: Seen) -> None:
    session.enter_as_staff(page, server.url, *server.keys["Claire Morvan"])
    _cohort(page, found)
    page.get_by_role("link", name="Cartes").click()
    session.arrived(page, "Cartes des jeunes")
    _look(page, "cartes", found)
    page.get_by_role("link", name="Sur papier").click()
    session.arrived(page, "Sur papier")
    _look(page, "papier", found)
    _group_quiz(page, found)
    _workshops(page, found)
    page.goto(f"{server.url}/mon-sac")
    session.arrived(page, re.compile("."))
    _look(page, "a page for others", found)
    page.goto(f"{server.url}/sortie")
    session.enter_as_staff(page, server.url, *server.keys["Administration"])
    page.get_by_role("link", name="Administration").click()
    session.arrived(page, "Administration")
    page.get_by_role("link", name="Mots").click()
    session.arrived(page, "Mots de la recherche")
    _look(page, "mots", found)
    page.goto(f"{server.url}/conservation")
    session.arrived(page, "Conservation des dossiers")
    _look(page, "conservation", found)


def _group_quiz(page: Page, found: Seen) -> None:
    """By the keyboard alone: a hand, the next statement, the end without and with what the group liked."""
    session.press(page, "Le faire en groupe, projeté")
    first, *others = quiz_statements()
    session.arrived(page, first.texte)
    page.keyboard.press("1")
    page.get_by_role("button", name="J’aime : 1").wait_for()
    _look(page, "test-groupe", found)
    for one in others:
        page.keyboard.press("ArrowRight")
        session.arrived(page, one.texte)
    page.keyboard.press("ArrowRight")
    session.arrived(page, "Ce que le groupe aime")
    _look(page, "test-groupe, the end", found)


def _workshops(page: Page, found: Seen) -> None:
    """The choice of a session, the view while it runs, who was there."""
    page.get_by_role("link", name="Séances").click()
    session.arrived(page, "Séances de groupe")
    session.press(page, re.compile("Autre chose"))
    _look(page, "seances", found)
    session.write(page, "Titre de la séance, sans nom de jeune", "Visite du CFA")
    session.press(page, "Commencer la séance")
    session.arrived(page, "Visite du CFA")
    _look(page, "seances, running", found)
    session.press(page, "Finir la séance")
    session.press(page, "Noter qui était là")
    page.get_by_role("heading", name=re.compile("^Qui était là")).wait_for()
    _look(page, "seances, who was there", found)
    session.press(page, "Toutes les séances")
    session.arrived(page, "Séances de groupe")
    _look(page, "seances, past ones", found)


def _cohort(page: Page, found: Seen) -> None:
    """The table, its folded parts, the sheet of a person part by part, with a call for help waiting."""
    _look(page, "mes-jeunes", found)
    for fold in page.get_by_test_id("stExpander").locator("summary").all():
        fold.click()
        session.calm(page)
    _look(page, "mes-jeunes, unfolded", found)
    page.get_by_role("button", name="Lina Morel", exact=True).click()
    session.arrived(page, "Lina Morel")
    for tab in page.get_by_role("tab").all():
        tab.click()
        session.calm(page)
        _look(page, f"jeune, {tab.inner_text()}", found)
    session.press(page, "Mode projection")
    session.arrived(page, "L. M.")
    _look(page, "jeune, projected", found)
    session.press(page, "Montrer les noms")


def _applications(page: Page, server: Served, found: Seen) -> None:
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    session.press(page, "J’ai besoin d’aide")
    _look(page, "chemin, help asked", found)
    page.get_by_role("link", name="Candidatures").click()
    session.arrived(page, "Mes candidatures")
    session.press(page, "Ajouter une candidature")
    _look(page, "candidatures, adding", found)
    page.get_by_role("button", name="Serveuse").click()
    session.pick(page, "Envoyée")
    page.get_by_text("Quoi dire pour relancer").click()
    page.get_by_text("Compléter ou enlever").click()
    session.calm(page)
    _look(page, "candidatures", found)
    session.pick(page, "Entretien")
    _look(page, "candidatures, entretien", found)
    page.get_by_role("tab", name="Trouver des offres").click()
    _look(page, "candidatures, offres", found)
    page.goto(f"{server.url}/mon-conseiller")
    session.arrived(page, "Avec mon conseiller")
    _look(page, "mon-conseiller", found)


def _first_visit(page: Page, server: Served, found: Seen) -> None:
    session.enter_as_guest(page, server.url)
    page.goto(f"{server.url}/on-se-connait")
    for one in first_questions():
        session.arrived(page, one.words)
        _look(page, f"on-se-connait, {one.key}", found)
        if one.several:
            page.get_by_test_id("stCheckbox").first.click()
            session.press(page, "Suivant")
        else:
            session.press(page, one.choices[0].texte)
    session.arrived(page, "Voilà par où commencer")
    _look(page, "on-se-connait, the end", found)


def _learning(page: Page, server: Served, found: Seen) -> None:
    """The themes, one theme, a lesson, a scene to its end; tests/browser/test_lesson.py walks whole lessons."""
    session.enter_as_guest(page, server.url)
    page.goto(f"{server.url}/apprendre")
    session.arrived(page, "Apprendre")
    _look(page, "apprendre", found)
    session.press(page, "Les fichiers")
    session.arrived(page, re.compile("Les fichiers$"))
    _look(page, "apprendre, a theme", found)
    session.press(page, library.lesson_with_id("dossiers-et-telechargements").titre)
    page.locator(".cj-dots").wait_for()
    _look(page, "lecon", found)
    session.press(page, "Continuer")
    page.get_by_text("Téléchargements", exact=True).wait_for()
    _look(page, "lecon, a gesture", found)
    page.goto(f"{server.url}/apprendre")
    session.arrived(page, re.compile("."))
    if page.get_by_role("button", name="Tous les thèmes").count():
        session.press(page, "Tous les thèmes")
    session.press(page, "Les mises en situation")
    session.press(page, next(iter(library.shipped_scenes().values())).titre)
    _look(page, "situation", found)


def _rehearsing(page: Page, server: Served, found: Seen) -> None:
    """The exercises and the box to sort; tests/browser/test_mailbox.py looks at each step of a message."""
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    page.goto(f"{server.url}/mail-pour-de-faux")
    session.arrived(page, "M’entraîner au mail")
    _look(page, "mail-pour-de-faux", found)
    session.press(page, "Trier ma boîte")
    session.arrived(page, re.compile("^Que fais-tu"))
    _look(page, "mail-pour-de-faux, sorting", found)
    page.goto(f"{server.url}/point-numerique")
    session.arrived(page, "Mon point numérique")
    _look(page, "point-numerique", found)
    session.press(page, "Je l’ai fait sur papier")
    _look(page, "point-numerique, from paper", found)
    page.goto(f"{server.url}/point-numerique")
    session.arrived(page, "Mon point numérique")
    session.press(page, "Je commence")
    for one in check_questions():
        session.arrived(page, one.question)
        _look(page, f"point-numerique, {one.cle}", found)
        session.press(page, "Je passe")
    session.arrived(page, re.compile("^Voilà ce qui"))
    _look(page, "point-numerique, the end", found)


def _blocked(page: Page, server: Served, found: Seen) -> None:
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    page.goto(f"{server.url}/ce-qui-me-bloque")
    session.arrived(page, "Ce qui me bloque")
    _look(page, "ce-qui-me-bloque", found)
    first = known_obstacles()[0]
    session.press(page, first.titre)
    session.arrived(page, first.titre)
    session.tick(page, "Oui, ça me bloque. Je le garde.")
    _look(page, "ce-qui-me-bloque, one", found)
    page.goto(f"{server.url}/fiche-de-liaison")
    session.arrived(page, "Ma fiche de liaison")
    _look(page, "fiche de liaison", found)
