"""People: several roles with an end date, advisers, sharing; the audit log"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("adviser_id", sa.String(length=32), nullable=True))
        account.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        account.add_column(sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))
        account.create_index("ix_account_adviser_id", ["adviser_id"])
        account.create_foreign_key("fk_account_adviser", "account", ["adviser_id"], ["id"], ondelete="SET NULL")
    op.create_table(
        "roleheld",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "role"),
    )
    op.execute(
        "INSERT INTO roleheld (account_id, role) SELECT id, role FROM account WHERE role IN ('adviser', 'trainer', 'admin')"
    )
    op.execute("INSERT INTO roleheld (account_id, role) SELECT id, 'head' FROM account WHERE role = 'admin'")
    op.create_table(
        "sharing",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("applications", sa.Boolean(), nullable=False),
        sa.Column("diagnostics", sa.Boolean(), nullable=False),
        sa.Column("obstacles", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "auditevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("act", sa.String(length=48), nullable=False),
        sa.Column("whom_id", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_auditevent_organisation_id", "auditevent", ["organisation_id"])
    op.create_index("ix_auditevent_whom_id", "auditevent", ["whom_id"])


def downgrade() -> None:

    op.drop_table("auditevent")
    op.drop_table("sharing")
    op.drop_table("roleheld")
    with op.batch_alter_table("account") as account:
        account.drop_constraint("fk_account_adviser", type_="foreignkey")
        account.drop_index("ix_account_adviser_id")
        account.drop_column("frozen_at")
        account.drop_column("archived_at")
        account.drop_column("adviser_id")
