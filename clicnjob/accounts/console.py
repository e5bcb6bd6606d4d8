"""Actors of the audit log that are nobody's account: the server's console, and the way in before one knows who comes."""

from __future__ import annotations

from dataclasses import dataclass

from clicnjob.models import Role

CONSOLE = "console"
DOORWAY = "clicnjob"


@dataclass(frozen=True, slots=True)
class Console:
    """The console as an actor, in the structure of whom it acts on. It heads and administers, and reads no content."""

    organisation_id: str | None = None
    id: str = CONSOLE
    role: Role = Role.ADMIN
    roles: frozenset[Role] = frozenset({Role.ADMIN, Role.HEAD})


@dataclass(frozen=True, slots=True)
class Doorway:
    """Who refuses a password or a code: whoever typed it is not known. It may do nothing."""

    organisation_id: str | None
    id: str = DOORWAY
    role: Role = Role.ADMIN
    roles: frozenset[Role] = frozenset()
