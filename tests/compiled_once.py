"""SQL compiled once for all the tests of a process.

SQLAlchemy keeps its compiled statements with each engine, and each test has an engine of its own: compiling the same statements
again took half the time of a test with a database. Everything else of an engine (connections, listeners) stays its own.
"""

from __future__ import annotations

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_STATEMENTS = 5_000  # more than the suite has


def share_compiled_statements() -> None:
    """Give every SQLite engine made from now on the dialect and the statements of one of them; both are part of the key."""
    shared = create_engine("sqlite://", query_cache_size=_STATEMENTS)
    with shared.connect():  # the dialect then knows which SQLite it speaks to
        pass

    def share(_dialect: type[SQLiteDialect_pysqlite], engine: Engine) -> None:
        engine.dialect, engine._compiled_cache = shared.dialect, shared._compiled_cache

    SQLiteDialect_pysqlite.engine_created = classmethod(share)  # type: ignore[assignment]
