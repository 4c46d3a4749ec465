"""Waiting for runs: one look for all, and nobody is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from service.jobs.watch import Watch

PAUSE = 0.01


class Table:
    """Which runs have ended, and how often that was asked."""

    def __init__(self) -> None:
        self.ended: set[str] = set()
        self.looks = 0
        self.fault: Exception | None = None

    async def look(self, run_ids: list[str]) -> Collection[str]:
        self.looks += 1
        if self.fault is not None:
            raise self.fault
        return self.ended & set(run_ids)


async def test_all_that_wait_are_told_by_the_same_looks() -> None:
    table = Table()
    watch = Watch(table.look, PAUSE)
    waits = [asyncio.create_task(watch.wait(f"r{i % 50}", 20)) for i in range(100)]
    await asyncio.sleep(0)
    table.ended = {f"r{i}" for i in range(50)}
    await asyncio.gather(*waits)
    assert table.looks <= 2


async def test_a_wait_ends_with_its_time_and_then_nobody_looks_any_more() -> None:
    table = Table()
    watch = Watch(table.look, PAUSE)
    await watch.wait("r", 5 * PAUSE)
    assert table.looks
    await asyncio.sleep(3 * PAUSE)
    before = table.looks
    await asyncio.sleep(5 * PAUSE)
    assert table.looks == before


async def test_a_database_that_fails_is_told_to_who_waits_and_the_next_wait_looks_again() -> None:
    table = Table()
    watch = Watch(table.look, PAUSE)
    table.fault = ConnectionError("gone")
    with pytest.raises(ConnectionError):
        await watch.wait("r", 20)
    table.fault = None
    table.ended = {"r"}
    await watch.wait("r", 20)


async def test_a_run_that_ends_here_is_looked_for_before_the_pause_is_over() -> None:
    table = Table()
    watch = Watch(table.look, 3600)
    waiting = asyncio.create_task(watch.wait("r", 20))
    await asyncio.sleep(0)
    table.ended = {"r"}
    await asyncio.to_thread(watch.soon)
    await waiting
    assert table.looks == 1
