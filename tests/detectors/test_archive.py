"""The archive grows by appending, and answers after loading as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.detectors import Subject, analyse
from service.detectors.archive import Archive, append, load
from service.detectors.echo import DETECTOR, shingles
from service.document import parse
from service.errors import InputError

OLD = "Ida Berg gives a performance of rare and quiet strength. Nobody in the harbour believes her story."


def test_a_saved_archive_finds_the_echo_and_not_the_article_itself(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    append(path, "old", shingles(analyse(parse(OLD), Subject())).values())
    archive = load(path)
    document = parse(OLD)
    assert DETECTOR(analyse(document, Subject(archive=archive)))
    assert not DETECTOR(analyse(document, Subject(archive=archive, article="old")))


def test_an_article_takes_a_few_kilobytes(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    text = " ".join(f"word{i} harbour{i} sea{i} boat{i}." for i in range(200))
    append(path, "a", shingles(analyse(parse(text), Subject())).values())
    assert path.stat().st_size < 6000


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(InputError, match="line 1"):
        load(path)


def test_extending_leaves_the_archive_as_it_was() -> None:
    empty = Archive()
    more = empty.extended([("a", [1, 2]), ("b", [2])])
    assert not empty.articles
    assert more.holding(2) == {"a", "b"}
    assert more.holding(2, but="a") == {"b"}
