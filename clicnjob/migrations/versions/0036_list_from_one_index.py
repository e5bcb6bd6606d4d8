"""The head's list is counted and put in order from an index alone"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_progress_organisation", table_name="progress")
    op.create_index(
        "ix_progress_counted",
        "progress",
        [
            "organisation_id",
            "archived_at",
            "alerts",
            "stage",
            "cv_state",
            "activated_at",
            "last_activity_at",
            "urgency",
            "name_key",
            "account_id",
        ],
    )


def downgrade() -> None:
    op.drop_index("ix_progress_counted", table_name="progress")
    op.create_index("ix_progress_organisation", "progress", ["organisation_id", "archived_at"])
