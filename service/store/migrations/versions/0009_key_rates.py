"""Rates of API keys that several processes share."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "key_rates",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("arrival", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_key_rates"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("key_rates")
