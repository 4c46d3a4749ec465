"""A database for the tests of the store: SQLite in a temporary folder, or a Postgres of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.postgres import NoPostgres, running_postgres
from service.store import Database, SqlFilmStore, open_database
from service.store.tables import METADATA


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Start a Postgres server; skip where its programs are absent."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install finecut[postgres])")
    try:
        with running_postgres() as server:
            yield server.url
    except NoPostgres as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Return an empty database of each kind in turn."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path}/films.db")
    else:
        opened = open_database(request.getfixturevalue("postgres_url"))
        _empty(opened)
    yield opened
    opened.close()


@pytest.fixture
def films(database: Database) -> SqlFilmStore:
    """Return an empty store of films in each kind of database in turn."""
    return SqlFilmStore(database)


def _empty(database: Database) -> None:
    with database.write() as connection:
        names = ", ".join(METADATA.tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
