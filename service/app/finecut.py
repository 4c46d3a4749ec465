"""Finecut without HTTP: the use cases and stores, wired."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from service import resources
from service.app.models import Models
from service.errors import FinecutError
from service.films import JSON, Film, film_to_json
from service.films.codec import Record
from service.llm import MemoryLedger, PromptFiles
from service.settings import Settings
from service.sources import BadRow, fingerprint, recognise, records_ahead
from service.store import (
    Database,
    SqlAnswers,
    SqlFilmStore,
    SqlKeys,
    SqlLedger,
    SqlResults,
    SqlSpending,
    SqlWebhooks,
    catalogue,
    edits,
    evals,
    fault_of,
    import_all,
    open_database,
    reviews,
)
from service.writing.ports import silent

if TYPE_CHECKING:
    from service.sources.fetching import Fetched, Fetching, Wanted
    from service.writing.judged_checks import Judge
    from service.writing.ports import Progress, UseCase
    from service.writing.quota import Ledger
    from service.writing.requests import EditsRequest, FilmRef, ReviewRequest
    from service.writing.spending import Purse

VERSION = version("finecut")
PROGRESS_EVERY = 50_000
READY_SECONDS = 5  # for which the database may keep `/readyz` waiting


class Finecut:
    """Finecut without HTTP: the use cases and stores, wired. `open` before use, `aclose` after."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.models = Models(settings, self._quota_ledger, self._purse)
        self._prompts = PromptFiles(resources.folder("prompts"))
        self._database: Database | None = None
        self._fetching: Fetching | None = None

    @cached_property
    def judge(self) -> Judge:
        """Return what puts undecided claims to a model."""
        from service.writing.judged_checks import Judge as _Judge  # noqa: PLC0415 - the films need no rules

        return _Judge(self.models, self._prompts, self.models.charged)

    @cached_property
    def routes(self) -> Mapping[str, UseCase]:
        """Return the use case of each kind of run."""
        from service.evaluation.route import EvalRoute  # noqa: PLC0415 - as above
        from service.writing.routes import EditRoute, ReviewRoute  # noqa: PLC0415 - as above

        return {
            "review": ReviewRoute(self._prompts),
            "edit": EditRoute(self._prompts),
            "eval": EvalRoute(self._prompts, self.settings.home / "evals"),
        }

    async def open(self, *, starter: bool = True) -> None:
        """Open the database, creating what it lacks; one without films gets the starter catalogue."""
        if self._database is None:
            self._database = await asyncio.to_thread(open_database, self.settings.sqlalchemy_url)
            if starter and await self.films.count() == 0:
                await self.load_starter()

    async def aclose(self) -> None:
        """Close models, connections and database."""
        await self.models.aclose()
        if self._fetching is not None:
            await self._fetching.aclose()
            self._fetching = None
        if self._database is not None:
            await asyncio.to_thread(self._database.close)
            self._database = None

    @property
    def database(self) -> Database:
        """Return the open database."""
        assert self._database is not None, "open() comes first"
        return self._database

    @property
    def films(self) -> SqlFilmStore:
        """Return the stored films."""
        return SqlFilmStore(self.database)

    @property
    def keys(self) -> SqlKeys:
        """Return the stored API keys."""
        return SqlKeys(self.database)

    @property
    def spending(self) -> SqlSpending:
        """Return what the API keys spend on models."""
        return SqlSpending(self.database)

    @property
    def webhooks(self) -> SqlWebhooks:
        """Return the stored webhooks."""
        return SqlWebhooks(self.database)

    def _quota_ledger(self) -> Ledger:
        """Return the ledger of all processes of the database, or one of this process while none is open."""
        return MemoryLedger() if self._database is None else SqlLedger(self._database)

    def _purse(self, key_id: str) -> Purse:
        return self.spending.purse(key_id)

    def results(self, kind: str) -> SqlResults:
        """Return the stored results of a kind: `review`, `edit` or `eval`."""
        return {"review": reviews, "edit": edits, "eval": evals}[kind](self.database)

    async def review(self, request: ReviewRequest, progress: Progress = silent) -> Mapping[str, JSON]:
        """Draft a review and store it."""
        return await self._do("review", request, request.film, progress)

    async def edit(self, request: EditsRequest, progress: Progress = silent) -> Mapping[str, JSON]:
        """Edit a copy and store the edit."""
        return await self._do("edit", request, request.film, progress)

    async def _do(
        self, kind: str, request: ReviewRequest | EditsRequest, ref: FilmRef | None, progress: Progress
    ) -> Mapping[str, JSON]:
        from service.writing.routes import film_of  # noqa: PLC0415 - as above

        film = None if ref is None else await film_of(ref, self.films)
        given: dict[str, JSON] = {
            "request": request.model_dump(mode="json"),
            "film": None if film is None else film_to_json(film),
        }
        model = self.models(request.model)
        result = await self.routes[kind](given, model=model, progress=progress)
        return await self.keep(kind, uuid.uuid4().hex, result)

    async def keep(
        self, kind: str, result_id: str, result: Mapping[str, JSON], key_id: str = ""
    ) -> Mapping[str, JSON]:
        """Store a result under its id, with the time and the API key it is for, and return it so."""
        stored = {"id": result_id, "created": datetime.now(UTC).isoformat(timespec="seconds"), **result}
        await self.results(kind).put(result_id, stored, key_id)
        return stored

    async def faults(self) -> Sequence[str]:
        """Return why requests cannot be served at present: nothing where they can."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                faults = [await self.database.run(lambda: fault_of(self.database))]
        except TimeoutError:
            faults = [f"the database does not answer within {READY_SECONDS} s"]
        try:
            self.models()
        except FinecutError as error:
            faults.append(str(error))
        return [fault for fault in faults if fault]

    async def load_starter(self) -> int:
        """Store the starter catalogue and return how many films it has."""
        return await self.films.import_films(catalogue())

    async def fetch_film(
        self, wanted: Wanted, source: str = "", *, fresh: bool = False
    ) -> tuple[Film, Fetched]:
        """Fetch a film from one service or all, and store it merged; return it as stored, and what was got.

        Raises as `Fetching.fetch` does.
        """
        if self._fetching is None:
            self._fetching = _fetching(self.settings, self.database)
        fetched = await self._fetching.fetch(wanted, source, fresh=fresh)
        return await self.films.add(fetched.films), fetched

    async def import_films(self, path: Path, say: Callable[[str], None]) -> tuple[int, int]:
        """Store the film records of a file or folder; return how many, and how many were passed over.

        What does not read is told through `say`, with its file and line.
        """
        passed = [0]

        def films() -> Iterator[Record]:
            for record in records_ahead(path):
                if isinstance(record, BadRow):
                    passed[0] += 1
                    say(str(record))
                else:
                    yield record

        def told(count: int) -> None:
            if count % PROGRESS_EVERY == 0:
                say(f"{count} films stored")

        kind = recognise(path)
        key = f"{kind.name} {fingerprint(path)}"
        done = await asyncio.to_thread(
            import_all, self.database, films(), key=key, told=told, apart=kind.apart
        )
        return done.films + done.resumed_after, passed[0]


def _fetching(settings: Settings, database: Database) -> Fetching:
    from service.sources.fetching import Fetching, ServiceConfig  # noqa: PLC0415 - few commands fetch

    return Fetching(
        {
            "tmdb": ServiceConfig(settings.tmdb_url, settings.tmdb_key.get_secret_value()),
            "omdb": ServiceConfig(settings.omdb_url, settings.omdb_key.get_secret_value()),
            "wikidata": ServiceConfig(settings.wikidata_url),
        },
        answers=SqlAnswers(database),
        agent=settings.fetch_agent or f"Finecut/{VERSION}",
        timeout=settings.fetch_timeout,
        keep=timedelta(hours=settings.fetch_keep),
    )


def build(settings: Settings) -> Finecut:
    """Return Finecut as `settings` set it up; nothing is opened yet."""
    return Finecut(settings)
