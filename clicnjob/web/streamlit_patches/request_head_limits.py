"""Closes connections that do not send a complete request head in time, and limits how many may be incomplete.

uvicorn itself waits for ever. `server.serve_app` passes this protocol class to uvicorn.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from clicnjob import policy
from clicnjob.web.streamlit_patches.patch import Patch

_HEAD_ENDS = re.compile(rb"\n\r?\n")
_BARE = re.compile(rb"(?<!\r)\n")


class TimedHttp(H11Protocol):
    """uvicorn's HTTP protocol with a time limit of `policy.HEAD_SECONDS` for each request head.

    Lines of a head must end in CR LF: a proxy in front may interpret a bare LF differently (request smuggling).
    """

    _without_head: ClassVar[dict[TimedHttp, None]] = {}  # ordered, oldest first

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._due: asyncio.TimerHandle | None = None
        self._tail = b""  # the last bytes of the head so far

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the time limit of the first head."""
        super().connection_made(transport)
        self._watch_head()

    def data_received(self, data: bytes) -> None:
        """Answer 400 to a bare LF in a head; otherwise let uvicorn parse the bytes."""
        if self._due is not None and self._has_bare_line_feed(data):
            self._stop_watching()
            self.send_400_response("Invalid HTTP request received.")
            return
        super().data_received(data)
        self._watch_head()

    def on_response_complete(self) -> None:
        """Start the time limit of the next head."""
        super().on_response_complete()
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the time limit."""
        self._stop_watching()
        super().connection_lost(exc)

    def _watch_head(self) -> None:
        """Run the time limit while a head is expected; stop it during an answer and after an upgrade to a WebSocket."""
        ours = self.transport.get_protocol() is self and not self.transport.is_closing()
        if not ours or (self.cycle is not None and not self.cycle.response_complete):
            self._stop_watching()
        elif self._due is None:
            self._due = self.loop.call_later(policy.HEAD_SECONDS, self._give_up)
            self._without_head[self] = None
            if len(self._without_head) > policy.UNFINISHED_HEADS:
                next(iter(self._without_head))._give_up()

    def _stop_watching(self) -> None:
        if self._due is not None:
            self._due.cancel()
        self._due, self._tail = None, b""
        self._without_head.pop(self, None)

    def _give_up(self) -> None:
        self._stop_watching()
        self.transport.close()  # after sending what is still buffered

    def _has_bare_line_feed(self, data: bytes) -> bool:
        before, seen = len(self._tail), self._tail + data
        self._tail = seen[-3:]
        end = _HEAD_ENDS.search(seen)
        return bool(_BARE.search(seen, before, end.end() if end else len(seen)))


PATCH = Patch(
    name="request_head_limits",
    why="uvicorn waits for ever for the end of a request head, and accepts lines that a proxy reads otherwise.",
    level="none",
    reads={
        "uvicorn.protocols.http.h11_impl.H11Protocol.connection_made": "6efb565ff3d36b91",
        "uvicorn.protocols.http.h11_impl.H11Protocol.connection_lost": "dbb688fa2b386000",
        "uvicorn.protocols.http.h11_impl.H11Protocol.data_received": "e03b145518ca44aa",
        "uvicorn.protocols.http.h11_impl.H11Protocol.on_response_complete": "1fbb8f48c6a1afc4",
        "uvicorn.protocols.http.h11_impl.H11Protocol.send_400_response": "56937b748fc59d92",
    },
)
