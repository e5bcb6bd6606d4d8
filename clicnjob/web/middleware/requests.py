"""Gives every request an id and a log line, and turns unexpected exceptions into an error page."""

from __future__ import annotations

import logging
import secrets
import time

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clicnjob.web import logs, metrics
from clicnjob.web.addresses import loggable_address
from clicnjob.web.middleware.turned_away import TurnedAway
from clicnjob.web.render import render_page

_LOG = logging.getLogger(__name__)
_EVERY_MINUTE = ("/present", "/sante", "/sante/pret")  # polled by pages and probes: logged at debug level only
_EVERY_SECOND = ("/ecran/", "/tableau/", "/signal")  # the same, of a group session
_FILES = ("/static/", "/statique/")
_WRONG, _FULL = 500, 503


class Requests:
    """ASGI middleware: an unexpected exception becomes an error page with a code, which the log repeats with the trace."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and log it."""
        if scope["type"] == "lifespan" or scope.get("path", "").startswith(_FILES):
            await self.app(scope, receive, send)
            return
        logs.REQUEST.set(secrets.token_hex(4))
        if scope["type"] == "websocket":
            metrics.note_sockets(1)
            try:
                await self.app(scope, receive, send)
            finally:
                metrics.note_sockets(-1)
        else:
            await self._answer_request(scope, receive, send)

    async def _answer_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, begun = 0, time.monotonic()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except TurnedAway as away:
            if status:
                raise
            await _turned_away_page(away)(scope, receive, noting)
        except ClientDisconnect:  # who asked has gone in the middle of it: nothing is wrong, and nobody reads an answer
            return
        except Exception as error:
            code = logs.log_mishap(error)
            if status:
                raise  # the answer has started and cannot be replaced
            await render_page("panne.html", status=_WRONG, code=code)(scope, receive, noting)
        finally:
            _note_request(scope, status, begun)


def _turned_away_page(away: TurnedAway) -> Response:
    """Render a refusal. The connection is closed, because nothing reads what the client still sends."""
    answer = render_page("refus.html", status=away.status, sentence=away.sentence)
    answer.headers["Connection"] = "close"
    if away.retry_after:
        answer.headers["Retry-After"] = str(away.retry_after)
    return answer


def _note_request(scope: Scope, status: int, begun: float) -> None:
    polled = scope["path"] in _EVERY_MINUTE or scope["path"].startswith(_EVERY_SECOND)
    waiting = scope["method"] == "HEAD" and status == _FULL  # asked every few seconds by each person in the line
    level = logging.DEBUG if (polled and status < _WRONG) or waiting else logging.INFO
    seconds = time.monotonic() - begun
    metrics.note_request(status, seconds)
    fields = {"method": scope["method"], "address": loggable_address(scope["path"]), "status": status}
    _LOG.log(level, "request", extra={"fields": {**fields, "ms": round(seconds * 1000)}})
