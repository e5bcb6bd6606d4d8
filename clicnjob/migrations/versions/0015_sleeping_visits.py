"""Sleeping visits: when a tab was last open, since when the visit sleeps, the encrypted card number to check its PIN"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_AWAKE = sa.text("ended_at IS NULL AND slept_at IS NULL")


def upgrade() -> None:

    with op.batch_alter_table("signin") as signin:
        signin.add_column(sa.Column("tab_at", sa.DateTime(timezone=True), nullable=True))
        signin.add_column(sa.Column("slept_at", sa.DateTime(timezone=True), nullable=True))
        signin.add_column(sa.Column("card_locked", sa.String(length=200), nullable=False, server_default=""))
    op.execute("UPDATE signin SET tab_at = seen_at")
    with op.batch_alter_table("signin") as signin:
        signin.alter_column("tab_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_index("ix_signin_awake", "signin", ["tab_at"], sqlite_where=_AWAKE, postgresql_where=_AWAKE)


def downgrade() -> None:

    op.drop_index("ix_signin_awake", "signin")
    with op.batch_alter_table("signin") as signin:
        signin.drop_column("card_locked")
        signin.drop_column("slept_at")
        signin.drop_column("tab_at")
