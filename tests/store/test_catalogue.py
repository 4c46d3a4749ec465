from __future__ import annotations

from collections import Counter

from service.films import film_from_json, film_to_json
from service.store.catalogue import catalogue


def test_every_field_of_every_film_names_its_source() -> None:
    for film in catalogue():
        for field in film_to_json(film):
            source = film.source_of(field)
            assert source is not None, (film.id, field)
            assert source.licence == "CC0-1.0"


def test_every_film_survives_being_written_and_read() -> None:
    assert all(film_from_json(film_to_json(film)) == film for film in catalogue())


def test_ids_are_unique_and_some_titles_are_not() -> None:
    films = catalogue()
    assert len({f.id for f in films}) == len(films) >= 40
    shared = {title for title, count in Counter(f.title for f in films).items() if count > 1}
    assert {"Miracle in Cell No. 7", "Solaris", "Suspiria", "Psycho"} <= shared


def test_a_remake_and_its_original_name_each_other() -> None:
    known = {(f.title, f.year): f for f in catalogue()}
    opposite = {"remake": "remake_of", "remake_of": "remake"}
    for film in catalogue():
        for related in film.related:
            other = known.get((related.title, related.year))
            if other and related.relation in opposite:
                back = {(r.relation, r.title, r.year) for r in other.related}
                assert (opposite[related.relation], film.title, film.year) in back, (film.id, other.id)


def test_the_first_film_of_the_demo_is_recorded_in_full() -> None:
    film = next(f for f in catalogue() if f.id == "miracle-in-cell-no-7-2013")
    assert film.original_title == "7번방의 선물"
    assert film.runtime_minutes == 127
    played = {m.name: m.characters for m in film.cast}
    assert played["Ryu Seung-ryong"] == ("Lee Yong-gu",)
    assert "directors" in film.complete


def test_every_film_has_cast_genre_country_and_director() -> None:
    for film in catalogue():
        assert film.cast, film.id
        assert film.genres, film.id
        assert film.countries, film.id
        assert film.directors, film.id


def test_names_with_aliases_belong_to_the_record() -> None:
    for film in catalogue():
        known = {*film.people, *film.characters}
        assert not [name for name in film.aliases if name not in known], film.id
