"""Answers of the services that films are fetched from: the stored cache of `service.sources.fetching`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from service.store.database import Database
from service.store.moments import utc
from service.store.tables import ANSWERS


class SqlAnswers:
    """Kept answers by service and request."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(
        self, service: str, request: str, *, since: datetime
    ) -> tuple[Mapping[str, Any], datetime] | None:
        """Return an answer that was fetched after `since`, and when it was; None where there is none."""
        query = select(ANSWERS.c.answer, ANSWERS.c.fetched).where(
            ANSWERS.c.source == service, ANSWERS.c.request == request, ANSWERS.c.fetched > since
        )

        def work() -> tuple[Mapping[str, Any], datetime] | None:
            with self._database.read() as connection:
                row = connection.execute(query).first()
            return None if row is None else (row.answer, utc(row.fetched))

        return await self._database.run(work)

    async def put(
        self, service: str, request: str, answer: Mapping[str, Any], fetched: datetime, *, since: datetime
    ) -> None:
        """Keep an answer in place of an earlier one; forget the service's answers from before `since`."""
        same = (ANSWERS.c.request == request) | (ANSWERS.c.fetched <= since)

        def work() -> None:
            with self._database.write() as connection:
                connection.execute(delete(ANSWERS).where(ANSWERS.c.source == service, same))
                connection.execute(
                    insert(ANSWERS).values(
                        source=service, request=request, answer=dict(answer), fetched=fetched
                    )
                )

        await self._database.run(work)
