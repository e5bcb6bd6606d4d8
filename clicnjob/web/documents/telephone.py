"""/telephone/<jeton>: a phone that scanned the QR code downloads a file without signing in, once, within ten minutes.

The GET only asks for confirmation, so that link scanners do not use up the download. The link becomes void when the
visit that created it ends (« J’ai fini », idleness).
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import tickets
from clicnjob.accounts.tickets import LinkSpent
from clicnjob.errors import Refusal
from clicnjob.web.documents import serving
from clicnjob.web.documents.serving import Made
from clicnjob.web.render import page


async def ask(request: Request) -> Response:
    """Show the page that asks whether to download the file now."""
    waits = await run_in_threadpool(_waits, request.path_params["token"])
    return _hidden(page("telephone.html", status=200 if waits else 404, mistake="" if waits else LinkSpent.sentence))


async def fetch(request: Request) -> Response:
    """Make the file and send it; the link is then used up."""
    try:
        made = await run_in_threadpool(_taken, request.path_params["token"])
    except Refusal:
        return _hidden(page("telephone.html", status=404, mistake=LinkSpent.sentence))
    return _hidden(serving.attached(made))


def _hidden(answer: Response) -> Response:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _waits(token: str) -> bool:
    with db.reading() as session:
        return tickets.waits_for_phone(session, token, now=models.now())


def _taken(token: str) -> Made:
    with db.transaction() as session:
        taken = tickets.take_by_phone(session, token, now=models.now())
    return serving.of_ticket(taken)


ROUTES = [
    Route("/telephone/{token}", ask, methods=["GET"]),
    Route("/telephone/{token}", fetch, methods=["POST"]),
]
