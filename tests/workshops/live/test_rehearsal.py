"""A rehearsal: ten invented people who move with the clock, whom nobody real joins, and who leave nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, func, select

from clicnjob.errors import NotFound
from clicnjob.models import Account, GroupAnswer, Role, Workshop, WorkshopParticipant
from clicnjob.workshops import attendance, lifecycle
from clicnjob.workshops.live import (
    answers,
    board,
    entrance,
    help_requests,
    joining,
    projection,
    pushing,
    questions,
    rehearsal,
)
from clicnjob.workshops.live.board import Board, TileState
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]
LATER = timedelta(seconds=60)


class Trial:
    """A trainer who tries a plan alone."""

    def __init__(self, here: Place) -> None:
        self.here, self.session, self.now = here, here.session, NOW
        self.id = rehearsal.begin_rehearsal(here.session, by=here.trainer, plan_id="mon-premier-cv", now=NOW)

    @property
    def led(self) -> dict[str, object]:
        return {"by": self.here.trainer, "workshop_id": self.id, "now": self.now}

    def wait(self, seconds: float) -> Board:
        """Time goes by, and the board looks now and then."""
        for _ in range(4):
            self.now += timedelta(seconds=seconds / 4)
            rehearsal.step_rehearsal(self.session, **self.led)  # type: ignore[arg-type]
        return board.board_shown(self.session, of=self.here.trainer, workshop_id=self.id, now=self.now)

    def fill(self) -> None:
        """Everybody comes and is let in, and the CV is sent."""
        self.wait(40)
        entrance.admit_people(self.session, **self.led)  # type: ignore[arg-type]
        pushing.push_activity(self.session, **self.led, activity="cv.court")  # type: ignore[arg-type]


@pytest.fixture
def trial(session: Session) -> Trial:
    return Trial(place(session))


def states(of: Board) -> list[TileState]:
    return [one.state for one in of.people]


def test_ten_people_come_one_after_the_other_and_wait_to_be_let_in(trial: Trial) -> None:
    trial.wait(8)
    door = entrance.workshop_entrance(trial.session, **trial.led)  # type: ignore[arg-type]
    assert 1 <= len(door.waiting) < 10
    assert trial.wait(40).people == ()
    door = entrance.workshop_entrance(trial.session, **trial.led)  # type: ignore[arg-type]
    assert [one.first_name for one in door.waiting] == rehearsal.rehearsal_words().prenoms
    assert entrance.admit_people(trial.session, **trial.led) == 10  # type: ignore[arg-type]


def test_they_work_get_stuck_call_for_help_and_finish(trial: Trial) -> None:
    trial.fill()
    shown = trial.wait(60)
    assert TileState.WORKING in states(shown)
    (call,) = shown.calls
    shown = trial.wait(120)
    stuck = next(one for one in shown.people if one.state is TileState.STUCK)
    help_requests.mark_help_done(trial.session, by=trial.here.trainer, help_id=call.id, now=trial.now)
    help_requests.send_hint(
        trial.session,
        **trial.led,
        participant_id=stuck.id,
        sentence="Relis la question.",  # type: ignore[arg-type]
    )
    assert set(states(trial.wait(900))) == {TileState.DONE}


def test_what_they_do_depends_on_the_clock_only(trial: Trial) -> None:
    assert rehearsal.scripted_state(0, 2, steps=6, helped=False).opened is False
    assert rehearsal.scripted_state(0, 30, steps=6, helped=False).step == 3
    assert rehearsal.scripted_state(0, 30, steps=0, helped=False).step == 0
    assert rehearsal.scripted_state(6, 9999, steps=6, helped=False).stuck
    assert rehearsal.scripted_state(6, 9999, steps=6, helped=True).done
    trial.fill()
    trial.wait(60)
    assert rehearsal.step_rehearsal(trial.session, **trial.led) is False  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", questions.KINDS)
def test_they_answer_every_kind_of_question_and_the_projector_counts_them(trial: Trial, kind: str) -> None:
    trial.fill()
    token = projection.open_projector(trial.session, **trial.led)  # type: ignore[arg-type]
    questions.ask_group(
        trial.session,
        **trial.led,
        kind=kind,
        question="Un mot ?",
        choices=("Oui", "Non") if kind == "choix" else (),  # type: ignore[arg-type]
    )
    trial.wait(60)
    assert trial.session.exec(select(func.count()).select_from(GroupAnswer)).one() == 10
    shown = projection.projection_shown(trial.session, token=token, now=trial.now)
    assert shown.people == 10
    if kind == "texte":
        (asked,) = answers.led_questions(trial.session, of=trial.here.trainer, workshop_id=trial.id)
        assert [one.to_read_twice for one in asked.answers].count(True) == 1


def test_nobody_real_joins_or_is_noted_and_there_is_one_for_a_trainer(trial: Trial) -> None:
    workshop = trial.session.get_one(Workshop, trial.id)
    with pytest.raises(joining.WrongWorkshopCode):
        guest = person(trial.session, Role.GUEST)
        joining.join_workshop(trial.session, of=guest, code=workshop.code, first_name="Tom", now=NOW)
    tom = trial.here.newcomer("Tom", "Soi")
    with pytest.raises(NotFound):
        attendance.note_attendance(trial.session, **trial.led, account_id=tom.id, today=TODAY)  # type: ignore[arg-type]
    with pytest.raises(lifecycle.AlreadyRunning):
        rehearsal.begin_rehearsal(trial.session, by=trial.here.trainer, plan_id="mon-premier-cv", now=NOW)


def test_a_session_with_a_group_has_no_invented_people(session: Session) -> None:
    here = place(session)
    made = lifecycle.begin_workshop(session, by=here.trainer, kind="cv", now=NOW)
    entrance.open_joining(session, by=here.trainer, workshop_id=made, now=NOW)
    assert rehearsal.step_rehearsal(session, by=here.trainer, workshop_id=made, now=NOW + LATER) is False
    assert session.exec(select(WorkshopParticipant)).all() == []


@pytest.mark.parametrize("forgotten", [False, True], ids=["ended", "forgotten"])
def test_nothing_of_it_stays(session: Session, forgotten: bool) -> None:
    here = place(session)
    before = _rows(session)
    trial = Trial(here)
    trial.fill()
    questions.ask_group(session, **trial.led, kind="texte", question="Un mot ?")  # type: ignore[arg-type]
    trial.wait(90)
    if forgotten:
        later = NOW + timedelta(hours=5)
        assert lifecycle.past_workshops(session, of=here.trainer, now=later) == ()
        lifecycle.close_forgotten(session, now=later)
    else:
        lifecycle.end_workshop(session, **trial.led)  # type: ignore[arg-type]
    session.expire_all()
    assert {name: count for name, count in _rows(session).items() if count != before[name]} == {}
    assert session.get(Account, here.trainer.id) is not None


def _rows(session: Session) -> dict[str, int]:
    session.flush()
    tables = SQLModel.metadata.tables
    return {
        name: session.exec(select(func.count()).select_from(table)).one()
        for name, table in tables.items()
        if name not in ("auditevent", "auditseal")  # the journal says that there was a trial
    }
