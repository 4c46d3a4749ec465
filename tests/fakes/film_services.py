"""TMDB, OMDb and Wikidata on loopback: they replay the answers they are given, faults and all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from evals.loopback import LoopbackServer, Reply, Request

JSONObject = Mapping[str, Any]
KEY = "a-very-secret-key"
TOKEN = "eyJ.secret.token"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a service answers instead; `hang` keeps silent until the server closes."""

    status: int = 200
    body: str = "{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the service, the path below it, its parameters and headers."""

    service: str
    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]


class FilmServices(LoopbackServer):
    """The services over `movies` (TMDB's objects), `answers` (OMDb's), `entities` (Wikidata's, by number).

    `faults` are given first, one a request, whatever is asked.
    """

    def __init__(
        self,
        *,
        movies: Sequence[JSONObject] = (),
        answers: Sequence[JSONObject] = (),
        entities: JSONObject | None = None,
        faults: Sequence[Fault] = (),
    ) -> None:
        self.asked: list[Asked] = []
        self.faults = list(faults)
        self._movies = movies
        self._answers = answers
        self._entities = entities or {}
        super().__init__(self._reply)

    def url(self, service: str) -> str:
        """Return a service's base URL."""
        return f"{self.address}/{service}"

    def _reply(self, request: Request) -> Reply | None:
        service, _, path = request.path.strip("/").partition("/")
        asked = Asked(service, path, dict(parse_qsl(request.query)), request.headers)
        self.asked.append(asked)
        given = self.faults.pop(0) if self.faults else self._given(asked)
        if given.hang:
            self.closing.wait(30)
            return None
        return Reply(given.body.encode(), given.status, headers=given.headers)

    def _given(self, asked: Asked) -> Fault:
        given = {"tmdb": self._tmdb, "omdb": self._omdb, "wikidata": self._wikidata}[asked.service](asked)
        return given if isinstance(given, Fault) else Fault(body=json.dumps(given))

    def _tmdb(self, asked: Asked) -> JSONObject | Fault:
        keyed = (
            asked.parameters.get("api_key") == KEY or asked.headers.get("authorization") == f"Bearer {TOKEN}"
        )
        if not keyed:
            return Fault(401, '{"status_code": 7, "status_message": "Invalid API key", "success": false}')
        what, _, which = asked.path.partition("/")
        if what == "find":
            return {"movie_results": [m for m in self._movies if m.get("imdb_id") == which]}
        if what == "search":
            wanted = asked.parameters["query"].casefold()
            year = asked.parameters.get("primary_release_year", "")
            found = [
                m
                for m in self._movies
                if wanted in m["title"].casefold() and m["release_date"].startswith(year)
            ]
            return {"page": 1, "results": found, "total_results": len(found)}
        for movie in self._movies:
            if str(movie["id"]) == which:
                return movie
        return Fault(404, '{"status_code": 34, "status_message": "The resource could not be found."}')

    def _omdb(self, asked: Asked) -> JSONObject | Fault:
        if asked.parameters.get("apikey") != KEY:
            return Fault(401, '{"Response": "False", "Error": "Invalid API key!"}')
        if "i" in asked.parameters:
            for answer in self._answers:
                if answer["imdbID"] == asked.parameters["i"]:
                    return {**answer, "Response": "True"}
            return {"Response": "False", "Error": "Incorrect IMDb ID."}
        wanted = asked.parameters["s"].casefold()
        found = [a for a in self._answers if wanted in a["Title"].casefold()]
        found = [a for a in found if a["Year"].startswith(asked.parameters.get("y", ""))]
        if not found:
            return {"Response": "False", "Error": "Movie not found!"}
        short = [{k: a[k] for k in ("Title", "Year", "imdbID")} for a in found]
        return {"Search": short, "totalResults": str(len(short)), "Response": "True"}

    def _wikidata(self, asked: Asked) -> JSONObject:
        if asked.parameters["action"] == "query":
            found = [n for n, e in self._entities.items() if _answers(e, asked.parameters["srsearch"])]
            return {"query": {"search": [{"title": number} for number in found]}}
        numbers = asked.parameters["ids"].split("|")
        assert len(numbers) <= 50
        return {"entities": {n: self._entities.get(n, {"id": n, "missing": ""}) for n in numbers}}


def _answers(entity: JSONObject, query: str) -> bool:
    """Return whether an entity is among the answers to a search, as Wikidata's own engine reads it."""
    claims = entity.get("claims", {})
    named = re.match(r'"([^"]*)"', query)
    titles = [str(label["value"]) for label in entity.get("labels", {}).values()]
    if named and not any(named[1].casefold() in title.casefold() for title in titles):
        return False
    asked = re.search(r"haswbstatement:(\S+)", query)
    held = {
        f"{prop}={value['id'] if isinstance(value, dict) else value}"
        for prop in ("P31", "P345", "P4947")
        for statement in claims.get(prop, ())
        for value in [statement["mainsnak"]["datavalue"]["value"]]
    }
    return asked is None or not held.isdisjoint(asked[1].split("|"))
