"""The thread: both ways, read marks, taken back, to a whole list, bounded, and an answer to a call for help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import help_requests, threads
from clicnjob.cohort.support.comments import EmptyAnswer, EmptyWords
from clicnjob.cohort.support.help_requests import NobodyToAsk, SupportEnded
from clicnjob.cohort.support.threads import TooManyToday, TooManyUnread
from clicnjob.errors import NotFound
from clicnjob.models import Account, HelpAsked, Role
from clicnjob.privacy.export import staff_writings
from tests.cohort_people import NOW, TODAY, Place, place


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def young(here: Place) -> Account:
    return here.newcomer(came_on=TODAY)


def write(here: Place, young: Account, words: str = "Passe me voir jeudi.") -> None:
    threads.write_to_young(here.session, by=here.claire, account_id=young.id, words=words, today=TODAY, now=NOW)


def answer(here: Place, young: Account, words: str = "D’accord, merci.") -> None:
    threads.write_to_adviser(here.session, by=young, words=words, now=NOW + timedelta(minutes=1))


def test_what_one_side_writes_the_other_reads_in_order(here: Place, young: Account) -> None:
    write(here, young)
    assert threads.unread_by_young(here.session, of=young) == 1
    answer(here, young)
    said = threads.thread_on_person(here.session, by=here.claire, account_id=young.id, today=TODAY)
    assert [(one.text, one.from_young) for one in said] == [
        ("Passe me voir jeudi.", False),
        ("D’accord, merci.", True),
    ]
    assert said == threads.own_thread(here.session, of=young)


def test_a_message_is_read_by_the_other_side_only(here: Place, young: Account) -> None:
    write(here, young)
    threads.mark_read_by_adviser(here.session, by=here.claire, account_id=young.id, today=TODAY, now=NOW)
    assert threads.unread_by_young(here.session, of=young) == 1
    threads.mark_read_by_young(here.session, by=young, now=NOW)
    assert threads.unread_by_young(here.session, of=young) == 0
    assert threads.own_thread(here.session, of=young)[0].read_at == NOW


def test_a_message_of_the_young_person_is_an_alert_until_it_is_read(here: Place, young: Account) -> None:
    answer(here, young)
    assert here.alerts(young) == ["message"]
    threads.mark_read_by_adviser(here.session, by=here.claire, account_id=young.id, today=TODAY, now=NOW)
    assert here.alerts(young) == []


def test_a_message_answers_the_open_call_for_help(here: Place, young: Account) -> None:
    help_requests.ask_for_help(here.session, by=young, word="Je suis perdue", now=NOW)
    write(here, young)
    asked = help_requests.latest_help_request(here.session, of=young)
    assert asked is not None and asked.settled_at == NOW


def test_help_asked_and_taken_back_again_and_again_is_one_request(here: Place, young: Account) -> None:
    for number in range(3):
        at = NOW + timedelta(minutes=number)
        help_requests.ask_for_help(here.session, by=young, word="Perdue" if number == 0 else "", now=at)
        asked = help_requests.latest_help_request(here.session, of=young)
        assert asked is not None and (asked.word, asked.at) == ("Perdue" if number == 0 else "", at)
        assert here.alerts(young, now=at) == ["aide"]
        help_requests.take_back(here.session, by=young, now=at)
    assert len(here.session.exec(select(HelpAsked)).all()) == 1
    help_requests.ask_for_help(here.session, by=young, now=NOW + timedelta(days=2))
    assert len(here.session.exec(select(HelpAsked)).all()) == 2


def test_a_message_is_taken_back_until_it_is_read(here: Place, young: Account) -> None:
    write(here, young)
    (said,) = threads.own_thread(here.session, of=young)
    with pytest.raises(NotFound):
        threads.take_message_back(here.session, by=young, message_id=said.id, today=TODAY, now=NOW)
    threads.take_message_back(here.session, by=here.claire, message_id=said.id, today=TODAY, now=NOW)
    assert threads.own_thread(here.session, of=young) == ()
    write(here, young)
    threads.mark_read_by_young(here.session, by=young, now=NOW)
    (said,) = threads.own_thread(here.session, of=young)
    with pytest.raises(NotFound):
        threads.take_message_back(here.session, by=here.claire, message_id=said.id, today=TODAY, now=NOW)


def test_nobody_writes_to_whom_they_do_not_follow(here: Place) -> None:
    with pytest.raises(NotFound):
        write(here, here.newcomer(adviser=here.karim))


@pytest.mark.parametrize("words", ["", "  ", "\u200b"])
def test_an_empty_message_is_refused(here: Place, young: Account, words: str) -> None:
    with pytest.raises(EmptyWords):
        write(here, young, words=words)
    with pytest.raises(EmptyAnswer):
        answer(here, young, words)


def test_a_thread_is_no_flood(here: Place, young: Account) -> None:
    for _ in range(policy.MESSAGES_UNREAD):
        answer(here, young)
    with pytest.raises(TooManyUnread):
        answer(here, young)
    threads.mark_read_by_adviser(here.session, by=here.claire, account_id=young.id, today=TODAY, now=NOW)
    answer(here, young)


def test_who_has_too_many_unread_messages_gets_no_other(here: Place, young: Account) -> None:
    for _ in range(policy.MESSAGES_UNREAD):
        write(here, young)
    with pytest.raises(TooManyUnread):
        write(here, young)
    assert threads.unread_by_young(here.session, of=young) == policy.MESSAGES_UNREAD


def test_what_is_taken_back_counts_for_a_day(here: Place, young: Account) -> None:
    for _ in range(policy.MESSAGES_A_DAY):
        answer(here, young)
        (said,) = threads.own_thread(here.session, of=young)
        threads.take_message_back(here.session, by=young, message_id=said.id, today=TODAY, now=NOW)
    with pytest.raises(TooManyToday):
        answer(here, young)
    write(here, young)  # the other side still writes
    threads.write_to_adviser(here.session, by=young, words="Bonjour", now=NOW + timedelta(days=2))


def test_who_has_no_adviser_or_is_followed_no_more_is_told_so(here: Place, young: Account) -> None:
    guest = Account(role=Role.GUEST, first_name="Sam")
    here.session.add(guest)
    here.session.flush()
    with pytest.raises(NobodyToAsk):
        answer(here, guest)
    young.archived_at = NOW
    here.session.flush()
    with pytest.raises(SupportEnded):
        answer(here, young)


def test_a_person_takes_their_messages_along(here: Place, young: Account) -> None:
    write(here, young)
    assert [row[2] for row in staff_writings.written_on_file(here.session, account_id=young.id)] == [
        "Passe me voir jeudi."
    ]


def test_ready_sentences_fit_in_a_message() -> None:
    phrases = vocabulary.ready_phrases()
    assert max(map(len, phrases.conseiller + phrases.jeune + phrases.jeune_ouvre)) <= policy.MESSAGE_LENGTH // 4
