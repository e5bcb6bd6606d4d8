"""/tableau/<seance>: tells a trainer's board its version every second, so that it is redrawn only when something changed."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.web.middleware import gate
from clicnjob.workshops.live import board


async def board_version(request: Request) -> Response:
    """Answer 304 when the board shows this version already, 404 when the session is over or not led by who asks."""
    try:
        version = await run_in_threadpool(
            _version_of, gate.admitted_person(request), request.path_params["workshop_id"]
        )
    except NotFound:
        return Response(status_code=404)
    tag = f'"{version}"'
    same = request.headers.get("if-none-match") == tag
    return Response(status_code=304 if same else 200, headers={"ETag": tag})


def _version_of(me: Present, workshop_id: str) -> int:
    with db.read_transaction() as session:
        return board.board_version(session, of=me, workshop_id=workshop_id, now=models.utc_now())


ROUTES = [Route("/tableau/{workshop_id}", board_version, methods=["GET"])]
