"""Deletes rows of a table, for the retention rules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session


def delete_rows(session: Session, table: Any, *old: ColumnElement[bool]) -> int:
    """Delete the rows that meet every condition, and return how many there were."""
    return session.exec(delete(table).where(*old)).rowcount
