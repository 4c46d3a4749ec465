from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from service.errors import Conflict, FilmAmbiguous, FilmNotFound, InputError
from service.films import AudienceRating, CastMember, Film, film_to_json
from service.store import Database, SqlFilmStore, catalogue, import_all


def film(id: str, title: str, year: int | None = 2000, *titles: str, original: str = "") -> Film:
    return Film(id=id, title=title, year=year, original_title=original, alternative_titles=titles)


async def test_a_stored_film_comes_back_as_it_was(films: SqlFilmStore) -> None:
    for stored in catalogue()[:5]:
        await films.create(stored)
        assert await films.get(stored.id) == stored


async def test_an_unknown_id_is_not_found(films: SqlFilmStore) -> None:
    with pytest.raises(FilmNotFound, match="'nowhere'"):
        await films.get("nowhere")


async def test_an_id_is_created_only_once(films: SqlFilmStore) -> None:
    await films.create(film("a", "Heat"))
    with pytest.raises(Conflict, match="'a'"):
        await films.create(film("a", "Other"))
    assert (await films.get("a")).title == "Heat"


async def test_a_replaced_film_is_found_by_its_new_titles_only(films: SqlFilmStore) -> None:
    await films.create(film("a", "Working Title", 2001))
    await films.replace(film("a", "Shown in Cinemas", 2002))
    assert (await films.find("Shown in Cinemas")).year == 2002
    assert await films.search("Working Title") == []
    assert await films.search("Workin Title") == []
    assert await films.count() == 1


async def test_a_deleted_film_is_found_no_more(films: SqlFilmStore) -> None:
    await films.create(film("a", "Heat"))
    await films.delete("a")
    assert await films.search("Heat") == []
    assert await films.count() == 0
    with pytest.raises(FilmNotFound):
        await films.delete("a")


@pytest.mark.parametrize(
    "asked",
    [
        "Seven Samurai",
        "the seven samurai",
        "SEVEN  SAMURAI!",
        "Samurai Seven, The",
        "Shichinin no samurai",
        "七人の侍",
    ],
)
async def test_a_film_is_found_by_any_of_its_titles_however_written(films: SqlFilmStore, asked: str) -> None:
    await films.import_films(catalogue())
    await films.create(film("other", "Samurai Seven", 1999))
    wanted = "other" if asked.startswith("Samurai") else "seven-samurai-1954"
    assert (await films.find(asked)).id == wanted


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Amelie", "amelie-2001"),
        ("8 1/2", "8-and-a-half-1963"),
        ("ET", "et-the-extra-terrestrial-1982"),
        ("E.T. - the Extra Terrestrial", "et-the-extra-terrestrial-1982"),
        ("Pans Labyrinth", "pans-labyrinth-2006"),
        ("Godfather", "the-godfather-1972"),
        ("La vita e bella", "life-is-beautiful-1997"),
    ],
)
async def test_accents_points_and_articles_do_not_matter(
    films: SqlFilmStore, asked: str, wanted: str
) -> None:
    await films.import_films(catalogue())
    assert (await films.find(asked)).id == wanted


async def test_two_films_of_one_title_are_ambiguous_until_the_year_is_given(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    with pytest.raises(FilmAmbiguous) as caught:
        await films.find("solaris")
    assert {c[2] for c in caught.value.candidates} == {1972, 2002}
    assert (await films.find("Solaris", 1972)).directors == ("Andrei Tarkovsky",)


async def test_two_films_of_one_title_and_year_stay_ambiguous(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    with pytest.raises(FilmAmbiguous, match="of 2019"):
        await films.find("Miracle in Cell No 7", 2019)


async def test_a_main_title_goes_before_another_films_alternative_title(films: SqlFilmStore) -> None:
    await films.create(film("a", "The Raid", 2011))
    await films.create(film("b", "Serbuan", 2012, "The Raid"))
    assert (await films.find("The Raid")).id == "a"
    assert (await films.find("the raid", 2012)).id == "b"


async def test_the_title_as_written_goes_before_one_that_only_folds_alike(films: SqlFilmStore) -> None:
    await films.create(film("a", "[Rec]", 2007))
    await films.create(film("b", "Rec", 2012))
    assert (await films.find("[rec]")).id == "a"
    with pytest.raises(FilmAmbiguous):
        await films.find("rec.")


async def test_a_wrong_year_is_not_found_and_the_right_one_named(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    with pytest.raises(FilmNotFound, match=r"of 1950.*Casablanca \(1942, id casablanca-1942\)"):
        await films.find("Casablanca", 1950)


async def test_a_slip_is_never_resolved_silently(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    with pytest.raises(FilmNotFound, match=r"Parasite \(2019"):
        await films.find("Parasit")


async def test_a_blank_title_is_bad_input(films: SqlFilmStore) -> None:
    with pytest.raises(InputError, match="empty"):
        await films.find("  ")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Parasit", "parasite-2019"),
        ("Metropolsi", "metropolis-1927"),
        ("Miracel in Cell No. 7", "miracle-in-cell-no-7-2013"),
        ("The Silense of the Lams", "the-silence-of-the-lambs-1991"),
        ("Crouching Tigr Hiden Dragn", "crouching-tiger-hidden-dragon-2000"),
        ("Jurasic Park", "jurassic-park-1993"),
        ("Casa Blanca", "casablanca-1942"),
    ],
)
async def test_search_finds_what_was_misspelt(films: SqlFilmStore, asked: str, wanted: str) -> None:
    await films.import_films(catalogue())
    assert wanted in [f.id for f in await films.search(asked, limit=5)]


async def test_search_finds_a_title_by_its_beginning(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    assert (await films.search("Mad Max"))[0].id == "mad-max-fury-road-2015"


async def test_search_puts_the_year_asked_for_first(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    found = await films.search("Suspiria", 1977)
    assert [f.year for f in found[:2]] == [1977, 2018]
    assert found[0].score > found[1].score
    assert found[0].directors == ("Dario Argento",)


async def test_search_for_nothing_finds_nothing(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    assert await films.search("") == []
    assert await films.search("zzzzzzzzzzzz") == []
    assert await films.search("%_'\";--") == []


async def test_search_gives_no_more_than_was_asked_for(films: SqlFilmStore) -> None:
    for n in range(30):
        await films.create(film(f"f{n}", "Same Title", 1950 + n))
    assert len(await films.search("Same Title", limit=7)) == 7


async def test_films_are_listed_by_title(films: SqlFilmStore) -> None:
    for title in ("Beta", "Alpha", "Gamma"):
        await films.create(film(title, title))
    assert [f.title for f in await films.list(limit=2)] == ["Alpha", "Beta"]
    assert [f.title for f in await films.list(limit=2, offset=2)] == ["Gamma"]


async def test_lines_that_do_not_read_are_reported_and_the_others_stored(films: SqlFilmStore) -> None:
    good = film_to_json(Film(id="a", title="Heat", cast=(CastMember("Al Pacino"),)))
    lines = [json.dumps(good), "", "{broken", '{"id": "b", "title": "B", "year": 0}', "7"]
    answer = await films.import_lines(lines)
    assert answer["imported"] == 1
    problems = answer["problems"]
    assert isinstance(problems, list)
    assert [p["line"] for p in problems if isinstance(p, dict)] == [3, 4, 5]
    assert "year" in str(problems[1])


async def test_importing_twice_changes_nothing(films: SqlFilmStore) -> None:
    await films.import_films(catalogue())
    before = await films.search("Psycho")
    await films.import_films(catalogue())
    assert await films.count() == len(catalogue())
    assert await films.search("Psycho") == before


async def test_a_film_whose_titles_have_no_letters_is_found(films: SqlFilmStore) -> None:
    await films.create(film("a", "…", 2001))
    assert (await films.find("…")).id == "a"


SHORT = (
    *("The", "It", "Her", "Them", "Us", "Up", "If", "A", "An", "La", "Der", "Of", "To", "M", "Z", "W.", "9"),
    *("II", "$", "???", "+1", "A.I.", "L'", "π", "П", "乱", "☆", "The The", "The Them", "If....", "Él", "El"),
)


@pytest.mark.parametrize("case", [str, str.lower, str.upper])
async def test_titles_of_articles_marks_and_one_letter_come_first_when_asked_for(
    films: SqlFilmStore, case: Callable[[str], str]
) -> None:
    await films.import_films([film(f"s{n}", title, 1900 + n) for n, title in enumerate(SHORT)])
    first = {title: (await films.search(case(title)))[0].title for title in SHORT}
    assert first == {title: title for title in SHORT}
    assert [(await films.find(title, 1900 + n)).title for n, title in enumerate(SHORT)] == [*SHORT]


async def test_without_its_accent_the_best_known_namesake_is_meant(films: SqlFilmStore) -> None:
    known = replace(film("b", "Amélie", 2001), ratings=(AudienceRating("IMDb", 8.3, votes=700_000),))
    await films.import_films([film("a", "Amelie", 1999), known])
    assert [f.id for f in await films.search("amelie")] == ["b", "a"]


async def test_unicode_of_any_kind_is_kept(films: SqlFilmStore) -> None:
    title = "ﷺ מלאך 天使 👼🏽"
    await films.create(film("a", title))
    assert (await films.find(title)).title == title


async def test_one_of_a_great_many_namesakes_is_found_by_its_year(database: Database) -> None:
    many = [film(f"f{n}", "Same Title", 1950 + n % 60) for n in range(1200)]
    import_all(database, [*many, film("rare", "Same Title", 2090)], key="k", apart=True)
    store = SqlFilmStore(database)
    assert (await store.find("Same Title", 2090)).id == "rare"
    with pytest.raises(FilmAmbiguous, match="500 or more films"):
        await store.find("Same Title")
