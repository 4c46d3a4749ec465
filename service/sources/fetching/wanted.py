"""What film is wanted, and choosing it from what a service found: by title and year, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.errors import FilmAmbiguous, FilmNotFound, InputError
from service.films import Film, site_ids
from service.films.titles import title_key

SHOWN = 20
NEAREST = 3
FORMS = (
    ("imdb", re.compile(r"(?:imdb:)?(tt\d{5,12})")),
    ("tmdb", re.compile(r"tmdb:(\d{1,12})")),
    ("wikidata", re.compile(r"(?:wikidata:)?(Q\d{1,12})")),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A film by its ids at sites (imdb, tmdb, wikidata), or by its title and perhaps year."""

    title: str = ""
    year: int | None = None
    ids: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.ids:
            return " or ".join(f"{site} {number}" for site, number in self.ids.items())
        return repr(self.title) + (f" of {self.year}" if self.year is not None else "")

    def known_as(self, film: Film) -> Wanted:
        """Return the same wish by the ids that `film` has."""
        return replace(self, ids={**self.ids, **site_ids(film)})


def wanted(title: str = "", year: int | None = None, film_id: str = "") -> Wanted:
    """Return what is wanted. Raises InputError where neither a title nor an id of a known form is given."""
    if film_id:
        for site, form in FORMS:
            if match := form.fullmatch(film_id.strip()):
                return Wanted(title.strip(), year, {site: match[1]})
        raise InputError(
            f"{film_id!r} is no id of a film at a service.",
            field="id",
            remedy="Give IMDb's (tt0113277), TMDB's (tmdb:949) or Wikidata's (Q42198).",
        )
    if not title.strip():
        raise InputError("The film's title is empty.", field="title", remedy="Give a title or an id.")
    return Wanted(title.strip(), year)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A film that a service found: its id as `wanted` takes it, its titles, its year there."""

    id: str
    titles: tuple[str, ...]
    year: int | None


def chosen(asked: Wanted, candidates: Sequence[Candidate], service: str) -> Candidate:
    """Return the one candidate of the title (and year) asked for; nothing is guessed.

    Raises FilmNotFound, naming the nearest, or FilmAmbiguous with the candidates.
    """
    key = title_key(asked.title)
    named = [c for c in candidates if key in {title_key(t) for t in c.titles}]
    fitting = [c for c in named if asked.year in (None, c.year)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise FilmAmbiguous(
            f"{service} has {len(fitting)} films called {asked}.",
            candidates=[(c.id, c.titles[0], c.year) for c in fitting[:SHOWN]],
            remedy="Give the year, or fetch it by its id.",
        )
    near = ", ".join(
        f"{c.titles[0]} ({c.year or 'year unknown'}, id {c.id})" for c in (named or candidates)[:NEAREST]
    )
    raise FilmNotFound(
        f"{service} has no film called {asked}.",
        remedy=f"Nearest: {near}." if near else "Check the spelling, or fetch it by its id.",
    )
