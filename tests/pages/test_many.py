"""The bar of acts on many people in « Mes jeunes »: one panel each, a number on the button, one undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.cohort.many.reach import NobodyReached
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import next_steps, threads
from clicnjob.models import Account, NextStep, Role, SignIn, ThreadMessage
from tests.cohort_people import TODAY
from tests.conftest import person
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

SignInAs = Callable[[Role | None], Account | None]


@pytest.fixture
def claire(sign_in: SignInAs) -> Account:
    found = sign_in(Role.ADVISER)
    assert found is not None
    return found


@pytest.fixture
def group(claire: Account) -> list[str]:
    with db.write_transaction() as session:
        made = [
            people.enrol_young(session, by=claire, first_name=first, last_name="Morel", now=models.utc_now())[0].id
            for first in ("Ana", "Bilal")
        ]
        refreshing.refresh_progress(session, made, now=models.utc_now())
        return made


def ticking(ids: list[str], act: str = "") -> AppTest:
    page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file="adviser/cohort.py"), default_timeout=30).run()
    page.session_state["ticked"] = (1, frozenset(ids))
    page.session_state["many_act"] = act
    page.run()
    check(page, Role.ADVISER)
    return page


def said(page: AppTest) -> str:
    return " ".join((*texts(page), html(page))).replace("\u00a0", " ")


@pytest.mark.parametrize("act", ["message", "step", "appointment", "list", "handover", "papers"])
def test_every_panel_shows_what_all_pages_must(claire: Account, group: list[str], act: str) -> None:
    with db.write_transaction() as session:
        person(session, Role.ADVISER, organisation_id=claire.organisation_id, first_name="Karim")
    page = ticking(group, act)
    assert "2 jeunes cochés" in said(page) and "Ana Morel" in said(page)


def test_nothing_is_in_the_way_while_nobody_is_ticked(claire: Account, group: list[str]) -> None:
    assert not [one for one in ticking([]).button if (one.key or "").startswith("many-")]


def test_a_message_goes_to_all_and_is_taken_back_from_all(claire: Account, group: list[str]) -> None:
    page = ticking(group, "message")
    page.text_area("many-words").set_value("Réunion jeudi à 14 h.")
    page.button("many-message-go").click().run()
    with db.read_transaction() as session:
        assert len(session.exec(select(ThreadMessage)).all()) == 2
    assert "Message envoyé à 2 jeunes" in said(page) and "cochés" not in said(page)
    page.button("last-act-undo").click().run()
    with db.read_transaction() as session:
        for account in session.exec(select(Account).where(Account.role == Role.YOUNG)):
            assert threads.own_thread(session, of=account) == ()


def test_what_a_colleague_did_since_is_shown_before_it_is_replaced(claire: Account, group: list[str]) -> None:
    page = ticking(group, "step")
    with db.write_transaction() as session:
        next_steps.propose_step(
            session, by=claire, account_id=group[0], key="metiers", word="", today=TODAY, now=models.utc_now()
        )
    page.button("many-step-go").click().run()
    assert "vient de changer" in said(page) and "remplace" in said(page)
    page.button("many-step-go").click().run()
    with db.read_transaction() as session:
        opened = session.exec(select(NextStep).where(NextStep.withdrawn_at == None)).all()  # noqa: E711
    assert {one.account_id for one in opened} == set(group) and len({one.key for one in opened}) == 1


def test_forged_ids_reach_nobody(claire: Account, group: list[str]) -> None:
    page = ticking(["x" * 32, "'; drop table account; --"], "message")
    assert "que vous ne suivez plus" in said(page) and "dont 2 hors de cette page" in said(page)
    assert page.button("many-message-go").disabled
    assert NobodyReached.sentence not in said(page)


def test_projected_the_exceptions_are_initials_and_nothing_is_printed(claire: Account, group: list[str]) -> None:
    with db.write_transaction() as session:
        session.exec(select(SignIn).where(SignIn.account_id == claire.id)).one().projected = True
    for act in ("message", "papers"):
        page = ticking(group, act)
        assert "Morel" not in said(page)
    assert "une liste de noms ne se montre pas" in said(page)
