"""IMDb's non-commercial data set: a folder of `title.*.tsv` and `name.basics.tsv`, plain or gzipped.

The title files are sorted by title and are read side by side, so that memory stays the same however
large they are; a file that is not sorted is sorted on disk first. All but `title.basics` may be absent.
Episodes and video games are passed over. Columns: https://developer.imdb.com/non-commercial-datasets/.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from service.films import AudienceRating, CastMember, Film, Provenance, SourceWork
from service.films.codec import LONGEST_MINUTES
from service.films.shape import FIRST_YEAR, LAST_YEAR
from service.sources.licences import licence_of
from service.sources.name_table import NameTable
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow
from service.sources.source import Sample, Source
from service.sources.tsv import NULL, Table, is_sorted, listed, sorted_copy, value
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
SOURCE_WORKS = ("novel", "novella", "book", "play", "short story", "memoir", "comic", "manga")


@dataclass(slots=True)
class _Credits:
    """The people of one title while they are gathered."""

    cast: list[CastMember] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)
    based_on: list[SourceWork] = field(default_factory=list)

    def add(self, role: str, name: str) -> None:
        held = self.lists.setdefault(role, [])
        if name not in held:
            held.append(name)


def recognises(sample: Sample) -> bool:
    """Return whether the path is the folder of the data set, or its `title.basics`."""
    return _file(_folder(sample.path), "title.basics") is not None and (
        sample.path.is_dir() or sample.path.name.startswith("title.basics.tsv")
    )


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the titles of the data set in the order of their ids, and what could not be used."""
    folder = _folder(path)
    basics = _file(folder, "title.basics")
    assert basics is not None
    with tempfile.TemporaryDirectory(prefix="finecut-imdb-") as scratch, NameTable(Path(scratch)) as names:
        people = _file(folder, "name.basics")
        if people is not None:
            yield from names.fill(people)
        yield from _Reader(folder, Path(scratch), names).films()


class _Reader:
    """Reads the title files side by side."""

    def __init__(self, folder: Path, scratch: Path, names: NameTable) -> None:
        self._names = names
        self._scratch = scratch
        basics = _file(folder, "title.basics")
        assert basics is not None
        self._retrieved = retrieved_on(basics)
        self._basics = self._open(basics, BASICS)
        found = {name: _file(folder, name) for name in COLUMNS}
        self._sides = {name: self._open(p, COLUMNS[name]) for name, p in found.items() if p is not None}
        self._nameless = 0
        self._licence = licence_of("imdb")

    def films(self) -> Iterator[Film | BadRow]:
        """Yield everything."""
        last = ""
        for key, number, row in self._basics.all_rows():
            if self._basics.bad:
                yield from self._basics.take_bad()
            if key == last:
                reason = f"the id {row[0]} stands in the file twice"
                yield BadRow(self._basics.path, number, reason)
                continue
            last = key
            if row[1] not in PASSED_OVER:
                yield from self._film(key, number, row)
        for table in (self._basics, *self._sides.values()):
            yield from table.take_bad()
        if self._nameless:
            reason = f"{self._nameless} credits are of people whom name.basics does not hold"
            yield BadRow(self._sides["title.principals"].path, 0, reason, "cast")

    def _open(self, path: Path, columns: Sequence[str]) -> Table:
        if is_sorted(path):
            return Table(path, columns)
        copy, bad = sorted_copy(path, self._scratch)
        table = Table(copy, columns, sorted_from=path)
        table.bad.extend(bad)
        return table

    def _film(self, key: str, number: int, row: Sequence[str]) -> Iterator[Film | BadRow]:
        tconst, kind, title, original, *_ = row
        if not tconst.startswith("tt") or value(title).strip() == "":
            yield BadRow(self._basics.path, number, "a title needs an id that starts with tt, and a name")
            return
        for at, name, low, high in (
            (4, "year", FIRST_YEAR, LAST_YEAR),
            (5, "runtime_minutes", 1, LONGEST_MINUTES),
        ):
            if row[at] != NULL and _whole(row[at], low, high) is None:
                yield BadRow(self._basics.path, number, f"{row[at]!r} is not from {low} to {high}", name)
        people = self._credits(key)
        complete = self._crew(key, people)
        for table in self._sides.values():
            if table.bad:
                yield from table.take_bad()
        yield Film(
            id=tconst,
            title=title.strip(),
            original_title="" if original in (NULL, title) else original.strip(),
            year=_whole(row[4], FIRST_YEAR, LAST_YEAR),
            kind=KINDS.get(kind, kind),
            runtime_minutes=_whole(row[5], 1, LONGEST_MINUTES),
            genres=tuple([genre(g) for g in listed(row[6])]),
            alternative_titles=self._akas(key, title, original),
            cast=tuple(people.cast),
            based_on=tuple(people.based_on),
            ratings=self._ratings(key),
            external_ids=MappingProxyType({"imdb": tconst}),
            complete=complete,
            provenance=MappingProxyType({"*": Provenance("imdb", self._licence, self._retrieved, tconst)}),
            **{role: tuple(held) for role, held in people.lists.items()},  # type: ignore[arg-type]  # CREDITS names lists of names
        )

    def _akas(self, key: str, title: str, original: str) -> tuple[str, ...]:
        table = self._sides.get("title.akas")
        if table is None:
            return ()
        titles = dict.fromkeys([cell.strip() for (cell,) in table.rows_of(key)])
        return tuple([t for t in titles if t and t not in (title, original, NULL)])

    def _ratings(self, key: str) -> tuple[AudienceRating, ...]:
        table = self._sides.get("title.ratings")
        for mean, votes in table.rows_of(key) if table else ():
            try:
                return (AudienceRating("IMDb", float(mean), 10.0, int(votes)),)
            except ValueError:
                assert table is not None
                table.bad.append(BadRow(table.path, 0, f"{key}: {mean!r} from {votes!r} votes"))
        return ()

    def _crew(self, key: str, people: _Credits) -> frozenset[str]:
        """Add the crew; return which lists are complete: title.crew holds every director and writer."""
        table = self._sides.get("title.crew")
        complete = []
        for directors, writers in table.rows_of(key) if table else ():
            for role, ids in (("directors", directors), ("writers", writers)):
                names = [self._names.get(nconst) for nconst in listed(ids)]
                for name in filter(None, names):
                    people.add(role, name)
                if names and all(names):
                    complete.append(role)
        return frozenset(complete)

    def _credits(self, key: str) -> _Credits:
        people = _Credits()
        table = self._sides.get("title.principals")
        rows = table.rows_of(key) if table else []
        rows.sort(key=_ordering)
        for _, nconst, category, job, characters in rows:
            name = self._names.get(nconst)
            if not name:
                self._nameless += 1
            elif category in ("actor", "actress", "self"):
                people.cast.append(CastMember(name, () if category == "self" else _characters(characters)))
            elif category in CREDITS:
                people.add(CREDITS[category], name)
                if category == "writer" and job != NULL:
                    _writing(people, job, name)
        return people


def _writing(people: _Credits, job: str, name: str) -> None:
    for role in ("screenplay", "story"):
        if job in (role, f"{role} by"):
            people.add(role, name)
    for kind in SOURCE_WORKS:
        if job == kind or job.startswith(f"based on the {kind}"):
            people.based_on.append(SourceWork("", (name,), kind))


def _characters(cell: str) -> tuple[str, ...]:
    """Return the characters of a cell: a JSON list of strings."""
    if cell == NULL:
        return ()
    if cell[:2] == '["' and cell[-2:] == '"]' and "\\" not in cell and cell.count('"') == 2:
        return (cell[2:-2],)
    try:
        read = json.loads(cell)
    except ValueError:
        return (cell,)
    return tuple([str(c) for c in read if c]) if isinstance(read, list) else (cell,)


def _whole(cell: str, low: int, high: int) -> int | None:
    if not cell.isascii() or not cell.isdigit():
        return None
    number = int(cell)
    return number if low <= number <= high else None


def _ordering(row: Sequence[str]) -> int:
    return int(row[0]) if row[0].isdigit() else 0


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _file(folder: Path, name: str) -> Path | None:
    for found in (folder / f"{name}.tsv.gz", folder / f"{name}.tsv"):
        if found.is_file():
            return found
    return None


SOURCE = Source("imdb", "IMDb's non-commercial data set, the folder of its TSV files", recognises, read)
