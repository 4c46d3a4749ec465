"""`finecut worker --drain`: it stops by itself."""

from __future__ import annotations

import asyncio

import pytest

from service.cli import working


async def test_a_drain_ends_when_nothing_of_its_version_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working, "LOOK", 0.0)
    left = iter((2, 1, 0))

    async def unfinished() -> int:
        return next(left)

    await working.drained(unfinished, asyncio.Event())
    assert next(left, None) is None


async def test_a_drain_that_is_stopped_looks_no_further() -> None:
    stopped = asyncio.Event()
    looks = []

    async def unfinished() -> int:
        looks.append(1)
        stopped.set()
        return 1

    await working.drained(unfinished, stopped)
    assert len(looks) == 1
