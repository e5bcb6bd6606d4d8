"""Failed tries are counted by what was typed, whether it exists or not, instead of on the card and the password"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COUNTED = (("card", "wrong_pins"), ("password", "wrong_tries"))


def upgrade() -> None:

    op.create_table(
        "wrongtries",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_wrongtries_last_at", "wrongtries", ["last_at"])
    for name, count in _COUNTED:
        with op.batch_alter_table(name) as table:
            table.drop_column("wait_until")
            table.drop_column(count)


def downgrade() -> None:

    for name, count in _COUNTED:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column(count, sa.Integer(), nullable=False, server_default="0"))
            table.add_column(sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True))
    op.drop_table("wrongtries")
