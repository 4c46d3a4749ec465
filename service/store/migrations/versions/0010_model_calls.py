"""The model calls of the last minute, for quotas that processes share."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "model_calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("tokens", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_model_calls"),
    )
    op.create_index("ix_model_calls_model", "model_calls", ["model", "at", "tokens"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("model_calls")
