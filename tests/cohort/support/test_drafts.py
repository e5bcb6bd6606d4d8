"""Drafts: only their owner has them, they are bounded, and a sent message leaves none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.cohort.support import drafts
from clicnjob.models import Account, Draft, Role
from clicnjob.own_work import NotForStaff
from clicnjob.privacy.export import staff_writings
from clicnjob.text import TooLong
from tests.cohort_people import NOW
from tests.conftest import person


def written(session: Session, by: Account, box: str, typed: str, minutes: int = 0) -> None:
    at = NOW + timedelta(minutes=minutes)
    drafts.save_draft(session, by=by, box=box, typed=typed, most=policy.COMMENT_LENGTH, now=at)


def test_a_draft_is_replaced_as_it_is_typed_and_deleted_when_it_is_empty(session: Session, young: Account) -> None:
    written(session, young, "call-word", "Je bl")
    written(session, young, "call-word", "Je bloque")
    assert drafts.own_drafts(session, of=young) == {"call-word": "Je bloque"}
    written(session, young, "call-word", "  ")
    assert drafts.own_drafts(session, of=young) == {}


def test_nobody_reads_or_forgets_the_draft_of_somebody_else(session: Session, young: Account) -> None:
    written(session, young, "call-word", "Je bloque")
    other = person(session, Role.YOUNG)
    assert drafts.own_drafts(session, of=other) == {}
    drafts.forget_draft(session, by=other, box="call-word")
    assert drafts.own_drafts(session, of=young) == {"call-word": "Je bloque"}
    adviser = person(session, Role.ADVISER)
    for refused in (
        lambda: drafts.own_drafts(session, of=adviser),
        lambda: written(session, adviser, "call-word", "x"),
        lambda: drafts.forget_draft(session, by=adviser, box="call-word"),
    ):
        with pytest.raises(NotForStaff):
            refused()


def test_the_oldest_drafts_make_room(session: Session, young: Account) -> None:
    for number in range(policy.DRAFTS_AT_ONCE + 2):
        written(session, young, f"words-{number}", "x", minutes=number)
    kept = drafts.own_drafts(session, of=young)
    assert len(kept) == policy.DRAFTS_AT_ONCE and "words-0" not in kept and "words-2" in kept


def test_a_draft_is_no_longer_than_its_message(session: Session, young: Account) -> None:
    with pytest.raises(TooLong):
        written(session, young, "call-word", "x" * (policy.COMMENT_LENGTH + 1))


def test_a_draft_is_in_the_export_and_goes_with_the_account(session: Session, young: Account) -> None:
    written(session, young, "call-word", "Je bloque")
    told = staff_writings.written_on_file(session, account_id=young.id)
    assert [(what, words) for what, _, words in told] == [("Ton brouillon", "Je bloque")]
    session.delete(young)
    session.flush()
    assert session.exec(select(Draft)).all() == []
