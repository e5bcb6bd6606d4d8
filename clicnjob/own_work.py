"""Stores what a young person has only once: their applications, job choices, interview notebook.

A feature declares an `OwnWork` with the kind and the model of the body, and says only what it changes. `works` does the
writing: versions, history, limits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlmodel import Session

from clicnjob import works
from clicnjob.errors import Refusal
from clicnjob.models import YOUNG_ROLES, Actor, WorkKind
from clicnjob.works import SavedWork, WorkBody

Body = TypeVar("Body", bound=WorkBody)


class NotForStaff(Refusal):
    """Raised when a professional opens the work of young people: they comment and propose elsewhere."""

    sentence = "Cette page est pour les jeunes."


def may_have_own_work(actor: Actor) -> bool:
    """Allow young people and guests: this work is theirs, and professionals keep none here."""
    return actor.role in YOUNG_ROLES


@dataclass(frozen=True, slots=True)
class OwnWork(Generic[Body]):
    """The work of one kind of which each young person has at most one. Professionals get `refusal`."""

    kind: WorkKind
    body_type: type[Body]
    refusal: type[Refusal] = NotForStaff

    def saved(self, session: Session, *, of: Actor) -> SavedWork | None:
        """Return the person's work as saved, or None before the first change, in one query. Raises `refusal`."""
        if not may_have_own_work(of):
            raise self.refusal
        return next((work for work in works.own_works(session, of=of) if work.kind is self.kind), None)

    def read(self, session: Session, *, of: Actor) -> Body:
        """Return the body of the person's work, empty before the first change, in one query. Raises `refusal`."""
        return self.body_of(self.saved(session, of=of))

    def body_of(self, kept: SavedWork | None) -> Body:
        """Return the body of a saved work, empty for None."""
        return self.body_type.model_validate(kept.body) if kept else self.body_type()

    def change(self, session: Session, *, by: Actor, alter: Callable[[Body], None], operation: str) -> None:
        """Apply one change to the latest body; nothing is saved when nothing differs. Raises `refusal`.

        The write transaction locks the row, so the version read here is the latest.
        """
        kept = self.saved(session, of=by)
        changed = self.body_of(kept)
        alter(changed)
        body = changed.model_dump(mode="json")
        if kept is None:
            works.start_work(session, by=by, kind=self.kind, body=body, operation=operation)
        elif body != kept.body:
            works.save_work(session, kept.id, by=by, body=body, base=kept.version, operation=operation)

    def undo(self, session: Session, *, by: Actor, operation: str) -> None:
        """Revert the latest change. Raises works.NothingToUndo, `refusal`."""
        kept = self.saved(session, of=by)
        if kept is None:
            raise works.NothingToUndo
        works.undo_change(session, [kept.id], by=by, operation=operation)
