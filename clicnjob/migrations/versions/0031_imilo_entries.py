"""Lines typed into i-milo; columns chosen in « Mes jeunes »; sign-ins counted by day, as the figures count them"""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_SIGN_INS = sa.table("signin", sa.column("account_id"), sa.column("started_at", _INSTANT))
_PROGRESS = sa.table("progress", sa.column("account_id"), sa.column("last_visit_at", _INSTANT))
_DAYS = sa.table(
    "activityday", *map(sa.column, ("account_id", "kind", "acts", "seconds")), sa.column("day", sa.Date()),
    sa.column("last_at", _INSTANT),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "imiloentry",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_imiloentry_account_id", "imiloentry", ["account_id"])
    op.create_table(
        "cohortview",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("columns", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    visits = _visits_by_day()
    if visits:
        op.bulk_insert(_DAYS, [{"account_id": who, "day": day, "kind": "visit", "acts": n, "seconds": 0, "last_at": at}
                               for (who, day), (n, at) in visits.items()])  # fmt: skip


def downgrade() -> None:
    op.get_bind().execute(_DAYS.delete().where(_DAYS.c.kind == "visit"))
    op.drop_table("cohortview")
    op.drop_table("imiloentry")


def _visits_by_day() -> dict[tuple[str, date], tuple[int, datetime]]:
    """Count the sign-ins that `Progress` has counted already; later ones are counted when it is next refreshed."""
    counted = sa.select(_SIGN_INS.c.account_id, _SIGN_INS.c.started_at).join(
        _PROGRESS,
        sa.and_(_PROGRESS.c.account_id == _SIGN_INS.c.account_id, _SIGN_INS.c.started_at <= _PROGRESS.c.last_visit_at),
    )
    found: dict[tuple[str, date], tuple[int, datetime]] = {}
    for who, at in op.get_bind().execute(counted.order_by(_SIGN_INS.c.started_at)):
        instant = at.replace(tzinfo=UTC) if at.tzinfo is None else at
        key = (who, instant.astimezone().date())
        found[key] = (found.get(key, (0, instant))[0] + 1, instant)
    return found
