"""A group session: begun, shown to a group by initials only, ended, two people noted; then the line on their sheet."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

LINE = re.compile(r"Séance de groupe, travail sur le CV \(.+\)\. À vérifier avec le jeune\.$")


@pytest.fixture(scope="module")
def page(new_context: NewContext) -> Page:
    """The adviser's computer, which the projector shows."""
    context = new_context()
    context.add_init_script(path=looks.AXE)
    return context.new_page()


def seen_well(page: Page) -> None:
    assert [fault for fault in looks.faults_at_both_widths(page) if fault.rule != "english"] == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_session_begins_in_two_gestures(page: Page, server: Served) -> None:
    session.enter_as_staff(page, server.url, *server.keys["Claire Morvan"])
    page.get_by_role("link", name="Séances").click()
    session.arrived(page, "Séances de groupe")
    session.press(page, re.compile("Les CV"))
    session.press(page, "Commencer la séance")
    session.arrived(page, "Les CV")
    expect(page.get_by_role("timer")).to_have_text("0 min")
    seen_well(page)


def test_names_are_initials_while_it_runs(page: Page) -> None:
    page.get_by_role("link", name="Mes jeunes").click()
    session.arrived(page, "Mes jeunes")
    expect(page.get_by_role("button", name="L. M.", exact=True).first).to_be_visible()
    expect(page.get_by_text("Lina")).to_have_count(0)


def test_the_group_quiz_says_that_one_runs(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/test-groupe")
    page.get_by_text("Séance en cours depuis").wait_for()
    page.get_by_role("link", name="Voir la séance").click()
    session.arrived(page, "Les CV")


def test_after_it_two_people_are_noted(page: Page) -> None:
    session.press(page, "Finir la séance")
    expect(page.get_by_text("La séance est finie. Il reste à noter qui était là.")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)  # the projector may still be on
    session.press(page, "Noter qui était là")
    box = page.get_by_label(re.compile("^Minutes"))
    box.fill("95")
    box.press("Tab")
    session.calm(page)
    session.tick(page, "Lina Morel")
    session.write(page, "Chercher un jeune", "kaci")
    session.tick(page, "Yanis Kaci")
    expect(page.get_by_role("heading", name=re.compile("^Qui était là"))).to_have_text("Qui était là\u00a0: 2")
    expect(page.get_by_text(LINE)).to_be_visible()
    seen_well(page)


def test_it_is_in_the_table_of_past_sessions(page: Page) -> None:
    session.press(page, "Toutes les séances")
    session.arrived(page, "Séances de groupe")
    row = page.get_by_role("table").get_by_role("row").nth(1)
    expect(row.get_by_role("cell")).to_have_text(["Les CV", "95\u00a0min", "2"])


def test_the_line_is_on_the_sheet_of_who_was_there(page: Page) -> None:
    page.get_by_role("link", name="Mes jeunes").click()
    session.arrived(page, "Mes jeunes")
    page.get_by_role("button", name="Yanis Kaci", exact=True).click()
    session.arrived(page, "Yanis Kaci")
    expect(page.get_by_text("Séance de groupe\u00a0: Les CV, 95 min.")).to_be_visible()
    page.get_by_role("tab", name="Vers i-milo").click()
    session.calm(page)
    expect(page.get_by_text(LINE)).to_be_visible()
    expect(page.get_by_role("heading", name="Projet professionnel\u00a0: 90 minutes")).to_be_visible()
