"""Joining a live session: the code, the waiting room, admission, leaving and coming back; seats that are shared."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from clicnjob import workshop_policy
from clicnjob.accounts import people
from clicnjob.errors import NotFound
from clicnjob.models import (
    Account,
    Organisation,
    ParticipantState,
    Role,
    Workshop,
    WorkshopHelp,
    WorkshopParticipant,
    WorkshopTrainer,
)
from clicnjob.workshops import lifecycle, permissions
from clicnjob.workshops.live import codes, entrance, joining, seats
from tests.cohort_people import NOW, Place, place
from tests.conftest import count_queries, person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]
MINUTE = timedelta(minutes=1)


class Door:
    """A running session whose door is open."""

    def __init__(self, here: Place) -> None:
        self.here, self.session = here, here.session
        self.id = lifecycle.begin_workshop(self.session, by=here.trainer, kind="cv", now=NOW)
        self.led = {"by": here.trainer, "workshop_id": self.id, "now": NOW}
        entrance.open_joining(self.session, **self.led)  # type: ignore[arg-type]

    @property
    def workshop(self) -> Workshop:
        found = self.session.get(Workshop, self.id)
        assert found is not None
        self.session.refresh(found)
        return found

    def guest(self) -> Account:
        return person(self.session, Role.GUEST)

    def ask(self, who: Account, name: str = "Sofiane") -> str:
        return joining.join_workshop(self.session, of=who, code=self.workshop.code, first_name=name, now=NOW)

    def row(self, participant_id: str) -> WorkshopParticipant:
        found = self.session.get(WorkshopParticipant, participant_id)
        assert found is not None
        return found


@pytest.fixture
def door(session: Session) -> Door:
    return Door(place(session))


def test_a_guest_waits_until_the_trainer_lets_them_in(door: Door) -> None:
    guest = door.guest()
    asked = door.ask(guest)
    place_now = permissions.own_participation(door.session, of=guest, now=NOW)
    assert place_now is not None and place_now.state is ParticipantState.WAITING
    with pytest.raises(NotFound):
        permissions.admitted_participation(door.session, of=guest, now=NOW)
    with count_queries(door.session.get_bind(), 2):  # type: ignore[arg-type]
        shown = entrance.workshop_entrance(door.session, **door.led)  # type: ignore[arg-type]
    assert [(one.id, one.first_name, one.guest) for one in shown.waiting] == [(asked, "Sofiane", True)]
    assert entrance.admit_people(door.session, **door.led) == 1  # type: ignore[arg-type]
    assert permissions.admitted_participation(door.session, of=guest, now=NOW).seat_id


def test_a_card_holder_needs_no_name_and_is_no_guest(door: Door) -> None:
    row = door.row(door.ask(door.here.newcomer("Tom", "Soi"), name=""))
    assert (row.first_name, row.guest) == ("Tom", False)


def test_the_code_is_read_as_people_copy_it(door: Door) -> None:
    code = door.workshop.code
    assert len(code) == workshop_policy.WORKSHOP_CODE_SYMBOLS
    assert set(code) <= set(codes.SYMBOLS)
    assert joining.read_code(f" {code[:3].lower()}-{code[3:]} ") == code


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFG", "ÉÉÉÉÉÉ", "ABC🙂EF", "A" * 5000])
def test_what_is_no_code_is_refused_like_an_unknown_one(door: Door, typed: str) -> None:
    with pytest.raises(joining.WrongWorkshopCode):
        joining.join_workshop(door.session, of=door.guest(), code=typed, first_name="A", now=NOW)


def test_a_code_ends_with_its_time_with_the_door_and_with_the_session(door: Door) -> None:
    code, late = door.workshop.code, NOW + workshop_policy.WORKSHOP_CODE_LASTS + workshop_policy.WORKSHOP_CODE_GRACE
    trying = {"of": door.guest(), "code": code, "first_name": "A"}
    with pytest.raises(joining.WrongWorkshopCode):
        joining.join_workshop(door.session, **trying, now=late)  # type: ignore[arg-type]
    entrance.close_joining(door.session, **door.led)  # type: ignore[arg-type]
    with pytest.raises(joining.WrongWorkshopCode):
        joining.join_workshop(door.session, **trying, now=NOW)  # type: ignore[arg-type]
    entrance.open_joining(door.session, **door.led)  # type: ignore[arg-type]
    lifecycle.end_workshop(door.session, by=door.here.trainer, workshop_id=door.id, now=NOW)
    assert (door.workshop.code, door.workshop.joining_open) == ("", False)


def test_an_expired_code_is_renewed_by_itself_while_the_door_is_open(door: Door) -> None:
    before = door.workshop.code
    assert entrance.renew_codes(door.session, now=NOW + workshop_policy.WORKSHOP_CODE_LASTS - MINUTE) == 0
    assert entrance.renew_codes(door.session, now=NOW + workshop_policy.WORKSHOP_CODE_LASTS) == 1
    assert door.workshop.code not in ("", before)


def test_who_left_comes_back_to_the_same_place_without_waiting(door: Door) -> None:
    guest = door.guest()
    asked = door.ask(guest)
    entrance.admit_people(door.session, **door.led)  # type: ignore[arg-type]
    seat = door.row(asked).seat_id
    door.session.add(WorkshopHelp(workshop_id=door.id, participant_id=asked, reason="pas_compris"))
    door.session.flush()
    joining.leave_workshop(door.session, by=guest, now=NOW)
    assert permissions.own_participation(door.session, of=guest, now=NOW) is None
    assert door.session.exec(select(WorkshopHelp).where(WorkshopHelp.done_at == None)).all() == []  # noqa: E711
    assert door.ask(guest, name="Un autre nom") == asked
    place_now = permissions.admitted_participation(door.session, of=guest, now=NOW)
    assert (place_now.seat_id, door.row(asked).first_name) == (seat, "Sofiane")


def test_a_removed_person_stays_out_until_the_trainer_opens_again(door: Door) -> None:
    guest = door.guest()
    asked = door.ask(guest)
    entrance.remove_participant(door.session, **door.led, participant_id=asked)  # type: ignore[arg-type]
    assert permissions.own_participation(door.session, of=guest, now=NOW) is None
    with pytest.raises(joining.WasRemoved):
        door.ask(guest)
    entrance.bring_back(door.session, **door.led, participant_id=asked)  # type: ignore[arg-type]
    assert permissions.admitted_participation(door.session, of=guest, now=NOW)


def test_nobody_takes_the_place_of_another_by_a_name(door: Door) -> None:
    first = door.ask(door.guest())
    assert door.ask(door.guest()) != first


def test_a_card_of_another_structure_comes_as_a_guest(door: Door, session: Session) -> None:
    session.add(other := Organisation(name="Ailleurs"))
    session.flush()
    stranger = person(session, Role.YOUNG, organisation_id=other.id, first_name="Léo")
    with pytest.raises(joining.OtherStructure):
        door.ask(stranger)


def test_a_session_has_a_bound(door: Door) -> None:
    for number in range(workshop_policy.WORKSHOP_PEOPLE):
        door.ask(door.guest(), name=f"N{number}")
    with pytest.raises(joining.SessionFull):
        door.ask(door.guest())


def test_guests_who_waited_and_went_leave_their_room_to_others(door: Door) -> None:
    before = door.workshop.board_version
    for number in range(workshop_policy.WORKSHOP_PEOPLE):
        guest = door.guest()
        door.ask(guest, name=f"N{number}")
        people.erase_guest(door.session, account_id=guest.id, now=NOW)
    assert door.session.exec(select(WorkshopParticipant.id)).all() == []
    assert door.workshop.board_version > before + workshop_policy.WORKSHOP_PEOPLE
    assert door.ask(door.guest())


def test_a_guest_who_was_in_and_went_has_left_but_not_at_the_end_of_the_session(door: Door) -> None:
    early, late = door.guest(), door.guest()
    asked = [door.ask(early), door.ask(late)]
    entrance.admit_people(door.session, **door.led)  # type: ignore[arg-type]
    people.erase_guest(door.session, account_id=early.id, now=NOW + MINUTE)
    lifecycle.end_workshop(door.session, by=door.here.trainer, workshop_id=door.id, now=NOW + 90 * MINUTE)
    people.erase_guest(door.session, account_id=late.id, now=NOW + 100 * MINUTE)
    door.session.expire_all()
    assert [(door.row(one).account_id, door.row(one).left_at) for one in asked] == [
        (None, NOW + MINUTE),
        (None, None),
    ]


def test_nobody_comes_again_or_is_brought_back_over_the_bound(door: Door) -> None:
    gone, removed = door.guest(), door.guest()
    door.ask(gone)
    other = door.ask(removed)
    joining.leave_workshop(door.session, by=gone, now=NOW)
    entrance.remove_participant(door.session, **door.led, participant_id=other)  # type: ignore[arg-type]
    for number in range(workshop_policy.WORKSHOP_PEOPLE):
        last = door.guest()
        door.ask(last, name=f"N{number}")
    with pytest.raises(joining.SessionFull):
        door.ask(gone)
    with pytest.raises(entrance.NoRoomLeft):
        entrance.bring_back(door.session, **door.led, participant_id=other)  # type: ignore[arg-type]
    assert door.ask(last)
    joining.leave_workshop(door.session, by=last, now=NOW)
    assert door.ask(gone)


def test_a_co_trainer_leads_like_the_trainer_and_a_colleague_does_not(door: Door) -> None:
    asked, colleague = door.ask(door.guest()), door.here.head
    acts = {**door.led, "by": colleague}
    with pytest.raises(NotFound):
        entrance.admit_people(door.session, **acts, participant_ids=[asked])  # type: ignore[arg-type]
    door.session.add(WorkshopTrainer(workshop_id=door.id, account_id=colleague.id))
    door.session.flush()
    assert entrance.admit_people(door.session, **acts, participant_ids=[asked]) == 1  # type: ignore[arg-type]


def test_a_participant_of_another_session_cannot_be_admitted_by_a_forged_id(door: Door) -> None:
    other = lifecycle.begin_workshop(door.session, by=door.here.head, kind="cv", now=NOW)
    door.session.add(row := WorkshopParticipant(workshop_id=other, first_name="Loin"))
    door.session.flush()
    with pytest.raises(NotFound):
        entrance.admit_people(door.session, **door.led, participant_ids=[row.id])  # type: ignore[arg-type]


def test_a_pair_shares_a_seat_and_each_keeps_their_work(door: Door) -> None:
    guests = [door.guest() for _ in range(4)]
    asked = [door.ask(guest, name) for guest, name in zip(guests, ("Ana", "Bilal", "Chloé", "Driss"), strict=True)]
    entrance.admit_people(door.session, **door.led)  # type: ignore[arg-type]
    seats.sit_together(door.session, **door.led, participant_ids=asked[:2])  # type: ignore[arg-type]
    assert seats.seat_mates(door.session, of=guests[0], now=NOW) == ("Bilal",)
    with pytest.raises(seats.TooManyAtOneSeat):
        seats.sit_together(door.session, **door.led, participant_ids=asked)  # type: ignore[arg-type]
    seats.sit_alone(door.session, **door.led, participant_id=asked[1])  # type: ignore[arg-type]
    assert seats.seat_mates(door.session, of=guests[0], now=NOW) == ()


def test_a_guest_beside_the_turn_of_another_is_not_swept_away(door: Door) -> None:
    guest = door.guest()
    door.ask(guest)
    entrance.admit_people(door.session, **door.led)  # type: ignore[arg-type]
    assert people.sweep_guests(door.session, now=NOW + 60 * MINUTE) == 0
    lifecycle.end_workshop(door.session, by=door.here.trainer, workshop_id=door.id, now=NOW + 90 * MINUTE)
    kept_until = NOW + 90 * MINUTE + workshop_policy.WORKSHOP_RETURN_AFTER_END
    assert people.sweep_guests(door.session, now=kept_until - MINUTE) == 0
    assert people.sweep_guests(door.session, now=kept_until) == 1
