"""The program itself as an actor, so that what retention rules do is in the audit log too."""

from __future__ import annotations

from dataclasses import dataclass, field

from clicnjob.models import Role


@dataclass(frozen=True, slots=True)
class Machine:
    """An actor without account and without roles, so that no predicate lets it do more than the rules."""

    id: str = "clicnjob"
    role: Role = Role.ADMIN
    roles: frozenset[Role] = field(default_factory=frozenset)
    organisation_id: str | None = None


MACHINE = Machine()
