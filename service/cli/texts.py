"""Texts as a command is given them: files, folders, and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.cli.console import say
from service.cli.files import format_of, read_text
from service.cli.running import finecut, run
from service.document import Format
from service.errors import FilmAmbiguous, FilmNotFound, InputError
from service.films import Film

if TYPE_CHECKING:
    from service.app import Finecut

SUFFIXES = {".txt", ".md", ".markdown", ".html", ".htm"}
LINES = {".jsonl", ".ndjson"}
NAMED = 5  # of what is wrong, in a message
FILMS = "films.tsv"  # in a folder: which film each of its files is about


@dataclass(frozen=True, slots=True)
class Text:
    """A text: what to call it, its source, its format, its film where it is known, the set it belongs to,
    and what its line names as the film.
    """

    name: str
    source: str
    format: Format
    film: Film | None = None
    group: str = ""
    about: str = ""


def stored_film(film_id: str | None) -> Film | None:
    """Return the stored film of that id; None for no id. Raises FilmNotFound."""
    if film_id is None:
        return None
    found: list[Film] = []

    async def work(service: Finecut) -> None:
        found.append(await service.films.get(film_id))

    run(finecut(), work)
    return found[0]


def named_films(names: Iterable[str], without: str) -> dict[str, Film]:
    """Return the films that texts name by id or title, of the starter catalogue or the store; say how many
    are not known, and what of that (`without`).
    """
    named = sorted(names)
    if not named:
        return {}
    from service.store import catalogue  # noqa: PLC0415 - most texts name no film

    starter = {film.id: film for film in catalogue()}
    found = {name: starter[name] for name in named if name in starter}
    wanted = [name for name in named if name not in found]
    if not wanted:
        return found

    async def work(service: Finecut) -> None:
        for name in wanted:
            film = await _film(service, name)
            if film is not None:
                found[name] = film

    run(finecut(), work)
    lost = [name for name in named if name not in found]
    if lost:
        said = ", ".join(map(repr, lost[:NAMED])) + (", …" if lost[NAMED:] else "")
        say(f"{len(lost)} of {len(named)} films that the texts name are not stored ({said}): {without}.")
    return found


async def _film(service: Finecut, name: str) -> Film | None:
    try:
        return await service.films.get(name)
    except FilmNotFound:
        pass
    try:
        return await service.films.find(name, None)
    except (FilmNotFound, FilmAmbiguous):
        return None


def texts_of(
    paths: Iterable[Path], film: Film | None = None, *, lines: bool = False, group_by: str = "group"
) -> Iterator[Text]:
    """Yield the texts of files, folders and JSON Lines of {id, text, film?, group?}; - is stdin.

    `film` is what all are about. A file's group is its folder; a line's group its field
    `group_by`, or without one its file.
    In a folder, JSON Lines are only read with `lines`. Raises InputError for what cannot be read.
    """
    for path in paths:
        if path.is_dir():
            known = SUFFIXES | (LINES if lines else set())
            about = _about(path / FILMS)
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in known and p.is_file())
            for text in texts_of(inside, film, lines=lines, group_by=group_by):
                yield text if text.about else replace(text, about=about.get(Path(text.name).name, ""))
        elif path.suffix.lower() in LINES:
            yield from _lines(path, film, group_by)
        else:
            source = read_text(path)
            yield Text(str(path), source, format_of(path, source, None), film, path.parent.name)


def _about(table: Path) -> dict[str, str]:
    """Return the film that the table names for each file: lines of file, tab, film; none without a table."""
    if not table.is_file():
        return {}
    rows = (line.split("\t") for line in read_text(table).splitlines() if not line.startswith("#"))
    return {row[0]: row[1].strip() for row in rows if len(row) == 2}


def _lines(path: Path, film: Film | None, group_by: str) -> Iterator[Text]:
    lines = [(n, line) for n, line in enumerate(read_text(path).split("\n"), 1) if line.strip()]
    read = [(n, _object(line)) for n, line in lines]
    wrong = [n for n, value in read if value is None]
    if wrong:
        raise InputError(
            _wrong(path, wrong, len(lines)), remedy='Lines are {"text", "id"?, "film"?, "group"?}.'
        )
    for number, value in read:
        if value is not None:
            name = f"{path}:{number}" if value.get("id") is None else str(value["id"])
            group = str(value.get(group_by) or path.stem)
            yield Text(name, value["text"], Format.TEXT, film, group, str(value.get("film") or ""))


def _wrong(path: Path, numbers: Sequence[int], of: int) -> str:
    """Return which lines of a file hold no text."""
    if len(numbers) == 1:
        return f"{path}:{numbers[0]}: no JSON object with a text as `text`."
    named = ", ".join(map(str, numbers[:NAMED])) + (", …" if numbers[NAMED:] else "")
    return f"{path}: {len(numbers)} of {of} lines ({named}) are no JSON objects with a text as `text`."


def _object(line: str) -> dict[str, Any] | None:
    """Return a line's object; None where it is none, or has no text."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) and isinstance(value.get("text"), str) else None
