"""Keeps what a structure writes: several write at once, each change can be undone, one thing and all of them are bounded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import audit, text
from clicnjob.accounts import structures
from clicnjob.bounded import body as bodies
from clicnjob.errors import NotFound, Refusal, StaleWork
from clicnjob.models import Actor, OwnLesson, OwnPlan
from clicnjob.own_content import changes
from clicnjob.own_content.changes import Body, ContentChange, MovePart, Path, PutValue, RemovePart, StoredContent

Row = TypeVar("Row", OwnPlan, OwnLesson)
_SHOWN_OF_A_COLLEAGUE = 120  # characters of what they wrote
_KEY_LENGTH = 40


class ContentChanged(StaleWork):
    """A colleague changed it since this screen was drawn; nothing was overwritten."""

    sentence = "Un collègue vient de changer cela. Voici la dernière version : regardez, puis recommencez."


class BoxChanged(StaleWork):
    """A colleague changed the very box that was typed in; theirs is stored, and the typed one stays on the screen."""

    def __init__(self, theirs: Any) -> None:
        said = " · ".join(str(one) for one in theirs) if isinstance(theirs, list) else str(theirs or "")
        short = f"{said[:_SHOWN_OF_A_COLLEAGUE]}…" if len(said) > _SHOWN_OF_A_COLLEAGUE else said
        what = f"Il a écrit : « {short} ». " if short and _is_text(theirs) else ""
        super().__init__(
            f"Un collègue vient de changer cette case. {what}Rien n’est écrasé : gardez, ou écrivez encore."
        )


@dataclass(frozen=True, slots=True)
class ContentBounds:
    """How long one may be, how many a structure has and how much they hold together, in characters as stored."""

    longest: int
    too_long: type[Refusal]
    rows: int
    characters: int
    too_many: type[Refusal]


@dataclass(frozen=True, slots=True)
class OwnContent(Generic[Row]):
    """One kind of what a structure writes: who writes it, how a box is cleaned, and the bounds.

    `clean_value` returns what was typed into the box at a path, `check_list` says that parts come and go at a path: both
    raise PartGone where there is none. `check_change` raises a Refusal for a change that no such content may have.
    `adapt_body` makes what came in a file an adaptation of the structure with this name, at the first change.
    """

    table: type[Row]
    bounds: ContentBounds
    may_write: Callable[[Actor], bool]
    nameless_title: Callable[[Row], str]
    clean_value: Callable[[Row, Body, Path, Any], Any]
    check_list: Callable[[Body, Path], None]
    check_change: Callable[[Body, ContentChange], None]
    adapt_body: Callable[[Body, str], Body]

    def add_row(self, session: Session, *, row: Row, stored: StoredContent) -> str:
        """Store a new one; return its id. Raises the refusals of the bounds."""
        self._store_body(session, row, stored)
        return row.id

    def locked_row(self, session: Session, *, by: Actor, row_id: str, base: int | None = None) -> Row:
        """Return the row of one's own structure, locked so that two changes that come together both count.

        `base` is the version that the screen shows. Raises NotFound, ContentChanged.
        """
        query = select(self.table).where(
            self.table.id == row_id, self.table.organisation_id == by.organisation_id
        )  # fmt: skip
        row = session.exec(query.with_for_update()).first() if self.may_write(by) else None
        if row is None:
            raise NotFound
        if base is not None and row.version != base:
            raise ContentChanged
        return row

    def change_row(
        self,
        session: Session,
        *,
        by: Actor,
        row_id: str,
        change_of: Callable[[Row, Body], ContentChange | None],
        base: int | None = None,
        now: datetime,
    ) -> int:
        """Make one change, None for nothing to change; return the version.

        Raises NotFound, ContentChanged, PartGone, the refusals of the kind and of the bounds.
        """
        row = self.locked_row(session, by=by, row_id=row_id, base=base)
        stored = StoredContent.model_validate(row.body)
        if (change := change_of(row, stored.content)) is None:
            return row.version
        body = stored.content
        if stored.brought:
            body = self.adapt_body(body, structures.name_of(session, by.organisation_id))
        changed, inverse = changes.apply_change(body, change)
        self.check_change(changed, change)
        self.store_next(session, row, changes.with_undo(stored, changed, inverse), now=now)
        return row.version

    def set_value(
        self, session: Session, *, by: Actor, row_id: str, path: Path, value: Any, shown: Collection[str], now: datetime
    ) -> tuple[int, str]:
        """Write into one box; return the version, and the fingerprint of what was typed as it is kept.

        `shown` are the fingerprints of what the screen showed in the box and last wrote into it, so that two people may
        write at once: another text there is a colleague's. A dict changes only its own keys. Raises as `change_row`,
        and BoxChanged.
        """
        written = ""

        def change_of(row: Row, body: Body) -> ContentChange | None:
            nonlocal written
            typed = self.clean_value(row, body, path, value)
            written = changes.value_fingerprint(typed)
            kept = changes.value_at(body, path)
            wanted = changes.with_keys(kept, typed)
            if kept == wanted:
                return None
            if changes.value_fingerprint(changes.keys_of(kept, typed)) not in shown:
                raise BoxChanged(kept)
            return PutValue(path=path, value=wanted)

        return self.change_row(session, by=by, row_id=row_id, change_of=change_of, now=now), written

    def remove_part(
        self, session: Session, *, by: Actor, row_id: str, path: Path, part: str, base: int, now: datetime
    ) -> None:
        """Take a part out of the list at `path`. Raises as `change_row`."""

        def change_of(_: Row, body: Body) -> ContentChange:
            self.check_list(body, path)
            return RemovePart(path=path, id=part)

        self.change_row(session, by=by, row_id=row_id, change_of=change_of, base=base, now=now)

    def move_part(
        self, session: Session, *, by: Actor, row_id: str, path: Path, part: str, places: int, base: int, now: datetime
    ) -> None:
        """Move a part of the list at `path` down by so many places, up where negative. Raises as `change_row`."""

        def change_of(_: Row, body: Body) -> ContentChange:
            self.check_list(body, path)
            at = changes.place_of_part(changes.value_at(body, path), part)
            return MovePart(path=path, id=part, at=at + places)

        self.change_row(session, by=by, row_id=row_id, change_of=change_of, base=base, now=now)

    def undo_change(self, session: Session, *, by: Actor, row_id: str, base: int, now: datetime) -> None:
        """Take back the last change, whoever made it: `base` says that the screen shows it.

        Does nothing when there is none. Raises NotFound, ContentChanged.
        """
        row = self.locked_row(session, by=by, row_id=row_id, base=base)
        stored = StoredContent.model_validate(row.body)
        if stored.undo:
            body, _ = changes.apply_change(stored.content, stored.undo[-1])
            self.store_next(session, row, StoredContent(content=body, undo=stored.undo[:-1]), now=now)

    def delete_row(self, session: Session, *, by: Actor, row_id: str, base: int, act: str, now: datetime) -> None:
        """Delete it for good, with `act` in the audit log. Raises NotFound, ContentChanged."""
        session.delete(self.locked_row(session, by=by, row_id=row_id, base=base))
        session.flush()
        audit.note_act(session, by=by, act=act, now=now)

    def store_next(self, session: Session, row: Row, stored: StoredContent, *, now: datetime) -> None:
        """Store what a change made as the next version. Raises the refusals of the bounds."""
        row.version, row.changed_at = row.version + 1, now
        self._store_body(session, row, stored)

    def _store_body(self, session: Session, row: Row, stored: StoredContent) -> None:
        """Write the body within the bounds of one and of the structure. What shrinks always passes."""
        title = stored.content["titre"] or self.nameless_title(row)
        stored = stored.model_copy(update={"content": {**stored.content, "id": file_key(title)}})
        body, size = stored.model_dump(mode="json"), bodies.stored_size(stored.content)
        if not row.body or size > bodies.stored_size(row.body["content"]):
            if size > self.bounds.longest:
                raise self.bounds.too_long
            length = func.length(sqlalchemy.cast(col(self.table.body), sqlalchemy.Text))
            others = col(self.table.organisation_id) == row.organisation_id, col(self.table.id) != row.id
            count, used = session.exec(select(func.count(), func.coalesce(func.sum(length), 0)).where(*others)).one()
            if count >= self.bounds.rows or used + bodies.stored_size(body) > self.bounds.characters:
                raise self.bounds.too_many
        row.body, row.title = body, title
        session.add(row)
        session.flush()


def file_key(title: str) -> str:
    """Return the key that the file of something bears, made of its title."""
    letters = "".join(one if one.isascii() and one.isalnum() else "-" for one in text.fold_text(title))
    return "-".join(part for part in letters.split("-") if part)[:_KEY_LENGTH].strip("-") or "sans-titre"


def _is_text(value: Any) -> bool:
    return not isinstance(value, dict) and not (isinstance(value, list) and any(isinstance(one, dict) for one in value))
