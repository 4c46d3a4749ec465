"""Rates in a database that processes share."""

from __future__ import annotations

import asyncio

import pytest

from service.access import Rate
from service.store import Database, SqlRates


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_processes_that_share_a_database_share_a_key_s_rate(database: Database) -> None:
    one, other = SqlRates(database), SqlRates(database)
    taken = [await rates.take("k", Rate(3)) for rates in (one, other, one, other)]
    assert [t.allowed for t in taken] == [True, True, True, False]
    assert [t.remaining for t in taken] == [2, 1, 0, 0]
    assert 1 <= taken[3].retry_after <= 20
    assert (await other.take("another", Rate(3))).allowed


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_requests_at_one_moment_are_each_counted(database: Database) -> None:
    rates = SqlRates(database)
    taken = await asyncio.gather(*(rates.take("k", Rate(5)) for _ in range(12)))
    assert sum(t.allowed for t in taken) == 5
