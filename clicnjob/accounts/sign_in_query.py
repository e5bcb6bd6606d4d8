"""The one statement that says who is signed in, with what every page needs to know of them.

It also finds the group session that a professional runs, and the place of a young person in one, so that neither costs a
query of its own. `since` is the moment before which a running session was forgotten.
"""

from __future__ import annotations

import sqlalchemy

from clicnjob.models import Account, ParticipantState, RoleHeld, SignIn, Workshop, WorkshopParticipant

# Columns, not objects, in a statement built once: it runs at every page request, socket and rerun.
_ACCOUNT, _SIGN_IN, _HELD = Account.__table__, SignIn.__table__, RoleHeld.__table__  # type: ignore[attr-defined]
_WORKSHOP = Workshop.__table__  # type: ignore[attr-defined]
_RUNS = sqlalchemy.and_(
    _WORKSHOP.c.by_id == _ACCOUNT.c.id,
    _WORKSHOP.c.ended_at.is_(None),
    _WORKSHOP.c.began_at > sqlalchemy.bindparam("since"),  # a session left open by mistake counts as ended
)
_PARTICIPANT = WorkshopParticipant.__table__  # type: ignore[attr-defined]
_JOINED = _WORKSHOP.alias()
_TAKES_PART = (
    sqlalchemy.select(_PARTICIPANT.c.id)
    .join(_JOINED, _JOINED.c.id == _PARTICIPANT.c.workshop_id)
    .where(
        _PARTICIPANT.c.account_id == _ACCOUNT.c.id,
        _PARTICIPANT.c.left_at.is_(None),
        _PARTICIPANT.c.state != ParticipantState.REMOVED,
        _JOINED.c.ended_at.is_(None),
        _JOINED.c.began_at > sqlalchemy.bindparam("since"),
    )
    .order_by(_PARTICIPANT.c.asked_at.desc(), _PARTICIPANT.c.id)
    .limit(1)
    .correlate(_ACCOUNT)
    .scalar_subquery()
    .label("participant_id")
)
_PRESENT = (
    sqlalchemy.select(
        *(_ACCOUNT.c[name] for name in ("id", "role", "first_name", "organisation_id")),
        _SIGN_IN.c.id.label("sign_in_id"),
        _SIGN_IN.c.seen_at,
        _SIGN_IN.c.started_at,
        _SIGN_IN.c.projected,
        _SIGN_IN.c.names_for,
        _SIGN_IN.c.token_digest,
        _SIGN_IN.c.tab_at,
        _SIGN_IN.c.slept_at,
        _SIGN_IN.c.card_locked,
        _WORKSHOP.c.id.label("workshop_id"),
        _TAKES_PART,
        _HELD.c.role.label("held"),
        _HELD.c.until,
    )
    .join(_SIGN_IN, _SIGN_IN.c.account_id == _ACCOUNT.c.id)
    .outerjoin(_HELD, _HELD.c.account_id == _ACCOUNT.c.id)
    .outerjoin(_WORKSHOP, _RUNS)
    .where(_SIGN_IN.c.ended_at.is_(None), _ACCOUNT.c.closed_at.is_(None))
)
BY_TOKEN = _PRESENT.where(_SIGN_IN.c.token_digest == sqlalchemy.bindparam("digest"))
BY_ID = _PRESENT.where(_SIGN_IN.c.id == sqlalchemy.bindparam("id"))
