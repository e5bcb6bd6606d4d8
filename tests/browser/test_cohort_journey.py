"""An adviser and a young person: help asked, found, answered; a handover and its return; an end and its undoing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

WHO = "Yanis Kaci"
WHOLE = "Yanis Kaci"


@pytest.fixture(scope="module")
def page(new_context: NewContext) -> Page:
    """One computer, used by one after the other."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    return context.new_page()


def leave(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/sortie")


def enter(page: Page, server: Served, who: str) -> None:
    session.enter_as_staff(page, server.url, *server.keys[who])


def open_sheet(page: Page) -> None:
    page.get_by_role("button", name=WHO, exact=True).click()
    session.arrived(page, WHOLE)


def part(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    session.calm(page)


def test_a_young_person_asks_for_help_in_one_click_and_adds_a_word(page: Page, server: Served) -> None:
    session.enter_with_card(page, server.url, *server.keys[WHOLE])
    session.arrived(page, "Bonjour Yanis")
    session.press(page, "J’ai besoin d’aide")
    session.write(page, "Ajouter un mot (pas obligatoire)", "Mon stage, je sais pas quoi dire")
    session.press(page, "Envoyer mon mot")
    expect(page.get_by_text("«\u00a0Mon stage, je sais pas quoi dire\u00a0»")).to_be_visible()
    leave(page, server)


def test_the_adviser_finds_them_first_with_the_reason(page: Page, server: Served) -> None:
    enter(page, server, "Claire Morvan")
    first = page.locator(".people tbody tr").first
    expect(first.get_by_role("button", name=WHO, exact=True)).to_be_visible()
    expect(first).to_contain_text("A demandé de l’aide aujourd’hui. «\u00a0Mon stage, je sais pas quoi dire\u00a0»")


def test_the_table_is_a_table_at_every_width(page: Page) -> None:
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert [fault for fault in looks.faults(page) if fault.rule != "english"] == []
        expect(page.get_by_role("table")).to_have_count(1)
        expect(page.get_by_role("rowheader", name=re.compile("^Yanis"))).to_have_count(1)
        expect(page.get_by_role("columnheader")).to_have_count(5)
    page.set_viewport_size({"width": 1280, "height": 900})


def cut_reasons(page: Page) -> list[str]:
    """What is wider than its box in the column that says why."""
    return page.evaluate(
        "() => [...document.querySelectorAll('.people .why, .people .why *')].filter((one) =>"
        " one.clientWidth && (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 2))"
        ".map((one) => one.textContent)"
    )


def test_a_number_opens_the_list_that_it_counts(page: Page) -> None:
    figure = page.get_by_role("button", name=re.compile("^Jamais connectés"))
    count, rows = int(re.sub(r"\D", "", figure.inner_text())), page.locator(".people tbody tr")
    everybody = rows.count()
    figure.click()
    session.calm(page)
    expect(rows).to_have_count(count)
    session.press(page, "Tout effacer")
    expect(rows).to_have_count(everybody)


def test_the_keyboard_alone_sorts_and_opens_a_sheet(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Nom, trier")).focus()
    page.keyboard.press("Enter")
    session.calm(page)
    expect(page.get_by_role("columnheader", name=re.compile("^Nom"))).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("button", name=re.compile("^Nom, trier"))).to_be_focused()
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == WHO:
            break
    page.keyboard.press("Enter")
    session.arrived(page, WHOLE)


def test_the_adviser_comments_proposes_a_step_and_answers(page: Page, server: Served) -> None:
    session.press(page, "Lui répondre")
    session.press(page, "J’ai répondu autrement")
    session.choose(page, "Étape à proposer", "Ajouter mes études")
    session.write(page, "Un mot (pas obligatoire)", "Même la 3e compte")
    session.press(page, "Proposer")
    expect(page.get_by_role("status")).to_have_text("L’étape est sur son accueil.")
    session.write(page, "Lieu", "Mission locale, bureau 12")
    session.press(page, "Proposer le rendez-vous")
    part(page, "CV")
    session.choose(page, "Partie du CV", "Mes expériences")
    session.write(page, "Votre commentaire. Le jeune le voit à cet endroit.", "Dis combien de colis tu préparais.")
    session.press(page, "Envoyer")
    expect(page.get_by_role("status")).to_have_text("Le commentaire est envoyé.")
    leave(page, server)


def test_the_young_person_finds_all_of_it_and_answers_in_place(page: Page, server: Served) -> None:
    session.enter_with_card(page, server.url, *server.keys[WHOLE])
    session.arrived(page, "Bonjour Yanis")
    expect(page.get_by_text("Claire a vu ton message. Vous en parlez bientôt.")).to_be_visible()
    expect(page.get_by_text("Même la 3e compte")).to_be_visible()
    expect(page.get_by_text("Sur place, Mission locale, bureau 12")).to_be_visible()
    session.press(page, "Je ne peux pas")
    session.press(page, "Ajouter mes études")
    session.asked(page, "etudes")
    session.jump(page, "Mes expériences")
    session.asked(page, "experiences_suite")
    expect(page.get_by_text("Dis combien de colis tu préparais.")).to_be_visible()
    session.press(page, "C’est fait\u00a0!")
    expect(page.get_by_label("Ta réponse", exact=True)).to_have_value("C’est fait\u00a0!")
    session.press(page, "Envoyer")
    expect(page.get_by_text("Dis combien de colis tu préparais.")).to_have_count(0)
    leave(page, server)


def test_the_adviser_sees_both_answers_as_alerts_and_silences_one(page: Page, server: Served) -> None:
    enter(page, server, "Claire Morvan")
    row = page.locator(".people tbody tr").filter(has=page.get_by_role("button", name=WHO, exact=True))
    expect(row).to_contain_text("A refusé le rendez-vous")
    expect(row.locator(".also")).to_contain_text("réponse à lire")
    for width, height in ((1366, 768), (768, 900), (390, 844), (1280, 860)):
        page.set_viewport_size({"width": width, "height": height})
        expect(row).to_be_visible()
        assert cut_reasons(page) == [], width
    bottoms = page.locator(".people tbody tr").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().bottom)"
    )
    assert sum(bottom <= 860 for bottom in bottoms) >= min(12, len(bottoms))
    page.set_viewport_size({"width": 1280, "height": 900})
    row.get_by_role("button", name=re.compile("^Marquer vu")).click()
    session.calm(page)
    expect(row).to_contain_text("A répondu à un commentaire aujourd’hui.")
    open_sheet(page)
    session.press(page, "Lire sa réponse")
    expect(page.get_by_text("Réponse\u00a0: C’est fait\u00a0!")).to_be_visible()
    session.press(page, "J’ai lu la réponse")


def test_a_handover_for_a_time_and_its_return(page: Page, server: Served) -> None:
    part(page, "Dossier")
    session.choose(page, "Collègue", "Karim Saïd")
    session.write(page, "Ce que vous avez dit au jeune", "Je suis en congé, Karim te suit.")
    session.press(page, "Confier")
    expect(page.get_by_role("status")).to_have_text("Parlez-en d’abord au jeune. Puis cochez « vu avec le jeune ».")
    session.tick(page, "Vu avec le jeune")
    session.press(page, "Confier")
    expect(page.get_by_role("status")).to_have_text("C’est fait. Votre collègue voit maintenant sa fiche.")
    leave(page, server)
    enter(page, server, "Karim Saïd")
    open_sheet(page)
    leave(page, server)
    enter(page, server, "Claire Morvan")
    open_sheet(page)
    part(page, "Dossier")
    session.press(page, "Récupérer")
    leave(page, server)
    enter(page, server, "Karim Saïd")
    expect(page.get_by_text("Vous ne suivez encore personne.")).to_be_visible()
    leave(page, server)


def test_a_support_ends_and_is_taken_up_again(page: Page, server: Served) -> None:
    enter(page, server, "Claire Morvan")
    open_sheet(page)
    part(page, "Dossier")
    session.choose(page, "Raison", "Autre raison")
    session.press(page, "Archiver")
    expect(page.get_by_role("status")).to_have_text("Pour cette raison, dites-en un peu plus.")
    session.write(page, "Précision (demandée pour «\u00a0autre raison\u00a0»)", "Part vivre chez sa tante")
    session.press(page, "Archiver")
    expect(page.get_by_role("status").filter(has_text="C’est archivé.")).to_be_visible()
    session.press(page, "Mes jeunes")
    session.arrived(page, "Mes jeunes")
    expect(page.get_by_role("button", name=WHO, exact=True)).to_have_count(0)
    session.press(page, re.compile("^Archivés"))
    open_sheet(page)
    part(page, "Dossier")
    session.press(page, "Reprendre l’accompagnement")
    expect(page.get_by_role("status").filter(has_text="L’accompagnement reprend.")).to_be_visible()


def test_projected_names_are_initials_and_survive_a_reload(page: Page, server: Served) -> None:
    page.goto(server.url)
    session.arrived(page, "Mes jeunes")
    session.press(page, "Mode projection")
    expect(page.get_by_role("button", name="Y. K.", exact=True)).to_be_visible()
    page.reload()
    session.arrived(page, "Mes jeunes")
    expect(page.get_by_role("button", name="Y. K.", exact=True)).to_be_visible()
    expect(page.get_by_text("Yanis")).to_have_count(0)
    session.press(page, "Montrer les noms")
    expect(page.get_by_role("button", name=WHO, exact=True)).to_be_visible()


def test_what_is_chosen_is_still_read_under_the_pointer(page: Page) -> None:
    page.get_by_role("link", name="Chiffres").click()
    session.arrived(page, "Chiffres")
    chosen = page.get_by_role("radio", name="Cette année")
    chosen.click()
    session.calm(page)
    page.mouse.move(0, 0)
    background = "e => getComputedStyle(e).backgroundColor"
    alone = chosen.evaluate(background)
    chosen.hover()
    page.wait_for_timeout(400)  # the colour changes slowly: there is nothing else to wait for
    assert chosen.evaluate(background) == alone
