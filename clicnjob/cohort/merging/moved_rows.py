"""Which rows of a person go along when two files become one, and moving them there and back.

Every table with rows of a person is named here once, so that a new one is not forgotten (a test compares).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Table, and_, bindparam, delete, select, update
from sqlmodel import Session

from clicnjob.models import Photo, Record, WorkKind

# What was written and done around the person goes along as it is.
MOVED = (
    "comment",
    "nextstep",
    "note",
    "appointment",
    "contactnote",
    "threadmessage",
    "helpasked",
    "sentmail",
    "filemerge",
    "imiloentry",
    "lessonreport",
    "sentnotification",
)
# One row for each day, list, session, lesson or box: it goes along where the kept file has none.
FILLED = (
    *("membership", "activityday", "attendance", "workshopparticipant", "learningrecord", "draft"),
    "appointmentrequest",
)
OF_WORK = ("work", "photo", "sharedobstacle")  # see `move_work`
# How the person signs in, what they agreed to, who followed them, what is computed: each file keeps its own.
STAYING = (
    *(
        "card",
        "signin",
        "ticket",
        "sharing",
        "consent",
        "notificationaddress",
        "erasureplan",
        "enrolment",
        "handover",
        "archive",
    ),
    *("progress", "alertview", "silencedalert"),
)
OF_STAFF = (
    *("password", "roleheld", "invitation", "outsideidentity", "recoverycode", "secondfactor", "peoplelist"),
    *("workshoptrainer", "plannedworkshop", "cohortview", "calendarfeed"),
)
_OPEN_UNTIL = {"nextstep": ("done_at", "withdrawn_at"), "helpasked": ("settled_at",)}  # open while all are empty
_BAG = (WorkKind.PROFILE, WorkKind.CV)

Move = list[Any]  # [table, key without the owner, owner before, owner after]


def move_rows(session: Session, *, kept_id: str, other_id: str) -> list[Move]:
    """Give what MOVED and FILLED name to the kept account; return the moves."""
    moves: list[Move] = []
    for name in (*MOVED, *FILLED):
        table = _table_named(name)
        theirs = _row_keys(session, table, other_id, *_only_closed(session, name, kept_id))
        taken = {_fill_key(name, key) for key in _row_keys(session, table, kept_id)} if name in FILLED else set()
        keys = [key for key in theirs if _fill_key(name, key) not in taken]
        moves += [[name, key, other_id, kept_id] for key in keys]
    _apply_moves(session, moves)
    return moves


def move_work(session: Session, *, kept_id: str, other_id: str, bag_of: str) -> list[Move]:
    """Give the kept account the CVs of `bag_of`, and of each other work the one that changed last; return the moves.

    Which of two private works is newer is never shown to anybody but their owner. What is not taken stays with the other
    account.
    """
    works = {owner: _owned_works(session, owner) for owner in (kept_id, other_id)}
    moves: list[Move] = []
    for kinds in (_BAG, *((kind,) for kind in WorkKind if kind not in _BAG)):
        ours, theirs = ([work for work in works[owner] if work.kind in kinds] for owner in (kept_id, other_id))
        if not any(work.deleted_at is None for work in theirs):
            continue
        has_own = any(work.deleted_at is None for work in ours)
        wanted = bag_of == other_id if kinds is _BAG else _latest_change(theirs) > _latest_change(ours)
        if has_own and not wanted:
            continue
        moves += [["work", {"id": work.id}, kept_id, other_id] for work in ours]
        moves += [["work", {"id": work.id}, other_id, kept_id] for work in theirs]
        if kinds is _BAG and session.get(Photo, kept_id) is None and session.get(Photo, other_id) is not None:
            moves.append(["photo", {}, other_id, kept_id])
        if WorkKind.OBSTACLES in kinds:
            _hide_obstacles(session, kept_id=kept_id, other_id=other_id)
    _apply_moves(session, moves)
    return moves


def move_back(session: Session, moves: Iterable[Move]) -> None:
    """Return rows to who had them; rows that are gone since, or of which they have one again, are passed over."""
    back = [[name, key, after, before] for name, key, before, after in moves]
    once = (*FILLED, "photo")  # of these somebody has one at most
    taken = {
        (name, owner): {_fill_key(name, key) for key in _row_keys(session, _table_named(name), owner)}
        for name, owner in {(name, owner) for name, _, _, owner in back if name in once}
    }
    _apply_moves(
        session, [move for move in back if _fill_key(move[0], move[1]) not in taken.get((move[0], move[3]), ())]
    )


def _hide_obstacles(session: Session, *, kept_id: str, other_id: str) -> None:
    """Stop showing what the other file, whose obstacles are taken over, did not show. Only their owner shows it again."""
    table = _table_named("sharedobstacle")
    shown = select(table.c.obstacle).where(table.c.account_id == other_id).scalar_subquery()
    session.execute(delete(table).where(table.c.account_id == kept_id, table.c.obstacle.not_in(shown)))


def _owned_works(session: Session, owner: str) -> Sequence[Any]:
    table = _table_named("work")
    columns = (table.c.id, table.c.kind, table.c.changed_at, table.c.deleted_at)
    return session.execute(select(*columns).where(table.c.account_id == owner).order_by(table.c.id)).all()


def _latest_change(works: Sequence[Any]) -> float:
    return max((work.changed_at.timestamp() for work in works if work.deleted_at is None), default=0.0)


def _only_closed(session: Session, name: str, kept_id: str) -> tuple[ColumnElement[bool], ...]:
    """Leave an open step or call for help behind where the kept file has one: a person sees one at a time."""
    if name not in _OPEN_UNTIL:
        return ()
    table = _table_named(name)
    is_open = and_(*(table.c[column].is_(None) for column in _OPEN_UNTIL[name]))
    if session.execute(select(table.c.id).where(table.c.account_id == kept_id, is_open).limit(1)).first() is None:
        return ()
    return (~is_open,)


def _row_keys(session: Session, table: Table, owner: str, *conditions: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Return the key of each row of an owner, without the owner itself."""
    owns = _owner_column(table.name)
    columns = [column for column in table.primary_key.columns if column.name != owns]
    if table.name == "workshopparticipant":
        columns.append(table.c.workshop_id)
    if not columns:
        found = session.execute(select(table.c[owns]).where(table.c[owns] == owner, *conditions)).all()
        return [{} for _ in found]
    rows = session.execute(select(*columns).where(table.c[owns] == owner, *conditions).order_by(*columns))
    return [{name: _plain_value(value) for name, value in row.items()} for row in rows.mappings()]


def _fill_key(name: str, key: dict[str, Any]) -> tuple[Any, ...]:
    """Return what may occur once for each person: for who took part in a session, the session."""
    return (key["workshop_id"],) if name == "workshopparticipant" else tuple(sorted(key.items()))


def _apply_moves(session: Session, moves: Sequence[Move]) -> None:
    session.flush()
    for (name, parts), some in _grouped_moves(moves).items():
        table, owns = _table_named(name), _owner_column(name)
        matches = [table.c[part] == bindparam(f"key_{part}", type_=table.c[part].type) for part in parts]
        statement = (
            update(table).where(table.c[owns] == bindparam("owner"), *matches).values({owns: bindparam("owner_after")})
        )
        told = [
            {"owner": before, "owner_after": after}
            | {f"key_{part}": _loaded_value(table, part, key[part]) for part in parts}
            for _, key, before, after in some
        ]
        session.connection().execute(statement, told)
    session.expire_all()


def _grouped_moves(moves: Sequence[Move]) -> dict[tuple[str, tuple[str, ...]], list[Move]]:
    found: dict[tuple[str, tuple[str, ...]], list[Move]] = {}
    for move in moves:
        found.setdefault((move[0], tuple(sorted(move[1]))), []).append(move)
    return found


def _plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, str) else value


def _loaded_value(table: Table, part: str, value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(table.c[part].type, Date) else value


def _owner_column(name: str) -> str:
    return "kept_id" if name == "filemerge" else "account_id"


def _table_named(name: str) -> Table:
    return Record.metadata.tables[name]
