"""Fetching films from the services that answer with film metadata: TMDB, OMDb, Wikidata."""

from service.sources.fetching.answers import Answer, AnswerStore
from service.sources.fetching.api import Api, Clock
from service.sources.fetching.fetch import FETCHERS, Fetched, Fetching, ServiceConfig
from service.sources.fetching.wanted import Wanted, wanted

__all__ = [
    "FETCHERS",
    "Answer",
    "AnswerStore",
    "Api",
    "Clock",
    "Fetched",
    "Fetching",
    "ServiceConfig",
    "Wanted",
    "wanted",
]
