"""TMDB, OMDb and Wikidata on loopback: they replay the answers they are given, faults and all."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

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


class FilmServices:
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
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    def url(self, service: str) -> str:
        """Return a service's base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/{service}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked: Asked) -> Fault:
        """Return the answer to a request."""
        given = {"tmdb": self._tmdb, "omdb": self._omdb, "wikidata": self._wikidata}[asked.service](asked)
        return given if isinstance(given, Fault) else Fault(body=json.dumps(given))

    def _tmdb(self, asked: Asked) -> JSONObject | Fault:
        keyed = (
            asked.parameters.get("api_key") == KEY or asked.headers.get("Authorization") == f"Bearer {TOKEN}"
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

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet

            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                address = urlsplit(self.path)
                service, _, path = address.path.strip("/").partition("/")
                asked = Asked(service, path, dict(parse_qsl(address.query)), dict(self.headers))
                stub.asked.append(asked)
                given = stub.faults.pop(0) if stub.faults else stub.answer(asked)
                if given.hang:
                    stub._closing.wait(30)
                    self.close_connection = True
                    return
                raw = given.body.encode()
                self.send_response(given.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(raw)))
                for name, value in given.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(raw)

        return Handler


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
