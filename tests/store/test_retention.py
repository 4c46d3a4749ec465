"""What is too old is deleted in both kinds of database, a bounded number of rows at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from service.store import Database, SqlBatches, SqlEvents, SqlExecutors, SqlRetention, edits
from service.store.batches import BatchLimits, BatchState, Line
from service.store.retention import CHUNK
from service.store.tables import EVENTS
from service.writing.ports import Event

LATER = datetime.now(UTC) + timedelta(days=1)
EARLIER = datetime.now(UTC) - timedelta(days=1)


async def test_only_what_is_older_goes(database: Database) -> None:
    store = SqlRetention(database)
    SqlEvents(database).append("r", Event(1, "plan", {}))
    SqlExecutors(database).beat("one")
    await edits(database).put("e", {"content": "x"})
    batches = SqlBatches(database)
    batches.create("b", BatchLimits())
    batches.add("b", [Line(1, "edit", None, {"content": "x"})])
    batches.accepted("b", "digest")
    assert store.batches(LATER) == 0  # it runs
    batches.set_state("b", BatchState.CANCELLED, "asked", of=[BatchState.RUNNING])
    sweeps = (store.events, store.executors, store.results, store.batches, store.deliveries)
    assert [sweep(EARLIER) for sweep in sweeps] == [0] * 5
    assert [sweep(LATER) for sweep in sweeps] == [1, 1, 1, 2, 0]
    assert (store.batches(LATER), batches.list(limit=9)) == (1, [])


def test_a_call_deletes_no_more_than_a_chunk(database: Database) -> None:
    rows = [
        {"run": "r", "number": n, "stage": "s", "detail": {}, "created": EARLIER} for n in range(CHUNK + 3)
    ]
    with database.write() as connection:
        connection.execute(EVENTS.insert(), rows)
    store = SqlRetention(database)
    assert [store.events(LATER), store.events(LATER), store.events(LATER)] == [CHUNK, 3, 0]
