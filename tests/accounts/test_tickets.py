"""The right to one download."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from clicnjob import models, policy
from clicnjob.accounts import presence, tickets
from clicnjob.accounts.presence import Present
from clicnjob.accounts.tickets import PhoneLinkSpent, TicketSpent
from clicnjob.models import Account, Role

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def me(session: Session, young: Account) -> Present:
    """A young person at a browser."""
    found = presence.present_person(session, presence.begin_sign_in(session, account=young, now=NOW), now=NOW)
    assert found is not None
    return found


@pytest.fixture
def token(session: Session, me: Present) -> str:
    """Their ticket for a PDF."""
    return tickets.issue_ticket(session, present=me, document="pdf", work_id="w1", now=NOW)


def test_a_ticket_says_which_document_for_whom(session: Session, me: Present, token: str) -> None:
    taken = tickets.take_ticket(session, token, sign_in_id=me.sign_in_id, now=NOW)
    assert (taken.document, taken.work_id, taken.account_id) == ("pdf", "w1", me.id)


def test_a_ticket_is_taken_once(session: Session, me: Present, token: str) -> None:
    tickets.take_ticket(session, token, sign_in_id=me.sign_in_id, now=NOW)
    with pytest.raises(TicketSpent):
        tickets.take_ticket(session, token, sign_in_id=me.sign_in_id, now=NOW)


def test_another_browser_cannot_take_it(session: Session, token: str) -> None:
    with pytest.raises(TicketSpent):
        tickets.take_ticket(session, token, sign_in_id="another", now=NOW)


def test_a_ticket_runs_out(session: Session, me: Present, token: str) -> None:
    with pytest.raises(TicketSpent):
        tickets.take_ticket(session, token, sign_in_id=me.sign_in_id, now=NOW + policy.DOCUMENT_LASTS)


def test_an_unknown_ticket_is_refused_in_the_same_words(session: Session, me: Present) -> None:
    with pytest.raises(TicketSpent):
        tickets.take_ticket(session, "unknown", sign_in_id=me.sign_in_id, now=NOW)


def test_the_sweep_deletes_the_tickets_that_ran_out(session: Session, me: Present, token: str) -> None:
    tickets.issue_ticket(session, present=me, document="pdf", now=NOW + policy.DOCUMENT_LASTS)
    assert tickets.sweep_tickets(session, now=NOW + policy.DOCUMENT_LASTS) == 1
    assert len(session.exec(select(models.Ticket)).all()) == 1


# --- for a telephone


@pytest.fixture
def link(session: Session, me: Present) -> str:
    """A link for a telephone."""
    return tickets.issue_ticket(session, present=me, document="pdf", work_id="w1", by_phone=True, now=NOW)


def test_a_telephone_needs_no_sign_in_of_its_own(session: Session, me: Present, link: str) -> None:
    taken = tickets.take_by_phone(session, link, now=NOW)
    assert (taken.document, taken.work_id, taken.account_id) == ("pdf", "w1", me.id)


def test_looking_at_a_link_does_not_use_it(session: Session, link: str) -> None:
    assert [tickets.waits_for_phone(session, link, now=NOW) for _ in range(3)] == [True] * 3
    tickets.take_by_phone(session, link, now=NOW)
    assert not tickets.waits_for_phone(session, link, now=NOW)
    with pytest.raises(PhoneLinkSpent):
        tickets.take_by_phone(session, link, now=NOW)


def test_a_link_runs_out(session: Session, me: Present, link: str) -> None:
    later = NOW + policy.DOCUMENT_LASTS
    presence.note_activity(session, me.sign_in_id, now=later)
    assert not tickets.waits_for_phone(session, link, now=later)
    with pytest.raises(PhoneLinkSpent):
        tickets.take_by_phone(session, link, now=later)


def test_a_link_ends_with_the_visit(session: Session, young: Account) -> None:
    token = presence.begin_sign_in(session, account=young, now=NOW)
    me = presence.present_person(session, token, now=NOW)
    assert me is not None
    link = tickets.issue_ticket(session, present=me, document="pdf", by_phone=True, now=NOW)
    presence.end_sign_in(session, token, reason="done", now=NOW)
    assert not tickets.waits_for_phone(session, link, now=NOW)
    with pytest.raises(PhoneLinkSpent):
        tickets.take_by_phone(session, link, now=NOW)


def test_a_link_ends_with_idleness(session: Session, me: Present) -> None:
    link = tickets.issue_ticket(session, present=me, document="pdf", by_phone=True, now=NOW + 10 * MINUTE)
    assert tickets.waits_for_phone(session, link, now=NOW + 14 * MINUTE)
    assert not tickets.waits_for_phone(session, link, now=NOW + 15 * MINUTE)


def test_a_new_link_ends_the_one_that_was_not_used(session: Session, me: Present, token: str, link: str) -> None:
    newer = tickets.issue_ticket(session, present=me, document="docx", by_phone=True, now=NOW)
    waiting = [tickets.waits_for_phone(session, each, now=NOW) for each in (link, newer)]
    assert waiting == [False, True]
    tickets.take_ticket(session, token, sign_in_id=me.sign_in_id, now=NOW)  # an ordinary ticket stays


def test_the_two_kinds_of_tickets_do_not_mix(session: Session, me: Present, token: str, link: str) -> None:
    assert not tickets.waits_for_phone(session, token, now=NOW)
    with pytest.raises(PhoneLinkSpent):
        tickets.take_by_phone(session, token, now=NOW)
    with pytest.raises(TicketSpent):
        tickets.take_ticket(session, link, sign_in_id=me.sign_in_id, now=NOW)


def test_only_a_file_for_this_computer_is_remembered_until_leaving(session: Session, young: Account) -> None:
    browser = presence.begin_sign_in(session, account=young, now=NOW)
    me = presence.present_person(session, browser, now=NOW)
    assert me is not None
    tickets.take_by_phone(
        session, tickets.issue_ticket(session, present=me, document="pdf", by_phone=True, now=NOW), now=NOW
    )
    assert presence.past_sign_in(session, browser) == (Role.YOUNG, False)
    taken = tickets.issue_ticket(session, present=me, document="pdf", now=NOW)
    tickets.take_ticket(session, taken, sign_in_id=me.sign_in_id, now=NOW)
    assert presence.past_sign_in(session, browser) == (Role.YOUNG, True)
    assert presence.past_sign_in(session, "unknown") is None
