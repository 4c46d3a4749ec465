"""The archive of a site's other articles, as hashed shingles: about 4 kB an article, and no text.

A shingle is a run of words with names and titles masked (`service.detectors.echo.shingles`), hashed to
32 bits. A file of the archive is JSON Lines, one article a line, so that it grows by appending.
"""

from __future__ import annotations

import base64
import binascii
import json
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from service.errors import InputError


@dataclass(frozen=True, slots=True)
class Archive:
    """Articles by id, and for each shingle the numbers of the articles that hold it."""

    articles: tuple[str, ...] = ()
    shingles: Mapping[int, tuple[int, ...]] = field(repr=False, default_factory=lambda: MappingProxyType({}))

    def extended(self, items: Iterable[tuple[str, Iterable[int]]]) -> Archive:
        """Return the archive with further articles, each an id and its shingles.

        An id that is already there names a new version of the article: both are kept.
        """
        articles = list(self.articles)
        shingles = dict(self.shingles)
        for article, hashes in items:
            number = len(articles)
            articles.append(article)
            for shingle in set(hashes):
                shingles[shingle] = (*shingles.get(shingle, ()), number)
        return Archive(tuple(articles), MappingProxyType(shingles))

    def holding(self, shingle: int, *, but: str = "") -> frozenset[str]:
        """Return the ids of the articles that hold the shingle, without the article `but`."""
        ids = (self.articles[number] for number in self.shingles.get(shingle, ()))
        return frozenset(a for a in ids if a != but)


def append(path: Path, article: str, shingles: Iterable[int]) -> None:
    """Append one article to the archive's file; the file is made where there is none."""
    packed = base64.b64encode(array("I", sorted(set(shingles))).tobytes()).decode("ascii")
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": article, "shingles": packed}) + "\n")


def load(path: Path) -> Archive:
    """Return the archive of a file. Raises InputError where a line does not read."""
    items = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            hashes = array("I", base64.b64decode(row["shingles"], validate=True))
            items.append((str(row["id"]), hashes))
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise InputError(
                f"{path.name}, line {number}, is no article of an archive.",
                remedy='A line is {"id": …, "shingles": base64 of 32-bit numbers}.',
            ) from error
    return Archive().extended(items)
