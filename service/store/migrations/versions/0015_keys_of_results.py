"""The API key that a review, an edit or an evaluation was made for: only it and admins see the result."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
TABLES = ("reviews", "edits", "evals")


def upgrade() -> None:
    """Add the columns; of results that stand no key is known here."""
    for name in TABLES:
        op.add_column(name, sa.Column("key_id", sa.String, nullable=False, server_default=""))
        op.create_index(f"ix_{name}_key_id", name, ["key_id", "created"])


def downgrade() -> None:
    """Drop them."""
    for name in TABLES:
        op.drop_index(f"ix_{name}_key_id", name)
        with op.batch_alter_table(name) as table:
            table.drop_column("key_id")
