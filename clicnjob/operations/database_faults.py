"""Classifies database errors: one French sentence for the operator and one constant word for the log."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass
from typing import Any

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from clicnjob.errors import Refusal

# Keys: the lowest byte of SQLite's result codes; classes and codes of PostgreSQL's SQLSTATE.
_SQLITE = {5: "locked", 6: "locked", 8: "read-only", 10: "disk", 11: "corrupt", 13: "full", 14: "absent", 26: "corrupt"}
_POSTGRESQL = {
    "28": "refused", "3D": "refused", "42P01": "not migrated", "42703": "not migrated", "53100": "full", "53300": "crowded",
    "57014": "slow", "55P03": "locked", "25006": "read-only", "57P": "absent", "08": "absent", "XX": "corrupt", "58": "disk",
}  # fmt: skip
_SENTENCES = {
    "full": "Le disque est plein. Libérez de la place, puis recommencez.",
    "disk": "Le disque ne répond pas bien. Vérifiez-le, puis recommencez.",
    "locked": "La base est occupée par un autre programme. Fermez-le ou attendez, puis recommencez.",
    "slow": "La base répond trop lentement. Attendez, puis recommencez.",
    "crowded": "Trop de programmes utilisent la base. Fermez-en, puis recommencez.",
    "read-only": "La base ne peut pas être écrite. Donnez à ClicNJob le droit d’écrire dans le dossier de CLICNJOB_HOME.",
    "corrupt": "La base est abîmée, ou n’est pas une base de ClicNJob. "
    "Remettez la dernière sauvegarde\u00a0: python -m clicnjob restore FICHIER.",
    "absent": "La base ne peut pas être ouverte. Vérifiez CLICNJOB_HOME et CLICNJOB_DATABASE_URL, et que PostgreSQL tourne.",
    "refused": "PostgreSQL refuse d’ouvrir la base. "
    "Vérifiez l’utilisateur, le mot de passe et le nom de la base dans CLICNJOB_DATABASE_URL.",
    "not migrated": "La base n’est pas à jour. Lancez\u00a0: python -m clicnjob migrate.",
    "later": "La base vient d’une version plus récente. "
    "Mettez ClicNJob à jour, ou remettez une sauvegarde faite avec cette version.",
}


@dataclass(frozen=True, slots=True)
class DatabaseFault:
    """A known kind of fault, named by a constant word."""

    kind: str

    @property
    def refusal(self) -> Refusal:
        """The refusal with the sentence for the operator."""
        return Refusal(_SENTENCES[self.kind])


def known_fault(error: BaseException) -> DatabaseFault | None:
    """Return the fault behind an exception; None for any other error, which is then a bug."""
    if isinstance(error, CommandError):
        return DatabaseFault("later") if "locate revision" in str(error) else None
    if isinstance(error, PoolTimeout):
        return DatabaseFault("crowded")
    if isinstance(error, OSError):
        return DatabaseFault("full") if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    cause: Any = getattr(error, "orig", None) if isinstance(error, SQLAlchemyError) else error
    kind = _kind_in_sqlite(cause) if isinstance(cause, sqlite3.Error) else _kind_in_postgresql(cause)
    return DatabaseFault(kind) if kind else None


def _kind_in_sqlite(cause: sqlite3.Error) -> str | None:
    whole = getattr(cause, "sqlite_errorcode", 0)
    if whole == sqlite3.SQLITE_IOERR_SHMSIZE:  # what a full disk says first, when the database is opened
        return "full"
    code = whole & 0xFF
    if code == sqlite3.SQLITE_ERROR and str(cause).startswith(("no such table", "no such column")):
        return "not migrated"
    return _SQLITE.get(code)


def _kind_in_postgresql(cause: Any) -> str | None:
    """Classify by SQLSTATE. Connection errors have none, so a refused password is recognised by the message."""
    if type(cause).__module__.partition(".")[0] != "psycopg":
        return None
    state = getattr(cause, "sqlstate", None) or ""
    for length in (5, 3, 2):
        if found := _POSTGRESQL.get(state[:length]):
            return found
    if state or type(cause).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return None
    told = str(cause)
    return "refused" if "FATAL" in told and "starting up" not in told else "absent"
