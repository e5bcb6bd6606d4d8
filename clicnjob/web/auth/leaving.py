"""/sortie: ends the sign-in, erases a guest, clears the browser and shows what not to leave behind.

The browser is cleared even when the database is locked, full, read-only or gone: this process treats the visit as over
at once, and the database is updated as soon as it can be (`departures`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models, policy
from clicnjob.accounts import departures, people, presence
from clicnjob.accounts.presence import Present
from clicnjob.models import STAFF_ROLES, Role
from clicnjob.web.auth import guest_leaving, known_device, own_seat
from clicnjob.web.middleware import gate
from clicnjob.web.render import render_page
from clicnjob.web.streamlit_patches import uploaded_files

_LOG = logging.getLogger(__name__)
_RUNNING: set[asyncio.Task[Any]] = set()  # asyncio only keeps weak references to its tasks
T = TypeVar("T")


async def leave_app(request: Request) -> Response:
    """End the visit. This works without a sign-in too, so that an old tab always ends here.

    A guest whose work would be lost is asked once (`guest_leaving`), unless the address names the visit: a page that saw its
    end, a veil, and the answer « Tout effacer et finir » do.

    The cache is not cleared: every response about a person is `no-store`, and the public files are a megabyte that the
    next person would have to wait for. The query parameter `visite` names a visit that a page saw expire: somebody who
    has signed in at this browser since then stays signed in.
    """
    if request.method == "HEAD" or gate.from_elsewhere(request):
        return render_page(
            "sortie_demande.html"
        )  # browsers withhold the strict cookie, so the visit cannot be ended here
    role, took_file = None, False
    if token := gate.sign_in_token(request):
        wanted, someone = request.query_params.get("visite", ""), await _person_leaving(request)
        if wanted and someone and someone.visit != wanted:
            return RedirectResponse("/", 303)
        if someone:
            uploaded_files.drop_files_of(someone.sign_in_id)
            if not wanted and (question := await _question_in_time(someone)):
                return question
        role, took_file = await _left_visit(token, "asleep" if someone and someone.asleep else "done")
    answer = render_page(
        "sortie.html",
        staff=role in STAFF_ROLES,
        known=role in STAFF_ROLES,
        card=role is Role.YOUNG,
        took_file=took_file,
        shared=bool(own_seat.remembered_seat(request)),
    )
    known_device.clear_browser(answer, staff=role in STAFF_ROLES)
    return answer


async def _person_leaving(request: Request) -> Present | None:
    """Return who is signed in at this browser, or None when nobody is or the database does not answer in time."""
    try:
        return await _result_in_time(gate.recognised_person, request)
    except (SQLAlchemyError, OSError, TimeoutError):
        _LOG.warning("somebody leaves while the database cannot be read")
        return None


async def _question_in_time(someone: Present) -> Response | None:
    """Return the question to a guest who would lose their work; None when there is nothing to ask or to read it from."""
    try:
        return await _result_in_time(guest_leaving.leaving_question, someone)
    except (SQLAlchemyError, OSError, TimeoutError):
        _LOG.warning("a guest leaves while the database cannot be read")
        return None


async def _left_visit(token: str, reason: str) -> tuple[Role | None, bool]:
    """End the visit; return (role, whether a file was downloaded), or (None, False) when the database failed.

    The departure is then kept, to be written to the database later.
    """
    departures.note_departure(presence.token_digest(token))
    try:
        return await _result_in_time(_end_visit, token, reason)
    except (SQLAlchemyError, OSError, TimeoutError):
        _LOG.warning("somebody left while the database could not be written")
        departures.keep_departure(presence.token_digest(token))
        return None, False


def _end_visit(token: str, reason: str) -> tuple[Role | None, bool]:
    with db.write_transaction() as session:
        past = presence.past_sign_in(session, token)
        people.leave_for_good(session, token, reason=reason, now=models.utc_now())
    departures.forget_departures([presence.token_digest(token)])
    return past or (None, False)


async def _result_in_time(doing: Callable[..., T], *args: object) -> T:
    """Return what `doing` gives. Raises TimeoutError after `policy.LEAVING_WAITS`; the thread then runs on to its end."""
    task = asyncio.create_task(run_in_threadpool(doing, *args))
    _RUNNING.add(task)
    task.add_done_callback(_forget_task)
    return await asyncio.wait_for(asyncio.shield(task), policy.LEAVING_WAITS)


def _forget_task(task: asyncio.Task[Any]) -> None:
    _RUNNING.discard(task)
    if not task.cancelled():
        task.exception()  # marks it as retrieved, or asyncio would log it; a waiting caller received it


ROUTES = [Route("/sortie", leave_app, methods=["GET"])]
