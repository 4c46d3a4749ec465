"""IMDb's non-commercial data set: a folder of `title.*.tsv` and `name.basics.tsv`, plain or gzipped.

The title files are sorted by title and are read side by side, so that memory stays the same however
large they are; a file that is not sorted is sorted on disk first. All but `title.basics` may be absent.
Episodes and video games are passed over. Columns: https://developer.imdb.com/non-commercial-datasets/.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from service.films import JSON, Film, film_from_json
from service.films.codec import LONGEST_MINUTES, Record
from service.films.shape import FIRST_YEAR, LAST_YEAR
from service.sources.licences import licence_of
from service.sources.name_table import NameTable
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow
from service.sources.source import Sample, Source
from service.sources.tsv import LAST_OF_ALL, NULL, Table, is_sorted, listed, sorted_copy, value
from service.sources.words import genre

BASICS = ("tconst", "titleType", "primaryTitle", "originalTitle", "startYear", "runtimeMinutes", "genres")
COLUMNS = {
    "title.akas": ("title",),
    "title.crew": ("directors", "writers"),
    "title.principals": ("ordering", "nconst", "category", "job", "characters"),
    "title.ratings": ("averageRating", "numVotes"),
}
KINDS = {
    "movie": "film",
    "short": "short",
    "video": "video",
    "tvMovie": "tv_film",
    "tvSeries": "tv_series",
    "tvMiniSeries": "tv_miniseries",
    "tvSpecial": "tv_special",
    "tvShort": "tv_short",
}
PASSED_OVER = frozenset({"tvEpisode", "tvPilot", "videoGame"})
CREDITS = {
    "director": "directors",
    "writer": "writers",
    "producer": "producers",
    "composer": "music",
    "cinematographer": "cinematography",
    "editor": "editors",
}
ACTING = frozenset({"actor", "actress", "self"})
IN_ORDER = [str(n) for n in range(1, 101)]  # how the credits of nearly every title are numbered
MARK = re.compile(r"(?:10|\d)(?:\.\d+)?")
MOST_VOTES = 10**9
YEARS = (FIRST_YEAR, LAST_YEAR)
RUNTIMES = (1, LONGEST_MINUTES)
SOURCE_WORKS = ("novel", "novella", "book", "play", "short story", "memoir", "comic", "manga")


def recognises(sample: Sample) -> bool:
    """Return whether the path is the folder of the data set, or its `title.basics`."""
    return _file(_folder(sample.path), "title.basics") is not None and (
        sample.path.is_dir() or sample.path.name.startswith("title.basics.tsv")
    )


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the titles of the data set in the order of their ids, and what could not be used."""
    for record in records(path):
        yield record if isinstance(record, BadRow) else film_from_json(record)


def records(path: Path) -> Iterator[Record | BadRow]:
    """Yield what `read` does, each film as JSON."""
    folder = _folder(path)
    with tempfile.TemporaryDirectory(prefix="finecut-imdb-") as scratch, NameTable(Path(scratch)) as names:
        people = _file(folder, "name.basics")
        if people is not None:
            yield from names.fill(people)
        yield from _Reader(folder, Path(scratch), names).records()


class _Reader:
    """Reads the title files side by side: a block of titles, then of the other files what belongs to it."""

    def __init__(self, folder: Path, scratch: Path, names: NameTable) -> None:
        self._name = names.get
        self._scratch = scratch
        basics = _file(folder, "title.basics")
        assert basics is not None
        self._retrieved = retrieved_on(basics).isoformat()
        self._basics = self._open(basics, BASICS)
        found = {name: _file(folder, name) for name in COLUMNS}
        self._sides = {name: self._open(p, COLUMNS[name]) for name, p in found.items() if p is not None}
        self._nameless = {"title.crew": 0, "title.principals": 0}  # credits, by file
        self._licence = licence_of("imdb")

    def records(self) -> Iterator[Record | BadRow]:
        """Yield everything."""
        last = "\0"
        for block in self._basics.blocks():
            yield from self._basics.take_bad()
            titles = []
            wanted: dict[str, bool] = {}
            for number, row in block:
                title = _Title(number, *[row[place] for place in self._basics.places])
                if title.tconst == last:
                    reason = f"the id {title.tconst} stands in the file twice"
                    yield BadRow(self._basics.path, number, reason)
                elif title.kind not in PASSED_OVER:
                    titles.append(title)
                    wanted[title.tconst] = True
                else:
                    wanted[title.tconst] = False
                last = title.tconst
            yield from self._films(titles, last, wanted)
        yield from self._basics.take_bad()
        for table in self._sides.values():
            table.rows_until(LAST_OF_ALL, {})
            yield from table.take_bad()
            if table.orphans:
                reason = f"rows left out, of titles that title.basics does not hold: {table.orphans}"
                yield BadRow(table.path, 0, reason)
        for name, count in self._nameless.items():
            if count:
                reason = f"credits left out, of people whom name.basics does not hold: {count}"
                yield BadRow(self._sides[name].path, 0, reason)

    def _open(self, path: Path, columns: Sequence[str]) -> Table:
        if is_sorted(path):
            return Table(path, columns)
        copy, bad = sorted_copy(path, self._scratch)
        table = Table(copy, columns, sorted_from=path)
        table.bad.extend(bad)
        return table

    def _films(
        self, titles: Sequence[_Title], last: str, wanted: Mapping[str, bool]
    ) -> Iterator[Record | BadRow]:
        found = {name: table.rows_until(last, wanted) for name, table in self._sides.items()}
        nothing: dict[str, list[list[str]]] = {}
        akas, crew, principals, ratings = (found.get(name, nothing) for name in COLUMNS)
        for table in self._sides.values():
            yield from table.take_bad()
        for title in titles:
            if not title.tconst.startswith("tt"):
                reason = f"{title.tconst!r} is no title's id: tt and digits"
                yield BadRow(self._basics.path, title.number, reason)
                continue
            if value(title.title).strip() == "":
                yield BadRow(self._basics.path, title.number, f"{title.tconst} has no title")
                continue
            yield from self._impossible(title)
            key = title.tconst
            people = self._people(principals.get(key, ()), crew.get(key, ()))
            yield self._record(
                title, people, self._akas(title, akas.get(key, ())), self._ratings(ratings, key)
            )
        for table in self._sides.values():
            yield from table.take_bad()

    def _impossible(self, title: _Title) -> Iterator[BadRow]:
        for cell, name, (low, high) in (
            (title.year, "year", YEARS),
            (title.runtime, "runtime_minutes", RUNTIMES),
        ):
            if cell != NULL and _whole(cell, low, high) is None:
                reason = f"{cell!r} is not from {low} to {high}"
                yield BadRow(self._basics.path, title.number, reason, name)

    def _record(
        self, title: _Title, people: _People, akas: list[str], ratings: list[dict[str, JSON]]
    ) -> Record:
        """Return the film in the order of fields in which `film_to_json` writes one."""
        lists, kind = people.lists, KINDS.get(title.kind, value(title.kind).strip())
        main, original = title.title.strip(), title.original.strip()
        fields: dict[str, Any] = {
            "id": title.tconst,
            "title": main,
            "year": _whole(title.year, *YEARS),
            "kind": "" if kind == "film" else kind,
            "original_title": "" if original in (NULL, main) else original,
            "alternative_titles": akas,
            "runtime_minutes": _whole(title.runtime, *RUNTIMES),
            "directors": lists.get("directors"),
            "producers": lists.get("producers"),
            "writers": lists.get("writers"),
            "screenplay": lists.get("screenplay"),
            "story": lists.get("story"),
            "cast": people.cast,
            "music": lists.get("music"),
            "cinematography": lists.get("cinematography"),
            "editors": lists.get("editors"),
            "genres": [genre(g) for g in listed(title.genres) if g.strip()],
            "based_on": people.based_on,
            "ratings": ratings,
            "external_ids": {"imdb": title.tconst},
            "complete": people.complete,
        }
        record: dict[str, JSON] = {name: held for name, held in fields.items() if held}
        record["provenance"] = {
            "*": {
                "source": "imdb",
                "licence": self._licence,
                "retrieved": self._retrieved,
                "reference": title.tconst,
            }
        }
        return record

    def _akas(self, title: _Title, rows: Iterable[Sequence[str]]) -> list[str]:
        if not rows:
            return []
        (place,) = self._sides["title.akas"].places
        others = dict.fromkeys([row[place].strip() for row in rows])
        return [t for t in others if t and t not in (title.title, title.original, NULL)]

    def _ratings(self, found: Mapping[str, list[list[str]]], key: str) -> list[dict[str, JSON]]:
        for row in self._once(found.get(key, ()), "title.ratings"):
            table = self._sides["title.ratings"]
            mean, votes = (row[place] for place in table.places)
            if MARK.fullmatch(mean) and _whole(votes, 0, MOST_VOTES) is not None:
                return [{"site": "IMDb", "value": float(mean), "votes": int(votes)}]
            reason = f"{key}: {mean!r} from {votes!r} votes is no mark"
            table.bad.append(BadRow(table.path, int(row[-1]), reason))
        return []

    def _people(self, principals: Sequence[Sequence[str]], crew: Sequence[Sequence[str]]) -> _People:
        people = _People()
        if principals:
            self._credits(principals, people)
        for row in self._once(crew, "title.crew"):
            for role, place in zip(("directors", "writers"), self._sides["title.crew"].places, strict=True):
                self._crew(people, role, row[place])
        return people

    def _credits(self, rows: Sequence[Sequence[str]], people: _People) -> None:
        ordering, nconst, category, job, characters = self._sides["title.principals"].places
        if [row[ordering] for row in rows] != IN_ORDER[: len(rows)]:
            rows = self._each_once(sorted(rows, key=lambda row: _ordering(row[ordering])), ordering)
        for row in rows:
            name, what = self._name(row[nconst]), row[category]
            if not name:
                self._nameless["title.principals"] += 1
            elif what in ACTING:
                played = [] if what == "self" else _characters(row[characters])
                people.cast.append({"name": name, "characters": [*played]} if played else {"name": name})
            elif what in CREDITS:
                people.add(CREDITS[what], name)
                if what == "writer" and row[job] != NULL:
                    _writing(people, row[job], name)

    def _once(self, rows: Sequence[Sequence[str]], name: str) -> Sequence[Sequence[str]]:
        """Return the first of a title's rows in a file that has one row a title; tell of the others."""
        for row in rows[1:]:
            self._repeated(name, row, f"the id {row[0]}")
        return rows[:1]

    def _each_once(self, rows: Sequence[Sequence[str]], ordering: int) -> list[Sequence[str]]:
        """Return a title's credits, each number once; tell of the others."""
        kept: list[Sequence[str]] = []
        for row in rows:
            if kept and row[ordering] == kept[-1][ordering]:
                self._repeated("title.principals", row, f"credit {row[ordering]} of {row[0]}")
            else:
                kept.append(row)
        return kept

    def _repeated(self, name: str, row: Sequence[str], what: str) -> None:
        table = self._sides[name]
        table.bad.append(BadRow(table.path, int(row[-1]), f"{what} stands in the file twice"))

    def _crew(self, people: _People, role: str, ids: str) -> None:
        """Add directors or writers; the list is complete: title.crew holds every one of them."""
        names = [self._name(nconst) for nconst in listed(ids)]
        for name in names:
            if name:
                people.add(role, name)
            else:
                self._nameless["title.crew"] += 1
        if names and all(names) and role not in people.complete:
            people.complete.append(role)


class _Title(NamedTuple):
    """A row of `title.basics` and its line number."""

    number: int
    tconst: str
    kind: str
    title: str
    original: str
    year: str
    runtime: str
    genres: str


class _People:
    """The people of one title while they are gathered, as a record writes them."""

    __slots__ = ("based_on", "cast", "complete", "lists")

    def __init__(self) -> None:
        self.cast: list[dict[str, JSON]] = []
        self.lists: dict[str, list[str]] = {}
        self.based_on: list[dict[str, JSON]] = []
        self.complete: list[str] = []

    def add(self, role: str, name: str) -> None:
        """Put a name into a list, once."""
        held = self.lists.get(role)
        if held is None:
            self.lists[role] = [name]
        elif name not in held:
            held.append(name)


def _writing(people: _People, job: str, name: str) -> None:
    for role in ("screenplay", "story"):
        if job in (role, f"{role} by"):
            people.add(role, name)
    for kind in SOURCE_WORKS:
        if job == kind or job.startswith(f"based on the {kind}"):
            people.based_on.append({"authors": [name], "kind": kind})


def _characters(cell: str) -> list[str]:
    """Return the characters of a cell: a JSON list of strings."""
    if cell == NULL:
        return []
    read: object = cell
    if cell[:2] == '["' and cell[-2:] == '"]' and "\\" not in cell and cell.count('"') == 2:
        read = [cell[2:-2]]
    else:
        with suppress(ValueError):
            read = json.loads(cell)
    names = [str(c).strip() for c in (read if isinstance(read, list) else [cell]) if c]
    return [name for name in names if name and _storable(name)]


def _storable(name: str) -> bool:
    """Return whether a database takes the text: JSON can write NUL and halves of characters."""
    return "\0" not in name and (name.isprintable() or name == name.encode(errors="ignore").decode())


def _whole(cell: str, low: int, high: int) -> int | None:
    if not cell.isascii() or not cell.isdigit():
        return None
    number = int(cell)
    return number if low <= number <= high else None


def _ordering(cell: str) -> int:
    return int(cell) if cell.isdigit() else 0


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _file(folder: Path, name: str) -> Path | None:
    for found in (folder / f"{name}.tsv.gz", folder / f"{name}.tsv"):
        if found.is_file():
            return found
    return None


SOURCE = Source(
    "imdb",
    "IMDb's non-commercial data set, the folder of its TSV files",
    recognises,
    read,
    records,
    apart=True,
)
