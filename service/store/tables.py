"""The tables. `migrations/` creates them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ORDERED = String().with_variant(String(collation="C"), "postgresql")  # code points, whatever the locale
SERIAL = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER keys number themselves there

FILMS = Table(
    "films",
    METADATA,
    Column("number", SERIAL, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("year", Integer),
    Column("weight", Integer, nullable=False, default=0),  # how many people marked the film
    Column("record", Text, nullable=False),  # the Film as docs/film-record.md writes it
)

TITLES = Table(
    "titles",
    METADATA,
    Column("film", SERIAL, ForeignKey("films.number", ondelete="CASCADE"), primary_key=True),
    Column("place", SmallInteger, primary_key=True),  # 0 the main title, then in order
    Column("kind", SmallInteger, nullable=False),  # 0 main, 1 original, 2 alternative
    Column("key", ORDERED, nullable=False),
    Column("title", String, nullable=False),
    Index(None, "key"),
    sqlite_with_rowid=False,
)

SEGMENTS = Table(
    "title_segments",
    METADATA,
    Column("hash", BigInteger, primary_key=True),
    Column("film", SERIAL, ForeignKey("films.number", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)

# Titles and segments of a bulk import wait here until the index is built from them, in its order.
NEW_TITLES = Table(
    "new_titles",
    METADATA,
    Column("film", SERIAL, nullable=False),
    Column("place", SmallInteger, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("key", ORDERED, nullable=False),
    Column("title", String, nullable=False),
)

NEW_SEGMENTS = Table(
    "new_title_segments",
    METADATA,
    Column("hash", BigInteger, nullable=False),
    Column("film", SERIAL, nullable=False),
)

IMPORTS = Table(
    "imports",
    METADATA,
    Column("id", String, primary_key=True),  # fingerprint of the files
    Column("position", String, nullable=False),  # the last record stored
    Column("films", Integer, nullable=False, default=0),
    Column("bad_rows", Integer, nullable=False, default=0),
    Column("finished", DateTime(timezone=True)),
)


ANSWERS = Table(
    "source_answers",
    METADATA,
    Column("source", String, primary_key=True),
    Column("request", String, primary_key=True),  # without its key
    Column("answer", JSON, nullable=False),
    Column("fetched", DateTime(timezone=True), nullable=False, index=True),
)


def _results(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("id", String, primary_key=True),
        Column("created", DateTime(timezone=True), nullable=False, index=True),
        Column("updated", DateTime(timezone=True), nullable=False),
        Column("summary", JSON, nullable=False),  # what a list shows
        Column("value", JSON, nullable=False),
    )


REVIEWS = _results("reviews")
EDITS = _results("edits")
EVALS = _results("evals")

EVENTS = Table(
    "run_events",
    METADATA,
    Column("run", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("stage", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False, index=True),
    sqlite_with_rowid=False,
)

EXECUTORS = Table(
    "executors",
    METADATA,
    Column("id", String, primary_key=True),
    Column("seen", Double, nullable=False),  # seconds since 1970, by the clock of the database
)

MODEL_CALLS = Table(
    "model_calls",
    METADATA,
    Column("id", SERIAL, primary_key=True),
    Column("model", String, nullable=False),
    Column("at", Double, nullable=False),  # seconds since 1970, by the clock of the database
    Column("tokens", Integer, nullable=False),
    Index(None, "model", "at", "tokens"),
)
