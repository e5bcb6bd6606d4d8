"""« On se connaît », screen by screen, and how the home page opens it once."""

from __future__ import annotations

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import structure_settings
from clicnjob.accounts.structure_settings import SettingsBody
from clicnjob.learn.first_visit import questions
from clicnjob.models import Account, Organisation, Role, StructureSettings
from tests.pages.conftest import Open, check, texts

HOME, PAGE = "young/path.py", "young/first_visit.py"


def opened(open_page: Open, role: Role, *, wished: bool = True) -> AppTest:
    page = open_page(HOME, role, run=False)
    with db.write_transaction() as session:
        for one in session.exec(select(Organisation)):
            body = SettingsBody(first_questions=wished).model_dump(mode="json")
            who = session.exec(select(Account)).one()
            row = {"version": 1, "body": body, "by_id": who.id, "at": models.utc_now()}
            session.add(StructureSettings(organisation_id=one.id, **row))
            who.organisation_id = None if role is Role.GUEST else who.organisation_id
    return page.run()


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST])
def test_the_first_visit_opens_by_the_questions_and_ends_with_what_they_changed(open_page: Open, role: Role) -> None:
    page = opened(open_page, role)
    for one in questions.first_questions():
        check(page, role)
        assert page.title[0].value == one.words
        if one.several:
            page.checkbox[0].check()
            page.button("first-next").click().run()
        else:
            page.button(f"tile·first-{one.key}·{one.choices[1].cle}·0").click().run()
    check(page, role)
    assert page.title[0].value == "Voilà par où commencer"
    assert [one.label for one in page.button if one.key == "first-go"] == ["Chercher des métiers"]
    page.button("first-change-idee").click().run()
    page.button("tile·first-idee·non·0").click().run()
    assert [one.label for one in page.button if one.key == "first-go"] == ["Faire le test"]
    page.button("first-path").click().run()
    check(page, role)
    assert page.button("first-go").label == "Faire le test" and page.button("first-change")


def test_it_opens_once_and_may_be_passed_for_good(open_page: Open) -> None:
    page = opened(open_page, Role.YOUNG)
    page.button("first-pass").click().run()
    assert page.title[0].value == questions.first_questions()[1].words
    page.button("first-back").click().run()
    assert page.title[0].value == questions.first_questions()[0].words
    page.button("first-close").click().run()
    assert page.title[0].value == "Voilà par où commencer"
    page.button("first-path").click().run()
    assert page.title[0].value == "Bonjour Zoé" and not [one for one in texts(page) if "On se connaît" in one]


def test_nothing_opens_where_the_structure_does_not_wish_it(open_page: Open) -> None:
    assert opened(open_page, Role.YOUNG, wished=False).title[0].value == "Bonjour Zoé"


def test_the_head_changes_the_setting(open_page: Open) -> None:
    page = open_page("admin/settings.py", Role.HEAD)
    page.checkbox("first-questions-0").check()
    page.button("first-questions-save").click().run()
    with db.read_transaction() as session:
        here = session.exec(select(Organisation.id)).one()
        assert structure_settings.current_settings(session, organisation_id=here).body.first_questions
