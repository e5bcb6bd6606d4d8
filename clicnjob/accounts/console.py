"""Whoever has the server's console: what they do when nobody can sign in is written in the audit log as « console »."""

from __future__ import annotations

from dataclasses import dataclass

from clicnjob.models import Role

CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Console:
    """The console as an actor, in the structure of whom it acts on. It heads and administers, and reads no content."""

    organisation_id: str | None = None
    id: str = CONSOLE
    role: Role = Role.ADMIN
    roles: frozenset[Role] = frozenset({Role.ADMIN, Role.HEAD})
