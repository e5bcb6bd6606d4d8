"""The line between a browser and the app: a small relay that can be cut, silent, or answer like a proxy without a server."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

Mood = Literal["through", "cut", "silent", "502"]
_BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 11\r\nConnection: close\r\n\r\nBad Gateway"


@dataclass
class Line:
    """Listens on a port of its own and passes everything on to `to`, as long as its mood is « through »."""

    to: int
    mood: Mood = "through"
    _listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen."""
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """What a browser opens."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def become(self, mood: Mood) -> None:
        """From now on; what is open is closed, except that a silent line keeps what it has and says nothing."""
        self.mood = mood
        if mood in ("cut", "502"):
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def close(self) -> None:
        """End."""
        self.become("cut")
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                one, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(one,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        if self.mood == "cut":
            browser.close()
            return
        if self.mood == "502":
            with suppress(OSError):
                browser.recv(65_536)
                browser.sendall(_BAD_GATEWAY)
            browser.close()
            return
        try:
            app = socket.create_connection(("127.0.0.1", self.to), timeout=5)
        except OSError:
            browser.close()
            return
        app.settimeout(None)
        self._open += [browser, app]
        threading.Thread(target=self._pass, args=(browser, app), daemon=True).start()
        self._pass(app, browser)

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                while self.mood == "silent":
                    threading.Event().wait(0.05)
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
