"""Reading rows and JSON values: what is broken is told by line, and costs only itself."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from service.sources.csv_rows import table_rows
from service.sources.rows import BadRow, Value, json_values

FILMS = [{"imdbID": f"tt000000{n}", "Title": f"Film {n}"} for n in range(1, 5)]


def values(path: Path, raw: bytes) -> tuple[list[object], list[str]]:
    path.write_bytes(raw)
    items = list(json_values(path))
    told = [str(i).removeprefix(str(path)) for i in items if isinstance(i, BadRow)]
    return [i.value for i in items if isinstance(i, Value)], told


@pytest.mark.parametrize("indent", [None, 0, 2])
def test_the_items_of_an_array_are_read_with_their_lines(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "films.json"
    path.write_text(json.dumps(FILMS, indent=indent) + "\n")
    items = [i for i in json_values(path) if isinstance(i, Value)]
    assert [i.value for i in items] == FILMS
    assert [i.line for i in items] == ([1, 1, 1, 1] if indent is None else [2, 6, 10, 14])


def test_a_broken_item_of_an_array_costs_only_itself(tmp_path: Path) -> None:
    raw = json.dumps(FILMS, indent=2).replace('"Title": "Film 2"', '"Title" "Film 2"').encode()
    read, told = values(tmp_path / "films.json", raw)
    assert read == [FILMS[0], *FILMS[2:]]
    assert told == [":8: row skipped: not JSON: Expecting ':' delimiter: line 8 column 13 (char 103)"]


def test_an_item_with_broken_utf8_costs_only_itself(tmp_path: Path) -> None:
    raw = json.dumps(FILMS, indent=2).encode().replace(b"Film 3", b"Film \xff")
    read, told = values(tmp_path / "films.json", raw)
    assert read == [*FILMS[:2], FILMS[3]]
    assert told == [":10: row skipped: the value that starts here is not UTF-8 throughout"]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_that_is_cut_off_gives_what_stands_before(tmp_path: Path, indent: int | None) -> None:
    read, told = values(tmp_path / "films.json", json.dumps(FILMS, indent=indent).encode()[:-20])
    assert read == FILMS[:3]
    assert len(told) == 1
    assert "nothing read from here on: not JSON" in told[0]


def test_a_zipped_array_that_is_cut_off_gives_what_was_unpacked(tmp_path: Path) -> None:
    raw = gzip.compress(json.dumps(FILMS, indent=2).encode())[:-9]
    read, told = values(tmp_path / "films.json.gz", raw)
    assert read
    assert "the gzip data is damaged or cut off" in told[0]


def test_what_stands_behind_a_document_is_told(tmp_path: Path) -> None:
    read, told = values(tmp_path / "film.json", b'{\n"title": "A"\n}\n{"title": 1 x}')
    assert read == [{"title": "A"}]
    assert told == [":4: nothing read from here on: not JSON: Extra data: line 4 column 1 (char 17)"]


def rows(path: Path, text: str) -> tuple[list[str], list[str]]:
    path.write_text(text)
    items = list(table_rows(path))
    told = [str(i).removeprefix(str(path)) for i in items if isinstance(i, BadRow)]
    return [i[1]["title"] for i in items if not isinstance(i, BadRow)], told


def test_a_quotation_mark_that_nobody_closes_costs_only_its_own_row(tmp_path: Path) -> None:
    read, told = rows(tmp_path / "t.csv", 'id,title\n1,One\n2,"Two\n3,Three\n4,Four\n')
    assert read == ["One", "Three", "Four"]
    assert told == [":3: row skipped: no CSV: a quotation mark that nobody closes"]


def test_a_quotation_mark_closed_rows_later_costs_only_its_own_row(tmp_path: Path) -> None:
    read, told = rows(tmp_path / "t.csv", 'id,title\n1,"One\n2,Two\n3,"Three, or so"\n4,Four\n')
    assert read == ["Two", "Three, or so", "Four"]
    assert len(told) == 1
    assert told[0].startswith(":2: row skipped: ")


def test_a_cell_of_several_lines_is_one_row(tmp_path: Path) -> None:
    assert rows(tmp_path / "t.csv", 'id,title\n1,"One\nand more"\n2,Two\n') == (["One\nand more", "Two"], [])
