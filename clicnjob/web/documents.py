"""/document/<jeton>: a document made at the moment it is fetched, once, by the browser that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import tickets
from clicnjob.accounts.tickets import Ticket, TicketSpent
from clicnjob.errors import Refusal
from clicnjob.text import file_name
from clicnjob.web import gate
from clicnjob.web.render import page


@dataclass(frozen=True, slots=True)
class Made:
    """A document ready to go. Its file name is neutral: a shared computer keeps it in its downloads."""

    name: str
    media_type: str
    body: bytes


MAKERS: dict[str, Callable[[Session, Ticket], Made]] = {}  # document → what makes it; filled by server.py
WRITING: set[str] = set()  # the documents whose making changes something, like the numbers of printed cards


async def fetch(request: Request) -> Response:
    """The file, or a page that says how to ask again."""
    try:
        made = await run_in_threadpool(_taken, request.path_params["token"], gate.present(request).sign_in_id)
    except Refusal as refusal:
        return page("refus.html", status=404, sentence=refusal.sentence)
    return attached(made)


def attached(made: Made) -> Response:
    """A document as a file to keep."""
    headers = {"Content-Disposition": disposition(made.name), "Cache-Control": "no-store"}
    return Response(made.body, headers=headers, media_type=made.media_type)


async def no_preview(_request: Request) -> Response:
    """A HEAD would use the only download up."""
    return Response(status_code=405)


def disposition(name: str) -> str:
    """The header that saves under `name`: plain ASCII for old browsers, the whole name for the others."""
    whole = file_name(name)
    plain = whole.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "").strip(" .") or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"


def _taken(token: str, sign_in_id: str) -> Made:
    """Take the ticket, then make the document without holding the database."""
    with db.transaction() as session:
        taken = tickets.take(session, token, sign_in_id=sign_in_id, now=models.now())
    return of_ticket(taken)


def of_ticket(taken: Ticket) -> Made:
    """The document of a ticket that was taken. Raises TicketSpent for one that is no longer made."""
    if taken.document not in MAKERS:
        raise TicketSpent
    with db.transaction() if taken.document in WRITING else db.reading() as session:
        return MAKERS[taken.document](session, taken)


ROUTES = [
    Route("/document/{token}", no_preview, methods=["HEAD"]),
    Route("/document/{token}", fetch, methods=["GET"]),
]
