"""Batches, their lines, and what each line asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "batches",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("concurrency", sa.Integer, nullable=False),
        sa.Column("budget_tokens", sa.BigInteger, nullable=False),
        sa.Column("budget_nano_usd", sa.BigInteger, nullable=False),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.Column("nano_usd", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("held_until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_created", "batches", ["created"])
    op.create_table(
        "batch_lines",
        sa.Column("batch", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("custom_id", sa.String),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("error", sa.JSON),
        sa.PrimaryKeyConstraint("batch", "number", name="pk_batch_lines"),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name="fk_batch_lines_batch", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_batch_lines_batch", "batch_lines", ["batch", "state", "number"])
    op.create_index("ix_batch_lines_ended", "batch_lines", ["batch", "ended"])
    op.create_table(
        "batch_requests",
        sa.Column("batch", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("batch", "number", name="pk_batch_requests"),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.id"], name="fk_batch_requests_batch", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("batch_requests", "batch_lines", "batches"):
        op.drop_table(name)
