from __future__ import annotations

import json
import pkgutil
from pathlib import Path

import pytest

from service.errors import InputError, UnsupportedFormat
from service.films import CastMember, Film, Money, film_to_json
from service.sources import SOURCES, BadRow, formats, read_films, recognise
from service.store import catalogue


def read(path: Path) -> tuple[list[Film], list[BadRow]]:
    items = list(read_films(path))
    return [i for i in items if isinstance(i, Film)], [i for i in items if isinstance(i, BadRow)]


def put(path: Path, *values: object) -> Path:
    path.write_text("\n".join(json.dumps(v) for v in values), encoding="utf-8")
    return path


def test_every_format_file_is_listed_in_sources() -> None:
    files = {m.name for m in pkgutil.iter_modules(formats.__path__)}
    assert files == {s.read.__module__.rpartition(".")[2] for s in SOURCES}
    assert len({s.name for s in SOURCES}) == len(SOURCES)


def test_our_own_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = put(tmp_path / "f.jsonl", *(film_to_json(f) for f in catalogue()))
    films, bad = read(path)
    assert (tuple(films), bad) == (catalogue(), [])


def test_bad_lines_are_reported_by_number_and_the_others_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    lines = [b'{"id": "a", "title": "A"}', b"{", b'{"id": "b", "title": "B", "year": 0}', b'\xff{"id": "c"}']
    path.write_bytes(b"\n".join([*lines, b'{"id": "a", "title": "Again"}', b'{"id": "d", "title": "D"}']))
    films, bad = read(path)
    assert [f.id for f in films] == ["a", "d"]
    assert [b.line for b in bad] == [2, 3, 4, 5]


def test_infobox_records_give_facts_with_the_source_of_each_field(tmp_path: Path) -> None:
    record = {
        "id": "x:1", "source": "wikipedia", "title": "The Lamp", "year": 1931, "cast": ["A B"],
        "characters": {"C D": "Anna"}, "release_dates": [{"date": "1931-05", "place": None}],
        "budget": {"amount": 5, "currency": "EUR", "raw": "5"}, "field_sources": {"year": "imdb5000"},
        "based_on": {"work": None, "authors": ["E F"], "kind": "novel", "same_title": True},
    }  # fmt: skip
    (film,), bad = read(put(tmp_path / "i.jsonl", record))
    assert bad == []
    assert film.cast == (CastMember("A B"), CastMember("C D", ("Anna",)))
    assert film.budget == Money(5, "EUR")
    assert film.based_on[0].work == "The Lamp"
    sources = [film.source_of(name) for name in ("year", "cast")]
    assert [s.source for s in sources if s] == ["imdb5000", "wikipedia"]


def test_tmdb_gives_credits_by_job_and_certificates_by_board(tmp_path: Path) -> None:
    movie = {
        "id": 7, "imdb_id": "tt0000007", "title": "The Lamp", "original_title": "Die Lampe",
        "vote_average": 6.5, "vote_count": 10, "release_date": "1999-05-01",
        "budget": 0, "revenue": 900, "runtime": 95,
        "genres": [{"name": "Drama"}], "production_countries": [{"name": "United States of America"}],
        "spoken_languages": [{"iso_639_1": "ja", "name": "日本語"}],
        "credits": {
            "cast": [
                {"name": "Two", "character": "Bat / Man (voice)", "order": 1},
                {"name": "One", "order": 0},
            ],
            "crew": [
                {"name": "D", "job": "Director"},
                {"name": "N", "job": "Novel"},
                {"name": "W", "job": "Story"},
            ],
        },
        "release_dates": {"results": [{"iso_3166_1": "US", "release_dates": [
            {"release_date": "1999-05-02T00:00:00.000Z", "certification": "PG"}]}]},
    }  # fmt: skip
    (film,), bad = read(put(tmp_path / "t.json", movie))
    assert bad == []
    assert (film.id, film.year, film.budget, film.box_office) == ("tt0000007", 1999, None, Money(900))
    assert film.cast == (CastMember("One"), CastMember("Two", ("Bat", "Man")))
    assert (film.directors, film.writers, film.story) == (("D",), ("W",), ("W",))
    assert film.based_on[0].authors == ("N",)
    assert (film.countries, film.languages) == (("United States",), ("Japanese",))
    assert film.certificates[0].board == "MPA"
    assert film.complete == {"directors"}


def test_omdb_reads_notes_numbers_and_nothing(tmp_path: Path) -> None:
    answer = {
        "Title": "The Lamp", "Year": "2011–2013", "Rated": "R", "Released": "26 Jul 2011",
        "Runtime": "1 h 30 min", "Genre": "Drama, Sci-Fi",
        "Director": "A B (co-director), C D", "Actors": "N/A", "Type": "series",
        "Writer": "E F (novel), G H (screenplay)", "Country": "USA, UK", "imdbID": "tt0000007",
        "imdbVotes": "1,234", "Ratings": [{"Source": "Internet Movie Database", "Value": "7.0/10"}],
        "BoxOffice": "$5",
    }  # fmt: skip
    (film,), bad = read(put(tmp_path / "o.json", answer))
    assert bad == []
    assert (film.year, film.runtime_minutes, film.kind) == (2011, 90, "tv_series")
    assert film.directors == ("A B", "C D")
    assert (film.writers, film.screenplay, film.based_on[0].authors) == (("G H",), ("G H",), ("E F",))
    assert film.countries == ("United States", "United Kingdom")
    assert (film.cast, film.box_office) == ((), None)
    assert film.ratings[0].votes == 1234


def test_wikidata_takes_labels_from_the_same_file_and_reports_what_has_none(tmp_path: Path) -> None:
    def item(number: str) -> dict[str, object]:
        value = {"value": {"id": number}}
        return {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": value}}

    day = {"time": "+1931-04-00T00:00:00Z", "precision": 10}
    released = {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": day}}}
    film_entity = {
        "id": "Q1",
        "labels": {"en": {"value": "The Lamp"}, "de": {"value": "Die Lampe"}},
        "claims": {"P31": [item("Q11424")], "P57": [item("Q2"), item("Q3")], "P577": [released]},
    }
    person = {"id": "Q2", "labels": {"en": {"value": "A B"}}, "claims": {}}
    (film,), bad = read(put(tmp_path / "w.json", {"entities": {"Q1": film_entity, "Q2": person}}))
    assert (film.id, film.directors, film.year) == ("wikidata:Q1", ("A B",), 1931)
    assert film.releases[0].date == "1931-04"
    assert film.alternative_titles == ("Die Lampe",)
    assert [b.field for b in bad] == ["directors"]


def test_a_table_keeps_every_row_but_the_miscounted_one(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    header = "Rank,Title,Genre,Director,Actors,Year,Runtime (Minutes),Rating,Votes"
    rows = ['1,"Lamp, The",Drama,A B,"C D, E F",2010,95,7.1,10', "2,Short,Drama", "3,Next,Drama,X,Y,2011,x,,"]
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    films, bad = read(path)
    assert [f.title for f in films] == ["Lamp, The"]
    assert films[0].cast == (CastMember("C D"), CastMember("E F"))
    assert [b.line for b in bad] == [3, 4]


def test_what_no_format_knows_is_refused_with_the_formats_there_are(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(UnsupportedFormat, match="imdb5000"):
        recognise(path)
    with pytest.raises(InputError, match="no file"):
        recognise(tmp_path / "absent")


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "name", "films", "bad"),
    [
        ("sources/tmdb_api/movie_all.json", "tmdb", 1, 0),
        ("sources/tmdb_api/collection_get.json", "tmdb", 9, 0),
        ("sources/omdb/omdb_39_responses.json", "omdb", 39, 0),
        ("sources/imdb1000/IMDB-Movie-Data.csv", "imdb1000", 1000, 0),
        ("sources/imdb5000/movie_metadata.csv", "imdb5000", 4918, 125),
        ("sources/tmdb5000/tmdb_5000_movies_first3000.csv", "tmdb5000", 3000, 1),
        ("sources/wikidata/Q2262932.json", "wikidata", 1, 1),
        ("claims/infotabs_films.jsonl", "infobox", 167, 0),
        ("claims/wiki_films.jsonl", "infobox", 2495, 0),
    ],
)
def test_the_real_samples_read_whole(data: Path, path: str, name: str, films: int, bad: int) -> None:
    assert recognise(data / path).name == name
    found, lost = read(data / path)
    assert (len(found), len(lost)) == (films, bad)


def test_entities_of_which_none_is_a_film_are_told(tmp_path: Path) -> None:
    person = {"id": "Q1", "labels": {"en": {"language": "en", "value": "A. Nybody"}}, "claims": {}}
    films, bad = read(put(tmp_path / "Q1.json", person))
    assert not films
    assert [str(b) for b in bad] == [f"{tmp_path / 'Q1.json'}: none of its 1 entities is a film"]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04..", "is a ZIP archive"),
        (b"\x1f\x8bno gzip", "the gzip data is damaged"),
        (b"\xff\xfe\x00", "not UTF-8 at byte 1"),
        (b"a,b\n1,2\n", "no format that is known here"),
    ],
)
def test_a_file_that_no_format_knows_is_told_by_what_is_the_matter(
    tmp_path: Path, held: bytes, said: str
) -> None:
    path = tmp_path / "films"
    path.write_bytes(held)
    with pytest.raises(UnsupportedFormat, match=said):
        recognise(path)


def test_a_folder_without_titles_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat, match=r"is a folder without IMDb's title\.basics"):
        recognise(tmp_path)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "1\ttt0000001\tThe Lamp\t1931\n",
            "its first line names no known table's columns: '1 tt0000001 The Lamp 1931'",
        ),
        ('{"name": "Somebody"}\n', "its first value has no known format's names"),
        ('{\n"imdbID": "tt1",\n"Title" "A"}\n', "line 3: not JSON"),
    ],
)
def test_a_file_of_no_known_format_is_told_by_what_stands_in_it(
    tmp_path: Path, written: str, said: str
) -> None:
    path = tmp_path / "films.txt"
    path.write_text(written)
    with pytest.raises(UnsupportedFormat) as refused:
        recognise(path)
    assert said in str(refused.value)
