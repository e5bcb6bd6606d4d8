"""Alembic's environment: our tables' metadata, and the database URL from `db.migrate_database` or the settings."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from clicnjob import db, models
from clicnjob.config import current_settings


def plain_column_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Render our own column types as SQLAlchemy's, so that a migration does not depend on today's code."""
    if kind == "type" and isinstance(item, models.Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and type(item).__name__ == "AutoString":
        return f"sa.String(length={item.length})"
    return False


_LOCK = 0x6D696772  # arbitrary number of an advisory lock; on SQLite, the transaction itself locks

address = context.config.attributes.get("address") or current_settings().database
engine = db.connect_engine(address)
if engine.dialect.name == "sqlite":
    # Alembic changes a SQLite table by copying and dropping it, which would cascade to every row that refers to it.
    sa.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys=OFF"))
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=models.Record.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_column_type,
        transactional_ddl=True,  # for SQLite, Alembic would commit each migration: all of them or none
    )
    with context.begin_transaction():
        if (
            engine.dialect.name == "postgresql"
        ):  # of two processes that start together, the second finds nothing left to do
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        context.run_migrations()
        if engine.dialect.name == "sqlite" and (
            orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        ):
            raise RuntimeError(f"rows that point nowhere after the migration: {orphans[:5]}")
engine.dispose()
