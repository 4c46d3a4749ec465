"""The API key that a batch came with: its calls are charged to that key's budget."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; of batches that stand it is not known."""
    op.add_column("batches", sa.Column("key_id", sa.String, nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("batches") as table:
        table.drop_column("key_id")
