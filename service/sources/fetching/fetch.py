"""Fetching one film from one service or from all that can be asked."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from service.errors import (
    FilmNotFound,
    FinecutError,
    InputError,
    InvalidFilmRecord,
    SourceAnswerInvalid,
    SourceError,
)
from service.films import Film
from service.films.codec import salvage
from service.sources.fetching import omdb, tmdb, wikidata
from service.sources.fetching.answers import Answer, AnswerStore
from service.sources.fetching.api import CLOCK, Api, Clock
from service.sources.fetching.fetcher import Fetcher
from service.sources.fetching.wanted import Wanted

FETCHERS: tuple[Fetcher, ...] = (tmdb.FETCHER, omdb.FETCHER, wikidata.FETCHER)
"""Every service, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class ServiceConfig:
    """Where a service is, and the user's key for it."""

    base_url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The records that services gave of the film, and what of them, or which service, could not be used."""

    films: tuple[Film, ...]
    problems: tuple[str, ...]


class Fetching:
    """The services, each asked no more often than it allows. Close it with `aclose`."""

    def __init__(
        self,
        services: Mapping[str, ServiceConfig],
        *,
        answers: AnswerStore,
        agent: str,
        timeout: float,
        keep: timedelta,
        clock: Clock = CLOCK,
    ) -> None:
        self._apis = {
            fetcher.source: Api(
                fetcher.service,
                base_url=services[fetcher.source].base_url,
                key=services[fetcher.source].key,
                agent=agent,
                timeout=timeout,
                answers=answers,
                keep=keep,
                clock=clock,
            )
            for fetcher in FETCHERS
        }

    async def aclose(self) -> None:
        """Close every connection."""
        for api in self._apis.values():
            await api.aclose()

    async def fetch(self, wanted: Wanted, source: str = "", *, fresh: bool = False) -> Fetched:
        """Return what `source` says of the film, or without one, what every service says that can be asked.

        Once a service has told the film's ids, the next ones are asked by them. `fresh` passes over kept
        answers. Raises FilmAmbiguous with the candidates; FilmNotFound or a SourceError where no service
        gave the film; InputError for a service that Finecut doesn't know.
        """
        films: list[Film] = []
        problems: list[str] = []
        errors: list[FinecutError] = []
        for fetcher in self._asked(source):
            try:
                film, lost = await self._one(fetcher, wanted, fresh=fresh)
            except (FilmNotFound, SourceError) as error:
                errors.append(error)
                continue
            films.append(film)
            problems += lost
            wanted = wanted.known_as(film)
        if not films:
            raise max(errors, key=lambda error: isinstance(error, FilmNotFound))
        return Fetched(tuple(films), (*problems, *map(str, errors)))

    def _asked(self, source: str) -> Sequence[Fetcher]:
        if not source:
            return [f for f in FETCHERS if self._apis[f.source].usable]
        named = [f for f in FETCHERS if f.source == source]
        if not named:
            known = ", ".join(f.source for f in FETCHERS)
            raise InputError(
                f"Films are not fetched from {source!r}.", field="from", remedy=f"From: {known}."
            )
        return named

    async def _one(self, fetcher: Fetcher, wanted: Wanted, *, fresh: bool) -> tuple[Film, list[str]]:
        api = self._apis[fetcher.source]

        def ask(path: str, parameters: Mapping[str, str]) -> Awaitable[Answer]:
            return api.get(path, parameters, fresh=fresh)

        return _film(fetcher, await fetcher.find(ask, wanted))


def _film(fetcher: Fetcher, answer: Answer) -> tuple[Film, list[str]]:
    """Return the film of an answer, and a line for each field of it that does not read."""
    name = fetcher.service.name
    try:
        film, lost = salvage(fetcher.fields(answer))
    except (InvalidFilmRecord, TypeError, ValueError, KeyError, AttributeError) as error:
        raise SourceAnswerInvalid(
            f"{name} gave no usable answer: its record does not read ({error}).", source=name
        ) from None
    return film, [f"{name}: {error.field} left out: {error}" for error in lost]
