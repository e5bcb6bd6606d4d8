"""Who acts without being signed in: whoever has the server's console, and somebody unknown who tries to come in."""

from __future__ import annotations

from dataclasses import dataclass

from clicnjob.models import Role

CONSOLE = "console"
SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class Console:
    """The console as an actor, in the structure of whom it acts on. It heads and administers, and reads no content."""

    organisation_id: str | None = None
    id: str = CONSOLE
    role: Role = Role.ADMIN
    roles: frozenset[Role] = frozenset({Role.ADMIN, Role.HEAD})


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whoever tries to come in as a member of this structure. They hold no role, so that nothing is theirs to do."""

    organisation_id: str | None = None
    id: str = SOMEBODY
    role: Role = Role.GUEST
    roles: frozenset[Role] = frozenset()
