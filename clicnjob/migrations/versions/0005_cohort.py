"""The cohort: progress, activity, lists, comments, next steps, notes, handovers, archives, appointments, alerts"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watermark",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "alertthreshold",
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organisation_id", "rule"),
    )
    op.create_table(
        "activityday",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "day", "kind"),
    )
    op.create_index("ix_activityday_day", "activityday", ["day"])
    op.create_table(
        "appointment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appointment_account_id", "appointment", ["account_id"])
    op.create_table(
        "archive",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("comment", sa.String(length=4000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_archive_account_id", "archive", ["account_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("section", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_comment_account_id", "comment", ["account_id"])
    op.create_table(
        "handover",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("from_id", sa.String(length=32), nullable=True),
        sa.Column("to_id", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_handover_account_id", "handover", ["account_id"])
    op.create_table(
        "helpasked",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("word", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_helpasked_account_id", "helpasked", ["account_id"])
    op.create_table(
        "nextstep",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("word", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_nextstep_account_id", "nextstep", ["account_id"])
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_note_account_id", "note", ["account_id"])
    op.create_table(
        "peoplelist",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_peoplelist_organisation_id", "peoplelist", ["organisation_id"])
    op.create_index("ix_peoplelist_owner_id", "peoplelist", ["owner_id"])
    op.create_table(
        "progress",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("adviser_id", sa.String(length=32), nullable=True),
        sa.Column("lent_to_id", sa.String(length=32), nullable=True),
        sa.Column("lent_until", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name_key", sa.String(length=1000), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("cv_state", sa.String(length=16), nullable=False),
        sa.Column("missing", sa.String(length=100), nullable=False),
        sa.Column("jobs_count", sa.Integer(), nullable=False),
        sa.Column("practice_count", sa.Integer(), nullable=True),
        sa.Column("applications_count", sa.Integer(), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("card_on", sa.Date(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_visit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("step_visits", sa.Integer(), nullable=False),
        sa.Column("cv_done_on", sa.Date(), nullable=True),
        sa.Column("last_application_on", sa.Date(), nullable=True),
        sa.Column("next_follow_up_on", sa.Date(), nullable=True),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.Column("yes_on", sa.Date(), nullable=True),
        sa.Column("help_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("help_word", sa.String(length=1000), nullable=False),
        sa.Column("comment_waits_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alerts", sa.String(length=400), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("next_change_on", sa.Date(), nullable=True),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_index("ix_progress_adviser", "progress", ["adviser_id", "archived_at"])
    op.create_index("ix_progress_change", "progress", ["next_change_on"])
    op.create_index("ix_progress_lent", "progress", ["lent_to_id"])
    op.create_index("ix_progress_organisation", "progress", ["organisation_id", "archived_at"])
    op.create_table(
        "silencedalert",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "rule"),
    )
    op.create_table(
        "membership",
        sa.Column("list_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["list_id"], ["peoplelist.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", "account_id"),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"])
    op.create_index("ix_revision_at", "revision", ["at"])
    with op.batch_alter_table("signin") as signin:
        signin.add_column(sa.Column("projected", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_work_changed_at", "work", ["changed_at"])


def downgrade() -> None:
    op.drop_index("ix_work_changed_at", "work")
    with op.batch_alter_table("signin") as signin:
        signin.drop_column("projected")
    op.drop_index("ix_revision_at", "revision")
    op.drop_index("ix_membership_account_id", "membership")
    op.drop_table("membership")
    op.drop_table("silencedalert")
    op.drop_index("ix_progress_organisation", "progress")
    op.drop_index("ix_progress_lent", "progress")
    op.drop_index("ix_progress_change", "progress")
    op.drop_index("ix_progress_adviser", "progress")
    op.drop_table("progress")
    op.drop_index("ix_peoplelist_owner_id", "peoplelist")
    op.drop_index("ix_peoplelist_organisation_id", "peoplelist")
    op.drop_table("peoplelist")
    op.drop_index("ix_note_account_id", "note")
    op.drop_table("note")
    op.drop_index("ix_nextstep_account_id", "nextstep")
    op.drop_table("nextstep")
    op.drop_index("ix_helpasked_account_id", "helpasked")
    op.drop_table("helpasked")
    op.drop_index("ix_handover_account_id", "handover")
    op.drop_table("handover")
    op.drop_index("ix_comment_account_id", "comment")
    op.drop_table("comment")
    op.drop_index("ix_archive_account_id", "archive")
    op.drop_table("archive")
    op.drop_index("ix_appointment_account_id", "appointment")
    op.drop_table("appointment")
    op.drop_index("ix_activityday_day", "activityday")
    op.drop_table("activityday")
    op.drop_table("alertthreshold")
    op.drop_table("watermark")
