"""What `finecut worker` does, without its process: a batch that lies in the database gets done."""

from __future__ import annotations

import asyncio
from pathlib import Path

from service.app import build, working
from service.settings import Settings
from service.store import SqlBatches
from service.store.batches import BatchLimits, BatchState, Line

COPY = "The film is very, very good. The film is very, very good. Its ending is quiet."


async def test_a_batch_whose_own_process_is_gone_is_driven_by_a_worker(tmp_path: Path) -> None:
    finecut = build(Settings(home=tmp_path, model="none"))
    await finecut.open()
    batches = SqlBatches(finecut.database)
    batches.create("b", BatchLimits())
    batches.add("b", [Line(n, "edit", request={"content": COPY, "format": "text"}) for n in (1, 2)])
    batches.accepted("b", "digest")
    try:
        async with working(finecut), asyncio.timeout(40):
            while batches.get("b").state is not BatchState.DONE:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.05)
        lines = [line.number for line, result in batches.results("b", 0, 10) if result is not None]
    finally:
        await finecut.aclose()
    assert lines == [1, 2]
