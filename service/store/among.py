"""One parameter that holds a list of values: SQLite takes it as JSON, Postgres as an array.

A statement with a list of bound parameters is compiled anew for each length; these are not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, text

Kind = Literal["bigint", "text"]


def rows_among(
    connection: Connection, query: str, column: str, values: Iterable[int] | Iterable[str], kind: Kind
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of `query` (a SELECT without WHERE) whose `column` is one of `values`.

    `query` and `column` are the program's own text.
    """
    given = list(values)
    parameter: object
    if not given:
        return ()
    condition, parameter = f"= ANY(CAST(:among AS {kind}[]))", given
    if connection.dialect.name == "sqlite":
        condition, parameter = "IN (SELECT value FROM json_each(:among))", json.dumps(given)
    found = connection.execute(text(f"{query} WHERE {column} {condition}"), {"among": parameter})
    return [tuple(row) for row in found]
