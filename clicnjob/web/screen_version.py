"""/signal: tells a participant's screen the version that it should show, so that it is drawn again only on a change.

The address names nobody: the cookie alone says whose screen asks. A known screen is answered from memory, without the
database; an unknown token is looked up, as often as one address may ask. With `Prefer: wait` (RFC 7240) the answer comes
when the version changes, or after a few seconds: a screen then asks seldom, and hears of a push at once.
"""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from clicnjob import workshop_policy
from clicnjob.accounts import presence
from clicnjob.web.auth import slowing
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.allowance import Allowance
from clicnjob.web.polling_screens import SCREENS, PollingVisit

ADDRESS = "/signal"
_NOBODY, _ASLEEP, _TOO_MANY = 403, 423, 429
_lookups = Allowance(at_once=workshop_policy.SCREEN_LOOKUPS_AT_ONCE, a_second=workshop_policy.SCREEN_LOOKUPS_A_SECOND)


async def screen_version(request: Request) -> Response:
    """Answer 304 when the screen shows this version already, 403 when nobody is signed in, 423 while the visit sleeps."""
    clock, token = time.monotonic(), gate.sign_in_token(request)
    if not token:
        return Response(status_code=_NOBODY)
    digest = presence.token_digest(token)
    visit = SCREENS.polling_visit(digest, clock=clock)
    if visit is None:
        if not _lookups.take_amount(slowing.client_address(request), 1, now=clock):
            return Response(status_code=_TOO_MANY, headers={"Retry-After": "5"})
        visit = await SCREENS.look_up(token, clock=clock)
    drawn = request.headers.get("if-none-match", "")
    if visit is not None and _tag_of(visit) == drawn and request.headers.get("prefer", "").startswith("wait"):
        await SCREENS.wait_for_change(digest, known=drawn.strip('"'))
        visit = SCREENS.known_visit(digest)
    if visit is None:
        return Response(status_code=_NOBODY)
    if visit.person.asleep:
        return Response(status_code=_ASLEEP)
    tag = _tag_of(visit)
    return Response(status_code=304 if drawn == tag else 200, headers={"ETag": tag})


def _tag_of(visit: PollingVisit) -> str:
    return f'"{SCREENS.version_of(visit)}"'


class Polls:
    """ASGI middleware behind the gate that answers a poll itself: through Streamlit's own layers it costs twice as much."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a poll; pass everything else on."""
        if scope["type"] == "http" and scope["path"] == ADDRESS and scope["method"] == "GET":
            answer = await screen_version(Request(scope, receive))
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)
