"""Title search over a database: p50 and p99 of exact, misspelt, begun and unknown titles.

    python -m benchmarks.bench_search [DATABASE.db [QUERIES]]

The database is one that `bench_import` left (or any of Finecut's); without one, 50,000 titles are made.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from benchmarks.imdb_files import generate
from service.sources import BadRow, read_records
from service.store import Database, import_all, open_database
from service.store.search import similar

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(chance: random.Random, title: str) -> str:
    """Return `title` with one slip of the keyboard."""
    at = chance.randrange(len(title))
    letter = chance.choice(LETTERS)
    swapped = title[:at] + title[at + 1 : at + 2] + title[at] + title[at + 2 :]
    return chance.choice(
        (
            title[:at] + title[at + 1 :],
            title[:at] + letter + title[at + 1 :],
            title[:at] + letter + title[at:],
            swapped,
        )
    )


def titles(database: Database, chance: random.Random, count: int) -> list[tuple[int, str, int | None]]:
    """Return (film, title, year) of films drawn at random."""
    with database.read() as connection:
        most = connection.execute(text("SELECT max(number) FROM films")).scalar_one()
        query = text("SELECT number, title, year FROM films WHERE number = :n")
        drawn = [
            connection.execute(query, {"n": chance.randrange(1, most + 1)}).first() for _ in range(count)
        ]
    return [(row.number, row.title, row.year) for row in drawn if row and len(row.title) > 3]


def made() -> Database:
    """Return a database of 50,000 made-up titles."""
    folder = Path(tempfile.mkdtemp(prefix="finecut-bench-"))
    generate(folder / "files", 50_000)
    database = open_database(f"sqlite:///{folder}/films.db")
    films = (record for record in read_records(folder / "files") if not isinstance(record, BadRow))
    import_all(database, films, key="bench", apart=True)
    return database


def main() -> None:
    """Measure and print."""
    database = open_database(f"sqlite:///{sys.argv[1]}") if len(sys.argv) > 1 else made()
    chance = random.Random(5)
    drawn = titles(database, chance, int(sys.argv[2]) if len(sys.argv) > 2 else 3000)
    kinds: dict[str, list[tuple[int, str, int | None]]] = {
        "exact": [(n, t, y) for n, t, y in drawn],
        "one slip": [(n, slip(chance, t), y) for n, t, y in drawn],
        "begun": [(n, t[: max(4, len(t) * 2 // 3)], None) for n, t, _ in drawn],
        "unknown": [(0, "".join(chance.choices(LETTERS, k=14)), None) for _ in drawn],
    }
    with database.read() as connection:
        for kind, queries in kinds.items():
            took, busy, found = [], [], 0
            for number, title, year in queries:
                start, worked = time.perf_counter(), time.thread_time()
                matches = similar(connection, title, year, 10)
                took.append((time.perf_counter() - start) * 1000)
                busy.append((time.thread_time() - worked) * 1000)
                found += number in {m.film for m in matches}
            p99, cpu = (sorted(measured)[int(len(took) * 0.99)] for measured in (took, busy))
            print(
                f"{kind:9} {len(took)} queries  p50 {statistics.median(took):.2f} ms  p99 {p99:.2f} ms"
                f"  (of processor time {cpu:.2f} ms)  meant film in the first ten: {found / len(took):.1%}"
            )


if __name__ == "__main__":
    main()
