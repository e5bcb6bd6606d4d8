"""Whoever starts the demonstration reads the address when it answers, not before."""

from __future__ import annotations

import socket
import threading

from clicnjob.operations import listening


def test_the_address_is_told_once_it_answers_and_not_before() -> None:
    told = threading.Event()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))  # bound and not listening: a browser would be refused
        listening.tell_when_listening(host="127.0.0.1", port=server.getsockname()[1], tell=told.set)
        assert not told.wait(0.5)
        server.listen()
        assert told.wait(10)
