"""What a browser sends us: short forms only, read with a bound."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

_LONGEST = 8 * 1024


async def form(request: Request) -> dict[str, str]:
    """The fields of an ordinary form, the last value of each; empty when the body is not a short form."""
    received = b""
    async for part in request.stream():
        received += part
        if len(received) > _LONGEST:
            return {}
    try:
        return dict(parse_qsl(received.decode("utf-8", "replace"), max_num_fields=20, errors="replace"))
    except ValueError:  # more fields than any form of ours
        return {}
