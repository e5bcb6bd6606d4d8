"""The trainer's board: who is where, what it says first, the queue of help, and what it costs to read."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session

from clicnjob import policy, workshop_policy
from clicnjob.accounts import people, presence
from clicnjob.errors import NotFound
from clicnjob.models import Account, ParticipantState, QuestionState, Role, SignIn, WorkshopTrainer
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import board, help_requests, hints, pushing, questions, returning, shown_page
from clicnjob.workshops.live.board import Board, TileState
from tests.cohort_people import NOW, place
from tests.conftest import count_queries
from tests.workshops.live.group import MINUTE, Group, running_group

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def group(session: Session) -> Group:
    made = running_group(place(session))
    pushing.push_activity(session, **made.led, activity="cv.court", minutes=5)
    return made


def shown(group: Group, at: float = 0) -> Board:
    """The board so many minutes later, with every screen still connected."""
    for row in group.rows.values():
        row.alive_at = NOW + at * MINUTE
    group.place.session.flush()
    return read(group, at)


def read(group: Group, at: float = 0) -> Board:
    return board.board_shown(
        group.place.session, of=group.place.trainer, workshop_id=group.workshop_id, now=NOW + at * MINUTE
    )


def states(of: Board) -> dict[str, TileState]:
    return {person.at.first_name: person.state for person in of.people}


def test_what_each_person_does_is_said_by_one_state(group: Group) -> None:
    group.work("Ana", since_at=NOW + 9 * MINUTE)
    group.work("Bilal", done_at=NOW)
    group.work("Chloé")
    assert states(shown(group, 10)) == {
        "Ana": TileState.WORKING,
        "Bilal": TileState.DONE,
        "Chloé": TileState.STUCK,
        "Driss": TileState.READY,
    }


def test_who_answered_the_question_is_not_said_to_have_begun_nothing(group: Group) -> None:
    session, made = (
        group.place.session,
        questions.ask_group(group.place.session, **group.led, kind="nuage", question="Un mot ?"),
    )
    for name in ("Ana", "Bilal"):
        by = presence.acting_person(session, group.accounts[name].id, now=NOW)
        questions.answer_question(session, by=by, question_id=made, written="Prêt", now=NOW)
    group.work("Bilal")
    found = states(shown(group))
    assert (found["Ana"], found["Bilal"], found["Chloé"]) == (TileState.ANSWERED, TileState.WORKING, TileState.READY)
    questions.change_question(session, **group.led, question_id=made, to=QuestionState.CLOSED)
    assert states(shown(group))["Ana"] is TileState.ANSWERED
    pushing.push_activity(session, **{**group.led, "now": NOW + MINUTE}, activity="cv.page")
    assert states(shown(group))["Ana"] is TileState.READY, "what was sent since is not begun"


def test_of_two_at_one_computer_who_answered_does_not_wait_for_their_turn(group: Group) -> None:
    group.join("Zoé", seat=2)
    session = group.place.session
    made = questions.ask_group(session, **group.led, kind="echelle", question="Prêt ?")
    by = presence.acting_person(session, group.accounts["Zoé"].id, now=NOW)
    questions.answer_question(session, by=by, question_id=made, choice=3, now=NOW)
    group.rows["Zoé"].alive_at = None
    session.flush()
    assert states(read(group))["Zoé"] is TileState.ANSWERED


def test_the_board_says_what_the_plan_does_with_fewer_screens_or_offline(group: Group) -> None:
    said = {"moins_de_postes": "Par deux.", "sans_internet": "Sur papier."}
    step = {"titre": "Un", "activite": "oral", "minutes": 5}
    group.workshop.plan = {"etapes": [{**step, **said}, step]}
    pushing.push_step(group.place.session, **group.led, step=0)
    found = read(group)
    assert (found.fewer_screens, found.offline) == ("Par deux.", "Sur papier.")
    pushing.push_step(group.place.session, **group.led, step=1)
    found = read(group)
    assert (found.fewer_screens, found.offline) == ("", "")


def test_a_screen_that_does_not_ask_is_not_connected(group: Group) -> None:
    group.work("Ana")
    assert states(read(group))["Ana"] is TileState.WORKING
    late = workshop_policy.SCREEN_ALIVE_FOR / MINUTE
    assert states(read(group, late))["Ana"] is TileState.AWAY


def test_help_comes_first_oldest_on_top_and_those_seen_after(group: Group) -> None:
    group.call("Ana", asked_at=NOW, seen_at=NOW)
    group.call("Bilal", asked_at=NOW + 2 * MINUTE)
    group.call("Chloé", asked_at=NOW + 1 * MINUTE)
    group.call("Driss", asked_at=NOW, done_at=NOW)
    found = shown(group, 3)
    assert [(call.first_name, call.seen) for call in found.calls] == [
        ("Chloé", False),
        ("Bilal", False),
        ("Ana", True),
    ]
    assert states(found)["Ana"] is TileState.HELP


def test_those_who_share_a_seat_share_a_tile(group: Group) -> None:
    group.join("Zoé", seat=2)
    group.join("Yann")
    found = shown(group)
    assert [(tile.number, [one.at.first_name for one in tile.people]) for tile in found.tiles] == [
        (1, ["Ana"]),
        (2, ["Bilal", "Zoé"]),
        (3, ["Chloé"]),
        (4, ["Driss"]),
        (0, ["Yann"]),
    ]


def test_who_waits_left_or_was_removed_has_no_tile(group: Group) -> None:
    group.join("Zoé", state=ParticipantState.WAITING)
    group.rows["Ana"].left_at = NOW
    group.rows["Bilal"].state = ParticipantState.REMOVED
    found = shown(group)
    assert [one.at.first_name for one in found.people] == ["Chloé", "Driss"]


def test_a_co_trainer_reads_the_same_board_and_a_colleague_none(group: Group) -> None:
    group.place.session.add(WorkshopTrainer(workshop_id=group.workshop_id, account_id=group.place.claire.id))
    group.place.session.flush()
    of_karim = {"of": group.place.karim, "workshop_id": group.workshop_id, "now": NOW}
    assert board.board_shown(group.place.session, **{**of_karim, "of": group.place.claire}) == read(group)
    with pytest.raises(NotFound):
        board.board_shown(group.place.session, **of_karim)


def test_a_session_that_is_over_has_no_board(group: Group) -> None:
    lifecycle.end_workshop(group.place.session, **group.led)
    with pytest.raises(NotFound):
        read(group)


def test_a_board_of_twelve_costs_as_much_as_one_of_one(engine: Engine, session: Session) -> None:
    group = running_group(place(session), 12)
    session.expunge_all()
    with count_queries(engine, 8):
        assert len(read(group).people) == 12


def test_who_leads_with_somebody_finds_the_board_and_one_s_own_session_comes_first(group: Group) -> None:
    session, claire = group.place.session, group.place.claire
    assert board.led_now(session, of=claire, now=NOW) == ""
    session.add(WorkshopTrainer(workshop_id=group.workshop_id, account_id=claire.id))
    session.flush()
    assert board.led_now(session, of=claire, now=NOW) == group.workshop_id
    own = lifecycle.begin_workshop(session, by=claire, kind="cv", now=NOW - MINUTE)
    assert board.led_now(session, of=claire, now=NOW) == own
    assert board.led_now(session, of=claire, now=NOW + workshop_policy.WORKSHOP_ENDS_AFTER) == ""


# --- hints and the shown page


def test_hints_are_those_of_the_step_or_ours(group: Group) -> None:
    assert hints.ready_hints(shown(group).hints) == hints.general_hints()
    workshop = group.workshop
    workshop.plan = {
        "etapes": [{"titre": "Écrire", "minutes": 10, "activite": "papier", "indices": ["Relis ta phrase."]}]
    }
    group.place.session.flush()
    pushing.push_step(group.place.session, **group.led, step=0)
    assert hints.ready_hints(shown(group).hints) == ("Relis ta phrase.",)


def page_of(group: Group, name: str, by: Account | None = None) -> shown_page.ShownPage:
    return shown_page.shown_page(
        group.place.session,
        of=by or group.place.trainer,
        workshop_id=group.workshop_id,
        participant_id=group.rows[name].id,
        now=NOW,
    )


def sign_in(group: Group, name: str) -> str:
    return presence.begin_sign_in(group.place.session, account=group.accounts[name], now=NOW)


def test_a_page_is_read_only_if_shown_and_only_while_the_call_lasts(group: Group) -> None:
    with pytest.raises(NotFound):
        page_of(group, "Ana")
    call = group.call("Ana")
    with pytest.raises(NotFound):
        page_of(group, "Ana")
    call.page_shown = True
    sign_in(group, "Ana")
    assert page_of(group, "Ana").first_name == "Ana"
    with pytest.raises(NotFound):
        page_of(group, "Bilal")
    with pytest.raises(NotFound):
        page_of(group, "Ana", by=group.place.claire)
    help_requests.mark_help_done(group.place.session, by=group.place.trainer, help_id=call.id, now=NOW)
    with pytest.raises(NotFound):
        page_of(group, "Ana")


def test_a_page_of_who_was_removed_is_not_shown_any_more(group: Group) -> None:
    group.call("Ana", page_shown=True)
    sign_in(group, "Ana")
    group.rows["Ana"].state = ParticipantState.REMOVED
    group.place.session.flush()
    with pytest.raises(NotFound):
        page_of(group, "Ana")


@pytest.mark.parametrize("role", [Role.GUEST, Role.YOUNG])
def test_a_page_is_hidden_when_its_owner_leaves(group: Group, role: Role) -> None:
    session = group.place.session
    group.accounts["Ana"].role = role
    call, token, before = group.call("Ana", page_shown=True), sign_in(group, "Ana"), group.workshop.board_version
    people.leave_for_good(session, token, reason="another", now=NOW)
    session.refresh(call)
    assert (call.done_at, group.workshop.board_version) == (NOW, before + 1)
    with pytest.raises(NotFound):
        page_of(group, "Ana")


def test_a_page_is_hidden_when_its_owner_leaves_the_computer_to_somebody(group: Group) -> None:
    call = group.call("Ana", page_shown=True)
    sign_in(group, "Ana")
    returning.step_aside(group.place.session, by=group.accounts["Ana"], now=NOW)
    assert call.done_at == NOW


def test_a_page_is_hidden_while_its_owner_is_signed_in_nowhere_or_their_tabs_are_gone(group: Group) -> None:
    session = group.place.session
    group.call("Ana", page_shown=True)
    for change in ({"slept_at": NOW}, {"ended_at": NOW}, {"seen_at": NOW - policy.YOUTH_IDLE_END}):
        sign_in(group, "Ana")
        assert page_of(group, "Ana")
        session.exec(update(SignIn).values(**change))
        with pytest.raises(NotFound):
            page_of(group, "Ana")


def test_who_leaves_one_of_two_computers_still_calls_for_help(group: Group) -> None:
    group.accounts["Ana"].role = Role.YOUNG
    group.call("Ana", page_shown=True)
    first = sign_in(group, "Ana")
    sign_in(group, "Ana")
    people.leave_for_good(group.place.session, first, reason="done", now=NOW)
    assert page_of(group, "Ana").first_name == "Ana"
