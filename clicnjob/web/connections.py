"""Connections that never say what they want: closed after some seconds, and few at a time.

uvicorn waits for ever for the head of a request. Reaches into uvicorn: see tests/test_floods.py.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from clicnjob import policy

_HEAD_ENDS = re.compile(rb"\n\r?\n")
_BARE = re.compile(rb"(?<!\r)\n")


class TimedHttp(H11Protocol):
    """uvicorn's HTTP, which gives a client some seconds for the head of each request.

    A line of a head ends with CR LF and nothing else: a proxy in front may read a bare LF otherwise than we do.
    """

    _without_head: ClassVar[dict[TimedHttp, None]] = {}  # the oldest first

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._due: asyncio.TimerHandle | None = None
        self._tail = b""  # of the head so far

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first head is waited for."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Some of a head, or of what follows it."""
        if self._due is not None and self._has_bare_line_feed(data):
            self._stop_watching()
            self.send_400_response("Invalid HTTP request received.")
            return
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """The next head is waited for."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_watching()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Begin to wait for a head, go on, or stop: a request is being answered, or a web socket took over."""
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
        self.transport.close()  # what an answer still has to send is sent first

    def _has_bare_line_feed(self, data: bytes) -> bool:
        before, seen = len(self._tail), self._tail + data
        self._tail = seen[-3:]
        end = _HEAD_ENDS.search(seen)
        return bool(_BARE.search(seen, before, end.end() if end else len(seen)))
