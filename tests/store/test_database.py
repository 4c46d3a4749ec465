from __future__ import annotations

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade, upgrade
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from service.errors import InputError
from service.films import film_to_json
from service.store import Database, SqlFilmStore, catalogue, open_database
from service.store.database import NEWEST, alembic_config
from service.store.search import similar
from service.store.tables import METADATA


def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    with database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []


def test_the_newest_migration_is_the_one_that_opening_looks_for(database: Database) -> None:
    with database.read() as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [NEWEST]


def test_migrations_go_back_and_forth(database: Database) -> None:
    with database.write() as connection:
        downgrade(alembic_config(connection), "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    with database.write() as connection:
        upgrade(alembic_config(connection), "head")
    assert "films" in inspect(database.engine).get_table_names()


def test_the_films_of_an_older_database_are_found_after_the_migration(database: Database) -> None:
    film = catalogue()[0]
    values = {"id": film.id, "title": film.title, "record": json.dumps(film_to_json(film))}
    put = "INSERT INTO films (id, title, weight, record) VALUES (:id, :title, 0, :record)"
    with database.write() as connection:
        downgrade(alembic_config(connection), "0010")
        connection.execute(text(put), values)
    with database.write() as connection:
        upgrade(alembic_config(connection), "head")
    with database.read() as connection:
        assert [m.title for m in similar(connection, film.title[:-1], None, 5)] == [film.title]


async def test_a_database_opened_again_holds_what_it_held(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/er/films.db"
    first = open_database(url)
    await SqlFilmStore(first).create(catalogue()[0])
    first.close()
    second = open_database(url)
    assert await SqlFilmStore(second).count() == 1
    second.close()


def test_sqlite_is_set_for_one_writer_beside_many_readers(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/films.db")
    with database.engine.connect() as connection:
        read = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert read == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 30000}


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://localhost/x", "oracle+what://x"])
def test_an_address_of_no_known_database_is_bad_input(url: str) -> None:
    with pytest.raises(InputError) as caught:
        open_database(url)
    assert caught.value.field == "database_url"
