"""The tables of batches that go through a provider's own Batch API: what waits there, and for what."""

from __future__ import annotations

from sqlalchemy import JSON as JSON_TYPE
from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, String, Table

from service.store.tables import METADATA


def _batch() -> Column[str]:
    return Column("batch", String, ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)


STARTS = Table(
    "parked_starts",
    METADATA,
    _batch(),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("request", JSON_TYPE, nullable=False),  # with the film as it was when the line began
)

ASKS = Table(
    "parked_asks",
    METADATA,
    _batch(),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("key", String, primary_key=True),  # a hash of the ask
    Column("model", String, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("submission", String, nullable=False),  # our token of the submission that it is in
    Column("ask", JSON_TYPE(none_as_null=True)),  # until it is answered
    Column("outcome", JSON_TYPE(none_as_null=True)),
    Column("tokens", BigInteger, nullable=False),  # at most, until it is answered
    Column("nano_usd", BigInteger, nullable=False),
    Index("ix_parked_asks_state", "batch", "state", "line"),
    Index("ix_parked_asks_submission", "submission"),
)

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("token", String, primary_key=True),
    Column("batch", String, ForeignKey("batches.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("model", String, nullable=False),
    Column("provider_id", String, nullable=False),  # empty until the provider's answer is known
    Column("created", DateTime(timezone=True), nullable=False),
)
