"""/sortie: the sign-in ends, a guest is erased, the browser forgets, a list says what to take along."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.models import STAFF_ROLES
from clicnjob.ui import uploads
from clicnjob.web import COOKIE, gate
from clicnjob.web.render import page


async def leave(request: Request) -> Response:
    """Works without a sign-in too, so that an old tab always ends here.

    The cache is not cleared: every answer about a person is `no-store`, and the public files are the megabyte
    that the next person would have to wait for.
    """
    someone = await run_in_threadpool(gate.who, request)
    if (token := gate.token(request)) and request.method != "HEAD":
        await run_in_threadpool(_leave, token)
        if someone is not None:
            uploads.drop_of(someone.sign_in_id)
    answer = page("sortie.html", staff=someone is not None and someone.role in STAFF_ROLES)
    answer.headers["Clear-Site-Data"] = '"cookies", "storage"'
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _leave(token: str) -> None:
    with db.transaction() as session:
        people.leave(session, token, reason="done", now=models.now())


ROUTES = [Route("/sortie", leave, methods=["GET"])]
