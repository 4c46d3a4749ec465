"""`finecut score` on many texts and against an archive."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("FINECUT_HOME", str(tmp_path / "home"))
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


def test_score_tells_what_the_texts_of_a_site_share_with_its_archive(run: Run, tmp_path: Path) -> None:
    site, archive = tmp_path / "site", tmp_path / "archive.jsonl"
    site.mkdir()
    for name, rest in (("a", "The sea is cold."), ("b", "Nobody swims here in winter.")):
        copy = f"It is a performance of rare and quiet strength, and it holds the harbour together. {rest}\n"
        (site / f"{name}.txt").write_text(copy, encoding="utf-8")
    first = run("score", site, "--archive", archive, "--remember", "--json", "--no-ideas")
    for line in first.stdout.splitlines():
        assert "echo" in {f["kind"] for f in json.loads(line)["findings"]}
    assert len(archive.read_text(encoding="utf-8").splitlines()) == 2
    run("score", site, "--archive", archive, "--remember", "--json")
    assert len(archive.read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("options", [("--remember",), ("--archive", "nowhere.jsonl")])
def test_score_without_an_archive_that_it_needs_says_so(
    run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    copy = tmp_path / "a.txt"
    copy.write_text("The sea is cold.\n", encoding="utf-8")
    result = run("score", copy, *options)
    assert result.exit_code == 2
    assert "archive" in result.stderr


def test_score_of_many_texts_is_the_same_on_one_process_and_on_two(run: Run, tmp_path: Path) -> None:
    lines = tmp_path / "texts.jsonl"
    rows = [
        {"id": str(i), "text": f"Nobody swims in harbour {i}. It is cold. It is a classic."}
        for i in range(30)
    ]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    one, two = (run("score", lines, "--json", "--jobs", jobs).stdout for jobs in (1, 2))
    assert one == two
    assert len(one.splitlines()) == 30


def test_the_film_that_a_line_names_by_id_is_the_text_s_film(run: Run, tmp_path: Path) -> None:
    text = "Parasite is cold. I like Parasite. Nobody in Parasite swims. Parasite ends. So does Parasite."
    lines = tmp_path / "texts.jsonl"
    rows = [
        {"id": "known", "text": text, "film": "parasite-2019"},
        {"id": "not", "text": text, "film": "nowhere"},
    ]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("score", lines, "--json", "--no-ideas")
    known, unknown = map(json.loads, result.stdout.splitlines())
    assert "1 of 2 films that the texts name are not stored" in result.stderr
    stuffed = [f["evidence"]["keyphrase"] for f in known["findings"] if f["kind"] == "keyword_stuffing"]
    assert stuffed == ["Parasite"]
    assert "keyword_stuffing" not in {f["kind"] for f in unknown["findings"]}
