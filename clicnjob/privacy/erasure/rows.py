"""Every row about a person, in any table: found by foreign keys, so that a new table is never forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, Table, or_, select
from sqlmodel import Session

from clicnjob.models import Account, AuditEvent, FileMerge, Record

# Credentials must not leave in a file, not even in the person's own export.
SECRET = re.compile(r"(digest|hash|token|secret|pepper|recovery|chain)")


def tables_in_order() -> tuple[Table, ...]:
    """Return every table, referenced ones first."""
    return tuple(Record.metadata.sorted_tables)


def of_person(account_id: str) -> Iterator[tuple[Table, Select[Any]]]:
    """Yield each table that holds rows about a person, with the query of those rows.

    A row is theirs when cascading foreign keys lead from it to their account, through any number of tables, or to an
    account that was merged into it. Audit lines by or about them are included.
    """
    account, log, merge = _table_of(Account), _table_of(AuditEvent), _table_of(FileMerge)
    merged = select(merge.c.other_id).where(merge.c.kept_id == account_id, merge.c.undone_at.is_(None))
    found: dict[Table, Any] = {account: or_(account.c.id == account_id, account.c.id.in_(merged))}
    for table in tables_in_order():
        ways = [
            key.parent.in_(select(key.column).where(found[key.column.table]))
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.ondelete == "CASCADE" and key.column.table in found and table is not account
        ]
        if ways:
            found[table] = or_(*ways)
    found[log] = or_(log.c.whom_id == account_id, log.c.by_id == account_id)
    for table, condition in found.items():
        yield table, select(table).where(condition).order_by(*table.primary_key.columns)


def plain_rows(session: Session, account_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return those rows by table, JSON-ready and without secrets; bytes are replaced by their length."""
    return {
        table.name: rows
        for table, query in of_person(account_id)
        if (rows := [_plain_row(dict(row)) for row in session.execute(query).mappings()])
    }


def _table_of(model: Any) -> Table:
    found: Table = model.__table__
    return found


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in row.items() if not SECRET.search(name)}


def _plain_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"{len(value)} octets"
    return value.isoformat() if isinstance(value, (datetime, date, time)) else value
