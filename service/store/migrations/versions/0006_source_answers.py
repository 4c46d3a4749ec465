"""Answers of the services that films are fetched from, kept for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "source_answers",
        sa.Column("source", sa.String, nullable=False),
        sa.Column("request", sa.String, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "request", name="pk_source_answers"),
    )
    op.create_index("ix_source_answers_fetched", "source_answers", ["fetched"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("source_answers")
