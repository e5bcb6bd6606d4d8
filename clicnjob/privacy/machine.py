"""The program itself as an actor: what it does by a rule is written in the audit log too."""

from __future__ import annotations

from dataclasses import dataclass, field

from clicnjob.models import Role


@dataclass(frozen=True, slots=True)
class Machine:
    """Nobody's account: it holds no role, so that no predicate lets it do more than the rules do."""

    id: str = "clicnjob"
    role: Role = Role.ADMIN
    roles: frozenset[Role] = field(default_factory=frozenset)
    organisation_id: str | None = None


MACHINE = Machine()
