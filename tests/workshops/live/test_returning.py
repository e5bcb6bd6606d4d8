"""Turns on one computer: who leaves it finds their own place again, nobody else does, and the board says whose turn it is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.accounts import departures, people, presence
from clicnjob.errors import NotFound
from clicnjob.models import (
    Account,
    ParticipantState,
    Role,
    SignIn,
    WorkshopEvent,
    WorkshopHelp,
    WorkshopParticipant,
    WorkshopSeat,
)
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import (
    board,
    entrance,
    help_requests,
    joining,
    participant_screen,
    pushing,
    returning,
    seats,
)
from clicnjob.workshops.live.board import TileState
from tests.cohort_people import NOW, place
from tests.workshops.live.group import MINUTE, Group, running_group

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def group(session: Session) -> Group:
    """Ana and Bilal at one seat; Chloé and Driss each at theirs."""
    made = running_group(place(session))
    seats.sit_together(session, **made.led, participant_ids=[made.rows["Ana"].id, made.rows["Bilal"].id])
    return made


def step_aside(group: Group, name: str, now: datetime = NOW) -> str:
    return returning.step_aside(group.place.session, by=group.accounts[name], now=now).code


def owner_of(group: Group, code: str, now: datetime = NOW, seat: str = "") -> Account:
    return returning.take_place_back(group.place.session, code=code, seat=seat, now=now)


def again_at_door(group: Group, name: str) -> WorkshopParticipant:
    group.join(f"{name} encore", state=ParticipantState.WAITING)
    return group.rows[f"{name} encore"]


def give_back(group: Group, waiting: WorkshopParticipant, name: str, now: datetime = NOW + MINUTE) -> None:
    acts = {**group.led, "now": now}
    returning.give_place_back(group.place.session, **acts, waiting_id=waiting.id, participant_id=group.rows[name].id)


@pytest.mark.long
def test_turns_without_end_leave_no_lines_without_end(group: Group) -> None:
    session, ana = group.place.session, group.accounts["Ana"]
    for number in range(workshop_policy.WORKSHOP_TURNS_NOTED):
        owner_of(group, step_aside(group, "Ana"))
        help_requests.ask_help(session, by=ana, reason="ecrire", now=NOW + timedelta(seconds=number))
        help_requests.withdraw_help(session, by=ana, now=NOW + timedelta(seconds=number))
    own = WorkshopEvent.participant_id == group.rows["Ana"].id
    assert len(session.exec(select(WorkshopEvent).where(own)).all()) < workshop_policy.WORKSHOP_TURNS_NOTED + 10
    (asked,) = session.exec(select(WorkshopHelp)).all()
    assert asked.asked_at == NOW + timedelta(seconds=number)


# --- the code


def test_each_of_a_pair_comes_back_to_their_own_place_with_a_code_that_works_once(group: Group) -> None:
    first, second = step_aside(group, "Ana"), step_aside(group, "Bilal")
    assert first != second
    typed = f" {first[:4].lower()}-{first[4:]} "
    assert owner_of(group, typed) is group.accounts["Ana"]
    assert owner_of(group, second) is group.accounts["Bilal"]
    for code in (first, second):
        with pytest.raises(returning.WrongReturnCode):
            owner_of(group, code)


def test_a_code_is_stored_as_a_digest_and_a_card_needs_none(group: Group) -> None:
    code = step_aside(group, "Ana")
    assert len(code) == workshop_policy.RETURN_CODE_SYMBOLS
    assert code not in group.rows["Ana"].return_digest
    tom = group.place.newcomer("Tom", "Soi")
    row = WorkshopParticipant(
        workshop_id=group.workshop_id, account_id=tom.id, first_name="Tom", state=ParticipantState.ADMITTED
    )
    group.place.session.add(row)
    group.place.session.flush()
    assert returning.step_aside(group.place.session, by=tom, now=NOW).code == ""
    assert row.return_digest == ""


@pytest.mark.parametrize("typed", ["", "ABC", "É" * 8, "2" * 8, "A" * 5000])
def test_what_is_no_code_of_a_place_is_refused_alike(group: Group, typed: str) -> None:
    step_aside(group, "Ana")
    with pytest.raises(returning.WrongReturnCode):
        owner_of(group, typed)


def test_a_code_ends_a_little_after_the_session_and_with_being_removed(group: Group) -> None:
    ended = NOW + 90 * MINUTE
    ana, bilal = step_aside(group, "Ana"), step_aside(group, "Bilal")
    acts = {**group.led, "now": NOW + MINUTE}
    entrance.remove_participant(group.place.session, **acts, participant_id=group.rows["Bilal"].id)
    with pytest.raises(returning.WrongReturnCode):
        owner_of(group, bilal)
    lifecycle.end_workshop(group.place.session, by=group.place.trainer, workshop_id=group.workshop_id, now=ended)
    with pytest.raises(returning.WrongReturnCode):
        owner_of(group, ana, ended + workshop_policy.WORKSHOP_RETURN_AFTER_END)
    assert owner_of(group, ana, ended + MINUTE) is group.accounts["Ana"]


def test_coming_back_ends_the_guest_s_other_screens_and_begins_their_time_anew(group: Group) -> None:
    session = group.place.session
    pushing.push_activity(session, **group.led, activity="cv.court", minutes=5)
    at = group.work("Ana", failed=9)
    presence.begin_sign_in(session, account=group.accounts["Ana"], now=NOW)
    owner_of(group, step_aside(group, "Ana"), NOW + 30 * MINUTE)
    assert (at.since_at, at.failed) == (NOW + 30 * MINUTE, 0)
    query = select(SignIn).where(SignIn.account_id == group.accounts["Ana"].id, col(SignIn.ended_at).is_(None))
    assert session.exec(query).all() == []


def test_a_guest_beside_keeps_their_work_and_one_who_says_i_am_done_does_not(group: Group) -> None:
    session = group.place.session
    tokens = {name: presence.begin_sign_in(session, account=group.accounts[name], now=NOW) for name in ("Ana", "Bilal")}
    step_aside(group, "Ana")
    people.leave_for_good(session, tokens["Ana"], reason="turn", now=NOW)
    people.leave_for_good(session, tokens["Bilal"], reason="done", now=NOW)
    people.sweep_guests(session, now=NOW + timedelta(hours=1))
    session.expire_all()
    assert session.get(Account, group.accounts["Ana"].id) is not None
    assert session.get(Account, group.rows["Bilal"].account_id or "none") is None


def test_a_departure_written_late_erases_only_who_was_awake(group: Group) -> None:
    session = group.place.session
    tokens = {name: presence.begin_sign_in(session, account=group.accounts[name], now=NOW) for name in ("Ana", "Bilal")}
    session.exec(update(SignIn).where(col(SignIn.account_id) == group.accounts["Ana"].id).values(slept_at=NOW))
    for token in tokens.values():
        departures.note_departure(presence.token_digest(token))
    departures.forget_departures(people.end_departed(session, now=NOW + MINUTE))
    kept = session.exec(select(Account.first_name).where(col(Account.first_name).in_(tokens))).all()
    assert kept == ["Ana"]


# --- the trainer who recognises somebody


def test_a_guest_whose_browser_crashed_gets_their_place_by_the_trainer_only(group: Group) -> None:
    session, waiting = group.place.session, again_at_door(group, "Chloé")
    who = group.accounts["Chloé encore"]
    assert returning.offered_place(session, of=who, now=NOW) is None
    with pytest.raises(NotFound):
        returning.take_offered_place(session, of=who, now=NOW)
    shown = entrance.workshop_entrance(session, **{**group.led, "now": NOW + MINUTE})
    assert "Chloé" in [one.first_name for one in shown.absent]
    give_back(group, waiting, "Chloé")
    assert returning.offered_place(session, of=who, now=NOW + MINUTE) == "Chloé"
    assert returning.offered_place(session, of=group.accounts["Ana"], now=NOW + MINUTE) is None
    assert returning.take_offered_place(session, of=who, now=NOW + MINUTE) is group.accounts["Chloé"]
    assert session.get(WorkshopParticipant, waiting.id) is None
    shown = entrance.workshop_entrance(session, **{**group.led, "now": NOW + MINUTE})
    assert (shown.waiting, "Chloé" in [one.first_name for one in shown.absent]) == ((), False)


def test_the_place_of_who_sits_there_of_a_card_or_of_another_session_is_not_given(group: Group) -> None:
    session, waiting = group.place.session, again_at_door(group, "Chloé")
    with pytest.raises(returning.StillThere):
        give_back(group, waiting, "Chloé", NOW)
    group.accounts["Driss"].role = Role.YOUNG  # a card of their own making opens more than this session
    other = lifecycle.begin_workshop(session, by=group.place.head, kind="cv", now=NOW)
    session.add(far := WorkshopParticipant(workshop_id=other, first_name="Loin", guest=True))
    session.flush()
    for who, whose in ((waiting, "Driss"), (far, "Chloé"), (group.rows["Ana"], "Chloé")):
        with pytest.raises(NotFound):
            give_back(group, who, whose)


def test_an_offered_place_is_refused_when_its_owner_is_back_at_their_screen(group: Group) -> None:
    session, waiting, later = group.place.session, again_at_door(group, "Chloé"), NOW + 2 * MINUTE
    who = group.accounts["Chloé encore"]
    give_back(group, waiting, "Chloé")
    group.rows["Chloé"].alive_at = later
    session.flush()
    assert returning.offered_place(session, of=who, now=later) is None
    with pytest.raises(returning.StillThere):
        returning.take_offered_place(session, of=who, now=later)


def test_a_poll_of_the_owner_ends_an_offer_but_not_a_code(group: Group) -> None:
    session, waiting = group.place.session, again_at_door(group, "Chloé")
    code = step_aside(group, "Ana")
    give_back(group, waiting, "Chloé")
    polled = [group.accounts["Ana"].id, group.accounts["Chloé"].id]  # a late poll of Ana's last screen is no return
    participant_screen.write_alive_screens(session, accounts=polled, now=NOW + MINUTE)
    session.expire_all()
    with pytest.raises(NotFound):
        returning.take_offered_place(session, of=group.accounts["Chloé encore"], now=NOW + 2 * MINUTE)
    assert owner_of(group, code) is group.accounts["Ana"]


def test_an_offer_lasts_two_minutes_and_can_be_made_again(group: Group) -> None:
    session, waiting = group.place.session, again_at_door(group, "Chloé")
    who, late = group.accounts["Chloé encore"], NOW + MINUTE + workshop_policy.RETURN_OFFER_LASTS
    give_back(group, waiting, "Chloé")
    with pytest.raises(NotFound):
        returning.take_offered_place(session, of=who, now=late)
    give_back(group, waiting, "Chloé", late)
    assert returning.take_offered_place(session, of=who, now=late + MINUTE) is group.accounts["Chloé"]


# --- seats


def test_who_comes_by_a_shared_computer_sits_at_its_seat_as_long_as_there_is_room(group: Group) -> None:
    session = group.place.session
    entrance.open_joining(session, **group.led)
    seat = group.rows["Ana"].seat_id or ""
    rows = []
    for name in ("Zoé", "Yann"):
        account = Account(role=group.accounts["Ana"].role, first_name="")
        session.add(account)
        session.flush()
        made = joining.join_workshop(session, of=account, code=group.workshop.code, first_name=name, seat=seat, now=NOW)
        rows.append(session.get_one(WorkshopParticipant, made))
    entrance.admit_people(session, **group.led)
    assert rows[0].seat_id == seat
    assert rows[1].seat_id not in (seat, None)


def test_a_seat_of_another_session_is_never_taken(group: Group) -> None:
    session = group.place.session
    other = lifecycle.begin_workshop(session, by=group.place.head, kind="cv", now=NOW)
    session.add(far := WorkshopSeat(workshop_id=other, number=1))
    session.flush()
    before = group.rows["Ana"].seat_id
    owner_of(group, step_aside(group, "Ana"), seat=far.id)
    assert group.rows["Ana"].seat_id == before
    owner_of(group, step_aside(group, "Ana"), seat=group.rows["Driss"].seat_id or "")
    assert group.rows["Ana"].seat_id == group.rows["Driss"].seat_id


def test_a_seat_counts_who_sits_there_already(group: Group) -> None:
    ids = {name: row.id for name, row in group.rows.items()}
    session = group.place.session
    seats.sit_together(session, **group.led, participant_ids=[ids["Ana"], ids["Chloé"]])
    with pytest.raises(seats.TooManyAtOneSeat):
        seats.sit_together(session, **group.led, participant_ids=[ids["Ana"], ids["Driss"]])


def test_fewer_computers_than_people_are_shared_evenly_and_those_apart_stay_apart() -> None:
    people_here = "ABCDE"
    assert seats.suggested_groups(people_here, screens=3, apart=frozenset()) == (("A", "B"), ("C", "D"), ("E",))
    apart = frozenset({frozenset("CD"), frozenset("AB")})
    found = seats.suggested_groups("ABCD", screens=2, apart=apart)
    assert sorted(map(len, found)) == [2, 2]
    assert not {frozenset(pair) for pair in found} & apart
    for screens in (0, 1):
        with pytest.raises(seats.TooFewScreens):
            seats.suggested_groups(people_here, screens=screens, apart=frozenset())


def test_the_proposal_moves_everybody_at_once(group: Group) -> None:
    ids = [group.rows[name].id for name in ("Ana", "Chloé", "Bilal", "Driss")]
    groups = (tuple(ids[:2]), tuple(ids[2:]))
    seats.sit_in_groups(group.place.session, **group.led, groups=groups)
    at = {name: row.seat_id for name, row in group.rows.items()}
    assert at["Ana"] == at["Chloé"] != at["Bilal"] == at["Driss"]
    with pytest.raises(NotFound):
        seats.sit_in_groups(group.place.session, **group.led, groups=(tuple(ids[:1]), tuple(ids[:1])))


def test_the_board_says_whose_turn_it_is(group: Group) -> None:
    step_aside(group, "Ana")
    shown = board.board_shown(group.place.session, of=group.place.trainer, workshop_id=group.workshop_id, now=NOW)
    tile = shown.tiles[0]
    assert [(one.at.first_name, one.state, one.at_screen) for one in tile.people] == [
        ("Ana", TileState.TURN, False),
        ("Bilal", TileState.READY, True),
    ]
    assert not any(one.at_screen for one in shown.tiles[1].people)
