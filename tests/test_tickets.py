"""The right to one download."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from clicnjob import models, policy
from clicnjob.accounts import presence, tickets
from clicnjob.accounts.presence import Present
from clicnjob.accounts.tickets import TicketSpent
from clicnjob.models import Account

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def me(session: Session, young: Account) -> Present:
    """A young person at a browser."""
    found = presence.present(session, presence.begin(session, account=young, now=NOW), now=NOW)
    assert found is not None
    return found


@pytest.fixture
def token(session: Session, me: Present) -> str:
    """Their ticket for a PDF."""
    return tickets.ticket(session, present=me, document="pdf", work_id="w1", now=NOW)


def test_a_ticket_says_which_document_for_whom(session: Session, me: Present, token: str) -> None:
    taken = tickets.take(session, token, sign_in_id=me.sign_in_id, now=NOW)
    assert (taken.document, taken.work_id, taken.account_id) == ("pdf", "w1", me.id)


def test_a_ticket_is_taken_once(session: Session, me: Present, token: str) -> None:
    tickets.take(session, token, sign_in_id=me.sign_in_id, now=NOW)
    with pytest.raises(TicketSpent):
        tickets.take(session, token, sign_in_id=me.sign_in_id, now=NOW)


def test_another_browser_cannot_take_it(session: Session, token: str) -> None:
    with pytest.raises(TicketSpent):
        tickets.take(session, token, sign_in_id="another", now=NOW)


def test_a_ticket_runs_out(session: Session, me: Present, token: str) -> None:
    with pytest.raises(TicketSpent):
        tickets.take(session, token, sign_in_id=me.sign_in_id, now=NOW + policy.DOCUMENT_LASTS)


def test_an_unknown_ticket_is_refused_in_the_same_words(session: Session, me: Present) -> None:
    with pytest.raises(TicketSpent):
        tickets.take(session, "unknown", sign_in_id=me.sign_in_id, now=NOW)


def test_the_sweep_deletes_the_tickets_that_ran_out(session: Session, me: Present, token: str) -> None:
    tickets.ticket(session, present=me, document="pdf", now=NOW + policy.DOCUMENT_LASTS)
    assert tickets.sweep(session, now=NOW + policy.DOCUMENT_LASTS) == 1
    assert len(session.exec(select(models.Ticket)).all()) == 1
