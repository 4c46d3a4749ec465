"""CSV tables row by row, with whatever does not read reported by line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from service.films import Film
from service.sources.records import film_of
from service.sources.rows import BadRow, Value, text_lines

LONGEST_CELL = 10_000_000
MOST_LINES = 1000  # of one row: a quotation mark that nobody closes takes no more with it
Named = Callable[[Mapping[str, object]], Mapping[str, object]]


def has_columns(first_line: str, separator: str, columns: Sequence[str]) -> bool:
    """Return whether a table's first line names all of `columns`."""
    header = next(csv.reader([first_line], delimiter=separator), [])
    return set(columns) <= {cell.strip() for cell in header}


def table_rows(path: Path, separator: str = ",") -> Iterator[tuple[int, dict[str, str]] | BadRow]:
    """Yield (line on which the row starts, cells by column).

    A row with more or fewer cells than the header, or in which a line is not UTF-8, is a BadRow. Of one that
    runs over several lines, as after a quotation mark that nobody closes, the others are read as rows again.
    """
    csv.field_size_limit(LONGEST_CELL)
    given = text_lines(path)
    again: deque[tuple[int, str]] = deque()
    taken: list[tuple[int, str]] = []
    bad: list[BadRow] = []

    def lines() -> Iterator[str]:
        """Yield the lines of one row, as many as its reader takes; past the last one it takes an error."""
        while len(taken) < MOST_LINES and (item := again.popleft() if again else next(given, None)):
            if isinstance(item, BadRow):
                bad.append(item)
            else:
                taken.append(item)
                yield item[1] + "\n"
        if taken:
            raise csv.Error("a quotation mark that nobody closes")

    header: list[str] = []
    while True:
        taken.clear()
        row, fault = _row(lines(), separator, len(header))
        yield from bad
        bad.clear()
        if not taken:
            return
        if not header:
            header = [cell.strip() for cell in row]
        elif fault:
            yield BadRow(path, taken[0][0], fault)
            again.extendleft(reversed(taken[1:]))
        elif row:
            yield taken[0][0], dict(zip(header, row, strict=True))


def _row(lines: Iterator[str], separator: str, columns: int) -> tuple[list[str], str]:
    """Return the next row, and what is wrong with it; the header is the first, when `columns` is 0."""
    try:
        row = next(csv.reader(lines, delimiter=separator), [])
    except csv.Error as error:
        return [], f"no CSV: {error}"
    wrong = columns and row and len(row) != columns
    return row, f"{len(row)} columns where the header has {columns}" if wrong else ""


def films_of_table(path: Path, named: Named, separator: str = ",") -> Iterator[Film | BadRow]:
    """Yield a Film for each row of `path`, its fields given by `named`, and what was lost."""
    seen: dict[str, int] = {}
    for item in table_rows(path, separator):
        if isinstance(item, BadRow):
            yield item
        else:
            yield from film_of(path, Value(*item), named, seen)
