"""/document/<jeton>: makes a document when it is fetched, once, and only for the browser that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import tickets
from clicnjob.accounts.tickets import TakenTicket, TicketSpent
from clicnjob.errors import Refusal
from clicnjob.generated_file import FileToBuild, GeneratedFile
from clicnjob.text import file_name
from clicnjob.web.middleware import gate
from clicnjob.web.render import render_page

MAKERS: dict[
    str, Callable[[Session, TakenTicket], GeneratedFile | FileToBuild]
] = {}  # kind of document → its maker; filled by server.py
WRITING: set[str] = set()  # the kinds whose making writes to the database, such as printed cards


async def fetch_document(request: Request) -> Response:
    """Send the file, or a page that says how to ask for it again."""
    try:
        made = await run_in_threadpool(
            _made_of_ticket, request.path_params["token"], gate.admitted_person(request).sign_in_id
        )
    except Refusal as refusal:
        return render_page("refus.html", status=404, sentence=refusal.sentence)
    return attached_file(made)


def attached_file(made: GeneratedFile) -> Response:
    """Return the response that downloads a document."""
    headers = {"Content-Disposition": disposition_header(made.name), "Cache-Control": "no-store"}
    return Response(made.body, headers=headers, media_type=made.media_type)


async def no_preview(_request: Request) -> Response:
    """Refuse HEAD, which would use up the only download."""
    return Response(status_code=405)


def disposition_header(name: str) -> str:
    """Return the Content-Disposition for `name`: in ASCII for old browsers, and whole by RFC 5987 for the others."""
    whole = file_name(name)
    plain = whole.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "").strip(" .") or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"


def _made_of_ticket(token: str, sign_in_id: str) -> GeneratedFile:
    """Use up the ticket in a transaction of its own, so that making the document does not hold the write lock."""
    with db.write_transaction() as session:
        taken = tickets.take_ticket(session, token, sign_in_id=sign_in_id, now=models.utc_now())
    return of_ticket(taken)


def of_ticket(taken: TakenTicket) -> GeneratedFile:
    """Make the document of a used ticket, what is slow of it after the transactions.

    Raises TicketSpent when no maker is registered for its kind.
    """
    if taken.document not in MAKERS:
        raise TicketSpent
    with db.write_transaction() if taken.document in WRITING else db.read_transaction() as session:
        made = MAKERS[taken.document](session, taken)
    built = built_file(made)
    for note in made.notes if isinstance(made, FileToBuild) else ():  # of a file that exists, before it leaves
        with db.write_transaction() as session:
            note(session)
    return built


def built_file(made: GeneratedFile | FileToBuild) -> GeneratedFile:
    """Return a file with its content; call it outside of a transaction."""
    return GeneratedFile(made.name, made.media_type, made.build()) if isinstance(made, FileToBuild) else made


ROUTES = [
    Route("/document/{token}", no_preview, methods=["HEAD"]),
    Route("/document/{token}", fetch_document, methods=["GET"]),
]
