"""Privacy: the notice read, frozen accounts, consents, planned erasures, tombstones; triggers that protect the audit log"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Triggers: no line can be changed, and one can be deleted only after retention moved the log's start past it (AuditSeal).
_SQLITE = (
    "CREATE TRIGGER auditevent_no_change BEFORE UPDATE ON auditevent "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE TRIGGER auditevent_no_removal BEFORE DELETE ON auditevent "
    "WHEN OLD.id > coalesce((SELECT line_id FROM auditseal WHERE name = 'start'), 0) "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION auditevent_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' AND OLD.id <= coalesce((SELECT line_id FROM auditseal WHERE name = 'start'), 0) "
    "THEN RETURN OLD; END IF; RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER auditevent_append_only BEFORE UPDATE OR DELETE ON auditevent "
    "FOR EACH ROW EXECUTE FUNCTION auditevent_append_only()",
)


def upgrade() -> None:

    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("frozen_why", sa.String(length=16), nullable=False, server_default=""))
        account.add_column(sa.Column("notice_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_consent_account_id", "consent", ["account_id"])
    op.create_table(
        "erasureplan",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_index("ix_erasureplan_due_at", "erasureplan", ["due_at"])
    op.create_table(
        "tombstone",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "auditseal",
        sa.Column("name", sa.String(length=8), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    # Photos from before consents were recorded: adding one was the consent, so its date becomes the consent's.
    op.execute(
        "INSERT INTO consent (id, account_id, what, given_at) "
        "SELECT 'p' || substr(account_id, 1, 31), account_id, 'photo', changed_at FROM photo"
    )
    for trigger in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(trigger)


def downgrade() -> None:

    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER auditevent_no_change")
        op.execute("DROP TRIGGER auditevent_no_removal")
    else:
        op.execute("DROP TRIGGER auditevent_append_only ON auditevent")
        op.execute("DROP FUNCTION auditevent_append_only()")
    for table in ("auditseal", "tombstone", "erasureplan", "consent"):
        op.drop_table(table)
    with op.batch_alter_table("account") as account:
        account.drop_column("notice_version")
        account.drop_column("frozen_why")
