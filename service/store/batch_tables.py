"""The tables of batches and their lines.

The request of a line stands in a table of its own, so that counting lines reads no copy.
"""

from __future__ import annotations

from sqlalchemy import JSON as JSON_TYPE
from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, String, Table

from service.store.tables import METADATA

BATCHES = Table(
    "batches",
    METADATA,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("digest", String, nullable=False),  # of the lines as they came
    Column("created", DateTime(timezone=True), nullable=False, index=True),
    Column("updated", DateTime(timezone=True), nullable=False),
    Column("concurrency", Integer, nullable=False),
    Column("budget_tokens", BigInteger, nullable=False),
    Column("budget_nano_usd", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Column("nano_usd", BigInteger, nullable=False),
    Column("holder", String, nullable=False),  # who starts its lines at present
    Column("held_until", DateTime(timezone=True), nullable=False),
    Column("via", String, nullable=False, server_default="calls"),  # or the provider's Batch API
    Column("key_id", String, nullable=False, server_default=""),  # that pays; empty: no key was asked for
)

LINES = Table(
    "batch_lines",
    METADATA,
    Column("batch", String, ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("custom_id", String),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),  # raised by each retry
    Column("ended", DateTime(timezone=True)),
    Column("error", JSON_TYPE(none_as_null=True)),
    Index(None, "batch", "state", "number"),
    Index("ix_batch_lines_ended", "batch", "ended"),
    sqlite_with_rowid=False,
)

REQUESTS = Table(
    "batch_requests",
    METADATA,
    Column("batch", String, ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("request", JSON_TYPE, nullable=False),
)
