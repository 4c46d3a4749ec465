"""Title search: how long it takes, and how often it finds what was meant, by kind of query.

    python -m benchmarks.bench_search [--database DATABASE.db] [--queries 500] [--naive 0]

The database is one that `bench_import` left (or any of Finecut's); without one, `--titles` (50,000) are made.
A query counts as answered where a film that goes by the meant title (and is of its year, where one was asked
for) is the first, or among the first five. `--naive N` asks N queries of each kind of RapidFuzz as well,
which compares every title (`token_sort_ratio` and `ratio`, the better), for what a search could find at best.
Processor time is what to compare on a busy machine.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson
from rapidfuzz import fuzz, process
from sqlalchemy import text

from benchmarks.imdb_files import COMMON, SMALL, generate
from service.document import fold
from service.films.titles import title_key
from service.sources import BadRow, read_records
from service.store import Database, SqlFilmStore, import_all, open_database

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHOWN = 5


class Query(NamedTuple):
    """What is asked, and the title (and year) that is meant."""

    title: str
    year: int | None
    meant: str


class Drawn(NamedTuple):
    """A title that a stored film goes by."""

    title: str
    year: int | None

    @property
    def words(self) -> list[str]:
        """Return the words of the title."""
        return self.title.split()


Chance = random.Random
Asked = Callable[[Drawn, Chance], Query | None]


def slip(chance: Chance, title: str) -> str:
    """Return `title` with one slip of the keyboard."""
    at = chance.randrange(len(title))
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            title[:at] + title[at + 1 :],
            title[:at] + letter + title[at + 1 :],
            title[:at] + letter + title[at:],
        )
    )


def exchanged(chance: Chance, title: str) -> str:
    """Return `title` with two neighbouring letters exchanged."""
    at = chance.randrange(len(title) - 1)
    return title[:at] + title[at + 1] + title[at] + title[at + 2 :]


def without_word(drawn: Drawn, chance: Chance) -> Query | None:
    """Ask without one of the words, where three or more would be left to tell the title by."""
    if len(drawn.words) < 3:
        return None
    words = drawn.words
    del words[chance.randrange(len(words))]
    return Query(" ".join(words), drawn.year, drawn.title)


def with_word(drawn: Drawn, chance: Chance) -> Query | None:
    """Ask with a word too many."""
    if len(drawn.words) < 3:
        return None
    words = drawn.words
    words.insert(chance.randrange(1, len(words)), chance.choice(SMALL))
    return Query(" ".join(words), drawn.year, drawn.title)


def begun(drawn: Drawn, _chance: Chance) -> Query | None:
    """Ask with the first two thirds of the title."""
    asked = drawn.title[: max(4, len(drawn.title) * 2 // 3)].rstrip()
    return Query(asked, drawn.year, drawn.title) if len(title_key(asked)) > 3 else None


def other_article(drawn: Drawn, _chance: Chance) -> Query | None:
    """Ask with `A` for `The`, or with an article where there is none."""
    bare = drawn.title.removeprefix("The ")
    return Query(f"A {bare}" if bare != drawn.title else f"The {bare}", drawn.year, drawn.title)


def kept(asked: str, drawn: Drawn, *, when: bool, year: bool = True) -> Query | None:
    """Return a query where its condition holds."""
    return Query(asked, drawn.year if year else None, drawn.title) if when else None


KINDS: Mapping[str, Asked] = {
    "exact": lambda d, _: kept(d.title, d, when=True, year=False),
    "exact, with year": lambda d, _: kept(d.title, d, when=True),
    "namesakes": lambda _, c: Query(title := c.choice(COMMON), None, title),
    "namesakes, with year": lambda d, c: Query(title := c.choice(COMMON), d.year, title) if d.year else None,
    "short (up to 4)": lambda d, _: kept(d.title, d, when=len(d.title) < 5, year=False),
    "common words": lambda _, c: Query(" ".join(c.sample(SMALL, 2)), None, ""),
    "five words and more": lambda d, _: kept(d.title, d, when=len(d.words) > 4, year=False),
    "beyond ASCII": lambda d, _: kept(d.title, d, when=not d.title.isascii(), year=False),
    "accents left out": lambda d, _: kept(
        fold(d.title), d, when=fold(d.title) != d.title.lower(), year=False
    ),
    "one slip": lambda d, c: kept(slip(c, d.title), d, when=len(d.title) > 3),
    "one slip, no year": lambda d, c: kept(slip(c, d.title), d, when=len(d.title) > 3, year=False),
    "two slips": lambda d, c: kept(slip(c, slip(c, d.title)), d, when=len(d.title) > 9),
    "letters exchanged": lambda d, c: kept(exchanged(c, d.title), d, when=len(d.title) > 3),
    "a word missing": without_word,
    "a word too many": with_word,
    "another article": other_article,
    "year off by one": lambda d, c: (
        Query(d.title, d.year + c.choice((-1, 1)), d.title) if d.year is not None else None
    ),
    "begun": begun,
    "unknown": lambda d, c: Query("".join(c.choices(LETTERS, k=14)), d.year, ""),
}


def titles(database: Database, chance: Chance) -> Iterator[Drawn]:
    """Yield titles of films drawn at random, every third one an alternative title."""
    query = text("SELECT year, titles FROM films WHERE number = :n")
    with database.read() as connection:
        most = connection.execute(text("SELECT max(number) FROM films")).scalar_one()
        while True:
            row = connection.execute(query, {"n": chance.randrange(1, most + 1)}).first()
            if row is None:
                continue
            names = [title for _, _, title in orjson.loads(row.titles) if len(title) > 1]
            if names:
                yield Drawn(chance.choice(names) if chance.random() < 1 / 3 else names[0], row.year)


def queries(database: Database, asked: Asked, count: int, chance: Chance) -> list[Query]:
    """Return so many queries of a kind."""
    found: list[Query] = []
    for drawn in titles(database, chance):
        query = asked(drawn, chance)
        if query is not None and title_key(query.title):
            found.append(query)
        if len(found) == count:
            break
    return found


class Answers(NamedTuple):
    """How a kind was answered: the milliseconds, those of processor time, and the place of what was meant."""

    took: list[float]
    busy: list[float]
    places: list[int | None]

    def line(self) -> str:
        """Return the figures."""
        p99, cpu = (sorted(ms)[int(len(ms) * 0.99)] for ms in (self.took, self.busy))
        return (
            f"{len(self.took):5}  p50 {statistics.median(self.took):6.2f} ms  p99 {p99:6.2f} ms"
            f"  of processor time {statistics.median(self.busy):5.2f} / {cpu:5.2f} ms"
            f"  first {share(self.places, 1)}  in five {share(self.places, SHOWN)}"
        )


def share(places: Sequence[int | None], most: int) -> str:
    """Return how many were found among the first `most`, in per cent."""
    found = sum(place is not None and place < most for place in places)
    return f"{found / len(places):6.1%}"


async def answered(store: SqlFilmStore, asked: Sequence[Query]) -> Answers:
    """Ask every query as the API does."""
    answers = Answers([], [], [])
    for query in asked:
        start, worked = time.perf_counter(), time.process_time()
        found = await store.search(query.title, query.year, 10)
        answers.took.append((time.perf_counter() - start) * 1000)
        answers.busy.append((time.process_time() - worked) * 1000)
        meant = title_key(query.meant)
        films = [await store.get(film.id) for film in found[:SHOWN]]
        places = [
            place
            for place, film in enumerate(films)
            if meant in map(title_key, film.titles)
            and abs((film.year or 0) - (query.year or film.year or 0)) < 2
        ]
        answers.places.append(places[0] if places else None)
    return answers


class Naive:
    """A scan of every title by RapidFuzz."""

    def __init__(self, database: Database) -> None:
        self._titles: list[str] = []
        with database.read() as connection:
            for (names,) in connection.execute(text("SELECT titles FROM films")):
                self._titles += [fold(title) for _, _, title in orjson.loads(names) if title]
        self._titles = list(dict.fromkeys(self._titles))

    def place(self, query: Query) -> int | None:
        """Return at which place the meant title comes."""
        meant, asked = title_key(query.meant), fold(query.title)
        best: dict[str, float] = {}
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for title, score, _ in process.extract(asked, self._titles, scorer=scorer, limit=SHOWN):
                best[title] = max(best.get(title, 0), score)
        ranked = sorted(best, key=lambda title: -best[title])[:SHOWN]
        return next((place for place, title in enumerate(ranked) if title_key(title) == meant), None)


def made(titles_: int) -> Database:
    """Return a database of so many made-up titles."""
    folder = Path(tempfile.mkdtemp(prefix="finecut-bench-"))
    print(f"making {titles_} titles in {folder} …", flush=True)
    generate(folder / "files", titles_)
    database = open_database(f"sqlite:///{folder}/films.db")
    films = (record for record in read_records(folder / "files") if not isinstance(record, BadRow))
    import_all(database, films, key="bench", apart=True)
    return database


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.bench_search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--database", help="a SQLite file, or the URL of a database")
    parser.add_argument("--titles", type=int, default=50_000, help="titles to make without a database")
    parser.add_argument("--queries", type=int, default=300, help="queries of each kind")
    parser.add_argument("--naive", type=int, default=0, help="of each kind to be asked of RapidFuzz too")
    parser.add_argument("--kinds", default="", help="kinds that contain this only")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    if not (100 <= given.titles <= 10_000_000 and 1 <= given.queries <= 1_000_000):
        parser.error("--titles takes 100 to 10,000,000, --queries 1 to 1,000,000")
    return given


def main() -> None:
    """Measure and print."""
    given = arguments()
    url = given.database or ""
    database = open_database(url if "://" in url else f"sqlite:///{url}") if url else made(given.titles)
    naive = Naive(database) if given.naive else None
    store = SqlFilmStore(database)
    for name, asked in KINDS.items():
        if given.kinds not in name:
            continue
        drawn = queries(database, asked, given.queries, random.Random(given.seed))
        print(f"{name:20} {asyncio.run(answered(store, drawn)).line()}", flush=True)
        if naive and name != "unknown":
            start = time.process_time()
            places = [naive.place(query) for query in drawn[: given.naive]]
            spent = (time.process_time() - start) / len(places)
            scan = f"first {share(places, 1)}  in five {share(places, SHOWN)}"
            print(f"{'':20} RapidFuzz over all, {len(places)}: {spent * 1000:.0f} ms  {scan}", flush=True)


if __name__ == "__main__":
    main()
