"""Tickets: more about the document, such as a period and its purpose"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("ticket") as ticket:
        ticket.alter_column(
            "work_id", type_=sa.String(length=100), existing_type=sa.String(length=32), existing_nullable=False
        )


def downgrade() -> None:

    with op.batch_alter_table("ticket") as ticket:
        ticket.alter_column(
            "work_id", type_=sa.String(length=32), existing_type=sa.String(length=100), existing_nullable=False
        )
