"""« Ma page » with faults in it: the page first, the download in sight, one list to settle, also by the keyboard alone."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import make
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served


def _faulty(body: dict, kind: str) -> dict:
    if kind == "profile":
        body["first_name"], body["phone"] = "kevin", ""
        body["experiences"][0]["place"] = "le marcher de roubaix"
        body["experiences"][0]["phrases"].append("j’ai vendu des legume")
        body["experiences"][0]["period"] |= {"start": "2030-03", "end": "", "ongoing": True}
    else:
        body["opening"] = ["Calme, avec l’envie de travailler comme plombier"]
    return body


@pytest.fixture(scope="module")
def page(server: Served, new_context: NewContext) -> Page:
    """Somebody new with a whole CV in which several things are wrong, on « Ma page » at 1280 pixels."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    page = context.new_page()
    session.choose_pin(page, server.url, server.new_card(), "274819")
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Nom", "Quintafaux")
    with sqlite3.connect(server.home / "clicnjob.sqlite3") as database:
        (owner,) = database.execute("select account_id from work where body like '%Quintafaux%'").fetchone()
        for kind, made in zip(("profile", "cv"), make.whole(), strict=True):
            body = _faulty(made.model_dump(mode="json"), kind)
            database.execute(
                "update work set body = ? where account_id = ? and lower(kind) = ?", (json.dumps(body), owner, kind)
            )
        database.execute(  # « Annuler » goes back to what the history says
            "update revision set body = (select body from work where work.id = work_id)"
            " where exists (select 1 from work where work.id = work_id and account_id = ? and work.version = revision.version)",
            (owner,),
        )
    return _opened(page, server)


def _opened(page: Page, server: Served) -> Page:
    page.goto(f"{server.url}/ma-page")
    session.arrived(page, "Ma page")
    return page


def _top(where: Locator) -> float:
    box = where.bounding_box()
    assert box is not None
    return box["y"]


def test_the_download_is_in_sight_and_the_page_is_large_and_first(page: Page, server: Served) -> None:
    for width, height, least in ((1280, 720, 560), (390, 844, 340)):
        page.set_viewport_size({"width": width, "height": height})
        _opened(page, server)
        expect(page.get_by_role("button", name="Télécharger le PDF")).to_be_in_viewport(ratio=1)
        sheet = page.get_by_role("img", name=re.compile("^Ta page"))
        expect(sheet).to_be_in_viewport(ratio=0.5)
        assert (sheet.bounding_box() or {"width": 0})["width"] >= least
        if width == 390:
            assert _top(sheet) < _top(page.get_by_role("heading", name=re.compile("^À vérifier")))
        assert looks.faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_nothing_congratulates_beside_what_is_to_settle(page: Page, server: Served) -> None:
    _opened(page, server)
    expect(page.get_by_text(re.compile("Bravo|peut partir"))).to_have_count(0)
    for said in ("numéro de téléphone", "pas encore passée", "parle d’un autre métier", "lignes à relire"):
        expect(page.get_by_text(re.compile(said))).to_be_visible()


def test_the_name_of_the_chosen_colour_is_whole(page: Page, server: Served) -> None:
    _opened(page, server)
    chosen = page.locator('[class*="st-key-colour-"] button[kind="primary"] p')
    assert chosen.evaluate("name => name.scrollWidth <= name.clientWidth && name.scrollHeight < 30")


def test_a_change_of_model_is_seen_at_once_on_a_telephone(page: Page, server: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _opened(page, server)
    choice = page.locator(".st-key-cj-models button").last
    choice.scroll_into_view_if_needed()
    before = page.locator(".st-key-cj-worn .cvp").get_attribute("class")
    choice.click()
    expect(page.locator(".st-key-cj-worn .cvp")).not_to_have_attribute("class", before or "")
    expect(page.locator(".st-key-cj-worn")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 900})


def _reach(page: Page, holds: Callable[[str], bool], most: int = 90) -> None:
    """Press Tab until the focus is on something with these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if holds(page.evaluate("document.activeElement.innerText || ''")):
            return
    raise AssertionError("the keyboard does not get there")


def test_everything_is_corrected_by_the_keyboard_alone(page: Page, server: Served) -> None:
    _opened(page, server)
    _reach(page, lambda words: words.strip() == "Tout corriger")
    page.keyboard.press("Enter")
    session.calm(page)
    review = page.locator(".st-key-cj-rereading")
    expect(review.get_by_text("le marché de Roubaix")).to_be_visible()
    assert looks.faults(page) == []
    assert (review.bounding_box() or {"height": 9999})["height"] < 900  # eleven cards took 2,625 pixels
    _reach(page, lambda words: words.strip().endswith("Corriger ce qui est coché") and len(words) < 60)
    page.keyboard.press("Enter")
    session.calm(page)
    expect(page.get_by_text("lignes à relire")).to_have_count(0)
    expect(page.locator(".st-key-cj-worn .cvp-name")).to_have_text(re.compile("^Kevin"))
    session.press(page, "Annuler")
    expect(page.get_by_text("lignes à relire")).to_be_visible()


def test_it_is_read_in_dark_and_in_forced_colours(page: Page, server: Served) -> None:
    for look in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        page.emulate_media(**look)
        _opened(page, server)
        expect(page.get_by_role("button", name="Télécharger le PDF")).to_be_in_viewport()
        found = looks.faults(page)
        if "forced_colors" in look:  # the browser chooses these colours, and axe reads those of the style sheet
            found = [fault for fault in found if not fault.words.startswith("color-contrast")]
        assert found == []
    page.emulate_media(color_scheme="light", forced_colors="none")


def test_the_way_to_the_words_opens_the_question_that_holds_them(page: Page, server: Served) -> None:
    _opened(page, server)
    session.press(page, "Tout corriger")
    row = page.locator('[class*="st-key-cj-correction-"]').filter(has_text="le marché de Roubaix")
    row.get_by_role("button", name="Voir les mots").click()
    session.asked(page, "experience_lieu")
    expect(page.locator("input[value='le marcher de roubaix']")).to_be_visible()
