"""The audit log as the head reads it: own structure, names to those who may know them, no contents, in French."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from clicnjob import audit, policy
from clicnjob.accounts import journal, people
from clicnjob.accounts.console import Console
from clicnjob.accounts.journal import MayNotRead
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.reports import export, report
from clicnjob.models import Account, Organisation, Role
from clicnjob.paths import PACKAGE
from clicnjob.privacy import views
from tests.conftest import count_queries, person
from tests.french_sentences import check_sentences

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def structure(session: Session, name: str) -> Organisation:
    made = Organisation(name=name)
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def here(session: Session) -> Organisation:
    return structure(session, "Ici")


@pytest.fixture
def head(session: Session, here: Organisation) -> Account:
    return person(session, Role.HEAD, organisation_id=here.id, first_name="Inès", last_name="Petit")


@pytest.fixture
def adviser(session: Session, here: Organisation) -> Account:
    return person(session, Role.ADVISER, organisation_id=here.id, first_name="Claire", last_name="Morvan")


def told(session: Session, head: Account, **chosen: object) -> list[str]:
    found = journal.journal_page(session, of=head, **chosen)  # type: ignore[arg-type]
    return [f"{line.by} {line.did}" for line in found.lines]


def test_an_act_is_told_with_names(session: Session, head: Account, adviser: Account) -> None:
    young, _code = people.enrol_young(session, by=adviser, first_name="Moussa", last_name="Diarra", now=NOW)
    people.renew_card(session, by=adviser, account_id=young.id, proof=Proof(adviser.id, NOW), now=NOW)
    assert told(session, head) == [
        "Claire Morvan a donné une nouvelle carte à Moussa Diarra",
        "Claire Morvan a inscrit Moussa Diarra",
    ]


def test_other_structures_are_not_shown(session: Session, head: Account) -> None:
    there = structure(session, "Là-bas")
    stranger = person(session, Role.ADVISER, organisation_id=there.id)
    people.enrol_young(session, by=stranger, first_name="Canari", last_name="Ailleurs", now=NOW)
    assert told(session, head) == []


def test_what_an_outsider_did_to_one_of_ours_is_shown_without_their_name(
    session: Session, head: Account, adviser: Account
) -> None:
    there = structure(session, "Là-bas")
    admin = person(session, Role.ADMIN, organisation_id=there.id, first_name="Canari")
    audit.note_act(session, by=admin, act="password reset", whom_id=adviser.id, now=NOW)
    audit.note_act(session, by=Console(head.organisation_id), act="card unlocked", whom_id="gone", now=NOW)
    assert told(session, head) == [
        "La console du serveur a débloqué la carte d’une personne effacée",
        "Un administrateur a annulé le mot de passe de Claire Morvan et donné un lien",
    ]


def test_the_name_of_somebody_elsewhere_is_never_told(session: Session, head: Account, adviser: Account) -> None:
    there = structure(session, "Là-bas")
    moved = person(session, Role.YOUNG, organisation_id=there.id, first_name="Canari")
    audit.note_act(session, by=adviser, act="file opened", whom_id=moved.id, now=NOW)
    assert told(session, head) == ["Claire Morvan a ouvert le dossier d’une personne d’une autre structure"]


@pytest.mark.parametrize("role", [Role.YOUNG, Role.ADVISER, Role.TRAINER, Role.ADMIN])
def test_only_the_head_reads(session: Session, here: Organisation, role: Role) -> None:
    other = person(session, role, organisation_id=here.id)
    for read in (journal.journal_page, journal.journal_authors):
        with pytest.raises(MayNotRead):
            read(session, of=other)


def test_it_is_read_fifty_lines_at_a_time_in_two_queries(
    session: Session, engine, head: Account, adviser: Account
) -> None:  # type: ignore[no-untyped-def]
    for number in range(policy.JOURNAL_PAGE + 7):
        audit.note_act(session, by=adviser, act="settings changed", now=NOW + timedelta(minutes=number))
    session.commit()
    with count_queries(engine, 2):
        first = journal.journal_page(session, of=head)
    last = journal.journal_page(session, of=head, number=99)
    assert (len(first.lines), first.number, first.pages, first.count) == (50, 1, 2, 57)
    assert (len(last.lines), last.number) == (7, 2)
    assert first.lines[0].at > first.lines[-1].at > last.lines[0].at


def test_it_is_filtered_by_act_author_and_time(session: Session, head: Account, adviser: Account) -> None:
    audit.note_act(session, by=adviser, act="settings changed", now=NOW - timedelta(days=40))
    audit.note_act(session, by=adviser, act="backup made", now=NOW)
    audit.note_act(session, by=head, act="settings changed", now=NOW)
    assert len(told(session, head, kind="equipe")) == 3 and told(session, head, kind="cartes") == []
    assert told(session, head, by_id=adviser.id, since=NOW - timedelta(days=30)) == [
        "Claire Morvan a fait une sauvegarde"
    ]
    assert journal.journal_authors(session, of=head) == {adviser.id: "Claire Morvan", head.id: "Inès Petit"}


def test_every_act_that_the_program_writes_has_its_sentence() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    written = set(re.findall(r'audit\.note_act\([^)]*?act="([^"]+)"', code)) | set(
        re.findall(r'_note_own_act\([^)]*?"([^"]+)"', code)
    )
    written |= set(re.findall(r'_note_handover\([^)]*?"([a-z ]+)"', code)) | set(
        re.findall(r'\bact = "([a-z ]+)" if', code)
    )
    written |= set(re.findall(r'"([a-z ]+)" if until is None else "([a-z ]+)"', code)[0])
    assert len(written) > 30
    assert not written - set(journal.act_sentences())


def test_on_a_projected_screen_young_people_are_initials(session: Session, head: Account, adviser: Account) -> None:
    people.enrol_young(session, by=adviser, first_name="Moussa", last_name="Diarra", now=NOW)
    assert told(session, head, projected=True) == ["Claire Morvan a inscrit M. D."]


def test_the_sentences_are_short_french() -> None:
    for sentence in journal.act_sentences().values():
        check_sentences(sentence, words=14)
        assert "'" not in sentence and sentence[0].islower()


def test_an_export_is_one_line_with_its_number_and_reason_and_a_name_finds_its_own(
    session: Session, head: Account, adviser: Account
) -> None:
    young = [
        people.enrol_young(session, by=adviser, first_name=first, last_name="Diarra", now=NOW)[0]
        for first in ("Moussa", "Awa")
    ]
    refreshing.refresh_progress(session, [one.id for one in young], now=NOW)
    for note in export.exported_people(session, by=adviser, today=NOW.date(), purpose="appel", now=NOW).notes:
        note(session)
    (line, *rest) = journal.journal_page(session, of=head).lines
    assert (line.did, line.reason) == ("a téléchargé une liste de 2 jeunes", "Appeler des jeunes")
    assert len(rest) == 2, "who was enrolled, and not the two names of the list"
    assert told(session, head, about="diarra awa") == [
        "Claire Morvan a téléchargé une liste avec le nom d’Awa Diarra",
        "Claire Morvan a inscrit Awa Diarra",
    ]
    assert told(session, head, about="%") == []


def test_every_reason_of_an_export_has_its_words() -> None:
    reasons = journal.journal_words().raisons
    assert reasons["people exported"] == export.PURPOSES
    assert reasons["figures exported"] == report.PURPOSES
    assert {*journal.journal_words().precisions["file opened"]} == {*views.WHAT} - {"file"}


def test_every_kind_is_chosen_by_its_title_and_the_rest_is_there_too(session: Session, head: Account) -> None:
    audit.note_act(session, by=head, act="an act of tomorrow", now=NOW)
    assert told(session, head, kind=journal.OTHER) == ["Inès Petit a fait un acte sans phrase ici"]
    assert told(session, head, kind="inconnu") == []
