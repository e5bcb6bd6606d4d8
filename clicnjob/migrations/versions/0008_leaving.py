"""Sign-out: tickets for a telephone; whether a file was downloaded during a visit"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("signin") as signin:
        signin.add_column(sa.Column("took_file", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("ticket") as ticket:
        ticket.add_column(sa.Column("by_phone", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:

    with op.batch_alter_table("ticket") as ticket:
        ticket.drop_column("by_phone")
    with op.batch_alter_table("signin") as signin:
        signin.drop_column("took_file")
