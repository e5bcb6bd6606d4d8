"""Signing a list up: all or nobody, twins flagged and never merged, undone within a day, repeatable."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from clicnjob.accounts import cards
from clicnjob.accounts.people import MayNotEnrolYoung
from clicnjob.cohort.importing import enrolment, intake, tables
from clicnjob.cohort.importing.candidates import Candidate, Reading
from clicnjob.cohort.support import lists
from clicnjob.errors import NotFound
from clicnjob.models import Account, AuditEvent, Organisation, PeopleList, Role
from clicnjob.ui.adviser import import_people
from clicnjob.ui.adviser import latest_imports as screen
from tests.cohort_people import place
from tests.conftest import count_queries, person

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)


def structure(session: Session) -> str:
    organisation = Organisation(name="Mission locale d’essai")
    session.add(organisation)
    session.flush()
    return organisation.id


@pytest.fixture
def adviser(session: Session) -> Account:
    return person(session, Role.ADVISER, organisation_id=structure(session))


def row(line: int, first: str = "Zoé", last: str = "Bâ", **rest: str) -> Candidate:
    return Candidate(line=line, first_name=first, last_name=last, **rest)


def young(session: Session) -> list[Account]:
    return list(session.exec(select(Account).where(Account.role == Role.YOUNG).order_by(Account.first_name)))


def test_a_list_is_signed_up_for_its_adviser(session: Session, adviser: Account) -> None:
    enrolment.enrol_many(session, [row(2), row(3, "Ali")], by=adviser, now=NOW)
    assert [(a.first_name, a.organisation_id, a.adviser_id) for a in young(session)] == [
        ("Ali", adviser.organisation_id, adviser.id),
        ("Zoé", adviser.organisation_id, adviser.id),
    ]


def test_the_progress_is_told_to_the_end(session: Session, adviser: Account) -> None:
    told: list[tuple[int, int]] = []
    people = [row(n, f"Jeune {n}") for n in range(450)]
    enrolment.enrol_many(session, people, by=adviser, now=NOW, done=lambda done, whole: told.append((done, whole)))
    assert told == [(200, 450), (400, 450), (450, 450)]


@pytest.mark.parametrize(
    ("known", "candidate"),
    [
        ({"birth_month": "2006-03"}, row(2, "ZOE", "BA", birth_month="2006-03")),
        ({"birth_month": "2006-03"}, row(2)),
        ({}, row(2, "Zoe\u0301", "B\u200bâ")),
        ({"phone": "+33612345678"}, row(2, "Zoé", "Autre", phone="+33612345678")),
    ],
)
def test_a_twin_is_flagged(session: Session, adviser: Account, known: dict[str, str], candidate: Candidate) -> None:
    enrolment.enrol_many(session, [row(2, **known)], by=adviser, now=NOW)
    assert [twin.line for twin in enrolment.possible_twins(session, [candidate], by=adviser)] == [2]


@pytest.mark.parametrize(
    "candidate",
    [row(2, birth_month="2007-01"), row(2, "Zoé", "Autre"), row(2, "Ali", "Ba", phone="+33612345678")],
)
def test_somebody_else_is_not_flagged(session: Session, adviser: Account, candidate: Candidate) -> None:
    enrolment.enrol_many(session, [row(2, phone="+33612345678", birth_month="2006-03")], by=adviser, now=NOW)
    assert enrolment.possible_twins(session, [candidate], by=adviser) == ()


def test_the_same_line_twice_is_flagged_once(session: Session, adviser: Account) -> None:
    assert [twin.line for twin in enrolment.possible_twins(session, [row(2), row(3)], by=adviser)] == [3]


def test_repeating_an_import_flags_everybody(session: Session, adviser: Account) -> None:
    people = [row(2), row(3, "Ali", phone="+33612345678")]
    enrolment.enrol_many(session, people, by=adviser, now=NOW)
    assert len(enrolment.possible_twins(session, people, by=adviser)) == 2


def test_a_twin_leads_to_the_file_of_those_whom_one_may_read_alone(session: Session) -> None:
    here = place(session)
    mine, _ = here.newcomer("Zoé", "Bâ"), here.newcomer("Ali", "Kaci", adviser=here.karim)
    found = tables.read_brought_table("Prénom;Nom\nZoe;Ba\nAli;Kaci\nAli;Kacy\n".encode())
    shown = intake.import_preview(session, found, by=here.claire, today=NOW.date())
    assert [twin.account_id for twin in shown.twins] == [mine.id, "", ""]
    assert all(twin.account_id for twin in intake.import_preview(session, found, by=here.head, today=NOW.date()).twins)


def test_twins_are_looked_for_in_one_query_and_in_one_s_own_structure(session: Session, adviser: Account) -> None:
    enrolment.enrol_many(session, [row(2)], by=adviser, now=NOW)
    stranger = person(session, Role.ADVISER, organisation_id=structure(session))
    with count_queries(session.get_bind(), 1):  # type: ignore[arg-type]
        assert enrolment.possible_twins(session, [row(2)], by=stranger) == ()


def test_an_import_is_undone_but_for_those_who_came(session: Session, adviser: Account) -> None:
    batch = enrolment.enrol_many(session, [row(2), row(3, "Ali")], by=adviser, now=NOW)
    came = next(account for account in young(session) if account.first_name == "Ali")
    code = cards.issue_card(session, account=came, now=NOW)
    cards.choose_pin(session, code=code, pin="482915", now=NOW)
    undone = enrolment.undo_import(session, batch.id, by=adviser, now=NOW + timedelta(hours=23))
    assert (undone.gone, undone.kept) == (1, 1)
    assert [account.first_name for account in young(session)] == ["Ali"]
    assert enrolment.latest_imports(session, of=adviser, now=NOW) == ()


def test_after_a_day_an_import_stays(session: Session, adviser: Account) -> None:
    batch = enrolment.enrol_many(session, [row(2)], by=adviser, now=NOW)
    with pytest.raises(enrolment.TooLateToUndo):
        enrolment.undo_import(session, batch.id, by=adviser, now=NOW + timedelta(hours=24))


def test_another_structure_undoes_nothing(session: Session, adviser: Account) -> None:
    batch = enrolment.enrol_many(session, [row(2)], by=adviser, now=NOW)
    stranger = person(session, Role.ADVISER, organisation_id=structure(session))
    for wrong in (batch.id, "unknown"):
        with pytest.raises(NotFound):
            enrolment.undo_import(session, wrong, by=stranger, now=NOW)


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.ADMIN])
def test_others_import_nobody(session: Session, role: Role) -> None:
    with pytest.raises(MayNotEnrolYoung):
        enrolment.enrol_many(session, [row(2)], by=person(session, role, organisation_id=structure(session)), now=NOW)


def test_an_import_leaves_a_trace_without_names(session: Session, adviser: Account) -> None:
    enrolment.enrol_many(session, [row(2)], by=adviser, now=NOW)
    line = session.exec(select(AuditEvent)).one()
    assert (line.act, line.why, line.by_id) == ("people imported", "1", adviser.id)


def test_a_column_of_lists_makes_each_list_once(session: Session, adviser: Account) -> None:
    people = [row(2, people_list="Atelier CV"), row(3, "Ali", people_list="atelier cv"), row(4, "Léa")]
    enrolment.enrol_many(session, people, by=adviser, now=NOW)
    (made,) = session.exec(select(PeopleList)).all()
    assert len(lists.list_members(session, of=adviser, list_id=made.id, today=NOW.date())) == 2


@pytest.mark.parametrize(
    ("count", "said"), [(0, "Aucun jeune sans erreur."), (1, "1 jeune sans erreur."), (2, "2 jeunes sans erreur.")]
)
def test_how_many_were_read_is_said_in_french(count: int, said: str) -> None:
    read = Reading(people=tuple(row(n) for n in range(count)), aside=(), used=(), ignored=())
    assert import_people.reading_said("CSV", read) == f"Fichier lu\u00a0: CSV. {said}"


@pytest.mark.parametrize(
    ("gone", "kept", "said"),
    [
        (1, 0, "C’est annulé pour 1 jeune."),
        (2, 1, "C’est annulé pour 2 jeunes. 1 jeune déjà venu reste."),
        (2, 3, "C’est annulé pour 2 jeunes. 3 jeunes déjà venus restent."),
        (0, 1, "Personne n’est retiré. 1 jeune déjà venu reste."),
    ],
)
def test_an_undoing_is_said_in_french(gone: int, kept: int, said: str) -> None:
    assert screen.undone_said(enrolment.UndoneImport(gone, kept)) == said


def test_an_import_is_dated_with_the_day_of_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    with monkeypatch.context() as there:
        there.setenv("TZ", "Europe/Paris")
        time.tzset()
        said = screen.import_said(enrolment.Import("x", late, 1, True))
    time.tzset()
    assert said == "1 jeune, le 1/04/2026"
