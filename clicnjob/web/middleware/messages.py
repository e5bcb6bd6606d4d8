"""Limits the WebSocket messages of a tab, in size and in rate, to what a page used by a person sends."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clicnjob import policy
from clicnjob.web.middleware.allowance import Allowance
from clicnjob.web.streamlit_patches.browser_messages import count_parts

_LOG = logging.getLogger(__name__)
_FILES_NAMED = 20
_POLICY, _TOO_BIG = 1008, 1009  # RFC 6455, 7.4.1


class Messages:
    """ASGI middleware behind the gate, which has already identified the person."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._rate = Allowance(at_once=policy.MESSAGES_AT_ONCE, a_second=policy.MESSAGES_A_SECOND)
        self._tabs: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the socket on, checking each message; refuse it when the visit has too many tabs."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        visit = scope["state"]["present"].sign_in_id
        if self._tabs[visit] >= policy.TABS_AT_ONCE:
            _LOG.warning("too many tabs")
            await send({"type": "websocket.close", "code": _POLICY})
            return
        self._tabs[visit] += 1
        try:
            await self._listen_to(visit, scope, receive, send)
        finally:
            self._tabs[visit] -= 1
            if not self._tabs[visit]:
                del self._tabs[visit]

    async def _listen_to(self, visit: str, scope: Scope, receive: Receive, send: Send) -> None:
        closed = False

        async def looked_at() -> Message:
            nonlocal closed
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if _is_too_much(message.get("bytes") or (message.get("text") or "").encode()):
                _LOG.warning("too long a message")
                closed = True
                await send({"type": "websocket.close", "code": _TOO_BIG})
                return {"type": "websocket.disconnect", "code": _TOO_BIG}
            if wait := self._rate.wait_after(visit, 1, now=time.monotonic()):
                await asyncio.sleep(wait)  # the socket is not read meanwhile, so the browser waits and nothing is lost
            return message

        async def said(message: Message) -> None:
            if not closed:
                await send(message)

        await self.app(scope, looked_at, said)


def _is_too_much(content: bytes) -> bool:
    if len(content) > policy.MESSAGE_BYTES:
        return True
    widgets, files = count_parts(content)
    return widgets > policy.MESSAGE_WIDGETS or files > _FILES_NAMED
