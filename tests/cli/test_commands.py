"""The `finecut` command as a user types it: outputs, streams and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service import resources
from service.cli.main import app

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("FINECUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FINECUT_MODEL", "none")
    monkeypatch.delenv("FINECUT_DATABASE_URL", raising=False)

    def invoke(*arguments: object, stdin: str = "") -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)

    assert invoke("films", "import", "--starter").exit_code == 0
    return invoke


def test_draft_writes_the_review_to_stdout_and_the_rest_to_stderr(run: Run, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("plot: an MIT of thieves\nslow but kind\nthemes: guilt\n", encoding="utf-8")
    result = run("draft", "--title", "Parasite", "--year", 2019, "--notes", notes)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("# Parasite (2019)")
    assert [h for h in result.stdout.splitlines() if h.startswith("## ")] == [
        "## Plot",
        "## Characters",
        "## Themes",
        "## Legacy",
    ]
    assert "Score:" in result.stderr
    assert "Score:" not in result.stdout


def test_watching_shows_the_text_as_it_grows_and_a_word_document_is_written(run: Run, tmp_path: Path) -> None:
    given = ("draft", "--title", "Parasite", "--notes", "-")
    result = run(*given, "--watch", "--docx", tmp_path / "out.docx", stdin="slow but kind\n")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.index("Plot") < result.stderr.index("but kind") < result.stderr.index("Score:")
    assert (tmp_path / "out.docx").read_bytes()[:2] == b"PK"
    refused = run(*given, "--docx", tmp_path / "none" / "out.docx", stdin="slow but kind\n")
    assert refused.exit_code == 2
    assert "cannot be written" in refused.stderr


def test_draft_json_has_the_shape_of_the_design(run: Run, tmp_path: Path) -> None:
    result = run(
        "draft",
        "--title",
        "Parasite",
        "--notes",
        "-",
        "--json",
        stdin="- slow but kind\n- shot in steep lines\n",
    )
    assert result.exit_code == 0, result.stderr
    review = json.loads(result.stdout)
    assert {
        "title",
        "film",
        "sections",
        "notes",
        "claims",
        "score",
        "trail",
        "usage",
        "model",
    } <= review.keys()
    assert {"text", "sources"} == review["sections"][0]["sentences"][0].keys()
    assert {"used", "left_out"} <= review["notes"].keys()


def test_an_ambiguous_title_is_wrong_use_and_lists_the_films(run: Run, tmp_path: Path) -> None:
    result = run("draft", "--title", "Solaris", "--notes", "-", stdin="slow\n")
    assert result.exit_code == 2
    assert "1972" in result.stderr
    assert "2002" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("draft", "--title", "Parasite", "--notes", "nowhere.txt"),
        ("draft", "--notes", "-"),
        ("edit", "nowhere.md"),
        ("score", "nowhere.md"),
        ("check",),
        ("films", "show", "no-such-film"),
        ("edit", "-", "--intensity", "brutal"),
        ("edit", "-", "--format", "rtf"),
    ],
)
def test_wrong_use_exits_2_with_a_sentence_and_no_traceback(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, stdin="some text\n")
    assert result.exit_code == 2, (result.stdout, result.stderr, result.exception)
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_edit_json_diff_and_text_agree(run: Run) -> None:
    copy = resources.folder("demo") / "parasite-seo.md"
    whole = json.loads(run("edit", copy, "--title", "Parasite", "--json").stdout)
    assert run("edit", copy, "--title", "Parasite").stdout.rstrip("\n") == whole["content"].rstrip("\n")
    diff = run("edit", copy, "--title", "Parasite", "--diff").stdout
    assert diff.startswith(f"--- {copy} before")
    assert whole["scores"]["after"]["score"] > whole["scores"]["before"]["score"]


def test_edit_proposes_a_title_and_a_description_where_asked(run: Run) -> None:
    copy = resources.folder("demo") / "parasite-seo.md"
    whole = json.loads(run("edit", copy, "--title", "Parasite", "--meta", "--json").stdout)
    title, description = whole["meta"]["title"], whole["meta"]["description"]
    assert title["text"].startswith("Parasite (2019)")
    assert title["length"] <= 60
    assert "Bong Joon-ho" in description["text"]
    assert description["length"] <= 155
    told = run("edit", copy, "--title", "Parasite", "--meta").stderr
    assert description["text"] in told
    assert "Description" not in run("edit", copy, "--title", "Parasite").stderr


def test_score_fails_under_the_threshold_and_says_which(run: Run, tmp_path: Path) -> None:
    clean, bad = tmp_path / "clean.txt", tmp_path / "bad.txt"
    clean.write_text(
        "The storm breaks. A girl runs home along the wall. Nobody answers the door.\n", encoding="utf-8"
    )
    bad.write_bytes((resources.folder("demo") / "parasite-seo.md").read_bytes())
    assert run("score", clean, "--fail-under", 90).exit_code == 0
    result = run("score", clean, bad, "--fail-under", 90)
    assert result.exit_code == 1
    assert "bad.txt" in result.stderr


def test_score_of_a_folder_and_of_json_lines_is_one_line_a_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for name in "ab":
        (tmp_path / "texts" / f"{name}.txt").write_text(
            f"A plain text called {name}. It ends.\n", encoding="utf-8"
        )
    lines = tmp_path / "texts.jsonl"
    lines.write_text('{"id": "x", "text": "One text. It ends."}\n', encoding="utf-8")
    result = run("score", tmp_path / "texts", lines, "--json")
    scored = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(s["id"]).name for s in scored] == ["a.txt", "b.txt", "x"]
    assert all(set(s) >= {"score", "percentile", "parts", "findings", "measures"} for s in scored)


def test_score_spans_are_offsets_of_the_files_text(run: Run) -> None:
    copy = resources.folder("demo") / "parasite-seo.md"
    source = copy.read_text(encoding="utf-8")
    scored = json.loads(run("score", copy, "--json").stdout)
    assert scored["findings"]
    for finding in scored["findings"]:
        assert finding["texts"] == [source[a:b] for a, b in finding["spans"]]


def test_sarif_names_the_rule_and_the_place(run: Run) -> None:
    copy = resources.folder("demo") / "parasite-seo.md"
    log = json.loads(run("score", copy, "--sarif").stdout)
    assert log["version"] == "2.1.0"
    first = log["runs"][0]["results"][0]
    assert first["ruleId"] in {r["id"] for r in log["runs"][0]["tool"]["driver"]["rules"]}
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == str(copy)


def test_check_exits_1_for_a_contradiction_and_shows_the_record(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("The film was directed by Ridley Scott.\n", encoding="utf-8")
    film = json.loads(run("films", "search", "Parasite", "--year", 2019, "--json").stdout)[0]["id"]
    result = run("check", text, "--film", film)
    assert result.exit_code == 1
    assert "Bong Joon-ho" in result.stdout


def test_check_of_a_file_of_claims_writes_a_verdict_a_line(run: Run, tmp_path: Path) -> None:
    films, claims, out = tmp_path / "films.jsonl", tmp_path / "claims.jsonl", tmp_path / "out.jsonl"
    films.write_text(
        '{"id": "f", "title": "A Test", "year": 1999, "directors": ["Ann Example"]}\n', encoding="utf-8"
    )
    claims.write_text(
        '{"id": "1", "film_id": "f", "claim": "Ann Example directed A Test."}\n'
        '{"id": "2", "film_id": "f", "sentence": "A Test was released in 2004."}\n',
        encoding="utf-8",
    )
    assert run("check", "--films", films, "--claims", claims, "--out", out).exit_code == 0
    verdicts = {v["id"]: v["verdict"] for v in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert verdicts == {"1": "supported", "2": "contradicted"}


def test_edit_mends_the_house_style_and_writes_a_word_document(run: Run, tmp_path: Path) -> None:
    style, document = tmp_path / "style.toml", tmp_path / "out.docx"
    style.write_text('spelling = "uk"\n', encoding="utf-8")
    given = "The gray harbor lies under a gray sky, and nobody swims there.\n"
    result = run("edit", "-", "--house-style", style, "--docx", document, stdin=given)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("The grey harbour lies under a grey sky")
    assert document.read_bytes().startswith(b"PK")


def test_a_draft_is_written_as_the_house_writes(run: Run, tmp_path: Path) -> None:
    style, notes = tmp_path / "style.toml", tmp_path / "notes.md"
    style.write_text('spelling = "uk"\n[preferred]\n"movie" = "film"\n', encoding="utf-8")
    notes.write_text("- the colors of the rooms are gray\n- a slow movie\n", encoding="utf-8")
    result = run("draft", "--title", "Casablanca", "--notes", notes, "--house-style", style)
    assert result.exit_code == 0, result.stderr
    assert "colours of the rooms are grey" in result.stdout
    assert "movie" not in result.stdout


@pytest.mark.parametrize(("text", "named"), [('spelling = "british"', "spelling"), ("spelling =", "TOML")])
def test_a_wrong_house_style_is_refused_with_its_key(run: Run, tmp_path: Path, text: str, named: str) -> None:
    style = tmp_path / "style.toml"
    style.write_text(text, encoding="utf-8")
    result = run("edit", "-", "--house-style", style, stdin="It rains.\n")
    assert result.exit_code == 2
    assert named in result.stderr


def test_an_import_that_could_store_nothing_says_so_by_its_exit_code(run: Run, tmp_path: Path) -> None:
    broken, good = tmp_path / "broken.jsonl", tmp_path / "good.jsonl"
    broken.write_text('{"title": "No id"}\n', encoding="utf-8")
    good.write_text('{"id": "a", "title": "Here"}\n{"id": "a"\n', encoding="utf-8")
    result = run("films", "import", broken, good)
    assert result.exit_code == 1
    assert f"{broken}:1: row skipped: " in result.stderr
    assert f"{good}: 1 film stored; 1 loss told above." in result.stderr
    assert run("films", "import", good).exit_code == 0
    assert "three letters" in run("films", "search", "qzx").stderr
