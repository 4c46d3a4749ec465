"""Opening the database: SQLite or Postgres by URL, migrated to the newest tables.

SQLAlchemy is used synchronously, each call in a worker thread (`Database.run`). A look-up takes
well under a millisecond, aiosqlite would hand each statement of it to a thread just the same,
the bulk import and the migrations are synchronous by nature, and one driver (psycopg, sqlite3) and one
code path then serve the command line, the service and the tests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, Text, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.errors import InputError

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")

NEWEST = "0015"
MIGRATION_LOCK = 0x46494E45  # "FINE": the advisory lock under which one process migrates
BUSY_MILLISECONDS = 30_000
CONNECT_SECONDS = 5  # a server that is away may otherwise keep a request for minutes
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    f"busy_timeout = {BUSY_MILLISECONDS}",
    "cache_size = -32768",
    "mmap_size = 1073741824",
    "temp_store = FILE",
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `read` and `write` give connections in a transaction; `run` leaves the loop."""

    engine: Engine

    @property
    def sqlite(self) -> bool:
        """Return whether the database is SQLite."""
        return self.engine.dialect.name == "sqlite"

    def read(self) -> AbstractContextManager[Connection]:
        """Return a connection in a transaction that sees one state of the database."""
        return self.engine.begin()

    def write(self) -> AbstractContextManager[Connection]:
        """Return a connection in a transaction that holds SQLite's write lock from its start."""
        return self.engine.execution_options(finecut_write=True).begin()

    async def run(self, work: Callable[[], T]) -> T:
        """Do `work` in a worker thread."""
        return await asyncio.to_thread(work)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Return the database at `url`, created and migrated where it has to be.

    `url` is SQLAlchemy's: `sqlite:///finecut.db`, `postgresql://user@host/name`. Raises InputError.
    """
    parsed = _url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(parsed)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    database = Database(engine)
    migrate(database)
    return database


def is_outage(error: BaseException) -> bool:
    """Return whether an error says that the database cannot be reached or used now, rather than a bug."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, (OperationalError, InterfaceError, PoolTimeout))


def migrate(database: Database) -> None:
    """Bring the tables to their newest form; of several processes one does it, the others wait."""
    if _revision(database) != NEWEST:
        from alembic.command import upgrade  # noqa: PLC0415  # imported only where there is work for it

        with database.write() as connection:
            if not database.sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            upgrade(alembic_config(connection), NEWEST)


def fault_of(database: Database) -> str:
    """Return why the database cannot be used at present, or nothing where it can."""
    try:
        revision = _revision(database)
    except SQLAlchemyError as error:
        return f"the database does not answer ({type(error).__name__})"
    if revision != NEWEST:
        return f"the database is at migration {revision}, this version needs {NEWEST}"
    return ""


def alembic_config(connection: Connection) -> Config:
    """Return what Alembic's commands need to work on `connection`, inside its transaction."""
    from alembic.config import Config as _Config  # noqa: PLC0415  # see `migrate`

    config = _Config()
    config.set_main_option("script_location", "service.store:migrations")
    config.attributes["connection"] = connection
    return config


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return create_engine(url)
    limit = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    return create_engine(url, pool_pre_ping=True, connect_args=limit)


def _url(url: str) -> URL:
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise InputError(
            f"{url!r} is not the URL of a database that Finecut knows ({error}).",
            field="database_url",
            remedy="For example sqlite:///finecut.db or postgresql://user@host/name.",
        ) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise InputError(
            f"Finecut keeps its data in SQLite or Postgres, not in {parsed.get_backend_name()}.",
            field="database_url",
        )
    return parsed


def _revision(database: Database) -> str | None:
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        row = connection.execute(text("SELECT version_num FROM alembic_version").columns(version_num=Text))
        return row.scalar()


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own type
    connection.isolation_level = None  # the driver would begin only before some statements
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("finecut_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
