"""The tables. `migrations/` creates them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Double,
    Index,
    Integer,
    LargeBinary,
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
    Column("titles", Text, nullable=False),  # with their keys, as JSON; `service.store.rows` writes it
    Column("record", Text, nullable=False),  # the Film as docs/film-record.md writes it
)

# The index of titles; `service.store.index` says what each table is for.
ENTRIES = Table(
    "title_entries",
    METADATA,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("film", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

BUCKETS = Table(
    "title_buckets",
    METADATA,
    Column("bucket", SERIAL, primary_key=True, autoincrement=False),
    Column("entries", LargeBinary, nullable=False),
)

NEW_ENTRIES = Table(
    "new_title_entries",
    METADATA,
    Column("run", SERIAL, primary_key=True),
    Column("part", SmallInteger, nullable=False, index=True),
    Column("entries", LargeBinary, nullable=False),
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
        Column("key_id", String, nullable=False, server_default=""),  # whose it is; empty: admins'
        Index(None, "key_id", "created"),
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
