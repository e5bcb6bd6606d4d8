"""Actors of the audit log that are nobody's account: the server's console, and the way in before one knows who comes."""

from __future__ import annotations

from dataclasses import dataclass

from clicnjob.models import Role

CONSOLE = "console"
UNKNOWN_PERSON = "unknown"


@dataclass(frozen=True, slots=True)
class Console:
    """The console as an actor, in the structure of whom it acts on. It heads and administers, and reads no content."""

    organisation_id: str | None = None
    id: str = CONSOLE
    role: Role = Role.ADMIN
    roles: frozenset[Role] = frozenset({Role.ADMIN, Role.HEAD})


@dataclass(frozen=True, slots=True)
class UnknownPerson:
    """Who typed a refused password or code: nobody knows who it is. It may do nothing."""

    organisation_id: str | None
    id: str = UNKNOWN_PERSON
    role: Role = Role.GUEST
    roles: frozenset[Role] = frozenset()
