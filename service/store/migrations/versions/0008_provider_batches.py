"""Batches through a provider's own Batch API: how a batch goes, and what waits there."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _of_batch(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["batch"], ["batches.id"], name=f"fk_{table}_batch", ondelete="CASCADE")


def upgrade() -> None:
    """Create the tables and the column."""
    op.add_column("batches", sa.Column("via", sa.String, nullable=False, server_default="calls"))
    op.create_table(
        "parked_starts",
        sa.Column("batch", sa.String, nullable=False),
        sa.Column("line", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("batch", "line", name="pk_parked_starts"),
        _of_batch("parked_starts"),
    )
    op.create_table(
        "parked_asks",
        sa.Column("batch", sa.String, nullable=False),
        sa.Column("line", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("submission", sa.String, nullable=False),
        sa.Column("ask", sa.JSON),
        sa.Column("outcome", sa.JSON),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.Column("nano_usd", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("batch", "line", "key", name="pk_parked_asks"),
        _of_batch("parked_asks"),
    )
    op.create_index("ix_parked_asks_state", "parked_asks", ["batch", "state", "line"])
    op.create_index("ix_parked_asks_submission", "parked_asks", ["submission"])
    op.create_table(
        "submissions",
        sa.Column("token", sa.String, nullable=False),
        sa.Column("batch", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("provider_id", sa.String, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_submissions"),
        _of_batch("submissions"),
    )
    op.create_index("ix_submissions_batch", "submissions", ["batch"])


def downgrade() -> None:
    """Drop them."""
    for table in ("submissions", "parked_asks", "parked_starts"):
        op.drop_table(table)
    op.drop_column("batches", "via")
