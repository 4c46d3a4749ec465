"""One parameter that holds a list of values: SQLite takes it as JSON, Postgres as an array.

A statement with a list of bound parameters is compiled anew for each length; these are not. They go to the
driver as they are: a search has a few hundred microseconds, and a statement through SQLAlchemy costs one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import orjson
from sqlalchemy import Connection

Kind = Literal["bigint", "text"]


def rows_among(
    connection: Connection,
    query: str,
    column: str,
    values: Iterable[int] | Iterable[str],
    kind: Kind,
    *,
    then: str = "",
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of `query` (a SELECT without WHERE) whose `column` is one of `values`.

    `query`, `column`, and what comes `then` (an ORDER BY), are the program's own text.
    """
    given = list(values)
    parameter: list[object]
    if not given:
        return ()
    condition, parameter = f"= ANY(%s::{kind}[])", [given]
    if connection.dialect.name == "sqlite":
        condition, parameter = "IN (SELECT value FROM json_each(?))", [orjson.dumps(given).decode()]
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f"{query} WHERE {column} {condition} {then}", parameter)
        return cursor.fetchall()
    finally:
        cursor.close()
