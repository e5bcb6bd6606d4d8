"""Contact notes, and alerts that each professional has seen for themselves"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_COLUMNS = ("account_id", "rule", "fingerprint", "by_id", "at")
_OLD = sa.table("silencedalert", *(sa.column(n) for n in _COLUMNS[:-1]), sa.column("at", sa.DateTime(timezone=True)))
_NEW = sa.table(
    "silencedalert",
    sa.column("id"),
    *(sa.column(name) for name in _COLUMNS[:-1]),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("ended_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:

    op.create_table(
        "contactnote",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contactnote_account_id", "contactnote", ["account_id"])
    op.add_column("progress", sa.Column("remind_on", sa.Date(), nullable=True))
    op.create_table(
        "alertview",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("alerts", sa.String(length=400), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "by_id"),
    )
    seen = op.get_bind().execute(sa.select(_OLD)).mappings().all()
    op.drop_table("silencedalert")
    op.create_table(
        "silencedalert",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_silencedalert_account_id", "silencedalert", ["account_id"])
    if seen:
        op.bulk_insert(_NEW, [{"id": uuid4().hex, **row} for row in seen])
        op.execute("UPDATE progress SET refreshed_at = NULL WHERE account_id IN (SELECT account_id FROM silencedalert)")


def downgrade() -> None:

    rows = op.get_bind().execute(sa.select(_NEW).where(_NEW.c.ended_at.is_(None)).order_by(_NEW.c.at)).mappings()
    latest = {(row["account_id"], row["rule"]): row for row in rows}
    op.drop_table("silencedalert")
    op.create_table(
        "silencedalert",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "rule"),
    )
    kept = [{name: row[name] for name in _COLUMNS} for row in latest.values()]
    if kept:
        op.bulk_insert(_OLD, kept)
    op.drop_table("alertview")
    op.drop_column("progress", "remind_on")
    op.drop_table("contactnote")
