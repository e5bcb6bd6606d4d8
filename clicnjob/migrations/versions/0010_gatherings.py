"""Group sessions and their attendance; a screen that shows names during one"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_RUNNING = sa.text("ended_at IS NULL")


def upgrade() -> None:

    op.create_table(
        "gathering",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_gathering_organisation_id", "gathering", ["organisation_id"])
    op.create_index("ix_gathering_began_at", "gathering", ["began_at"])
    op.create_index("ix_gathering_by", "gathering", ["by_id", "began_at"])
    op.create_index(
        "ix_gathering_running",
        "gathering",
        ["by_id"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_table(
        "attendance",
        sa.Column("gathering_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gathering_id", "account_id"),
    )
    op.create_index("ix_attendance_account_id", "attendance", ["account_id"])
    with op.batch_alter_table("signin") as signin:
        signin.add_column(sa.Column("names_for", sa.String(length=32), nullable=False, server_default=""))


def downgrade() -> None:

    with op.batch_alter_table("signin") as signin:
        signin.drop_column("names_for")
    op.drop_table("attendance")
    op.drop_table("gathering")
