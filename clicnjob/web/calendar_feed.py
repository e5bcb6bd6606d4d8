"""/calendrier/<jeton>.ics: a professional's appointments for their own calendar program, which brings no cookie.

It only reads. A wrong address gets the same answer as an ended one, is no longer looked up after a number of tries of one
client, and the token reaches neither the log nor the database.
"""

from __future__ import annotations

import hashlib
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from clicnjob import db, models, policy, workshop_policy
from clicnjob.cohort.support import calendar_feed
from clicnjob.errors import NotFound
from clicnjob.web.auth import slowing
from clicnjob.web.middleware.allowance import Allowance

FOLDER = "/calendrier/"
_HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Content-Security-Policy": "default-src 'none'"}
_WAIT = {**_HEADERS, "Retry-After": "600"}
_TOO_MANY = 429
_lookups = Allowance(at_once=workshop_policy.SCREEN_LOOKUPS_AT_ONCE, a_second=workshop_policy.SCREEN_LOOKUPS_A_SECOND)
_reads = Allowance(at_once=policy.CALENDAR_READS_AT_ONCE, a_second=policy.CALENDAR_READS_A_SECOND)


async def read_calendar(request: Request) -> Response:
    """Answer the calendar, 304 when the program has it already, 404 for any address that opens nothing."""
    token, clock = request.path_params["token"], time.monotonic()
    if not calendar_feed.may_be_token(token):
        return _not_found()
    if not _lookups.take_amount(slowing.client_address(request), 1, now=clock):
        return Response(status_code=_TOO_MANY, headers=_WAIT)
    try:
        content = await run_in_threadpool(_calendar_of, token, clock)
    except NotFound:
        return _not_found()
    if content is None:
        return Response(status_code=_TOO_MANY, headers=_WAIT)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {**_HEADERS, "ETag": tag}
    if tag in _known_tags(request):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


async def nothing_else(_request: Request) -> Response:
    """Refuse any other path below it, which Streamlit would answer with its own page."""
    return _not_found()


def _not_found() -> Response:
    return PlainTextResponse("", 404, _HEADERS)


def _known_tags(request: Request) -> list[str]:
    """Return the tags that the program has; a proxy that compresses marks them as weak."""
    return [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]


def _calendar_of(token: str, clock: float) -> bytes | None:
    """Return the calendar; None when it was read too often. Raises NotFound."""
    now = models.utc_now()
    with db.read_transaction() as session:
        owner = calendar_feed.feed_owner(session, token=token, now=now)
        if not _reads.take_amount(owner.id, 1, now=clock):
            return None
        return calendar_feed.feed_file(session, owner=owner, now=now)


ROUTES = [
    Route("/calendrier/{token}.ics", read_calendar, methods=["GET"]),
    Route("/calendrier/{rest:path}", nothing_else),
]
