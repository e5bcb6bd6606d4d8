"""What the projector shows: the instruction, the time left, the group as a whole and its question; never a name.

Its address holds a token that only reads. The token is made from the installation's secret and the session, so every
trainer opens the same address, and the database, which keeps its digest alone, does not know it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import config, workshop_policy
from clicnjob.errors import NotFound
from clicnjob.models import Actor, ParticipantState, Workshop, WorkshopParticipant, WorkshopProgress
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import answers, pushing
from clicnjob.workshops.live.answers import ProjectedQuestion


@dataclass(frozen=True, slots=True)
class Projection:
    """The projector's page. `code` is '' unless joining is open; `people` is 0 where a number would speak of somebody.

    `look_until` is set while the trainer asks everybody to look up. `wall` is what the plan shows there while its step
    runs; what was sent to some people only is not for the wall.
    """

    title: str
    code: str
    qr_open: bool
    activity: str
    instruction: str
    wall: str
    timer_ends_at: datetime | None
    look_until: datetime | None
    people: int
    done: int
    question: ProjectedQuestion | None


def open_projector(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> str:
    """Light the projector of a session and return the token of its address, the same for all its trainers.

    Raises NotFound.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    token = _projector_token(workshop)
    if workshop.projector_digest != _token_digest(token):
        workshop.projector_digest = _token_digest(token)
        session.add(workshop)
        session.flush()
        events.change_board(session, workshop_id=workshop.id)
    return token


def close_projector(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """Darken the projector: its address shows nothing until it is opened again. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    workshop.projector_digest = ""
    session.add(workshop)
    session.flush()
    events.change_board(session, workshop_id=workshop.id)


def lit_token(workshop: Workshop) -> str:
    """Return the token of a projector that is lit, '' of a dark one; the caller has checked who leads the session."""
    return _projector_token(workshop) if workshop.projector_digest else ""


def projection_version(session: Session, *, token: str, now: datetime) -> str:
    """Return what changes whenever the projector must change. One query. Raises NotFound for a wrong or dark token."""
    workshop = _projected_workshop(session, token, now=now)
    # The minute too, because a code expires without anybody's act.
    return f"{workshop.version}-{workshop.board_version}-{int(now.timestamp()) // 60}"


def projection_shown(session: Session, *, token: str, now: datetime) -> Projection:
    """Return what the projector shows. At most four queries. Raises NotFound for a wrong or dark token."""
    workshop = _projected_workshop(session, token, now=now)
    joining = workshop.joining_open and (workshop.code_expires_at is None or now < workshop.code_expires_at)
    push = pushing.group_push(workshop)
    people, done = _group_progress(session, workshop, push.number if push else 0)
    counted = people >= workshop_policy.GROUP_SHOWN_FROM and push is not None
    return Projection(
        title=workshop.title,
        code=workshop.code if joining else "",
        qr_open=joining and workshop.qr_open,
        activity=push.title if push else "",
        instruction=push.instruction if push else "",
        wall=pushing.planned_step(workshop, push.step).get("montrer", "") if push else "",
        timer_ends_at=workshop.timer_ends_at,
        look_until=workshop.paused_until if workshop.paused_until and now < workshop.paused_until else None,
        people=people if counted else 0,
        done=done if counted else 0,
        question=answers.projected_question(session, workshop_id=workshop.id),
    )


def _projected_workshop(session: Session, token: str, *, now: datetime) -> Workshop:
    workshop = session.exec(select(Workshop).where(Workshop.projector_digest == _token_digest(token))).first()
    if workshop is None or not permissions.is_running(workshop, now=now):
        raise NotFound
    return workshop


def _group_progress(session: Session, workshop: Workshop, number: int) -> tuple[int, int]:
    """Count the people of the session, and those who finished the activity of this number."""
    finished = (
        select(WorkshopProgress.participant_id)
        .where(
            WorkshopProgress.participant_id == WorkshopParticipant.id,
            WorkshopProgress.activity_number == number,
            col(WorkshopProgress.done_at).is_not(None),
        )
        .correlate(WorkshopParticipant)
        .scalar_subquery()
    )
    query = select(func.count(), func.count(finished)).where(
        WorkshopParticipant.workshop_id == workshop.id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.left_at).is_(None),
    )
    people, done = session.exec(query.select_from(WorkshopParticipant)).one()
    return people, done


def _projector_token(workshop: Workshop) -> str:
    secret = hmac.new(config.secret_pepper(), f"projector:{workshop.id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode("ascii").rstrip("=")


def _token_digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
