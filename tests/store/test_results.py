from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from service.errors import EditNotFound, ReviewNotFound
from service.films import JSON
from service.store import Database, SqlEvents, edits, reviews
from service.writing.ports import Event


async def test_a_review_comes_back_as_it_was_put(database: Database) -> None:
    value: dict[str, JSON] = {
        "title": "Heat",
        "sections": [{"name": "plot", "text": "é"}],
        "score": 91.5,
        "none": None,
    }
    await reviews(database).put("r1", value)
    assert await reviews(database).get("r1") == value


async def test_ids_that_are_not_stored_raise_the_error_of_their_kind(database: Database) -> None:
    with pytest.raises(ReviewNotFound, match="'x'"):
        await reviews(database).get("x")
    with pytest.raises(EditNotFound, match="'x'"):
        await edits(database).get("x")


async def test_putting_again_replaces_the_value_and_keeps_the_time_of_creation(database: Database) -> None:
    store = edits(database)
    await store.put("e1", {"content": "a"})
    (first,) = await store.list(limit=10)
    await asyncio.sleep(0.01)
    await store.put("e1", {"content": "b"})
    (second,) = await store.list(limit=10)
    assert (await store.get("e1"))["content"] == "b"
    assert second["created"] == first["created"]
    assert str(second["updated"]) > str(first["updated"])


async def test_the_newest_comes_first_and_what_no_list_shows_is_left_out(database: Database) -> None:
    store = reviews(database)
    for n in range(5):
        await store.put(f"r{n}", {"words": n, "content": "x" * 5000})
        await asyncio.sleep(0.002)
    listed = await store.list(limit=2, offset=1)
    assert [entry["words"] for entry in listed] == [3, 2]
    assert "content" not in listed[0]


async def test_events_are_read_in_order_from_any_point(database: Database) -> None:
    log = SqlEvents(database)
    for n in (1, 2, 3):
        log.append("run", Event(n, f"stage {n}", {"n": n}))
    log.append("other", Event(1, "elsewhere", {}))
    assert [e.stage for e in log.after("run", 1)] == ["stage 2", "stage 3"]
    assert log.after("run", 3) == []


async def test_an_event_written_twice_keeps_the_first(database: Database) -> None:
    log = SqlEvents(database)
    log.append("run", Event(1, "first", {}))
    log.append("run", Event(1, "replayed", {}))
    assert [e.stage for e in log.after("run", 0)] == ["first"]


async def test_old_events_are_forgotten(database: Database) -> None:
    log = SqlEvents(database)
    log.append("run", Event(1, "old", {}))
    assert log.forget(timedelta(days=1)) == 0
    assert log.forget(timedelta(seconds=-1)) == 1
    assert log.after("run", 0) == []


async def test_a_title_beyond_what_a_list_shows_is_cut_not_left_out(database: Database) -> None:
    store = reviews(database)
    await store.put("r", {"title": "x" * 999, "content": "y" * 999})
    (entry,) = await store.list(limit=1, offset=0)
    assert (str(entry["title"])[-2:], len(str(entry["title"])), "content" in entry) == ("x…", 300, False)


async def test_events_of_several_runs_are_stored_together_and_what_stands_stays(
    database: Database,
) -> None:
    log = SqlEvents(database)
    log.append("a", Event(1, "plan", {"first": True}))
    log.extend([("a", Event(1, "plan", {})), ("a", Event(2, "draft", {})), ("b", Event(1, "plan", {}))])
    assert [(e.number, e.detail) for e in log.after("a", 0)] == [(1, {"first": True}), (2, {})]
    assert [e.number for e in log.after("b", 0)] == [1]
