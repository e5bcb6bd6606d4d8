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
from clicnjob.accounts.tickets import PhoneLinkSpent
from clicnjob.errors import Refusal
from clicnjob.generated_file import GeneratedFile
from clicnjob.web.documents import serving
from clicnjob.web.render import render_page


async def confirm_download(request: Request) -> Response:
    """Show the page that asks whether to download the file now."""
    waits = await run_in_threadpool(_waits_for_phone, request.path_params["token"])
    return _hidden_from_robots(
        render_page("telephone.html", status=200 if waits else 404, mistake="" if waits else PhoneLinkSpent.sentence)
    )


async def fetch_file(request: Request) -> Response:
    """Make the file and send it; the link is then used up."""
    try:
        made = await run_in_threadpool(_made_of_ticket, request.path_params["token"])
    except Refusal:
        return _hidden_from_robots(render_page("telephone.html", status=404, mistake=PhoneLinkSpent.sentence))
    return _hidden_from_robots(serving.attached_file(made))


def _hidden_from_robots(answer: Response) -> Response:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _waits_for_phone(token: str) -> bool:
    with db.read_transaction() as session:
        return tickets.waits_for_phone(session, token, now=models.utc_now())


def _made_of_ticket(token: str) -> GeneratedFile:
    with db.write_transaction() as session:
        taken = tickets.take_by_phone(session, token, now=models.utc_now())
    return serving.of_ticket(taken)


ROUTES = [
    Route("/telephone/{token}", confirm_download, methods=["GET"]),
    Route("/telephone/{token}", fetch_file, methods=["POST"]),
]
