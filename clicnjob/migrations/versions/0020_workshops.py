"""Live group sessions: « gathering » becomes « workshop », with participants, seats, progress, help, questions and plans"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_RUNNING = sa.text("ended_at IS NULL")
_HAS_CODE = sa.text("code <> ''")
_INDEXES = (("organisation_id", ["organisation_id"]), ("began_at", ["began_at"]), ("by", ["by_id", "began_at"]))
_TABLES = (
    "portfolioline",
    "ownplan",
    "workshopevent",
    "groupanswer",
    "groupquestion",
    "workshophint",
    "workshophelp",
    "workshopprogress",
    "workshopparticipant",
    "workshopseat",
    "workshoptrainer",
)
_TEXTS = (
    ("place", 200),
    ("plan_id", 64),
    ("activity", 64),
    ("activity_title", 200),
    ("activity_instruction", 600),
    ("code", 8),
    ("projector_digest", 64),
)
_NUMBERS = (
    ("step", "-1"),
    ("version", "1"),
    ("board_version", "1"),
    ("activity_number", "0"),
    ("activity_minutes", "0"),
)
_INSTANTS = ("activity_at", "timer_ends_at", "paused_until", "code_expires_at")
_SWITCHES = ("joining_open", "qr_open", "rehearsal")


def upgrade() -> None:

    _rename_tables("gathering", "workshop")
    with op.batch_alter_table("workshop") as workshop:
        for name, length in _TEXTS:
            workshop.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        for name, first in _NUMBERS:
            workshop.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=first))
        for name in _INSTANTS:
            workshop.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in _SWITCHES:
            workshop.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        workshop.add_column(sa.Column("plan", sa.JSON(), nullable=False, server_default="{}"))
        workshop.add_column(sa.Column("keep_apart", sa.JSON(), nullable=False, server_default="[]"))
        workshop.add_column(sa.Column("activity_for", sa.JSON(), nullable=False, server_default="[]"))
        workshop.add_column(sa.Column("pushes", sa.JSON(), nullable=False, server_default="[]"))
        workshop.add_column(sa.Column("activity_mode", sa.String(length=16), nullable=False, server_default="propose"))
    op.create_index("ix_workshop_projector_digest", "workshop", ["projector_digest"])
    op.create_index(
        "ix_workshop_code", "workshop", ["code"], unique=True, sqlite_where=_HAS_CODE, postgresql_where=_HAS_CODE
    )
    _create_live_tables()
    _create_answer_tables()


def downgrade() -> None:

    for table in _TABLES:
        op.drop_table(table)
    op.drop_index("ix_workshop_code", "workshop")
    op.drop_index("ix_workshop_projector_digest", "workshop")
    names = [name for name, _ in (*_TEXTS, *_NUMBERS)]
    with op.batch_alter_table("workshop") as workshop:
        lists = ("plan", "keep_apart", "activity_for", "pushes", "activity_mode")
        for name in (*names, *_INSTANTS, *_SWITCHES, *lists):
            workshop.drop_column(name)
    _rename_tables("workshop", "gathering")


def _rename_tables(old: str, new: str) -> None:
    """Rename the table of sessions with its indexes, and the column of `attendance` that refers to it."""
    for name, _ in _INDEXES:
        op.drop_index(f"ix_{old}_{name}", old)
    op.drop_index(f"ix_{old}_running", old)
    op.rename_table(old, new)
    op.alter_column("attendance", f"{old}_id", new_column_name=f"{new}_id")
    for name, columns in _INDEXES:
        op.create_index(f"ix_{new}_{name}", new, columns)
    op.create_index(f"ix_{new}_running", new, ["by_id"], unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING)


def _create_live_tables() -> None:

    op.create_table(
        "workshopseat",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_workshopseat_number", "workshopseat", ["workshop_id", "number"], unique=True)
    op.create_index("ix_workshopseat_workshop_id", "workshopseat", ["workshop_id"], unique=False)
    op.create_table(
        "workshoptrainer",
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "account_id"),
    )
    op.create_index("ix_workshoptrainer_account_id", "workshoptrainer", ["account_id"], unique=False)
    op.create_table(
        "workshopparticipant",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("seat_id", sa.String(length=32), nullable=True),
        sa.Column("first_name", sa.String(length=400), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_digest", sa.String(length=64), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["workshopseat.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_workshopparticipant_account_id", "workshopparticipant", ["account_id"], unique=False)
    op.create_index("ix_workshopparticipant_one", "workshopparticipant", ["workshop_id", "account_id"], unique=True)
    op.create_index("ix_workshopparticipant_workshop_id", "workshopparticipant", ["workshop_id"], unique=False)
    op.create_table(
        "workshophelp",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("page_shown", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["workshopparticipant.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_workshophelp_open",
        "workshophelp",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index("ix_workshophelp_participant_id", "workshophelp", ["participant_id"], unique=False)
    op.create_index("ix_workshophelp_workshop_id", "workshophelp", ["workshop_id"], unique=False)
    op.create_table(
        "workshopprogress",
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("activity_number", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("step_title", sa.String(length=120), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["workshopparticipant.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", "activity_number"),
    )


def _create_answer_tables() -> None:

    op.create_table(
        "ownplan",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ownplan_organisation_id", "ownplan", ["organisation_id"], unique=False)
    op.create_table(
        "groupquestion",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_groupquestion_workshop_id", "groupquestion", ["workshop_id"], unique=False)
    op.create_table(
        "groupanswer",
        sa.Column("question_id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=560), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["workshopparticipant.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["question_id"], ["groupquestion.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "participant_id"),
    )
    op.create_index("ix_groupanswer_answered_at", "groupanswer", ["answered_at"], unique=False)
    op.create_index("ix_groupanswer_participant_id", "groupanswer", ["participant_id"], unique=False)
    op.create_table(
        "portfolioline",
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("did", sa.String(length=1200), nullable=False),
        sa.Column("gained", sa.String(length=1200), nullable=False),
        sa.Column("reuse", sa.String(length=1200), nullable=False),
        sa.Column("competences", sa.JSON(), nullable=False),
        sa.Column("next_step", sa.String(length=400), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["workshopparticipant.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id"),
    )
    op.create_table(
        "workshopevent",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["workshopparticipant.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("operation"),
    )
    op.create_index("ix_workshopevent_participant_id", "workshopevent", ["participant_id"], unique=False)
    op.create_index("ix_workshopevent_workshop_id", "workshopevent", ["workshop_id"], unique=False)
    op.create_table(
        "workshophint",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["workshopparticipant.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_workshophint_participant_id", "workshophint", ["participant_id"], unique=False)
