"""What a browser sends us, with a bound on its length and on its time: short forms, and files where files are taken."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clicnjob import policy
from clicnjob.web.turned_away import LongBody, SlowBody


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an address takes, and for how many seconds it waits for it."""

    length: int
    seconds: float


_FORMS = Bounds(policy.FORM_BYTES, policy.FORM_SECONDS)
_FILES = Bounds(2 * policy.UPLOAD_BYTES, policy.UPLOAD_SECONDS)  # `Uploads` refuses sooner, in words for the person


async def form(request: Request) -> dict[str, str]:
    """The fields of an ordinary form, the last value of each; empty when the body is not a form of ours."""
    received = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(received, max_num_fields=20, errors="replace"))
    except ValueError:  # more fields than any form of ours
        return {}


def bounds_of(path: str) -> Bounds:
    """The bounds of an address."""
    return _FILES if path.startswith("/_stcore/upload_file/") else _FORMS


class Bodies:
    """Ends a request whose body is longer than its address takes, or does not come in time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass through, with `receive` bounded. Raises LongBody, SlowBody."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bounds = bounds_of(scope["path"])
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > bounds.length:
            raise LongBody
        await self.app(scope, _bounded(receive, bounds), send)


def _bounded(receive: Receive, bounds: Bounds) -> Receive:
    clock = asyncio.get_running_loop().time
    left, until, whole = bounds.length, clock() + bounds.seconds, False

    async def next_part() -> Message:
        nonlocal left, whole
        if whole:  # only the end of the connection is waited for now
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise SlowBody from None
        left -= len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if left < 0:
            raise LongBody
        return message

    return next_part
