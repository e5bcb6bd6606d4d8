"""Request bodies, limited in length and in time: short forms everywhere, longer ones where files are uploaded."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clicnjob import policy
from clicnjob.web.middleware.turned_away import LongBody, SlowBody


@dataclass(frozen=True, slots=True)
class Bounds:
    """The longest body in bytes, and the seconds within which it must arrive."""

    length: int
    seconds: float


_FORMS = Bounds(policy.FORM_BYTES, policy.FORM_SECONDS)
_FILES = Bounds(2 * policy.UPLOAD_BYTES, policy.UPLOAD_SECONDS)  # `Uploads` refuses earlier, with a sentence

_VIDEOS = Bounds(policy.VIDEO_BYTES + policy.VIDEO_FORM_BYTES, policy.VIDEO_UPLOAD_SECONDS)


async def form_fields(request: Request) -> dict[str, str]:
    """Return the fields of a urlencoded form, the last value of each; empty when the body is not such a form."""
    received = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(received, max_num_fields=20, errors="replace"))
    except ValueError:  # more fields than any of our forms has
        return {}


def bounds_of(path: str) -> Bounds:
    """Return the bounds for a path."""
    if path.startswith("/lecon-video/") and path.count("/") == 2:
        return _VIDEOS
    return _FILES if path.startswith("/_stcore/upload_file/") else _FORMS


class Bodies:
    """ASGI middleware that ends a request whose body is too long or too slow."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with `receive` limited. Raises LongBody or SlowBody when a limit is exceeded."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bounds = bounds_of(scope["path"])
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > bounds.length:
            raise LongBody
        await self.app(scope, _bounded_receive(receive, bounds), send)


def _bounded_receive(receive: Receive, bounds: Bounds) -> Receive:
    clock = asyncio.get_running_loop().time
    left, until, whole = bounds.length, clock() + bounds.seconds, False

    async def next_part() -> Message:
        nonlocal left, whole
        if whole:  # the body is complete, only a disconnect can still come
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
