"""/ecran/<jeton>: the projector's page, which only reads; its token gives no name and no act.

The page asks for `/etat` every second. Without a change it is answered 304 after one query, and nothing is built.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clicnjob import db, models, workshop_policy
from clicnjob.errors import NotFound
from clicnjob.web.documents.qr_code import qr_drawing
from clicnjob.web.open_screens import OpenScreens, TooManyProjectors
from clicnjob.web.render import render_page
from clicnjob.workshops.live import projection
from clicnjob.workshops.live.projection import Projection

_ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}
_TOO_MANY = 409
_projectors = OpenScreens(workshop_policy.WORKSHOP_PROJECTORS, TooManyProjectors)


async def projector_page(_request: Request) -> Response:
    """Answer the page, whatever the token: it says by itself that nothing is projected."""
    answer = render_page("ecran.html")
    answer.headers.update(_ROBOTS)
    return answer


async def projector_state(request: Request) -> Response:
    """Answer what to show as JSON, 304 when it is shown already, 404 when the address shows nothing.

    409 with its sentence when too many screens show the session; `ecran` names this one.
    """
    known, token = request.headers.get("if-none-match", ""), request.path_params["token"]
    try:
        tag, shown = await run_in_threadpool(_changed_projection, token, known)
        _projectors.hold_place(token, request.query_params.get("ecran", ""), clock=time.monotonic())
    except NotFound:
        return JSONResponse({}, 404, _ROBOTS)
    except TooManyProjectors as refusal:
        return JSONResponse({"sentence": refusal.sentence}, _TOO_MANY, _ROBOTS)
    headers = {**_ROBOTS, "ETag": tag}
    if shown is None:
        return Response(status_code=304, headers=headers)
    return JSONResponse(_as_json(shown, host=request.url.netloc), headers=headers)


async def projector_code(request: Request) -> Response:
    """Draw the QR code of the way in, while the trainer has opened it."""
    try:
        _, shown = await run_in_threadpool(_changed_projection, request.path_params["token"], "")
    except NotFound:
        shown = None
    if shown is None or not shown.qr_open or not shown.code:
        return Response(status_code=404)
    # The code is in the fragment, which browsers send to no server and no log.
    link = f"{request.url.scheme}://{request.url.netloc}/rejoindre#{shown.code}"
    drawing = str(qr_drawing(link)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Response(drawing, media_type="image/svg+xml", headers=_ROBOTS)


async def nothing_else(_request: Request) -> Response:
    """Refuse any other path below it, which Streamlit would answer with its own page."""
    return render_page("introuvable.html", status=404)


def _changed_projection(token: str, known: str) -> tuple[str, Projection | None]:
    """Return the tag of the present state, and the state unless `known` is its tag. Raises NotFound."""
    now = models.utc_now()
    with db.read_transaction() as session:
        tag = f'"{projection.projection_version(session, token=token, now=now)}"'
        if tag == known:
            return tag, None
        return tag, projection.projection_shown(session, token=token, now=now)


def _as_json(shown: Projection, *, host: str) -> dict[str, Any]:
    return {
        **asdict(shown),
        "timer_ends_at": _milliseconds(shown.timer_ends_at),
        "look_until": _milliseconds(shown.look_until),
        "now": _milliseconds(models.utc_now()),
        "address": f"{host}/rejoindre" if shown.code else "",
    }


def _milliseconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp() * 1000)


ROUTES = [
    Route("/ecran/{token}", projector_page, methods=["GET"]),
    Route("/ecran/{token}/etat", projector_state, methods=["GET"]),
    Route("/ecran/{token}/code.svg", projector_code, methods=["GET"]),
    Route("/ecran/{rest:path}", nothing_else),
]
