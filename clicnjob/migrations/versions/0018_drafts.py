"""Drafts of messages; when a person last downloaded their own work"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "draft",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("box", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "box"),
    )
    op.add_column("signin", sa.Column("work_taken_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:

    op.drop_column("signin", "work_taken_at")
    op.drop_table("draft")
