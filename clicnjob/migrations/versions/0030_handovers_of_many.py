"""Appointments that pass to a colleague with their young person, handovers made together, papers for many people"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.add_column("appointment", sa.Column("handover_id", sa.String(length=32), nullable=False, server_default=""))
    op.create_index("ix_handover_by_id_at", "handover", ["by_id", "at"])
    with op.batch_alter_table("ticket") as table:
        table.alter_column("work_id", existing_type=sa.String(length=100), type_=sa.String(length=1700))


def downgrade() -> None:

    op.execute("DELETE FROM ticket WHERE length(work_id) > 100")
    with op.batch_alter_table("ticket") as table:
        table.alter_column("work_id", existing_type=sa.String(length=1700), type_=sa.String(length=100))
    op.drop_index("ix_handover_by_id_at", "handover")
    op.drop_column("appointment", "handover_id")
