"""The index of titles anew: titles in the film's row, pairs (hash, film) instead of rows of titles.

What is derived from the films' records is derived again, so that nothing is lost but time.
"""

import orjson
import sqlalchemy as sa
from alembic import op

from service.store.rows import record_row

revision = "0011"
down_revision = "0010"

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 2000
OLD = ("title_segments", "titles", "new_title_segments", "new_titles")


def upgrade() -> None:
    """Create the new tables, give films their titles, drop the old ones; 0014 fills the index."""
    for name in OLD:
        op.drop_table(name)
    op.add_column("films", sa.Column("titles", sa.Text, nullable=False, server_default="[]"))
    op.create_table(
        "title_entries",
        sa.Column("hash", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("film", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("hash", "film", name="pk_title_entries"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "title_buckets",
        sa.Column("bucket", SERIAL, nullable=False, autoincrement=False),
        sa.Column("entries", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_title_buckets"),
    )
    op.create_table(
        "new_title_entries",
        sa.Column("run", SERIAL, nullable=False),
        sa.Column("part", sa.SmallInteger, nullable=False),
        sa.Column("entries", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_new_title_entries"),
    )
    op.create_index("ix_new_title_entries_part", "new_title_entries", ["part"])
    _fill()


def _fill() -> None:
    connection = op.get_bind()
    after = 0
    query = sa.text("SELECT number, record FROM films WHERE number > :after ORDER BY number LIMIT :n")
    put = sa.text("UPDATE films SET titles = :titles WHERE number = :number")
    while films := connection.execute(query, {"after": after, "n": AT_ONCE}).all():
        rows = [(number, record_row(orjson.loads(record))) for number, record in films]
        connection.execute(put, [{"number": n, "titles": row.stored_titles} for n, row in rows])
        after = films[-1].number


def downgrade() -> None:
    """Bring back the old tables, empty: the films are found again once they are imported again."""
    for name in ("new_title_entries", "title_buckets", "title_entries"):
        op.drop_table(name)
    op.drop_column("films", "titles")
    for name in ("titles", "new_titles"):
        primary = (sa.PrimaryKeyConstraint("film", "place", name="pk_titles"),) if name == "titles" else ()
        op.create_table(
            name,
            sa.Column("film", SERIAL, nullable=False),
            sa.Column("place", sa.SmallInteger, nullable=False),
            sa.Column("kind", sa.SmallInteger, nullable=False),
            sa.Column("key", ORDERED, nullable=False),
            sa.Column("title", sa.String, nullable=False),
            *primary,
        )
    op.create_index("ix_titles_key", "titles", ["key"])
    for name in ("title_segments", "new_title_segments"):
        op.create_table(
            name,
            sa.Column("hash", sa.BigInteger, nullable=False),
            sa.Column("film", SERIAL, nullable=False),
        )
