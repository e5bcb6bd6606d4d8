"""Accepts a file only while the tab shows an upload box, and only up to the size of that box.

Streamlit itself accepts files from any page, without limit, and keeps them as long as the tab.
"""

from __future__ import annotations

import time

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clicnjob import policy
from clicnjob.web.middleware.allowance import Allowance
from clicnjob.web.streamlit_patches import uploaded_files
from clicnjob.web.streamlit_patches.uploaded_files import SentFile

_FOLDER = "/_stcore/upload_file/"
_ENVELOPE = 16 * 1024  # bytes that the multipart form adds around its file
NOT_ASKED_FOR = "Ce fichier n’est pas attendu ici. Recharge la page, puis recommence."
TOO_BIG = "Ce fichier est trop gros."
TOO_MANY = "Trop de fichiers d’un coup. Attends une minute, puis recommence."


class _TooMuchSent(Exception):
    """More bytes came than the request announced."""


class Uploads:
    """ASGI middleware behind the gate, which has checked who is there and that the tab is theirs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._allowance = Allowance(at_once=policy.UPLOADS_BYTES_AT_ONCE, a_second=policy.UPLOADS_BYTES_A_SECOND)
        self._coming = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass other requests on; receive an upload, or refuse it before reading it."""
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(_FOLDER):
            await self.app(scope, receive, send)
            return
        session_id, _, file_id = scope["path"].removeprefix(_FOLDER).partition("/")
        size = _announced_bytes(scope)
        sent = SentFile(scope["state"]["present"].sign_in_id, session_id, file_id, size)
        if (refusal := self._refusal_of(sent)) is not None:
            await refusal(scope, receive, send)
            return
        self._coming += size
        try:
            await self._receive_file(sent, scope, receive, send)
        finally:
            self._coming -= size

    def _refusal_of(self, sent: SentFile) -> Response | None:
        most = uploaded_files.expected_bytes(sent.session_id)
        if not most:
            return _refusal_answer(NOT_ASKED_FOR, 403)
        if sent.size < 0:
            return _refusal_answer(TOO_BIG, 411)
        if sent.size > most + _ENVELOPE:
            return _refusal_answer(TOO_BIG, 413)
        if self._coming + sent.size > policy.UPLOADS_COMING:
            return _refusal_answer(TOO_MANY, 429)
        if not self._allowance.take_amount(sent.sign_in_id, sent.size, now=time.monotonic()):
            return _refusal_answer(TOO_MANY, 429)
        return None

    async def _receive_file(self, sent: SentFile, scope: Scope, receive: Receive, send: Send) -> None:
        uploaded_files.make_room(sent)
        left = sent.size

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise _TooMuchSent
            return message

        try:
            await self.app(scope, counted, send)
        except _TooMuchSent:
            await _refusal_answer(TOO_BIG, 413)(scope, receive, send)
            return
        uploaded_files.note_arrival(sent)


def _announced_bytes(scope: Scope) -> int:
    """Return the Content-Length in bytes, or -1 when it is missing or malformed."""
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else -1


def _refusal_answer(sentence: str, status: int) -> Response:
    """Return a refusal that closes the connection, so that the rest of the upload is not read."""
    return PlainTextResponse(sentence, status, headers={"Connection": "close"})
