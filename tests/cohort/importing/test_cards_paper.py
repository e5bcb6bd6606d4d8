"""Cards on paper: fresh numbers that open the app, eight a page, and nothing for those who already came."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.accounts import cards, codes, people
from clicnjob.accounts.reauthentication import Proof, ProofNeeded
from clicnjob.accounts.tickets import TakenTicket
from clicnjob.cohort.importing import cards_paper, enrolment, intake
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.models import Account, AuditEvent, Organisation, Role
from clicnjob.web.documents import serving
from tests.conftest import person

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
LONG_AGO = NOW - policy.FIRST_CARD_LASTS
WHERE = "https://clicnjob.exemple.fr"


@pytest.fixture
def adviser(session: Session) -> Account:
    organisation = Organisation(name="Mission locale d’essai")
    session.add(organisation)
    session.flush()
    return person(session, Role.ADVISER, organisation_id=organisation.id)


def enrolled(session: Session, adviser: Account, name: str) -> tuple[Account, str]:
    """Somebody whose first card is no longer valid, and its number."""
    account, code = people.enrol_young(session, by=adviser, first_name=name, last_name="Diarra", now=LONG_AGO)
    return account, code


def imported(session: Session, adviser: Account, *names: str) -> str:
    """An import, whose cards were not printed yet."""
    rows = [Candidate(line=at, first_name=name, last_name="Diarra") for at, name in enumerate(names, start=2)]
    return enrolment.enrol_many(session, rows, by=adviser, now=NOW).id


def cards_of(session: Session, adviser: Account, batch: str) -> bytes:
    return intake.cards_of(session, intake.cards_key(batch), by=adviser, address=WHERE, now=NOW).build()


def test_printing_again_never_cancels_a_card_that_somebody_may_hold(session: Session, adviser: Account) -> None:
    batch = imported(session, adviser, "Moussa", "Ali")
    given = {"of": adviser, "batch_id": batch, "now": NOW}
    assert cards_paper.cards_given(session, **given) == ()  # type: ignore[arg-type]
    first = words(cards_of(session, adviser, batch))
    assert [one.first_name for one in cards_paper.cards_given(session, **given)] == ["Ali", "Moussa"]  # type: ignore[arg-type]
    with pytest.raises(cards_paper.CardsInUse):
        cards_of(session, adviser, batch)
    for number in re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]", first):
        assert cards.first_use(session, code=codes.read_code(number), now=NOW)


def test_cards_are_cancelled_knowingly_then_printed_and_who_came_keeps_theirs(
    session: Session, adviser: Account
) -> None:
    batch = imported(session, adviser, "Moussa", "Ali")
    ali = session.exec(select(Account).where(Account.first_name == "Ali")).one()
    numbers = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]", words(cards_of(session, adviser, batch)))
    of_ali, _of_moussa = (codes.read_code(number) for number in numbers)
    cards.choose_pin(session, code=of_ali, pin="482915", now=NOW)
    by = {"by": adviser, "batch_id": batch, "now": NOW}
    with pytest.raises(ProofNeeded):
        cards_paper.cancel_cards(session, **by, proof=None)  # type: ignore[arg-type]
    assert cards_paper.cancel_cards(session, **by, proof=Proof(adviser.id, NOW)) == 1  # type: ignore[arg-type]
    assert "Moussa" in words(cards_of(session, adviser, batch))
    attempt = cards.begin_try(session, code=of_ali, now=NOW)
    assert attempt.secret_fits("482915") and cards.admit_card_holder(session, attempt).id == ali.id


def words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_printed_number_leads_to_the_choice_of_a_secret_code_and_the_old_one_no_more(
    session: Session, adviser: Account
) -> None:
    account, old = enrolled(session, adviser, "Moussa")
    shown = words(cards_paper.printed_cards(session, [account.id], by=adviser, address=WHERE, now=NOW).build())
    found = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]", shown)
    assert found is not None
    assert cards.first_use(session, code=codes.read_code(found[0]), now=NOW)
    assert not cards.first_use(session, code=old, now=LONG_AGO)


def test_there_are_eight_cards_a_page(session: Session, adviser: Account) -> None:
    ids = [enrolled(session, adviser, f"Jeune {number}")[0].id for number in range(9)]
    pdf = cards_paper.printed_cards(session, ids, by=adviser, address=WHERE, now=NOW).build()
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2


@pytest.mark.parametrize("name", ["O'Brien & <b>Zoé</b>", '#import "@preview/x:1.0.0"', "محمد", "$x$ *gras* @ref"])
def test_a_name_is_printed_as_it_is(session: Session, adviser: Account, name: str) -> None:
    account, _ = enrolled(session, adviser, name)
    pdf = cards_paper.printed_cards(session, [account.id], by=adviser, address=WHERE, now=NOW).build()
    assert name in words(pdf) or not name.isascii()


def test_whoever_chose_a_code_keeps_their_card(session: Session, adviser: Account) -> None:
    account, code = enrolled(session, adviser, "Moussa")
    cards.choose_pin(session, code=code, pin="482915", now=LONG_AGO)
    with pytest.raises(cards_paper.NoCardToPrint):
        cards_paper.printed_cards(session, [account.id], by=adviser, address=WHERE, now=NOW)


def test_another_structure_gets_no_card(session: Session, adviser: Account) -> None:
    account, _ = enrolled(session, adviser, "Moussa")
    elsewhere = Organisation(name="Ailleurs")
    session.add(elsewhere)
    session.flush()
    with pytest.raises(cards_paper.NoCardToPrint):
        stranger = person(session, Role.ADVISER, organisation_id=elsewhere.id)
        cards_paper.printed_cards(session, [account.id], by=stranger, address=WHERE, now=NOW)


def test_a_card_is_noted_as_printed_only_once_its_file_is_built(session: Session, adviser: Account) -> None:
    account, _ = enrolled(session, adviser, "Moussa")
    made = cards_paper.printed_cards(session, [account.id], by=adviser, address=WHERE, now=NOW)
    printed = select(AuditEvent.whom_id).where(AuditEvent.act == "card printed")
    assert session.exec(printed).all() == [], "a file that cannot be built leaves no line"
    for note in made.notes:
        note(session)
    assert session.exec(printed).all() == [account.id]


def test_what_cannot_be_built_is_not_noted(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[Session] = []

    def broken() -> bytes:
        raise OSError

    monkeypatch.setitem(
        serving.MAKERS, "trial", lambda _session, _taken: FileToBuild("a.pdf", PDF, broken, (noted.append,))
    )
    with pytest.raises(OSError):
        serving.of_ticket(TakenTicket("trial", "", "", ""))
    assert not noted
