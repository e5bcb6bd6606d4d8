"""/present: how long the sign-in still lasts, for shell.js; a POST says that the person is there."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clicnjob import db, models, policy
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present
from clicnjob.models import YOUNG_ROLES
from clicnjob.web import gate


async def remaining(request: Request) -> Response:
    """The times left, in seconds, without touching them."""
    return JSONResponse(_times(gate.present(request)))


async def stay(request: Request) -> Response:
    """« Je reste »: the idle time starts anew."""
    person = gate.present(request)
    await run_in_threadpool(_touch, person)
    return JSONResponse(_times(replace(person, idle_end_at=models.now() + presence.limits(person.role).idle)))


def _touch(person: Present) -> None:
    with db.transaction() as session:
        presence.touch(session, person.sign_in_id, now=models.now())


def _times(person: Present) -> dict[str, float | bool | str]:
    """The times, and a mark of the visit: a tab that was opened in another visit must not show on."""
    now = models.now()
    return {
        "visit": person.visit,
        "masked_after": person.masked_after.total_seconds(),
        "idle_limit": presence.limits(person.role).idle.total_seconds(),
        "idle": (person.idle_end_at - now).total_seconds(),
        "whole": (person.end_at - now).total_seconds(),
        "warned": policy.END_WARNED.total_seconds(),
        "young": person.role in YOUNG_ROLES,
    }


ROUTES = [
    Route("/present", remaining, methods=["GET"]),
    Route("/present", stay, methods=["POST"]),
]
