"""The tables of group sessions (« séance de groupe »): the session, who leads and attends it, and what happens live.

All live state is in these tables, never in a process, so that a session survives a restart and several processes agree.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, random_id, utc_now
from clicnjob.models.words import AnswerState, ParticipantState, PushMode, QuestionState

_RUNNING = text("ended_at IS NULL")
_HAS_CODE = text("code <> ''")
_OPEN_REQUEST = text("done_at IS NULL")


class Workshop(Record, table=True):
    """A group session. `kind` is a key of data/conseiller/seances.yaml; `minutes` is its length, 0 while it runs.

    A unique index lets a person run only one at a time. `plan_id` is the plan it was started from ('' for a free one)
    and `plan` its frozen copy, a validated body of `workshops.plans`. `version` rises with whatever participants must
    see, `board_version` with whatever a trainer's board must see, so that one person's step redraws no other screen.

    `activity` is what the group does now: a key of data/seances/activites.yaml, '' before the first. `activity_number`
    counts the pushes; `activity_for` names the participants it was pushed to (an empty list means everybody). `pushes`
    holds the last push to everybody and those to some people since, so that the others stay at what they do.
    `code` lets people join while `joining_open`; it is short-lived, and being in the waiting room shows nothing.
    `projector_digest` is the SHA-256 of the token of the projector's address. `rehearsal`: a trial with simulated
    participants, which leaves no attendance and counts in no figure. `keep_apart`: pairs of participants whom a draw of
    groups does not put together.
    """

    __table_args__ = (
        Index("ix_workshop_running", "by_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_workshop_by", "by_id", "began_at"),
        Index("ix_workshop_began_at", "began_at"),
        Index("ix_workshop_code", "code", unique=True, sqlite_where=_HAS_CODE, postgresql_where=_HAS_CODE),
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    kind: str = Field(max_length=32)
    title: str = Field(max_length=400)
    began_at: datetime = instant_column(default_factory=utc_now)
    ended_at: datetime | None = instant_column(default=None)
    minutes: int = 0
    place: str = Field(default="", max_length=200)
    plan_id: str = Field(default="", max_length=64)
    plan: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    step: int = -1
    version: int = 1
    board_version: int = 1
    activity: str = Field(default="", max_length=64)
    activity_title: str = Field(default="", max_length=200)
    activity_instruction: str = Field(default="", max_length=600)
    activity_number: int = 0
    activity_for: list[str] = Field(default_factory=list, sa_type=JSON)
    pushes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    activity_mode: PushMode = Field(default=PushMode.PROPOSE, sa_type=one_of(PushMode))
    activity_at: datetime | None = instant_column(default=None)
    activity_minutes: int = 0
    timer_ends_at: datetime | None = instant_column(default=None)
    paused_until: datetime | None = instant_column(default=None)
    joining_open: bool = False
    qr_open: bool = False
    code: str = Field(default="", max_length=8)
    code_expires_at: datetime | None = instant_column(default=None)
    projector_digest: str = Field(default="", max_length=64, index=True)
    rehearsal: bool = False
    keep_apart: list[list[str]] = Field(default_factory=list, sa_type=JSON)


class WorkshopTrainer(Record, table=True):
    """A co-trainer of a group session. They have the same rights as who began it, who has no row here."""

    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE", primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, index=True, max_length=32)


class Attendance(Record, table=True):
    """The attendance of a young person at a group session."""

    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE", primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, index=True, max_length=32)


class WorkshopParticipant(Record, table=True):
    """Somebody who joined a live session, with their account. A guest's row is detached when their visit ends.

    `first_name` is what the trainer sees. `alive_at` is the last poll of their screen: « connected », never « active ».
    `return_digest` is the SHA-256 of the code that gives a guest their place back, '' when there is none.
    `simulated`: a participant of a rehearsal. `left_at`: they left by themselves; joining again clears it.
    `group_number` is their group in the last draw, from 1; 0 without one.
    `version` rises with what this person alone must see, such as a hint, and redraws no other screen.
    """

    __table_args__ = (Index("ix_workshopparticipant_one", "workshop_id", "account_id", unique=True),)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True, max_length=32)
    account_id: str | None = Field(
        default=None, foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32
    )
    seat_id: str | None = Field(default=None, foreign_key="workshopseat.id", ondelete="SET NULL", max_length=32)
    first_name: str = Field(default="", max_length=400)
    guest: bool = False
    state: ParticipantState = Field(default=ParticipantState.WAITING, sa_type=one_of(ParticipantState))
    asked_at: datetime = instant_column(default_factory=utc_now)
    admitted_at: datetime | None = instant_column(default=None)
    left_at: datetime | None = instant_column(default=None)
    alive_at: datetime | None = instant_column(default=None)
    return_digest: str = Field(default="", max_length=64)
    simulated: bool = False
    group_number: int = 0
    version: int = 1


class WorkshopSeat(Record, table=True):
    """A computer or a telephone of the session, numbered from 1; up to three people share one and take turns."""

    __table_args__ = (Index("ix_workshopseat_number", "workshop_id", "number", unique=True),)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True, max_length=32)
    number: int
    label: str = Field(default="", max_length=40)


class WorkshopProgress(Record, table=True):
    """How far a participant is in one activity. The work itself is in their account, never here.

    `step` of `steps` (0 when unknown), `since_at` the last move, `failed` tries since then, `done_at` once finished.
    `quiet_until`: the trainer has seen that this person is stuck, and the board says nothing until then. `offered_at`:
    the person was offered help and said that all is well.
    """

    participant_id: str = Field(
        foreign_key="workshopparticipant.id", ondelete="CASCADE", primary_key=True, max_length=32
    )
    activity_number: int = Field(primary_key=True)
    activity: str = Field(default="", max_length=64)
    opened_at: datetime | None = instant_column(default=None)
    step: int = 0
    steps: int = 0
    step_title: str = Field(default="", max_length=120)
    since_at: datetime = instant_column(default_factory=utc_now)
    failed: int = 0
    done_at: datetime | None = instant_column(default=None)
    quiet_until: datetime | None = instant_column(default=None)
    offered_at: datetime | None = instant_column(default=None)


class WorkshopHelp(Record, table=True):
    """A participant's call for help (« Je suis bloqué »). A unique index allows one open request a person.

    `reason` is a key of data/seances/blocages.yaml. `page_shown`: as long as the request is open, its author lets the
    trainers read the work they have in hand.
    """

    __table_args__ = (
        Index(
            "ix_workshophelp_open",
            "participant_id",
            unique=True,
            sqlite_where=_OPEN_REQUEST,
            postgresql_where=_OPEN_REQUEST,
        ),
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True, max_length=32)
    participant_id: str = Field(foreign_key="workshopparticipant.id", ondelete="CASCADE", index=True, max_length=32)
    reason: str = Field(max_length=32)
    page_shown: bool = False
    asked_at: datetime = instant_column(default_factory=utc_now)
    seen_at: datetime | None = instant_column(default=None)
    done_at: datetime | None = instant_column(default=None)


class WorkshopHint(Record, table=True):
    """A ready sentence of the plan that a trainer sent to one participant, shown until it is put away."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    participant_id: str = Field(foreign_key="workshopparticipant.id", ondelete="CASCADE", index=True, max_length=32)
    sentence: str = Field(max_length=300)
    sent_at: datetime = instant_column(default_factory=utc_now)
    put_away_at: datetime | None = instant_column(default=None)


class GroupQuestion(Record, table=True):
    """A question to the group. `kind` is choix, nuage, texte or echelle; `counts` outlives the answers."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True, max_length=32)
    kind: str = Field(max_length=16)
    question: str = Field(max_length=300)
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    state: QuestionState = Field(default=QuestionState.DRAFT, sa_type=one_of(QuestionState))
    asked_at: datetime = instant_column(default_factory=utc_now)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)


class GroupAnswer(Record, table=True):
    """One person's answer to a question; erased after 30 days."""

    question_id: str = Field(foreign_key="groupquestion.id", ondelete="CASCADE", primary_key=True, max_length=32)
    participant_id: str = Field(
        foreign_key="workshopparticipant.id", ondelete="CASCADE", primary_key=True, index=True, max_length=32
    )
    text: str = Field(default="", max_length=560)
    choice: int | None = None
    state: AnswerState = Field(default=AnswerState.HELD, sa_type=one_of(AnswerState))
    answered_at: datetime = instant_column(default_factory=utc_now, index=True)


class WorkshopEvent(Record, table=True):
    """What happened in a session, only ever appended: attendance, minutes and the portfolio page are read from it.

    `kind` is a key of `workshops.events.KINDS`. `operation` is the identifier of the command that wrote it, so that a
    command sent twice acts once. `detail` holds keys and titles of activities, never what a person wrote.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    workshop_id: str = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True, max_length=32)
    participant_id: str | None = Field(
        default=None, foreign_key="workshopparticipant.id", ondelete="CASCADE", index=True, max_length=32
    )
    kind: str = Field(max_length=32)
    detail: str = Field(default="", max_length=200)
    operation: str | None = Field(default=None, unique=True, max_length=64)
    at: datetime = instant_column(default_factory=utc_now)


class OwnPlan(Record, table=True):
    """A structure's own plan of a session: a copy of one of ours, or taken in from a file.

    `body` is a `own_content.changes.StoredContent`: the plan, which may miss something while it is written, and how to
    take back its last changes. `title` and `version` are those of the plan.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    title: str = Field(max_length=400)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1
    made_at: datetime = instant_column(default_factory=utc_now)
    changed_at: datetime = instant_column(default_factory=utc_now)


class PlannedWorkshop(Record, table=True):
    """A session to come: a plan, a day and an hour of the clock where the server is, a place. Starting it deletes the row."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    by_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    plan_id: str = Field(max_length=64)
    title: str = Field(max_length=400)
    day: date
    start: time
    place: str = Field(default="", max_length=400)
    made_at: datetime = instant_column(default_factory=utc_now)


class PortfolioLine(Record, table=True):
    """The three lines a person writes at the end of a session, for the portfolio: did, gained, can use again.

    A line holds one sentence a row. `competences` are words of the structure's list; `next_step` is what the person does
    next, shown on their home. `shared`: the person lets the trainers print the page; otherwise nobody else reads it.
    """

    participant_id: str = Field(
        foreign_key="workshopparticipant.id", ondelete="CASCADE", primary_key=True, max_length=32
    )
    did: str = Field(default="", max_length=1200)
    gained: str = Field(default="", max_length=1200)
    reuse: str = Field(default="", max_length=1200)
    competences: list[str] = Field(default_factory=list, sa_type=JSON)
    next_step: str = Field(default="", max_length=400)
    shared: bool = False
    changed_at: datetime = instant_column(default_factory=utc_now)
