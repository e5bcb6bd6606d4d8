"""/sortie: the sign-in ends, a guest is erased, the browser forgets, a list says what to take along."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import people, presence
from clicnjob.models import STAFF_ROLES, Role
from clicnjob.ui import uploads
from clicnjob.web import gate, known_device
from clicnjob.web.render import page


async def leave(request: Request) -> Response:
    """Works without a sign-in too, so that an old tab always ends here.

    The cache is not cleared: every answer about a person is `no-store`, and the public files are the megabyte
    that the next person would have to wait for. `visite` is the visit that a page saw end by itself: whoever signed in
    at this browser meanwhile stays.
    """
    if request.method == "HEAD" or gate.from_elsewhere(request):
        return page("sortie_demande.html")  # the strict cookie did not come along: nothing here can end the visit
    wanted = request.query_params.get("visite", "")
    if wanted and (someone := await run_in_threadpool(gate.who, request)) and someone.visit != wanted:
        return RedirectResponse("/", 303)
    role, took_file = None, False
    if token := gate.token(request):
        if present := await run_in_threadpool(gate.who, request):
            uploads.drop_of(present.sign_in_id)
        role, took_file = await run_in_threadpool(_leave, token)
    answer = page(
        "sortie.html",
        staff=role in STAFF_ROLES,
        known=role in STAFF_ROLES,
        card=role is Role.YOUNG,
        took_file=took_file,
    )
    known_device.clear_browser(answer, staff=role in STAFF_ROLES)
    return answer


def _leave(token: str) -> tuple[Role | None, bool]:
    """End the visit; says whose it was, and whether a file went to this computer."""
    with db.transaction() as session:
        past = presence.past(session, token)
        people.leave(session, token, reason="done", now=models.now())
    return past or (None, False)


ROUTES = [Route("/sortie", leave, methods=["GET"])]
