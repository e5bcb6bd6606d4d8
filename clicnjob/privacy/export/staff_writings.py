"""What professionals wrote about a person and what the person answered, as shown to the person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import literal, select, union_all
from sqlmodel import Session

from clicnjob.models import Appointment, Archive, Comment, Draft, HelpAsked, NextStep, Note

# Label, table, and the columns of instant, words and removal ('' if it cannot be removed).
_PARTS = (
    ("Note", Note, "at", "text", "removed_at"),
    ("Remarque", Comment, "at", "text", "removed_at"),
    ("Ta réponse", Comment, "answered_at", "answer", "removed_at"),
    ("Étape proposée", NextStep, "at", "word", "withdrawn_at"),
    ("Rendez-vous", Appointment, "at", "words", "withdrawn_at"),
    ("Ta demande d’aide", HelpAsked, "at", "word", ""),
    ("Ton brouillon", Draft, "at", "text", ""),
    ("Fin du suivi", Archive, "at", "comment", "undone_at"),
)


def written_on_file(session: Session, *, account_id: str) -> tuple[tuple[str, datetime, str], ...]:
    """Return (label, instant, words), earliest first, without what was removed. One query."""
    parts = []
    for what, model, at, words, gone in _PARTS:
        columns = model.__table__.c  # type: ignore[union-attr]
        part = select(literal(what), columns[at], columns[words]).where(
            columns.account_id == account_id, columns[words] != ""
        )
        parts.append(part.where(columns[gone].is_(None)) if gone else part)
    rows = session.execute(union_all(*parts)).all()
    return tuple(sorted(((row[0], row[1], row[2]) for row in rows), key=lambda row: row[1]))
