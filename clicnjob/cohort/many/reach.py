"""Whom an act on many people reaches, and who is left out, each with the reason: what the confirmation shows."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.errors import ChangedMeanwhile, Refusal
from clicnjob.models import Account, Actor

_ENDED = "accompagnement terminé"


class NobodyTicked(Refusal):
    """No person was chosen."""

    sentence = "Cochez d’abord des jeunes dans la liste."


class TooManyTicked(Refusal):
    """More people than one act may change."""

    sentence = f"Pas plus de {policy.PEOPLE_AT_ONCE} jeunes à la fois. Filtrez la liste, puis recommencez."


class NobodyReached(Refusal):
    """All the chosen people are left out."""

    sentence = "Aucun de ces jeunes n’est concerné. Les raisons sont écrites."


@dataclass(frozen=True, slots=True)
class ChosenPerson:
    """A young person ticked in the list, whom the actor may read."""

    id: str
    first_name: str
    last_name: str
    adviser_id: str | None
    archived: bool


@dataclass(frozen=True, slots=True)
class NamedReason:
    """Something to know about one person before the act; `why` is a piece of a sentence, without full stop."""

    first_name: str
    last_name: str
    why: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What the confirmation of an act shows. `gone` counts the ticked people whom the actor does not follow any more."""

    receivers: tuple[ChosenPerson, ...]
    left_out: tuple[NamedReason, ...]
    warnings: tuple[NamedReason, ...]
    gone: int

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of those whom the act reaches."""
        return tuple(person.id for person in self.receivers)

    @property
    def version(self) -> str:
        """A digest of all that is shown: the act goes through only while it would show the same."""
        return hashlib.sha256(repr((self.receivers, self.left_out, self.warnings, self.gone)).encode()).hexdigest()

    def check_shown(self, version: str) -> None:
        """Refuse what the screen did not show. Raises ChangedMeanwhile, NobodyReached."""
        if version != self.version:
            raise ChangedMeanwhile
        if not self.receivers:
            raise NobodyReached


@dataclass(frozen=True, slots=True)
class TickedPeople:
    """The ticked people whom the actor may read, by name, and how many others were ticked."""

    people: tuple[ChosenPerson, ...]
    gone: int

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all of them."""
        return tuple(person.id for person in self.people)

    def sorted_reach(
        self, *, left_out: Mapping[str, str] | None = None, warnings: Mapping[str, str] | None = None
    ) -> Reach:
        """Sort them by the reasons given for some, by id. Nothing is done to somebody whose support has ended."""
        out = {person.id: _ENDED for person in self.people if person.archived} | dict(left_out or {})
        told = {key: why for key, why in (warnings or {}).items() if key not in out}
        return Reach(
            tuple(person for person in self.people if person.id not in out),
            tuple(NamedReason(one.first_name, one.last_name, out[one.id]) for one in self.people if one.id in out),
            tuple(NamedReason(one.first_name, one.last_name, told[one.id]) for one in self.people if one.id in told),
            self.gone,
        )


def ticked_people(session: Session, *, by: Actor, account_ids: Collection[str], today: date) -> TickedPeople:
    """Read the ticked people. One query. Raises FollowsNobody, NobodyTicked, TooManyTicked."""
    wanted = set(account_ids)
    if not wanted:
        raise NobodyTicked
    if len(wanted) > policy.PEOPLE_AT_ONCE:
        raise TooManyTicked
    query = select(Account).where(col(Account.id).in_(wanted), permissions.may_be_read(by, today=today))
    found = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id))
    people = tuple(
        ChosenPerson(one.id, one.first_name, one.last_name, one.adviser_id, one.archived_at is not None)
        for one in found
    )
    return TickedPeople(people, len(wanted) - len(people))
