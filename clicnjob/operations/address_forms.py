"""The forms of addresses that settings may have: of the web, of a database, to listen on."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")


def is_web_address(address: str) -> bool:
    """Return whether this is a whole http or https address."""
    try:
        parts = urlsplit(address)
        _port = parts.port  # raises ValueError when it is not a valid number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_database_address(address: str) -> bool:
    """Return whether this is an address of SQLite, or of PostgreSQL by our driver."""
    try:
        return make_url(address).drivername in _DRIVERS
    except (ArgumentError, ValueError):
        return False


def host_and_port(address: str) -> tuple[str, int] | None:
    """Return the two parts of « host:port » or « [::1]:port »; None when it has another form."""
    try:
        parts = urlsplit(f"//{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    return (host, port) if host and port and parts.netloc == address and "@" not in address else None
