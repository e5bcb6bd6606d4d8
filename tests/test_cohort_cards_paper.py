"""Cards on paper: fresh numbers that open the app, eight a page, and nothing for those who already came."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from clicnjob.accounts import cards, codes, people
from clicnjob.cohort import cards_paper
from clicnjob.models import Account, Organisation, Role
from tests.conftest import person

pytest_plugins = ["tests.doors"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
WHERE = "https://clicnjob.exemple.fr"


@pytest.fixture
def adviser(session: Session) -> Account:
    organisation = Organisation(name="Mission locale d’essai")
    session.add(organisation)
    session.flush()
    return person(session, Role.ADVISER, organisation_id=organisation.id)


def enrolled(session: Session, adviser: Account, name: str) -> tuple[Account, str]:
    return people.enrol_young(session, by=adviser, first_name=name, last_name="Diarra", now=NOW)


def words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_printed_number_leads_to_the_choice_of_a_secret_code_and_the_old_one_no_more(
    session: Session, adviser: Account
) -> None:
    account, old = enrolled(session, adviser, "Moussa")
    shown = words(cards_paper.printed(session, [account.id], by=adviser, address=WHERE, now=NOW))
    found = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]", shown)
    assert found is not None
    assert cards.first_use(session, code=codes.read_code(found[0]), now=NOW)
    assert not cards.first_use(session, code=old, now=NOW)


def test_there_are_eight_cards_a_page(session: Session, adviser: Account) -> None:
    ids = [enrolled(session, adviser, f"Jeune {number}")[0].id for number in range(9)]
    pdf = cards_paper.printed(session, ids, by=adviser, address=WHERE, now=NOW)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2


@pytest.mark.parametrize("name", ["O'Brien & <b>Zoé</b>", '#import "@preview/x:1.0.0"', "محمد", "$x$ *gras* @ref"])
def test_a_name_is_printed_as_it_is(session: Session, adviser: Account, name: str) -> None:
    account, _ = enrolled(session, adviser, name)
    pdf = cards_paper.printed(session, [account.id], by=adviser, address=WHERE, now=NOW)
    assert name in words(pdf) or not name.isascii()


def test_whoever_chose_a_code_keeps_their_card(session: Session, adviser: Account) -> None:
    account, code = enrolled(session, adviser, "Moussa")
    cards.choose_pin(session, code=code, pin="482915", now=NOW)
    with pytest.raises(cards_paper.NoCardToPrint):
        cards_paper.printed(session, [account.id], by=adviser, address=WHERE, now=NOW)


def test_another_structure_gets_no_card(session: Session, adviser: Account) -> None:
    account, _ = enrolled(session, adviser, "Moussa")
    elsewhere = Organisation(name="Ailleurs")
    session.add(elsewhere)
    session.flush()
    with pytest.raises(cards_paper.NoCardToPrint):
        stranger = person(session, Role.ADVISER, organisation_id=elsewhere.id)
        cards_paper.printed(session, [account.id], by=stranger, address=WHERE, now=NOW)
