"""`run --processes N`: N servers on ports of this machine alone, behind HAProxy, watched by this process."""

from __future__ import annotations

import os
import sys

import sqlalchemy as sa

from clicnjob import db
from clicnjob.config import Settings
from clicnjob.errors import Refusal
from clicnjob.operations import address_forms, listening, proxy
from clicnjob.operations.watching import Watch, WatchedProgram

_TRUSTED = "FORWARDED_ALLOW_IPS"  # uvicorn's: whose X-Forwarded-… headers count


class NeedsPostgresql(Refusal):
    """SQLite is for one process."""

    sentence = (
        "Plusieurs processus demandent PostgreSQL\u00a0: réglez CLICNJOB_DATABASE_URL, ou démarrez sans --processes."
    )


class TooFewConnections(Refusal):
    """PostgreSQL does not let so many processes connect."""


def require_several(chosen: Settings, *, count: int) -> None:
    """Raise NeedsPostgresql, ProxyMissing or TooFewConnections when so many processes cannot run here."""
    if chosen.database.startswith("sqlite"):
        raise NeedsPostgresql
    proxy.haproxy_program()
    engine = db.connect_engine(chosen.database)
    try:
        with engine.connect() as connection:
            allowed, kept = (
                int(connection.execute(sa.text(f"SHOW {name}")).scalar_one())
                for name in ("max_connections", "superuser_reserved_connections")
            )
    finally:
        engine.dispose()
    wanted = count * db.MOST_CONNECTIONS
    if wanted > allowed - kept:
        raise TooFewConnections(
            f"{count} processus demandent {wanted} connexions, PostgreSQL en laisse {allowed - kept}. "
            f"Montez max_connections à {wanted + kept}, ou donnez moins de processus."
        )


def run_several(chosen: Settings, *, count: int) -> int:
    """Start and watch the servers and HAProxy until this process is told to stop; return its exit status."""
    ports = listening.free_loopback_ports(count)
    file = proxy.write_haproxy_files(chosen, ports=ports, believed=os.environ.get(_TRUSTED, ""))
    servers = [_server(chosen, number, port) for number, port in enumerate(ports)]
    before = WatchedProgram("haproxy", [proxy.haproxy_program(), "-db", "-f", str(file)], proxy.haproxy_environment())
    return Watch(servers, before, drained_after=proxy.DRAINED_AFTER).run_until_stopped()


def _server(chosen: Settings, number: int, port: int) -> WatchedProgram:
    env = {**os.environ, "CLICNJOB_HOST": "127.0.0.1", "CLICNJOB_PORT": str(port), _TRUSTED: "127.0.0.1"}
    if of_metrics := address_forms.host_and_port(chosen.metrics):
        env["CLICNJOB_METRICS"] = f"{of_metrics[0]}:{of_metrics[1] + number}"
    command = [sys.executable, "-m", "clicnjob", "run"]
    return WatchedProgram(f"p{number + 1}", command, env, is_ready=lambda: listening.answers_ready(port))
