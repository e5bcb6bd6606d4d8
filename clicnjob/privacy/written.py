"""What professionals wrote on a person's file, and what the person answered: told to the person in their order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import literal, select, union_all
from sqlmodel import Session

from clicnjob.models import Appointment, Archive, Comment, HelpAsked, NextStep, Note

# How it is called, its table, and the columns of its instant, of its words and of when it was taken away ('' for never).
_PARTS = (
    ("Note", Note, "at", "text", "removed_at"),
    ("Remarque", Comment, "at", "text", "removed_at"),
    ("Ta réponse", Comment, "answered_at", "answer", "removed_at"),
    ("Étape proposée", NextStep, "at", "word", "withdrawn_at"),
    ("Rendez-vous", Appointment, "at", "words", "withdrawn_at"),
    ("Ta demande d’aide", HelpAsked, "at", "word", ""),
    ("Fin du suivi", Archive, "at", "comment", "undone_at"),
)


def written(session: Session, *, account_id: str) -> tuple[tuple[str, datetime, str], ...]:
    """(what, when, words), earliest first; what was taken away is left out. One query."""
    parts = []
    for what, model, at, words, gone in _PARTS:
        columns = model.__table__.c  # type: ignore[union-attr]
        part = select(literal(what), columns[at], columns[words]).where(
            columns.account_id == account_id, columns[words] != ""
        )
        parts.append(part.where(columns[gone].is_(None)) if gone else part)
    rows = session.execute(union_all(*parts)).all()
    return tuple(sorted(((row[0], row[1], row[2]) for row in rows), key=lambda row: row[1]))
