"""Erase the reason of a gap (health, papers, housing…) from every profile and revision; only the sentence stays"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT_ONCE = 500


def upgrade() -> None:

    for name, identifier in (("work", sa.String(length=32)), ("revision", sa.Integer())):
        _purge(sa.table(name, sa.column("id", identifier), sa.column("body", sa.JSON())))


def downgrade() -> None:
    """Do nothing: the reasons are gone, and earlier releases can read a gap without one."""


def _purge(table: sa.TableClause) -> None:
    """Purge page by page in the order of the ids, every kind of work, deleted ones included."""
    connection = op.get_bind()
    rows = sa.select(table.c.id, table.c.body).order_by(table.c.id).limit(_AT_ONCE)
    page = connection.execute(rows).all()
    while page:
        for row in page:
            if _without_reasons(row.body):
                connection.execute(sa.update(table).where(table.c.id == row.id).values(body=row.body))
        page = connection.execute(rows.where(table.c.id > page[-1].id)).all()


def _without_reasons(body: object) -> bool:
    """Remove the reasons in place; return whether there was any. The printed sentence (`text`) stays as it is."""
    gaps = body.get("gaps") if isinstance(body, dict) else None
    found = [gap for gap in gaps if isinstance(gap, dict) and "key" in gap] if isinstance(gaps, list) else []
    for gap in found:
        del gap["key"]
    return bool(found)
