from __future__ import annotations

from service.films import Film, Provenance
from service.store import Database, SqlFilmStore
from service.store.bulk import import_all

IMDB = Film(
    id="tt0000007",
    title="The Harbour",
    year=1995,
    directors=("Ana Lindqvist",),
    provenance={"*": Provenance("imdb", "IMDb non-commercial")},
)
HELD = Film(
    id="harbour-1996",
    title="Harbour Lights",
    year=1996,
    directors=("Ana Lindqvist",),
    external_ids={"imdb": "tt0000007", "tmdb": "12"},
    provenance={"*": Provenance("wikidata", "CC0-1.0")},
)


async def test_a_second_source_merges_into_the_stored_film_in_bulk_and_in_lines(database: Database) -> None:
    store = SqlFilmStore(database)
    await store.import_films([HELD])
    import_all(database, [IMDB], key="imdb")
    await store.import_films([IMDB])
    assert await store.count() == 1
    film = await store.get("tt0000007")
    assert film.id == "harbour-1996"
    assert film.year == 1995
    assert [a.value for a in film.conflicts["year"]] == [1996]
    assert (await store.find("Harbour Lights")).id == (await store.find("The Harbour", 1995)).id


async def test_a_film_is_met_by_another_sites_id_whatever_its_title(database: Database) -> None:
    store = SqlFilmStore(database)
    await store.import_films([HELD])
    await store.import_films([Film(id="tmdb-12", title="Porto", year=2001, external_ids={"tmdb": "12"})])
    assert await store.count() == 1
    assert (await store.find("Porto")).id == "harbour-1996"


async def test_films_of_one_title_and_year_by_other_directors_stay_apart(database: Database) -> None:
    store = SqlFilmStore(database)
    await store.import_films([IMDB])
    await store.import_films([Film(id="b", title="The Harbour", year=1995, directors=("Jane Doe",))])
    assert await store.count() == 2


async def test_an_identifier_is_no_title(database: Database) -> None:
    store = SqlFilmStore(database)
    await store.import_films([HELD])
    for asked in ("imdb", "imdb:tt0000007", "tmdb:12", "12"):
        assert await store.search(asked) == []
    await store.delete("harbour-1996")
    await store.import_films([IMDB])
    assert (await store.get("tt0000007")).id == "tt0000007"
