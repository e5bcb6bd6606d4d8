"""Actors of the audit log that have no account: the server's console, and a person who has not signed in yet."""

from __future__ import annotations

from dataclasses import dataclass

from clicnjob.models import MANAGING_ROLES, Role

CONSOLE = "console"
UNKNOWN_PERSON = "unknown"


@dataclass(frozen=True, slots=True)
class Console:
    """The console, in the structure of the account it acts on: head and administrator, and reads no content."""

    organisation_id: str | None = None
    id: str = CONSOLE
    role: Role = Role.ADMIN
    roles: frozenset[Role] = MANAGING_ROLES


@dataclass(frozen=True, slots=True)
class UnknownPerson:
    """Whoever typed a refused password or code. It holds no role, so it may do nothing."""

    organisation_id: str | None
    id: str = UNKNOWN_PERSON
    role: Role = Role.GUEST
    roles: frozenset[Role] = frozenset()
