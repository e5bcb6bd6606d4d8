"""Checks that the configured port is free, before the database is touched, and tells when the server answers on it."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress

from clicnjob.errors import Refusal

_TRIED_EVERY = 0.2  # seconds
_ALL_ADDRESSES = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what may be listened on, and where to reach it


class CannotListen(Refusal):
    """The port is in use or reserved, or the host is not an address of this machine."""


def require_free_port(
    *, host: str, port: int, host_setting: str = "CLICNJOB_HOST", port_setting: str = "CLICNJOB_PORT"
) -> None:
    """Bind the port for an instant. Raises CannotListen, which names the setting, when that fails."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # as the server does, so that a port closed a moment ago counts as free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise CannotListen(f"{host_setting}\u00a0: {host} n’est pas une adresse de cette machine.") from None
    except PermissionError:
        raise CannotListen(
            f"{port_setting}\u00a0: le port {port} est réservé. Choisissez-en un au-dessus de 1023."
        ) from None
    except OSError as fault:
        if fault.errno == errno.EADDRNOTAVAIL:
            raise CannotListen(f"{host_setting}\u00a0: {host} n’est pas une adresse de cette machine.") from None
        raise CannotListen(
            f"{port_setting}\u00a0: le port {port} est déjà pris. Arrêtez l’autre programme, ou choisissez un autre port."
        ) from None


def tell_when_listening(*, host: str, port: int, tell: Callable[[], None]) -> None:
    """Call `tell` once, from a thread, when the server answers: it warms up for some seconds before it listens."""

    def wait() -> None:
        while True:
            with suppress(OSError), socket.create_connection((_ALL_ADDRESSES.get(host, host), port), timeout=1):
                break
            time.sleep(_TRIED_EVERY)
        tell()

    threading.Thread(target=wait, name="listening", daemon=True).start()  # a daemon ends with a start that failed


def free_loopback_ports(count: int) -> list[int]:
    """Return `count` ports of the loopback address on which nothing listens at this moment."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def answers_ready(port: int) -> bool:
    """Return whether the server on this port of the machine answers 200 to /sante/pret."""
    asked = b"GET /sante/pret HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=3) as connection:
            connection.sendall(asked)
            return b" 200 " in connection.recv(64)
    except OSError:
        return False
