"""CSV tables row by row, with whatever does not read reported by line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from service.films import Film
from service.sources.records import film_of
from service.sources.rows import BadRow, Value, text_lines

LONGEST_CELL = 10_000_000
Named = Callable[[Mapping[str, object]], Mapping[str, object]]


def has_columns(first_line: str, separator: str, columns: Sequence[str]) -> bool:
    """Return whether a table's first line names all of `columns`."""
    header = next(csv.reader([first_line], delimiter=separator), [])
    return set(columns) <= {cell.strip() for cell in header}


def table_rows(path: Path, separator: str = ",") -> Iterator[tuple[int, dict[str, str]] | BadRow]:
    """Yield (line on which the row starts, cells by column).

    A row with more or fewer cells than the header, or in which a line is not UTF-8, is a BadRow.
    """
    csv.field_size_limit(LONGEST_CELL)
    bad: list[BadRow] = []
    at = [0]

    def lines() -> Iterator[str]:
        for item in text_lines(path):
            if isinstance(item, BadRow):
                bad.append(item)
            else:
                at[0] = item[0]
                yield item[1] + "\n"

    rows = csv.reader(lines(), delimiter=separator)
    header = [cell.strip() for cell in next(rows, [])]
    started = at[0] + 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield BadRow(path, started, f"no CSV: {error}")
            started = at[0] + 1
            continue
        yield from bad
        bad.clear()
        if row is None:
            return
        if len(row) == len(header):
            yield started, dict(zip(header, row, strict=True))
        elif row:
            yield BadRow(path, started, f"{len(row)} columns where the header has {len(header)}")
        started = at[0] + 1


def films_of_table(path: Path, named: Named, separator: str = ",") -> Iterator[Film | BadRow]:
    """Yield a Film for each row of `path`, its fields given by `named`, and what was lost."""
    seen: dict[str, int] = {}
    for item in table_rows(path, separator):
        if isinstance(item, BadRow):
            yield item
        else:
            yield from film_of(path, Value(*item), named, seen)
