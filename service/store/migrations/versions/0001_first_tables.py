"""First tables: films with their titles and search index, imports, reviews, edits, events of runs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "films",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_films"),
        sa.UniqueConstraint("id", name="uq_films_id"),
    )
    op.create_table(
        "titles",
        sa.Column("film", SERIAL, nullable=False),
        sa.Column("place", sa.SmallInteger, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("film", "place", name="pk_titles"),
        sa.ForeignKeyConstraint(["film"], ["films.number"], name="fk_titles_film", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_titles_key", "titles", ["key"])
    op.create_table(
        "title_segments",
        sa.Column("hash", sa.BigInteger, nullable=False),
        sa.Column("film", SERIAL, nullable=False),
        sa.PrimaryKeyConstraint("hash", "film", name="pk_title_segments"),
        sa.ForeignKeyConstraint(
            ["film"], ["films.number"], name="fk_title_segments_film", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "new_titles",
        sa.Column("film", SERIAL, nullable=False),
        sa.Column("place", sa.SmallInteger, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("title", sa.String, nullable=False),
    )
    op.create_table(
        "new_title_segments",
        sa.Column("hash", sa.BigInteger, nullable=False),
        sa.Column("film", SERIAL, nullable=False),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("position", sa.String, nullable=False),
        sa.Column("films", sa.Integer, nullable=False),
        sa.Column("bad_rows", sa.Integer, nullable=False),
        sa.Column("finished", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    for name in ("reviews", "edits"):
        _create_results(name)
    op.create_table(
        "run_events",
        sa.Column("run", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("run", "number", name="pk_run_events"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_run_events_created", "run_events", ["created"])


def downgrade() -> None:
    """Drop everything."""
    for name in (
        "run_events",
        "edits",
        "reviews",
        "imports",
        "new_title_segments",
        "new_titles",
        "title_segments",
        "titles",
        "films",
    ):
        op.drop_table(name)


def _create_results(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_created", name, ["created"])
