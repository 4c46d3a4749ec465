from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.films import CastMember, Film, film_from_json, film_to_json
from service.sources import BadRow, read_films, read_records, recognise

FILES = {
    "title.basics": [
        "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres",
        "tt0000001\tmovie\tThe Lamp\tDie Lampe\t0\t1931\t\\N\t95\tDrama,Sci-Fi",
        "tt0000002\ttvEpisode\tPart One\tPart One\t0\t1990\t\\N\t25\tDrama",
        "tt0000003\tmovie\tQuiet Harbour\tQuiet Harbour\t0\t\\N\t\\N\t\\N\t\\N",
    ],
    "title.akas": [
        "titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle",
        "tt0000001\t1\tLa lampe\tFR\t\\N\timdbDisplay\t\\N\t0",
        "tt0000001\t2\tThe Lamp\tUS\t\\N\timdbDisplay\t\\N\t0",
    ],
    "title.crew": ["tconst\tdirectors\twriters", "tt0000001\tnm0000001,nm0000002\tnm0000009"],
    "title.principals": [
        "tconst\tordering\tnconst\tcategory\tjob\tcharacters",
        'tt0000001\t10\tnm0000004\tactor\t\\N\t["Second"]',
        'tt0000001\t2\tnm0000003\tactress\t\\N\t["Anna","The \\"Fox\\""]',
        "tt0000001\t3\tnm0000002\twriter\tstory by\t\\N",
        "tt0000003\t1\tnm0000077\tdirector\t\\N\t\\N",
    ],
    "title.ratings": ["tconst\taverageRating\tnumVotes", "tt0000001\t7.1\t1234"],
    "name.basics": [
        "nconst\tprimaryName\tbirthYear\tdeathYear\tprimaryProfession\tknownForTitles",
        *(f"nm000000{n}\tPerson {n}\t\\N\t\\N\tactor\t\\N" for n in range(1, 5)),
    ],
}


def write(folder: Path, changed: dict[str, list[str]] | None = None, *, zipped: bool = False) -> Path:
    for name, lines in {**FILES, **(changed or {})}.items():
        raw = ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")
        if zipped:
            (folder / f"{name}.tsv.gz").write_bytes(gzip.compress(raw))
        else:
            (folder / f"{name}.tsv").write_bytes(raw)
    return folder


def read(folder: Path) -> tuple[list[Film], list[BadRow]]:
    items = list(read_films(folder))
    return [i for i in items if isinstance(i, Film)], [i for i in items if isinstance(i, BadRow)]


@pytest.mark.parametrize("zipped", [False, True])
def test_the_files_of_one_title_come_together(tmp_path: Path, zipped: bool) -> None:
    films, bad = read(write(tmp_path, zipped=zipped))
    lamp = films[0]
    assert [f.id for f in films] == ["tt0000001", "tt0000003"]
    assert (lamp.title, lamp.original_title, lamp.alternative_titles) == (
        "The Lamp",
        "Die Lampe",
        ("La lampe",),
    )
    assert (lamp.year, lamp.runtime_minutes, lamp.genres) == (1931, 95, ("Drama", "Science Fiction"))
    assert lamp.directors == ("Person 1", "Person 2")
    assert lamp.cast == (CastMember("Person 3", ("Anna", 'The "Fox"')), CastMember("Person 4", ("Second",)))
    assert lamp.story == ("Person 2",)
    assert lamp.ratings[0].votes == 1234
    source = lamp.source_of("year")
    assert source is not None
    assert (source.source, source.reference) == ("imdb", "tt0000001")
    assert "directors" in lamp.complete
    assert "writers" not in lamp.complete  # one of them has no name here
    assert [(b.path.name.partition(".tsv")[0], b.line) for b in bad] == [
        ("title.crew", 0),
        ("title.principals", 0),
    ]


def test_rows_that_do_not_read_cost_nothing_but_themselves(tmp_path: Path) -> None:
    basics = [
        *FILES["title.basics"],
        "tt0000004\tmovie\ttoo\tfew",
        "tt0000005\tmovie\tBroken \udcff byte\tx\t0\t1990\t\\N\t90\tDrama",
        "tt0000006\tmovie\tYear Zero\tYear Zero\t0\t0\t\\N\t90\tDrama",
        "tt0000007\tmovie\tFar Future\tFar Future\t0\t9999\t\\N\t90\tDrama",
        "tt0000007\tmovie\tTwice\tTwice\t0\t1999\t\\N\t90\tDrama",
        "tt0000008\tmovie\tLast\tLast\t0\t1999\t\\N\t90\tDrama",
    ]
    films, bad = read(write(tmp_path, {"title.basics": basics}))
    assert [f.title for f in films] == ["The Lamp", "Quiet Harbour", "Year Zero", "Far Future", "Last"]
    assert [f.year for f in films] == [1931, None, None, None, 1999]
    found = {(b.line, b.field) for b in bad if b.path.name == "title.basics.tsv"}
    assert found == {(5, ""), (6, ""), (7, "year"), (8, "year"), (9, "")}


def test_a_file_that_is_not_sorted_gives_the_same_films_and_true_line_numbers(tmp_path: Path) -> None:
    principals = FILES["title.principals"]
    turned = [principals[0], *reversed(principals[1:]), "tt0000001\tshort"]
    expected, _ = read(write(tmp_path))
    films, bad = read(write(tmp_path, {"title.principals": turned}))
    assert films == expected
    assert 6 in [b.line for b in bad if b.path.name == "title.principals.tsv"]


def test_a_truncated_gzip_is_reported_and_what_stands_before_it_read(tmp_path: Path) -> None:
    write(tmp_path, zipped=True)
    lines = FILES["title.basics"] + [
        f"tt{n:07}\tmovie\tFilm {n * 7919 % 100003}\tFilm\t0\t1990\t\\N\t90\tDrama" for n in range(10, 6000)
    ]
    whole = gzip.compress(("\n".join(lines) + "\n").encode())
    (tmp_path / "title.basics.tsv.gz").write_bytes(whole[: len(whole) // 2])
    films, bad = read(tmp_path)
    assert 1000 < len(films) < 6000
    assert any("cut off" in b.reason for b in bad)


def test_a_header_without_a_needed_column_skips_the_file_aloud(tmp_path: Path) -> None:
    films, bad = read(write(tmp_path, {"title.ratings": ["tconst\tvotes", "tt0000001\t9"]}))
    assert films[0].ratings == ()
    assert any("averageRating" in b.reason for b in bad)


def test_the_other_files_may_be_absent(tmp_path: Path) -> None:
    write(tmp_path)
    for name in FILES:
        if name != "title.basics":
            (tmp_path / f"{name}.tsv").unlink()
    films, bad = read(tmp_path)
    assert [f.title for f in films] == ["The Lamp", "Quiet Harbour"]
    assert bad == []


def bad_lines(bad: list[BadRow], name: str) -> set[tuple[int, str]]:
    """Return (line, field) of what was bad in a file."""
    return {(b.line, b.field) for b in bad if b.path.name.startswith(name)}


def test_bad_rows_of_every_file_are_told_by_line_and_cost_only_themselves(tmp_path: Path) -> None:
    added = {
        "title.akas": ["tt0000003\tx", "tt0000003\t9\tHafen \udcff\tDE\t\\N\t\\N\t\\N\t0",
                       "tt0000003\t10\tPort\tFR\t\\N\t\\N\t\\N\t0"],
        "title.crew": ["tt0000003\tnm0000001"],
        "title.principals": ["tt0000003\t2\tnm0000004\tactor\t\\N\t[\"A\0B\"]",
                             'tt0000003\t3\tnm0000003\tactor\t\\N\t["Ok","\\ud800","C\\u0000D"]'],
        "title.ratings": ["tt0000003\tmany\tfew"],
        "name.basics": ["nm0000005", "nm0000004\tTwice\t\\N\t\\N\t\\N\t\\N",
                        "xx1\tNobody\t\\N\t\\N\t\\N\t\\N", "nm0000006\t\\N\t\\N\t\\N\t\\N\t\\N"],
    }  # fmt: skip
    expected, _ = read(write(tmp_path))
    films, bad = read(write(tmp_path, {name: [*FILES[name], *lines] for name, lines in added.items()}))
    assert films[0] == expected[0]
    assert films[1].alternative_titles == ("Port",)
    assert films[1].cast == (CastMember("Person 3", ("Ok",)),)
    assert bad_lines(bad, "title.akas") == {(4, ""), (5, "")}
    assert bad_lines(bad, "title.crew") == {(0, ""), (3, "")}
    assert bad_lines(bad, "title.principals") == {(0, ""), (6, "")}
    assert bad_lines(bad, "name.basics") == {(6, ""), (7, ""), (8, ""), (9, "")}
    assert bad_lines(bad, "title.ratings") == {(3, "")}


def test_bad_rows_of_titles_that_are_passed_over_or_unknown_are_told_too(tmp_path: Path) -> None:
    principals = [*FILES["title.principals"], "tt0000004\tshort", "tt9999999\tshort"]
    principals.insert(4, "tt0000002\tshort")
    _, bad = read(write(tmp_path, {"title.principals": principals}))
    assert {line for line, field in bad_lines(bad, "title.principals") if not field} == {0, 5, 7, 8}


def test_rows_that_stand_twice_count_once_and_are_told_by_line(tmp_path: Path) -> None:
    once, _ = read(write(tmp_path))
    doubled = {name: [*lines[:2], *lines[1:]] for name, lines in FILES.items()}
    films, bad = read(write(tmp_path, doubled))
    assert films == once
    told = {b.path.name.removesuffix(".tsv"): b.line for b in bad if b.line}
    assert told == dict.fromkeys(set(FILES) - {"title.akas"}, 3)  # another title said twice is said once


def test_rows_of_titles_that_are_not_there_are_counted_those_of_episodes_are_not(tmp_path: Path) -> None:
    ratings = [*FILES["title.ratings"], "tt0000002\t5.0\t9", "tt0000009\t5.0\t9", "x9\t5.0\t9"]
    _, bad = read(write(tmp_path, {"title.ratings": ratings}))
    assert [str(b) for b in bad if b.path.name == "title.ratings.tsv"] == [
        f"{tmp_path / 'title.ratings.tsv'}: rows left out, of titles that title.basics does not hold: 2"
    ]


def test_a_title_without_an_id_is_told_as_that(tmp_path: Path) -> None:
    basics = [
        FILES["title.basics"][0],
        "\tmovie\tNobody\tNobody\t0\t\\N\t\\N\t\\N\t\\N",
        *FILES["title.basics"][1:],
    ]
    films, bad = read(write(tmp_path, {"title.basics": basics}))
    assert [f.id for f in films] == ["tt0000001", "tt0000003"]
    assert [(b.line, b.reason) for b in bad if b.line] == [(2, "'' is no title's id: tt and digits")]


def test_an_empty_file_and_one_without_a_header_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {"title.crew": FILES["title.crew"][1:]})
    (tmp_path / "title.ratings.tsv").write_bytes(b"")
    _, bad = read(tmp_path)
    told = {b.path.name: str(b).partition(": nothing read from here on: ")[2] for b in bad if b.line}
    assert told == {
        "title.crew.tsv": "the first line has to name the columns directors, writers",
        "title.ratings.tsv": "the file is empty",
    }


@pytest.mark.parametrize("name", [n for n in FILES if n != "title.basics"])
def test_a_cut_off_file_beside_the_titles_loses_only_what_was_cut(tmp_path: Path, name: str) -> None:
    write(tmp_path, zipped=True)
    path = tmp_path / f"{name}.tsv.gz"
    path.write_bytes(path.read_bytes()[:-12])
    films, bad = read(tmp_path)
    assert [f.id for f in films] == ["tt0000001", "tt0000003"]
    assert any("cut off" in b.reason for b in bad if b.path == path)


CELL = st.text(st.sampled_from('aB1 ,\\\\N"[]{}.\u00a0\u2028é七👼-'), max_size=8) | st.sampled_from(
    [
        "\\N",
        "movie",
        "actor",
        "writer",
        "story by",
        '["A","\\\\u0000"]',
        "[null, 1]",
        "nm0000001",
        "nm0000002,nm1",
        "1931",
        "nan",
        "7.1",
    ]
)


def rows(key: str, columns: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        st.lists(CELL, min_size=columns, max_size=columns).map(lambda c: "\t".join([key, *c])), max_size=3
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    basics=rows("tt0000001", 8), akas=rows("tt0000001", 7), crew=rows("tt0000001", 2),
    principals=rows("tt0000001", 5), ratings=rows("tt0000001", 2), names=rows("nm0000001", 5),
)  # fmt: skip
def test_whatever_stands_in_the_cells_every_record_reads_as_a_film_and_writes_as_itself(
    tmp_path: Path, **added: list[str]
) -> None:
    files = {"names": "name.basics"}
    changed = {
        files.get(n, f"title.{n}"): [FILES[files.get(n, f"title.{n}")][0], *lines]
        for n, lines in added.items()
    }
    for record in read_records(write(tmp_path, changed)):
        if not isinstance(record, BadRow):
            assert film_to_json(film_from_json(record)) == record


def test_a_record_is_what_a_film_writes(tmp_path: Path) -> None:
    films, _ = read(write(tmp_path))
    records = [r for r in read_records(tmp_path) if not isinstance(r, BadRow)]
    assert [list(r.items()) for r in records] == [list(film_to_json(f).items()) for f in films]


@pytest.mark.data
def test_the_real_samples_read_whole(data: Path) -> None:
    for folder, count in (("movies2000", 2000), ("first100", 99), ("shorts249", 249)):
        films, _ = read(data / "sources" / "imdb_ncd" / folder)
        assert len(films) == count
    assert recognise(data / "sources" / "imdb_ncd" / "first100").name == "imdb"
