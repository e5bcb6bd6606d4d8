"""Cards: the number as typed, the code chosen, the waits after wrong tries."""

from __future__ import annotations

import contextlib
import itertools
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.accounts import cards, codes, pins
from clicnjob.accounts.cards import CardRunOut, NotAPin, WeakPin, WrongCard
from clicnjob.accounts.codes import ALPHABET, TypingError
from clicnjob.accounts.waits import TooManyTries
from clicnjob.errors import Refusal
from clicnjob.models import Account, Card, WrongTries
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
PIN = "482915"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def attempt(session: Session, code: str, pin: str, now: datetime) -> Account:
    """A whole try, as /connexion makes it."""
    counted = cards.begin_try(session, code=code, now=now)
    if not counted.secret_fits(pin):
        raise WrongCard
    return cards.admit_card_holder(session, counted)


@pytest.fixture
def code(session: Session, young: Account) -> str:
    """A card in use."""
    issued = cards.issue_card(session, account=young, now=NOW)
    cards.choose_pin(session, code=issued, pin=PIN, now=NOW)
    return issued


# --- the number


def test_a_code_is_shown_in_groups_and_read_back() -> None:
    code = codes.new_code()
    assert codes.printed_code(code) == f"{code[:5]}-{code[5:10]}-{code[10]}"
    assert codes.read_code(codes.printed_code(code)) == code


@pytest.mark.parametrize(
    "shape", [str.lower, lambda s: s.replace("-", " "), lambda s: f"  {s}\n", lambda s: s.replace("-", "–")]
)
def test_case_spaces_and_hyphens_are_forgiven(shape) -> None:  # type: ignore[no-untyped-def]
    code = codes.new_code()
    assert codes.read_code(shape(codes.printed_code(code))) == code


def test_letters_that_look_like_digits_are_forgiven() -> None:
    drawn = "0011AB0101"
    assert codes.read_code("OoIlabO1Oi" + codes.check_symbol(drawn)) == drawn + codes.check_symbol(drawn)


def test_every_wrong_symbol_is_seen() -> None:
    code = "K7QM2XHP9D" + codes.check_symbol("K7QM2XHP9D")
    for at, other in itertools.product(range(len(code)), ALPHABET):
        if other != code[at]:
            with pytest.raises(TypingError):
                codes.read_code(code[:at] + other + code[at + 1 :])


def test_any_two_exchanged_symbols_are_seen() -> None:
    code = "K7QM2XHP9D" + codes.check_symbol("K7QM2XHP9D")
    for left, right in itertools.combinations(range(len(code)), 2):
        swapped = list(code)
        swapped[left], swapped[right] = code[right], code[left]
        if code[left] != code[right]:
            with pytest.raises(TypingError):
                codes.read_code("".join(swapped))


@for_each("typed", ["", " ", "K7QM2", "K7QM2-XHP9D", "U" * 11, "é" * 11, "\ud83d" * 11, "A" * 10_000])
def test_what_is_not_a_number_is_a_typing_error(typed: str) -> None:
    with pytest.raises(TypingError):
        codes.read_code(typed)


def test_the_code_itself_is_not_in_the_database(session: Session, code: str) -> None:
    kept = session.exec(select(Card)).one()
    assert code not in (kept.code_digest, kept.pin_hash) and len(kept.code_digest) == 64


# --- the PIN


@for_each(
    "pin",
    [
        "123456",
        "654321",
        "000000",
        "121212",
        "123123",
        "112233",
        "111222",
        "890123",
        "١٢٣٤٥٦",
        "123321",
        "135791",
        "102030",
        "142536",
        "192837",
        "246802",
        "001234",
        "987600",
        "314159",
    ],
)
def test_a_code_that_everybody_tries_is_refused(pin: str) -> None:
    with pytest.raises(WeakPin):
        cards.strong_pin(pin)


@for_each(
    "pin",
    ["147258", "159753", "789456", "258369", "741852", "963852", "852456", "357159", "123654", "145236", "125896"],
)
def test_a_walk_on_the_keys_is_refused(pin: str) -> None:
    with pytest.raises(WeakPin):
        cards.strong_pin(pin)


@pytest.mark.long
@pytest.mark.slow
def test_every_date_of_their_birth_is_refused_however_it_is_written() -> None:
    accepted = []
    for number in range((date(2012, 12, 31) - date(1990, 1, 1)).days + 1):
        day = date(1990, 1, 1) + timedelta(days=number)
        for layout in ("%d%m%y", "%m%d%y", "%y%m%d", "%Y%m", "%m%Y", "%Y%d", "%d%Y"):
            with contextlib.suppress(WeakPin):
                accepted.append((layout, cards.strong_pin(day.strftime(layout))))
    assert accepted == []


@for_each("digits", ["1503", "0315", "2007", "15032007", "20070315", "03152007", "2902"])
def test_a_date_is_one_in_four_and_in_eight_digits_too(digits: str) -> None:
    assert pins.is_date(digits)


def test_a_date_is_refused_with_its_reason() -> None:
    with pytest.raises(WeakPin, match="ressemble à une date"):
        cards.strong_pin("150307")


def test_most_codes_that_chance_draws_are_accepted() -> None:
    """What is refused must not become a guess in itself: seven codes in eight are left."""
    drawn = random.Random(7)
    codes_drawn = [f"{drawn.randrange(10**6):06}" for _ in range(4_000)]
    refused = [pin for pin in codes_drawn if pins.is_pattern(pin) or pins.is_date(pin)]
    assert len(refused) / len(codes_drawn) < 1 / 7


@pytest.mark.parametrize("pin", ["482915", "739164", "608273", "916482"])
def test_mixed_codes_are_accepted(pin: str) -> None:
    assert cards.strong_pin(pin) == pin


@for_each("pin", ["", "12345", "1234567", "12345a", "12 34", "½" * 6])
def test_what_is_not_six_digits_is_refused(pin: str) -> None:
    with pytest.raises(NotAPin):
        cards.strong_pin(pin)


@pytest.mark.parametrize("pin", ["482915", "48 29 15", "４８２９１５"])
def test_a_mixed_code_is_accepted_on_any_keyboard(pin: str) -> None:
    assert cards.strong_pin(pin) == "482915"


def test_a_new_card_asks_for_its_code_to_be_chosen(session: Session, young: Account) -> None:
    issued = cards.issue_card(session, account=young, now=NOW)
    assert cards.first_use(session, code=issued, now=NOW)
    assert cards.choose_pin(session, code=issued, pin=PIN, now=NOW).id == young.id
    assert not cards.first_use(session, code=issued, now=NOW)


def test_the_code_of_a_card_is_chosen_once(session: Session, code: str) -> None:
    with pytest.raises(WrongCard):
        cards.choose_pin(session, code=code, pin="739164", now=NOW)


def test_a_first_card_is_void_after_two_weeks(session: Session, young: Account) -> None:
    issued = cards.issue_card(session, account=young, now=NOW)
    with pytest.raises(CardRunOut):
        cards.first_use(session, code=issued, now=NOW + policy.FIRST_CARD_LASTS)


def test_a_new_card_ends_the_old_one(session: Session, young: Account, code: str) -> None:
    cards.issue_card(session, account=young, now=NOW)
    with pytest.raises(WrongCard):
        attempt(session, code, PIN, NOW)


# --- the tries


def test_the_right_code_lets_in(session: Session, young: Account, code: str) -> None:
    assert attempt(session, code, PIN, NOW).id == young.id


def test_a_right_code_forgives_the_wrong_ones(session: Session, code: str) -> None:
    for _ in range(policy.WRONG_PINS_FREE):
        with pytest.raises(WrongCard):
            attempt(session, code, "739164", NOW)
    attempt(session, code, PIN, NOW)
    assert session.exec(select(WrongTries)).all() == []


def test_waits_grow_up_to_half_an_hour(session: Session, code: str) -> None:
    now, waits = NOW, []
    for _ in range(12):
        with pytest.raises(WrongCard):
            attempt(session, code, "739164", now)
        until = session.exec(select(WrongTries.wait_until)).one()
        waits.append(round((until - now).total_seconds() / 60) if until else 0)
        now = until or now
    assert waits == [0, 0, 0, 0, 1, 2, 5, 15, 30, 30, 30, 30]


def test_the_right_code_is_refused_during_a_wait(session: Session, code: str) -> None:
    for _ in range(5):
        with pytest.raises(WrongCard):
            attempt(session, code, "739164", NOW)
    with pytest.raises(TooManyTries, match="Attends 1 minute"):
        attempt(session, code, PIN, NOW + timedelta(seconds=30))
    assert attempt(session, code, PIN, NOW + timedelta(seconds=61))


def test_tries_sent_together_do_not_share_a_free_place(session: Session, code: str) -> None:
    begun = []
    with pytest.raises(TooManyTries):
        begun.extend(cards.begin_try(session, code=code, now=NOW) for _ in range(100))
    assert session.exec(select(WrongTries.wrong)).one() == policy.WRONG_PINS_FREE + 1


def test_an_unknown_card_and_a_wrong_code_are_told_alike(session: Session, code: str) -> None:
    told = []
    for number in (code, codes.new_code()):
        with pytest.raises(Refusal) as refused:
            attempt(session, number, "739164", NOW)
        told.append((type(refused.value), refused.value.sentence))
    assert told[0] == told[1]


def test_an_unknown_card_costs_a_hash_too(session: Session) -> None:
    from clicnjob.accounts import sealing

    counted = cards.begin_try(session, code=codes.new_code(), now=NOW)
    before = sealing.decoy_seal.cache_info().hits + sealing.decoy_seal.cache_info().misses
    assert not counted.secret_fits(PIN)
    assert sealing.decoy_seal.cache_info().hits + sealing.decoy_seal.cache_info().misses == before + 1


def test_a_closed_account_cannot_come_in(session: Session, young: Account, code: str) -> None:
    young.closed_at = NOW
    session.add(young)
    session.flush()
    with pytest.raises(WrongCard):
        attempt(session, code, PIN, NOW)
