"""Appointments with an hour, a length, a kind and a place; what came of them; those that a young person asks for"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.add_column("appointment", sa.Column("start", sa.Time(), nullable=True))
    op.add_column("appointment", sa.Column("minutes", sa.Integer(), nullable=True))
    op.add_column("appointment", sa.Column("kind", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("appointment", sa.Column("place", sa.String(length=1000), nullable=False, server_default=""))
    op.add_column("appointment", sa.Column("outcome", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("appointment", sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_appointment_by_id_day", "appointment", ["by_id", "day"])
    op.create_table(
        "appointmentrequest",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("half_days", sa.String(length=200), nullable=False),
        sa.Column("reasons", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.add_column("progress", sa.Column("appointment_asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:

    op.drop_column("progress", "appointment_asked_at")
    op.drop_table("appointmentrequest")
    op.drop_index("ix_appointment_by_id_day", "appointment")
    for column in ("outcome_at", "outcome", "place", "kind", "minutes", "start"):
        op.drop_column("appointment", column)
