from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.films import Film
from service.store import Database, SqlFilmStore, bulk, catalogue
from service.store.bulk import import_all


def many(count: int, title: str = "Film") -> Iterator[Film]:
    return (Film(id=f"tt{n}", title=f"{title} {n:05}", year=1950 + n % 70) for n in range(count))


async def test_imported_films_are_found_also_misspelt(database: Database) -> None:
    done = import_all(database, catalogue(), key="catalogue")
    store = SqlFilmStore(database)
    assert done.films == len(catalogue()) == await store.count()
    assert (await store.find("Parasite")).id == "parasite-2019"
    assert (await store.search("Parasit"))[0].id == "parasite-2019"


async def test_importing_again_replaces_and_adds_nothing(database: Database) -> None:
    import_all(database, many(50), key="first")
    import_all(database, many(50, "Other"), key="second")
    store = SqlFilmStore(database)
    assert await store.count() == 50
    assert (await store.find("Other 00007")).id == "tt7"
    assert "Film 00007" not in [f.title for f in await store.search("Film 00007")]


async def test_a_cut_off_import_resumes_and_loses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 10)

    def cut_off() -> Iterator[Film]:
        for n, film in enumerate(many(100)):
            if n == 35:
                raise KeyboardInterrupt
            yield film

    with pytest.raises(KeyboardInterrupt):
        import_all(database, cut_off(), key="k")
    done = import_all(database, many(100), key="k")
    store = SqlFilmStore(database)
    assert done.resumed_after == 30
    assert done.films == 70
    assert await store.count() == 100
    for n in (0, 29, 30, 34, 35, 99):
        assert (await store.find(f"Film {n:05}")).id == f"tt{n}"


async def test_what_an_abandoned_import_stored_is_found_after_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 10)

    def cut_off() -> Iterator[Film]:
        yield from many(15)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_all(database, cut_off(), key="abandoned")
    import_all(database, [Film(id="x", title="Another")], key="next")
    assert (await SqlFilmStore(database).find("Film 00003")).id == "tt3"


async def test_an_id_that_comes_twice_keeps_the_later_record(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    films = [Film(id="a", title="Early"), Film(id="b", title="B"), Film(id="a", title="Late")]
    import_all(database, films, key="k")
    store = SqlFilmStore(database)
    assert (await store.find("Late")).id == "a"
    assert await store.search("Early") == []
    assert await store.count() == 2


async def test_films_can_be_created_after_an_import(database: Database) -> None:
    import_all(database, many(5), key="k")
    await SqlFilmStore(database).create(Film(id="new", title="New"))
    assert await SqlFilmStore(database).count() == 6
