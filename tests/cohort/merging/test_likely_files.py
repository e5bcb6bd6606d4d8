"""The files that may be of one person are found among thousands without comparing each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sqlalchemy import event
from sqlmodel import Session, select

from clicnjob.cohort.importing.likeness import Description, likeness_reason
from clicnjob.cohort.merging import likely_files
from clicnjob.cohort.progress import refreshing
from clicnjob.french import contact
from clicnjob.models import Account, Enrolment
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries

PAIRS = yaml.safe_load((Path(__file__).parents[1] / "importing" / "likeness_pairs.yaml").read_text(encoding="utf-8"))
_OTHERS = [
    "N'Diaye | Awa | |",
    "Sara | Hcohen | |",
    "Zoé | | 2006-03 |",
    "El | Amrani Yanis | |",
    "Usmane | Kamara | |",
]


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def enrolled(here: Place, line: str) -> tuple[Account, Description]:
    first, last, month, number = (part.strip() for part in line.split("|"))
    phone = contact.phone_number(number)
    account = here.newcomer(first, last)
    if month or phone:
        here.session.add(Enrolment(account_id=account.id, birth_month=month, phone=phone))
        here.session.flush()
    return account, Description(first, last, month, phone)


def refresh(here: Place) -> None:
    ids = here.session.exec(select(Account.id).order_by(Account.id)).all()
    refreshing.refresh_progress(here.session, refreshing.outdated_people(here.session, today=TODAY) or ids, now=NOW)


def test_the_query_finds_all_that_a_comparison_with_everybody_finds(here: Place) -> None:
    lines = [line for kind in PAIRS.values() for pair in kind for line in pair]
    people = [enrolled(here, line) for line in (*lines, *_OTHERS)]
    refresh(here)
    wrong = {}
    for account, described in people:
        wanted = {other.id for other, said in people if other is not account and likeness_reason(described, said)}
        found = likely_files.likely_files(here.session, by=here.head, account_id=account.id, today=TODAY)
        if {one.id for one in found} != wanted:
            wrong[f"{account.first_name} {account.last_name}"] = wanted ^ {one.id for one in found}
    assert wrong == {}


def test_somebody_just_enrolled_is_found_before_the_first_refresh(here: Place) -> None:
    (one, _), (other, _) = enrolled(here, "Zoé | Bâ | |"), enrolled(here, "Zoe | Ba | |")
    found = likely_files.likely_files(here.session, by=here.head, account_id=one.id, today=TODAY)
    assert [each.id for each in found] == [other.id]


def test_few_of_many_people_are_read_in_few_queries(here: Place) -> None:
    """Three hundred others of as many names and months: the head’s query reads those that share something."""
    letters = "bcdfgjlmnprtv"
    for number in range(300):
        first, last = letters[number % 13] + "a", letters[number // 13 % 13] + "o"
        enrolled(here, f"{first}{number} | {last}{number} | {1990 + number % 12}-{number % 9 + 1:02} |")
    one, _ = enrolled(here, "Zoé | Bâ | 2006-03 |")
    other, _ = enrolled(here, "Zoe | Ba | |")
    refresh(here)
    here.session.expunge_all()
    read: list[object] = []
    event.listen(Account, "load", note := lambda account, _context: read.append(account))
    try:
        with count_queries(here.session.get_bind(), 4):  # type: ignore[arg-type]
            found = likely_files.likely_files(here.session, by=here.head, account_id=one.id, today=TODAY)
    finally:
        event.remove(Account, "load", note)
    assert [each.id for each in found] == [other.id] and len(read) < 30
