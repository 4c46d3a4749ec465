"""Budgets of API keys, and what each has spent on models in a month."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("api_keys", sa.Column("budget_tokens", sa.BigInteger))
    op.add_column("api_keys", sa.Column("budget_micros", sa.BigInteger))
    op.create_table(
        "key_spending",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("month", sa.String, nullable=False),
        sa.Column("calls", sa.BigInteger, nullable=False),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.Column("micros", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", "month", name="pk_key_spending"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("key_spending")
    with op.batch_alter_table("api_keys") as table:
        table.drop_column("budget_micros")
        table.drop_column("budget_tokens")
