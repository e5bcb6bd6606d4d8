"""Consents that showed nothing are deleted; quiz answers are counted apart from jobs; who remade a card"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NEVER_SHOWN = ("diagnostics", "obstacles")
_WORK = sa.table("work", sa.column("account_id"), sa.column("kind"), sa.column("body", sa.JSON()))
_DAY = sa.table("activityday", sa.column("account_id"), sa.column("kind"))
_CONSENT = sa.table("consent", sa.column("what"))


def upgrade() -> None:

    op.add_column("card", sa.Column("remade_by_id", sa.String(length=32), nullable=True))
    for name in _NEVER_SHOWN:  # these showed nothing; people are asked again once there is something to show
        op.drop_column("sharing", name)
    op.execute(_CONSENT.delete().where(_CONSENT.c.what.in_(_NEVER_SHOWN)))
    _part_the_quiz()


def downgrade() -> None:

    op.execute(_DAY.delete().where(_DAY.c.kind == "quiz"))
    for name in _NEVER_SHOWN:
        op.add_column("sharing", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_column("card", "remade_by_id")


def _part_the_quiz() -> None:
    """Relabel past days, which cannot be split into jobs and quiz: for people who answered the quiz, all become « quiz »."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(_WORK.c.account_id, _WORK.c.body).where(_WORK.c.kind == "jobs"))
    answered = [account_id for account_id, body in rows if body.get("answers")]
    for start in range(0, len(answered), 500):
        theirs = _DAY.c.account_id.in_(answered[start : start + 500])
        connection.execute(_DAY.update().where(theirs, _DAY.c.kind == "jobs").values(kind="quiz"))
