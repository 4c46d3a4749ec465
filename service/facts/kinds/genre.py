"""What genre a sentence calls the film: "a 1999 neo-noir crime thriller film", "a Western"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from service.document import fold
from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of
from service.facts.reading import FILM, Reading
from service.facts.words import lines
from service.films import Film

CALLED = re.compile(
    rf"{FILM}(?:,? \(\d{{4}}\))?,?(?: [^.;⟦]{{0,60}},)? (?:is|was|isn't|wasn't)(?: not| never| hardly)?"
    r" (?:an?|the) (?P<words>(?:[a-z0-9'/-]+[ ,]+){0,10}?)(?P<noun>(?:tele)?films?|movies?"
    r"|pictures?|features?|(?:comedy|drama|thriller|musical|documentary|western|romance|horror"
    r"|biopic)(?![ /-](?:[a-z-]+[ /-]){0,4}?(?:(?:tele)?film|movie|comedy|drama|thriller)\b))\b"
    r"(?! of (?:errors|life|war))"
)
RECORD = Film(id="e24", title="The Long Harbour", genres=("Crime", "Drama"))
NOUNS = frozenset(  # one of them is in every match of `CALLED`
    {
        "film",
        "films",
        "telefilm",
        "telefilms",
        "movie",
        "movies",
        "picture",
        "pictures",
        "feature",
        "features",
    }
    | {"comedy", "drama", "thriller", "musical", "documentary", "western", "romance", "horror", "biopic"}
)
BROAD = frozenset({"drama", "historical", "biography", "music"})


@lru_cache(maxsize=1)
def lattice() -> tuple[Mapping[str, str], Mapping[str, frozenset[str]]]:
    """Return which genre each word names, and which genres are near each."""
    names: dict[str, str] = {}
    near: dict[str, frozenset[str]] = {}
    for line in lines("genres.tsv"):
        genre, words, others = [*line.split("\t"), "", ""][:3]
        names.update(dict.fromkeys((genre, *words.split()), genre))
        near[genre] = frozenset(others.split())
    return MappingProxyType(names), MappingProxyType(near)


def genres_in(text: str) -> dict[str, str]:
    """Return the genres that the words of `text` name, each with its word."""
    names, _ = lattice()
    found = {}
    for part in re.split(r"[ ,/]+", fold(text)):
        for word in (part, *part.split("-")):
            if word in names:
                found[names[word]] = word
    return found


@dataclass(frozen=True, slots=True)
class Genre:
    """A genre; a near one may be said for it, and a record of two or more is held to know a film's own."""

    name: str = "genre"
    examples: Sequence[Example] = (
        Example("The Long Harbour is a 1999 Swedish crime drama film.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour is a Western film.", RECORD, Verdict.CONTRADICTED),
        Example("The Long Harbour is a mystery film.", RECORD, Verdict.NOT_IN_METADATA),
        Example("The Long Harbour isn't a musical.", RECORD, Verdict.SUPPORTED),
        Example("It is not a crime film.", RECORD, Verdict.CONTRADICTED),
        Example("Its hero writes a musical.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return one assertion for each genre named."""
        m = CALLED.search(reading.skeleton) if reading.has_any(NOUNS) else None
        return tuple(self._held(reading, m)) if m is not None else ()

    def _held(self, reading: Reading, m: re.Match[str]) -> Iterator[Assertion]:
        film = reading.film
        stored = set(genres_in(" ".join(film.genres)))
        said = genres_in(f"{m.group('words')} {m.group('noun')}")
        _, near = lattice()
        for genre, word in said.items():
            at = reading.skeleton.index(word, m.start("words"))
            right: bool | None = genre in stored or None
            if right is None and stored and genre not in BROAD:
                kin = near[genre] | {g for g in near if genre in near[g]}
                right = (
                    None if kin & (stored - {"drama", "comedy"}) else False
                )  # which any film can be besides
            verdict = {True: Verdict.SUPPORTED, False: Verdict.CONTRADICTED, None: Verdict.NOT_IN_METADATA}[
                right
            ]
            if verdict is not Verdict.NOT_IN_METADATA and reading.negated(m.start(), m.end()):
                verdict = Verdict.CONTRADICTED if right else Verdict.SUPPORTED
            yield Finder(self.name, reading).assertion(
                (at, at + len(word)),
                genre,
                verdict,
                f"The record's genres are {one_of([g.lower() for g in film.genres])}{cited(film, 'genres')}."
                if stored
                else "The record gives no genre.",
                fields=("genres",) if stored else (),
            )


GENRE = Genre()
