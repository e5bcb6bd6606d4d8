"""/tableau/<seance>: tells a trainer's board its version every second, so that it is redrawn only when something changed."""

from __future__ import annotations

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from clicnjob import db, models, workshop_policy
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.web.middleware import gate
from clicnjob.web.open_screens import OpenScreens, TooManyBoards
from clicnjob.workshops.live import board, rehearsal

_TOO_MANY = 409
_boards = OpenScreens(workshop_policy.WORKSHOP_BOARDS, TooManyBoards)


async def board_version(request: Request) -> Response:
    """Answer 304 when the board shows this version already, 404 when the session is over or not led by who asks.

    409 with its sentence when too many boards of the session are open; `ecran` names this one.
    """
    workshop_id = request.path_params["workshop_id"]
    try:
        version = await run_in_threadpool(_version_of, gate.admitted_person(request), workshop_id)
        _boards.hold_place(workshop_id, request.query_params.get("ecran", ""), clock=time.monotonic())
    except NotFound:
        return Response(status_code=404)
    except TooManyBoards as refusal:
        return PlainTextResponse(refusal.sentence, _TOO_MANY)
    tag = f'"{version}"'
    same = request.headers.get("if-none-match") == tag
    return Response(status_code=304 if same else 200, headers={"ETag": tag})


def _version_of(me: Present, workshop_id: str) -> int:
    now = models.utc_now()
    with db.read_transaction() as session:
        version = board.board_version(session, of=me, workshop_id=workshop_id, now=now)
    if version.rehearsal:
        with db.write_transaction() as session:
            rehearsal.step_rehearsal(session, by=me, workshop_id=workshop_id, now=now)
            version = board.board_version(session, of=me, workshop_id=workshop_id, now=now)
    return version.number


ROUTES = [Route("/tableau/{workshop_id}", board_version, methods=["GET"])]
