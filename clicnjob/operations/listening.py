"""Checks that the configured port is free, before the database is touched, to fail early with a sentence."""

from __future__ import annotations

import errno
import os
import socket

from clicnjob.errors import Refusal


class CannotListen(Refusal):
    """The port is in use or reserved, or the host is not an address of this machine."""


def require_free_port(*, host: str, port: int) -> None:
    """Bind the port for an instant. Raises CannotListen when that fails."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # as the server does, so that a port closed a moment ago counts as free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise CannotListen(f"CLICNJOB_HOST\u00a0: {host} n’est pas une adresse de cette machine.") from None
    except PermissionError:
        raise CannotListen(
            f"CLICNJOB_PORT\u00a0: le port {port} est réservé. Choisissez-en un au-dessus de 1023."
        ) from None
    except OSError as fault:
        raise CannotListen(_fault_sentence(fault, host, port)) from None


def _fault_sentence(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRNOTAVAIL:
        return f"CLICNJOB_HOST\u00a0: {host} n’est pas une adresse de cette machine."
    return f"CLICNJOB_PORT\u00a0: le port {port} est déjà pris. Arrêtez l’autre programme, ou choisissez un autre port."
