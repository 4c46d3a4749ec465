from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from service.store import Database, SqlAnswers
from service.store.tables import ANSWERS

DAY = timedelta(days=1)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def test_an_answer_is_given_until_its_time_is_over(database: Database) -> None:
    answers = SqlAnswers(database)
    await answers.put("tmdb", "movie/7?", {"title": "Ä"}, NOON, since=NOON - DAY)
    assert await answers.get("tmdb", "movie/7?", since=NOON - DAY) == ({"title": "Ä"}, NOON)
    assert await answers.get("tmdb", "movie/7?", since=NOON) is None
    assert await answers.get("omdb", "movie/7?", since=NOON - DAY) is None
    assert await answers.get("tmdb", "movie/8?", since=NOON - DAY) is None


async def test_a_newer_answer_takes_the_place_and_old_ones_are_forgotten(database: Database) -> None:
    answers = SqlAnswers(database)
    for source, request, moment in (("tmdb", "a", NOON), ("tmdb", "b", NOON), ("omdb", "a", NOON)):
        await answers.put(source, request, {"n": 1}, moment, since=NOON - DAY)
    await answers.put("tmdb", "a", {"n": 2}, NOON + DAY, since=NOON - DAY)
    assert await answers.get("tmdb", "a", since=NOON) == ({"n": 2}, NOON + DAY)
    await answers.put("tmdb", "c", {"n": 3}, NOON + 2 * DAY, since=NOON)
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(ANSWERS)).scalar() == 3
