"""The projector: an address that only reads, the group as a whole, and never a name."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from clicnjob.errors import NotFound
from clicnjob.models import ParticipantState, QuestionState
from clicnjob.workshops import events, lifecycle
from clicnjob.workshops.live import board, projection, pushing, questions
from clicnjob.workshops.live.projection import Projection
from tests.cohort_people import NOW, place
from tests.conftest import count_queries
from tests.workshops.live.group import MINUTE, Group, running_group

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def group(session: Session) -> Group:
    made = running_group(place(session))
    pushing.push_activity(session, **made.led, activity="cv.court")
    return made


def set_workshop(group: Group, **values: Any) -> None:
    workshop = group.workshop
    for name, value in values.items():
        setattr(workshop, name, value)
    group.place.session.flush()


def shown(group: Group, at: float = 0) -> Projection:
    token = projection.open_projector(group.place.session, **group.led)
    return projection.projection_shown(group.place.session, token=token, now=NOW + at * MINUTE)


def test_it_says_how_far_the_group_is_and_nobody_s_name(group: Group) -> None:
    group.work("Ana", done_at=NOW)
    group.call("Bilal")
    found = shown(group)
    assert (found.people, found.done) == (4, 1)
    told = json.dumps(asdict(found), default=str, ensure_ascii=False)
    assert not [name for name in group.rows if name in told]
    assert not [row.id for row in group.rows.values() if row.id in told]


def test_in_a_very_small_group_no_number_speaks_of_one_person(session: Session) -> None:
    group = running_group(place(session), 2)
    pushing.push_activity(session, **group.led, activity="cv.court")
    group.work("Ana", done_at=NOW)
    assert (shown(group).people, shown(group).done) == (0, 0)


def test_who_waits_or_left_is_not_counted(group: Group) -> None:
    group.join("Zoé", state=ParticipantState.WAITING)
    group.rows["Ana"].left_at = NOW
    assert shown(group).people == 3


def test_the_code_shows_only_while_joining_is_open_and_the_code_lasts(group: Group) -> None:
    set_workshop(group, code="7KM4PQ", joining_open=True, qr_open=True, code_expires_at=NOW + 5 * MINUTE)
    assert (shown(group).code, shown(group).qr_open) == ("7KM4PQ", True)
    assert (shown(group, at=5).code, shown(group, at=5).qr_open) == ("", False)
    set_workshop(group, joining_open=False)
    assert shown(group).code == ""


def test_a_call_to_look_up_ends_by_itself(group: Group) -> None:
    set_workshop(group, paused_until=NOW + MINUTE)
    assert shown(group).look_until == NOW + MINUTE
    assert shown(group, at=1).look_until is None


def test_every_trainer_opens_the_same_address_which_only_its_digest_knows(group: Group) -> None:
    token = projection.open_projector(group.place.session, **group.led)
    assert projection.open_projector(group.place.session, **group.led) == token
    assert len(token) >= 43 and token not in group.workshop.projector_digest


def test_a_wrong_a_dark_and_a_finished_projector_answer_alike(group: Group) -> None:
    token = projection.open_projector(group.place.session, **group.led)
    projection.close_projector(group.place.session, **group.led)
    for wrong in ("", "x", token, "é" * 10_000):
        with pytest.raises(NotFound):
            projection.projection_shown(group.place.session, token=wrong, now=NOW)
        with pytest.raises(NotFound):
            projection.projection_version(group.place.session, token=wrong, now=NOW)
    projection.open_projector(group.place.session, **group.led)
    lifecycle.end_workshop(group.place.session, **group.led)
    with pytest.raises(NotFound):
        projection.projection_shown(group.place.session, token=token, now=NOW)


PLAN = {
    "etapes": [
        {"titre": "On lit", "minutes": 5, "activite": "oral", "consigne": "Écoute.", "dire": "Je lis.", "montrer": "Qui ?"},
        {
            "titre": "Un mot", "minutes": 5, "activite": "question", "consigne": "Dis.", "dire": "Un mot.", "montrer": "Le nuage",
            "question": {"genre": "nuage", "question": "Un mot ?", "choix": []},
        },
    ]
}  # fmt: skip


def test_the_wall_shows_what_the_plan_shows_while_its_step_runs(group: Group) -> None:
    session = group.place.session
    set_workshop(group, plan=PLAN)
    pushing.push_step(session, **group.led, step=0)
    assert (shown(group).activity, shown(group).instruction, shown(group).wall) == ("On lit", "Écoute.", "Qui ?")
    pushing.push_activity(session, **group.led, activity="sac", to=[group.rows["Ana"].id])
    assert (shown(group).activity, shown(group).wall) == ("On lit", "Qui ?"), "what one person got is not for the wall"
    pushing.push_activity(session, **group.led, activity="sac")
    assert (shown(group).activity, shown(group).wall) == ("Mon sac", "")


def test_the_question_of_a_step_is_ready_to_be_asked_and_its_answers_are_held(group: Group) -> None:
    session = group.place.session
    set_workshop(group, plan=PLAN)
    pushing.push_step(session, **group.led, step=1)
    led = board.board_shown(session, of=group.place.trainer, workshop_id=group.workshop_id, now=NOW)
    planned = led.planned_question
    assert planned is not None and led.words == "Un mot."
    asked = questions.ask_group(
        session, **group.led, kind=planned.kind, question=planned.question, choices=planned.choices
    )
    questions.answer_question(session, by=group.accounts["Ana"], question_id=asked, written="zut", now=NOW)
    found = shown(group).question
    assert found is not None and (found.question, found.answered, found.words) == ("Un mot ?", 1, ())


def test_the_next_step_takes_the_place_of_the_answers_on_the_wall(group: Group) -> None:
    session = group.place.session
    set_workshop(group, plan=PLAN)
    asked = questions.ask_group(session, **group.led, kind="echelle", question="Ça va ?")
    questions.change_question(session, **group.led, question_id=asked, to=QuestionState.SHOWN)
    pushing.push_activity(session, **group.led, activity="sac", to=[group.rows["Ana"].id])
    assert shown(group).question is not None, "what one person got is not for the wall"
    pushing.push_step(session, **group.led, step=0)
    assert (shown(group).question, shown(group).activity) == (None, "On lit")
    questions.change_question(session, **group.led, question_id=asked, to=QuestionState.OPEN)
    pushing.push_step(session, **group.led, step=1)
    assert shown(group).question is not None, "people still answer it"


def test_the_board_knows_how_long_what_runs_is_planned_to_last(group: Group) -> None:
    session = group.place.session
    set_workshop(group, plan=PLAN)
    pushing.push_step(session, **group.led, step=0)
    minutes = [board.board_shown(session, of=group.place.trainer, workshop_id=group.workshop_id, now=NOW).minutes]
    pushing.push_activity(session, **group.led, activity="sac")
    minutes.append(board.board_shown(session, of=group.place.trainer, workshop_id=group.workshop_id, now=NOW).minutes)
    assert minutes == [5, 0]


def test_a_colleague_who_does_not_lead_opens_none(group: Group) -> None:
    with pytest.raises(NotFound):
        projection.open_projector(group.place.session, **{**group.led, "by": group.place.claire})


def test_its_version_rises_with_the_board(group: Group) -> None:
    token = projection.open_projector(group.place.session, **group.led)
    before = projection.projection_version(group.place.session, token=token, now=NOW)
    events.change_board(group.place.session, workshop_id=group.workshop_id)
    group.place.session.expire_all()
    assert projection.projection_version(group.place.session, token=token, now=NOW) != before


def test_reading_it_costs_four_queries(engine: Engine, group: Group) -> None:
    token = projection.open_projector(group.place.session, **group.led)
    group.place.session.expunge_all()
    with count_queries(engine, 4):
        projection.projection_shown(group.place.session, token=token, now=NOW)
