"""A film store over a list of films."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.document import fold
from service.errors import FilmAmbiguous, FilmNotFound
from service.films import Film, FilmSummary


class FakeFilmStore:
    """Finds films by exact id, or by title without regard to case and accents."""

    def __init__(self, films: Iterable[Film] = ()) -> None:
        self.films = {f.id: f for f in films}

    async def get(self, film_id: str) -> Film:
        if film_id not in self.films:
            raise FilmNotFound(f"No film is called {film_id}.")
        return self.films[film_id]

    async def find(self, title: str, year: int | None = None) -> Film:
        found = self._matching(title, year)
        if not found:
            raise FilmNotFound(f"No film is titled {title}.")
        if len(found) > 1:
            several = [(f.id, f.title, f.year) for f in found]
            raise FilmAmbiguous(f"Several films are titled {title}.", candidates=several)
        return found[0]

    async def search(self, title: str, year: int | None = None, limit: int = 10) -> Sequence[FilmSummary]:
        found = self._matching(title, year)[:limit]
        return [FilmSummary(f.id, f.title, f.year, f.directors) for f in found]

    def _matching(self, title: str, year: int | None) -> list[Film]:
        wanted = fold(title)
        return [
            f
            for f in self.films.values()
            if wanted in map(fold, f.titles) and (year is None or f.year == year)
        ]
