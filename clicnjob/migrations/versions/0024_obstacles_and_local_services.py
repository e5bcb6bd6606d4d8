"""Obstacles shown one by one, the switch of the digital check, and the services of a territory"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

_PLACE = (("address", 200), ("town", 100), ("town_key", 100), ("postcode", 5), ("insee", 5))
_REACH = (("phone", 20), ("link", 300), ("hours", 300))


def upgrade() -> None:

    op.add_column("sharing", sa.Column("digital_check", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "sharedobstacle",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("obstacle", sa.String(length=32), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "obstacle"),
    )
    op.create_table(
        "localstructure",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("networks", sa.String(length=400), nullable=False),
        *_texts(*_PLACE, *_REACH),
        *_dates(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "localservice",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("structure_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        *_texts(("description", 240), ("fee", 40), ("conditions", 400)),
        sa.Column("for_users", sa.Boolean(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        *_texts(*_PLACE, *_REACH),
        *_dates(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "localservicetheme",
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["localservice.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("theme", "service_id"),
    )
    op.create_index("ix_localservice_structure_id", "localservice", ["structure_id"])
    op.create_index("ix_localservice_town", "localservice", ["town_key"])
    op.create_index("ix_localservice_postcode", "localservice", ["postcode"])
    op.create_index("ix_localservice_insee", "localservice", ["insee"])
    op.create_index("ix_localservicetheme_service_id", "localservicetheme", ["service_id"])


def downgrade() -> None:

    for table in ("localservicetheme", "localservice", "localstructure", "sharedobstacle"):
        op.drop_table(table)
    op.drop_column("sharing", "digital_check")


def _texts(*columns: tuple[str, int]) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(length=length), nullable=False) for name, length in columns]


def _dates() -> list[sa.Column]:  # type: ignore[type-arg]
    return [
        sa.Column("updated_on", sa.Date(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
    ]
