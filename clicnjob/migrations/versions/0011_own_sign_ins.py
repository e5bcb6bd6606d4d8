"""Sign-ins: the professional's browser and computer, in one word each"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("signin") as signin:
        signin.add_column(sa.Column("browser", sa.String(length=16), nullable=False, server_default=""))
        signin.add_column(sa.Column("computer", sa.String(length=16), nullable=False, server_default=""))


def downgrade() -> None:

    with op.batch_alter_table("signin") as signin:
        signin.drop_column("computer")
        signin.drop_column("browser")
