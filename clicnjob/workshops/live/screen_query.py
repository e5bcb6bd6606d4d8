"""The one statement that reads a participant's screen: their place, the session, and what is there for them alone.

A push draws 25 screens at once, each of which read six times; most of that time was spent between the queries. `since`
is the moment before which a running session was forgotten.
"""

from __future__ import annotations

import sqlalchemy

from clicnjob.models import (
    GroupAnswer,
    GroupQuestion,
    ParticipantState,
    QuestionState,
    Workshop,
    WorkshopHelp,
    WorkshopHint,
    WorkshopParticipant,
    WorkshopProgress,
)

# Columns, not objects, in a statement built once.
_PERSON, _WORKSHOP = WorkshopParticipant.__table__, Workshop.__table__  # type: ignore[attr-defined]
_PROGRESS, _HELP = WorkshopProgress.__table__, WorkshopHelp.__table__  # type: ignore[attr-defined]
_HINT, _QUESTION = WorkshopHint.__table__, GroupQuestion.__table__  # type: ignore[attr-defined]
_ANSWER = GroupAnswer.__table__  # type: ignore[attr-defined]
_ADMITTED = _PERSON.c.state == ParticipantState.ADMITTED
_OTHER, _HINTS, _QUESTIONS = _PERSON.alias(), _HINT.alias(), _QUESTION.alias()
_SHARES = (
    sqlalchemy.exists()
    .where(
        _OTHER.c.seat_id == _PERSON.c.seat_id,
        _OTHER.c.id != _PERSON.c.id,
        _OTHER.c.state == ParticipantState.ADMITTED,
        _OTHER.c.left_at.is_(None),
    )
    .correlate(_PERSON)
    .label("shares_seat")
)
_LATEST_HINT = (
    sqlalchemy.select(_HINTS.c.id)
    .where(_HINTS.c.participant_id == _PERSON.c.id, _HINTS.c.put_away_at.is_(None))
    .order_by(_HINTS.c.sent_at.desc(), _HINTS.c.id)
    .limit(1)
    .correlate(_PERSON)
    .scalar_subquery()
)
_LATEST_QUESTION = (
    sqlalchemy.select(_QUESTIONS.c.id)
    .where(_QUESTIONS.c.workshop_id == _WORKSHOP.c.id, _QUESTIONS.c.state == QuestionState.OPEN)
    .order_by(_QUESTIONS.c.asked_at.desc(), _QUESTIONS.c.id)
    .limit(1)
    .correlate(_WORKSHOP)
    .scalar_subquery()
)
_OWN_PROGRESS = sqlalchemy.and_(
    _PROGRESS.c.participant_id == _PERSON.c.id, _PROGRESS.c.activity_number == _WORKSHOP.c.activity_number
)
_OWN_HELP = sqlalchemy.and_(_ADMITTED, _HELP.c.participant_id == _PERSON.c.id, _HELP.c.done_at.is_(None))
_OWN_ANSWER = sqlalchemy.and_(_ANSWER.c.question_id == _QUESTION.c.id, _ANSWER.c.participant_id == _PERSON.c.id)

OWN_SCREEN = (
    sqlalchemy.select(
        *(_PERSON.c[name] for name in ("id", "state", "workshop_id", "seat_id", "group_number")),
        _PERSON.c.version.label("own_version"),
        *(_WORKSHOP.c[name] for name in ("title", "version", "pushes", "timer_ends_at", "paused_until")),
        _WORKSHOP.c.activity_number.label("latest_number"),
        *(_PROGRESS.c[name] for name in ("activity_number", "opened_at", "steps", "since_at", "failed", "done_at")),
        _PROGRESS.c.offered_at,
        _HELP.c.id.label("help_id"),
        *(_HELP.c[name].label(f"help_{name}") for name in ("reason", "page_shown", "asked_at", "seen_at")),
        _HINT.c.id.label("hint_id"),
        _HINT.c.sentence,
        _QUESTION.c.id.label("question_id"),
        *(_QUESTION.c[name] for name in ("kind", "question", "choices")),
        _ANSWER.c.participant_id.label("answered_by"),
        _ANSWER.c.text,
        _ANSWER.c.choice,
        _SHARES,
    )
    .join(_WORKSHOP, _WORKSHOP.c.id == _PERSON.c.workshop_id)
    .outerjoin(_PROGRESS, _OWN_PROGRESS)
    .outerjoin(_HELP, _OWN_HELP)
    .outerjoin(_HINT, sqlalchemy.and_(_ADMITTED, _HINT.c.id == _LATEST_HINT))
    .outerjoin(_QUESTION, sqlalchemy.and_(_ADMITTED, _QUESTION.c.id == _LATEST_QUESTION))
    .outerjoin(_ANSWER, _OWN_ANSWER)
    .where(
        _PERSON.c.account_id == sqlalchemy.bindparam("account_id"),
        _PERSON.c.left_at.is_(None),
        _PERSON.c.state != ParticipantState.REMOVED,
        _WORKSHOP.c.ended_at.is_(None),
        _WORKSHOP.c.began_at > sqlalchemy.bindparam("since"),
    )
    .order_by(_PERSON.c.asked_at.desc(), _PERSON.c.id)
    .limit(1)
)
