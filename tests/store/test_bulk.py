from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from service.films import Film, Provenance
from service.store import Database, SqlFilmStore, bulk, catalogue, index
from service.store.bulk import import_all
from service.store.meeting import meet
from service.store.rows import film_row
from service.store.tables import ENTRIES


def many(count: int, title: str = "Film") -> Iterator[Film]:
    return (Film(id=f"tt{n}", title=f"{title} {n:05}", year=1950 + n % 70) for n in range(count))


@pytest.mark.parametrize("apart", [False, True])
async def test_imported_films_are_found_also_misspelt(database: Database, apart: bool) -> None:
    done = import_all(database, catalogue(), key="catalogue", apart=apart)
    store = SqlFilmStore(database)
    assert done.films == len(catalogue()) == await store.count()
    assert (await store.find("Parasite")).id == "parasite-2019"
    assert (await store.search("Parasit"))[0].id == "parasite-2019"
    assert (await store.search("Crouching Tiger"))[0].id == "crouching-tiger-hidden-dragon-2000"


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
        import_all(database, cut_off(), key="abandoned", apart=True)
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


async def test_what_many_single_films_added_is_packed_by_the_next_import(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "LOOSE", 3)
    store = SqlFilmStore(database)
    await store.import_films(catalogue())
    await store.delete("parasite-2019")
    import_all(database, many(5), key="k", apart=True)
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(ENTRIES)).scalar() == 0
    assert (await store.search("Metropolsi"))[0].id == "metropolis-1927"
    assert [f.id for f in await store.search("Parasite")] == []
    assert (await store.find("Film 00003")).id == "tt3"


def written(database: Database, films: Iterable[Film]) -> int:
    """Return how many stored films records would change."""
    with database.write() as connection:
        return len(meet(connection, [film_row(film) for film in films]).changed)


async def test_a_film_about_which_nothing_new_is_said_is_not_written_again(database: Database) -> None:
    store = SqlFilmStore(database)
    other = Provenance("wikidata", "CC0-1.0")
    again = [replace(f, provenance={"*": other}, year=None) for f in catalogue()[:5]]
    import_all(database, catalogue(), key="k")
    assert written(database, catalogue()) == 0
    assert written(database, again) == 5
    import_all(database, again, key="other")
    before = [await store.get(f.id) for f in again]
    assert written(database, again) == written(database, catalogue()) == 0
    import_all(database, catalogue(), key="k")
    assert [await store.get(f.id) for f in again] == before


LAMP = Film(
    id="tt0000007", title="The Lamp", year=1995, directors=("Ann Example",),
    provenance={"*": Provenance("imdb", "IMDb non-commercial")},
)  # fmt: skip
SAME_LAMPS = (
    replace(LAMP, id="lamp", runtime_minutes=95, provenance={"*": Provenance("wikidata", "CC0-1.0")}),
    replace(
        LAMP,
        id="Q7",
        title="Lampe",
        external_ids={"imdb": "tt0000007"},
        provenance={"*": Provenance("tmdb", "TMDB")},
    ),
    replace(LAMP, id="x", title="Lamp, The", provenance={"*": Provenance("omdb", "CC-BY-NC-4.0")}),
)


@pytest.mark.parametrize("batch", [1, 10])
async def test_one_film_under_two_ids_becomes_one_within_and_across_batches(
    database: Database, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(bulk, "BATCH", batch)
    import_all(database, [LAMP, *SAME_LAMPS], key="k")
    store = SqlFilmStore(database)
    assert await store.count() == 1
    film = await store.get("tt0000007")
    assert film.runtime_minutes == 95
    assert film.titles == ("The Lamp", "Lampe", "Lamp, The")


async def test_films_of_one_title_and_year_that_nothing_joins_stay_two(database: Database) -> None:
    other = replace(LAMP, id="tt0000008")
    import_all(database, [LAMP, other, replace(LAMP, id="x", directors=("Jane Doe",))], key="k")
    assert await SqlFilmStore(database).count() == 3
