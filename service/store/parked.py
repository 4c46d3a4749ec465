"""Asks that wait for a provider's Batch API, the submissions they are in, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, delete, func, select
from sqlalchemy.exc import IntegrityError

from service.films import JSON
from service.store.batch_tables import LINES
from service.store.batches import NANO
from service.store.database import Database
from service.store.moments import utc
from service.store.parked_tables import ASKS, STARTS, SUBMISSIONS


class AskState(StrEnum):
    """Where an ask is: to be sent, sent, or ended with an answer or an error."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ParkedAsk:
    """An ask of a line: its hash, its JSON, the most it may cost; `tries` counts those that failed."""

    line: int
    key: str
    model: str
    ask: Mapping[str, JSON]
    tokens: int
    usd: Decimal = Decimal(0)
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of an ask: JSON of its answer or error, and what it did cost."""

    line: int
    key: str
    state: AskState
    outcome: Mapping[str, JSON]
    tokens: int = 0
    usd: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission: our token, the model, the provider's id (empty where its answer was lost)."""

    token: str
    model: str
    provider_id: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens and US dollars of the asks of lines that are not done; of sent ones the most they may cost."""

    tokens: int
    usd: Decimal


class SqlParked:
    """What is parked for the batches of one database. Calls block; call from a worker thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, batch: str, line: int, request: Mapping[str, JSON]) -> None:
        """Store what a line was started with; what stands already stays."""
        with suppress(IntegrityError), self._database.write() as connection:
            connection.execute(STARTS.insert().values(batch=batch, line=line, request=dict(request)))

    def started(self, batch: str, line: int) -> Mapping[str, JSON] | None:
        """Return what a line was started with, or None where it was not."""
        query = select(STARTS.c.request).where(STARTS.c.batch == batch, STARTS.c.line == line)
        with self._database.read() as connection:
            found: Mapping[str, JSON] | None = connection.execute(query).scalar()
        return found

    def ended(self, batch: str, line: int) -> Mapping[str, tuple[AskState, Mapping[str, JSON]]]:
        """Return, by hash, what came of the line's asks that have ended."""
        query = select(ASKS.c.key, ASKS.c.state, ASKS.c.outcome).where(
            ASKS.c.batch == batch, ASKS.c.line == line, ASKS.c.outcome.is_not(None)
        )
        with self._database.read() as connection:
            return {row.key: (AskState(row.state), row.outcome) for row in connection.execute(query)}

    def park(self, batch: str, ask: ParkedAsk) -> None:
        """Let an ask wait to be sent; one that is parked already stays as it is."""
        values = {
            "batch": batch, "line": ask.line, "key": ask.key, "model": ask.model, "tries": 0,
            "submission": "", "state": AskState.WAITING.value, "ask": dict(ask.ask), "tokens": ask.tokens,
            "nano_usd": int(ask.usd * NANO),
        }  # fmt: skip
        with suppress(IntegrityError), self._database.write() as connection:
            connection.execute(ASKS.insert().values(**values))

    def ready(self, batch: str, limit: int) -> Sequence[int]:
        """Return running lines that wait for no answer, in order."""
        open_states = (AskState.WAITING.value, AskState.SENT.value)
        parked = select(ASKS.c.line).where(
            ASKS.c.batch == batch, ASKS.c.line == LINES.c.number, ASKS.c.state.in_(open_states)
        )
        query = select(LINES.c.number).where(
            LINES.c.batch == batch, LINES.c.state == "running", ~parked.exists()
        )
        with self._database.read() as connection:
            return list(connection.execute(query.order_by(LINES.c.number).limit(limit)).scalars())

    def count(self, batch: str, state: AskState) -> int:
        """Return how many of the batch's asks are in that state."""
        query = select(func.count()).where(ASKS.c.batch == batch, ASKS.c.state == state.value)
        with self._database.read() as connection:
            return connection.execute(query).scalar() or 0

    def waiting(self, batch: str, limit: int) -> Sequence[ParkedAsk]:
        """Return asks of one model that wait to be sent, in the order of their lines."""
        mine = (ASKS.c.batch == batch) & (ASKS.c.state == AskState.WAITING.value)
        first = select(ASKS.c.model).where(mine).order_by(ASKS.c.line).limit(1).scalar_subquery()
        query = select(ASKS).where(mine, ASKS.c.model == first).order_by(ASKS.c.line, ASKS.c.key).limit(limit)
        with self._database.read() as connection:
            return [_ask(row) for row in connection.execute(query)]

    def take(self, batch: str, sent: Sent, asks: Sequence[ParkedAsk]) -> None:
        """Enter a submission with these asks, before it is sent."""
        row = {
            "token": sent.token, "batch": batch, "model": sent.model,
            "provider_id": sent.provider_id, "created": sent.created,
        }  # fmt: skip
        with self._database.write() as connection:
            connection.execute(SUBMISSIONS.insert().values(**row))
            for ask in asks:
                connection.execute(
                    ASKS.update()
                    .where(_is(batch, ask))
                    .values(state=AskState.SENT.value, submission=sent.token)
                )

    def of_submission(self, token: str) -> Sequence[ParkedAsk]:
        """Return the asks of a submission that have no outcome yet."""
        query = select(ASKS).where(ASKS.c.submission == token, ASKS.c.state == AskState.SENT.value)
        with self._database.read() as connection:
            return [_ask(row) for row in connection.execute(query.order_by(ASKS.c.line, ASKS.c.key))]

    def sent(self, token: str, provider_id: str) -> None:
        """Write down under which id the provider has the submission."""
        with self._database.write() as connection:
            change = SUBMISSIONS.update().where(SUBMISSIONS.c.token == token)
            connection.execute(change.values(provider_id=provider_id))

    def submissions(self, batch: str) -> Sequence[Sent]:
        """Return the batch's submissions that have not been collected, the oldest first."""
        query = select(SUBMISSIONS).where(SUBMISSIONS.c.batch == batch).order_by(SUBMISSIONS.c.created)
        with self._database.read() as connection:
            return [
                Sent(row.token, row.model, row.provider_id, utc(row.created))
                for row in connection.execute(query)
            ]

    def end(self, batch: str, ended: Sequence[Ended]) -> None:
        """Store what came of asks; an ask that has ended keeps its first outcome."""
        with self._database.write() as connection:
            for one in ended:
                open_ask = _is(batch, one) & (ASKS.c.state == AskState.SENT.value)
                values = {
                    "state": one.state.value, "outcome": dict(one.outcome), "ask": None,
                    "tokens": one.tokens, "nano_usd": int(one.usd * NANO),
                }  # fmt: skip
                connection.execute(ASKS.update().where(open_ask).values(**values))

    def close(self, token: str, *, failed: bool = True) -> None:
        """Forget a submission; what it left without an outcome waits anew, a try poorer where `failed`."""
        left = (ASKS.c.submission == token) & (ASKS.c.state == AskState.SENT.value)
        values = {"state": AskState.WAITING.value, "submission": "", "tries": ASKS.c.tries + int(failed)}
        with self._database.write() as connection:
            connection.execute(ASKS.update().where(left).values(**values))
            connection.execute(delete(SUBMISSIONS).where(SUBMISSIONS.c.token == token))

    def clear(self, batch: str, line: int) -> None:
        """Forget a line that has ended well."""
        with self._database.write() as connection:
            for table in (ASKS, STARTS):
                connection.execute(delete(table).where(table.c.batch == batch, table.c.line == line))

    def spent(self, batch: str) -> Spent:
        """Return what the asks did cost and may still cost, of lines that are not done."""
        gone = [s.value for s in AskState if s is not AskState.WAITING]
        query = select(func.sum(ASKS.c.tokens), func.sum(ASKS.c.nano_usd)).where(
            ASKS.c.batch == batch, ASKS.c.state.in_(gone)
        )
        with self._database.read() as connection:
            tokens, nano = connection.execute(query).one()
        return Spent(int(tokens or 0), Decimal(int(nano or 0)) / NANO)


def _is(batch: str, ask: ParkedAsk | Ended) -> ColumnElement[bool]:
    return (ASKS.c.batch == batch) & (ASKS.c.line == ask.line) & (ASKS.c.key == ask.key)


def _ask(row: Row[tuple[object, ...]]) -> ParkedAsk:
    usd = Decimal(row.nano_usd) / NANO
    return ParkedAsk(row.line, row.key, row.model, row.ask, row.tokens, usd, row.tries)
